"""Errors as RFC 9457 says them: what happened, in a sentence, and what to do next."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

PROBLEM = "application/problem+json"


class Problem(Exception):
    """A request that is not done, with its status and a sentence."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.errors, self.headers = list(errors), dict(headers or {})


def answer(problem: Problem) -> HttpResponse:
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.errors:
        content["errors"] = problem.errors
    response = HttpResponse(json.dumps(content), status=problem.status, content_type=PROBLEM)
    for name, value in problem.headers.items():
        response[name] = value
    return response


def sentence(status: int) -> str:
    """Return what is said of an error that the rest of the house has met with."""
    return {
        400: _("The request could not be understood. Nothing was changed."),
        401: _("A valid token is needed: Authorization: Bearer …. Hosts make one on the page "
               "“Programs of others” of their circle."),
        403: _("This token may not do that."),
        404: _("There is nothing here, or this token does not reach it."),
        405: _("This address does not know this method. The header Allow names those it knows."),
        413: _("This is too much at once: 256 KB fit. Nothing was changed."),
        415: _("Send JSON: Content-Type: application/json."),
        429: _("Too many requests. Wait as many seconds as Retry-After says."),
        500: _("Something went wrong on our side. Nothing was changed; please try again."),
        503: _("The server is busy. Please try again."),
    }.get(status, _("The request was not done."))  # fmt: skip
