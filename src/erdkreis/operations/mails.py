"""The outbox of the whole house, as far as those who run it may know.

How many wait for a reminder is how many have not answered: nobody learns a number.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from erdkreis.invitations.models import Letter, Mail

A_FEW, MANY = 10, 100


@dataclass(frozen=True)
class Outbox:
    """Bands instead of numbers: "none", "few", "some" or "many"."""

    waiting: str
    set_aside: str
    waits_since: timedelta | None

    @property
    def waits_minutes(self) -> int | None:
        return self.waits_since // timedelta(minutes=1) if self.waits_since else None


def outbox() -> Outbox:
    now = timezone.now()
    return Outbox(
        waiting=_band(_count(Mail.State.WAITING)),
        set_aside=_band(_count(Mail.State.SET_ASIDE)),
        waits_since=_overdue(now),
    )


def _count(state: str) -> int:
    return sum(kind.objects.filter(state=state).count() for kind in (Mail, Letter))


def _band(n: int) -> str:
    if n == 0:
        return "none"
    if n <= A_FEW:
        return "few"
    return "some" if n <= MANY else "many"


def _overdue(now: datetime) -> timedelta | None:
    """Return for how long the oldest mail could have left already, in whole minutes."""
    oldest = [
        due
        for kind in (Mail, Letter)
        if (
            due := kind.objects.filter(state=kind.State.WAITING, next_try__lte=now)
            .order_by("next_try")
            .values_list("next_try", flat=True)
            .first()
        )
    ]
    if not oldest:
        return None
    return timedelta(minutes=(now - min(oldest)) // timedelta(minutes=1))
