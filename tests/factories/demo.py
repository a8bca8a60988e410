"""The demo as it is on one day, every time the same: clock and chance are set."""

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

import pytest
from django.test import Client
from django.utils import timezone

from erdkreis.circles.models import Circle, Role
from erdkreis.cli import demo_circle

DAY = date(2026, 6, 10)
SEED = 7


@contextmanager
def always_the_same() -> Iterator[None]:
    """Stop the clock, and let what is drawn at random fall the same way each time."""
    dice = random.Random(SEED)
    noon = datetime.combine(DAY, time(12), tzinfo=timezone.get_current_timezone())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: noon)
        patch.setattr(secrets, "SystemRandom", lambda: dice)
        patch.setattr(secrets, "choice", dice.choice)
        patch.setattr(secrets, "randbelow", dice.randrange)
        patch.setattr(secrets, "randbits", dice.getrandbits)
        patch.setattr(secrets, "token_hex", lambda n=16: f"{dice.getrandbits(8 * n):0{2 * n}x}")
        patch.setattr("erdkreis.rounds.order_of_rows.SystemRandom", lambda: dice)
        patch.setattr("erdkreis.gate.services.secret_wait", lambda *_about: 0)
        patch.setattr("erdkreis.gate.services.secret_start", lambda _place: 0.5)
        yield


def made(language: str) -> Circle:
    demo_circle.make(language)
    return Circle.objects.get(is_invented=True)


def host_of(circle: Circle, language: str) -> Client:
    """Sign in whoever hosts the invented circle, in a browser that speaks a language."""
    client = speaking(language)
    client.force_login(circle.roles.get(kind=Role.Kind.HOST).person)
    return client


def speaking(language: str) -> Client:
    return Client(headers={"accept-language": language})
