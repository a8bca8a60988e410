"""The kinds of work there are. Each room declares its own in a module called ``jobs``.

A declaration costs nothing in a web process: these modules are read by workers, and by the pages
that name work in words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from erdkreis.jobs.clock import Clock
from erdkreis.jobs.models import Job

HALF_AN_HOUR = timedelta(minutes=30)
BETWEEN_TWO_STEPS = timedelta(seconds=1)


class ServiceAway(Exception):
    """What the work needs cannot be reached just now. Nothing is lost; it is tried again."""


class Running:
    """What a piece of work knows while it runs."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.numbers: dict[str, int] = job.numbers
        self._told_at: datetime | None = None

    def progress(self, done: int, total: int = 0) -> None:
        """Say how far it has come. Written down at most once a second."""
        now = timezone.now()
        if self._told_at and now - self._told_at < BETWEEN_TWO_STEPS and done != total:
            return
        self._told_at = now
        Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING).update(
            n_done=done, n_total=total
        )


Do = Callable[[Running], Any]


@dataclass(frozen=True)
class Kind:
    """A kind of work: done at least once, so doing it twice must change nothing more."""

    name: str
    label: str | Promise
    do: Do
    clock: Clock | None = None
    # Takes long or much memory: only one of these at a time in a worker, beside what is light.
    is_heavy: bool = False
    longest: timedelta = HALF_AN_HOUR


_KINDS: dict[str, Kind] = {}


def job(
    name: str,
    label: str | Promise,
    *,
    clock: Clock | None = None,
    is_heavy: bool = False,
    longest: timedelta = HALF_AN_HOUR,
) -> Callable[[Do], Do]:
    """Declare the decorated function as a kind of work."""

    def declare(do: Do) -> Do:
        _KINDS[name] = Kind(name, label, do, clock, is_heavy, longest)
        return do

    return declare


def kinds() -> dict[str, Kind]:
    """Return every kind of work by its name."""
    _read_declarations()
    return _KINDS


@cache
def _read_declarations() -> None:
    autodiscover_modules("jobs")
