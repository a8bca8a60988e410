"""When work comes again by itself."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from django.utils import timezone

DAYS_OF_A_WEEK = 7


class Clock(Protocol):
    def next_after(self, now: datetime) -> datetime:
        """Return the next time, always later than now."""
        ...


@dataclass(frozen=True)
class Every:
    """Again after a while, counted from the end of the last time."""

    pause: timedelta

    def next_after(self, now: datetime) -> datetime:
        return now + self.pause


@dataclass(frozen=True)
class At:
    """At an hour of every day, or of one day of the week (Monday is 0), in the zone of the house.

    Examples
    --------
    >>> from datetime import UTC
    >>> At(time(3)).next_after(datetime(2026, 1, 5, 12, tzinfo=UTC)).astimezone(UTC).isoformat()
    '2026-01-06T02:00:00+00:00'
    """

    hour: time
    weekday: int | None = None

    def next_after(self, now: datetime) -> datetime:
        zone = timezone.get_default_timezone()
        day = now.astimezone(zone).date()
        for ahead in range(DAYS_OF_A_WEEK + 2):
            at = datetime.combine(day + timedelta(days=ahead), self.hour, tzinfo=zone)
            if at > now and self.weekday in {None, at.weekday()}:
                return at
        raise ValueError("a weekday is 0 to 6")
