"""Programs of others: a client with a token, that sends and reads JSON."""

import json
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from erdkreis.api.scopes import Scope
from erdkreis.api.services import make_token

ROOT = "/api/v1"


class Program:
    """Somebody's script: no browser, no cookie it would be let in with."""

    def __init__(self, secret: str = "") -> None:
        self.client, self.secret = Client(), secret

    def get(self, path, **headers):
        return self.client.get(ROOT + path, headers=self._headers(headers))

    def send(self, path, data, method="post", **headers):
        body = data if isinstance(data, str | bytes) else json.dumps(data)
        return getattr(self.client, method)(
            ROOT + path, body, content_type="application/json", headers=self._headers(headers)
        )

    def change(self, path, data):
        return self.send(path, data, "patch")

    def _headers(self, more):
        own = {"authorization": f"Bearer {self.secret}"} if self.secret else {}
        return own | {name.replace("_", "-"): value for name, value in more.items()}


def program(circle, scopes=Scope.values, *, days=30, person=None):
    """Return a program with a token that a host of the circle made."""
    person = person or circle.roles.filter(kind="host").first().person
    last = timezone.localdate() + timedelta(days=days)
    return Program(make_token(circle, person, "Script", scopes, last)[1])
