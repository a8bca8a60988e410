"""Whether this process lives, and whether requests should be sent to it."""

import shutil
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from erdkreis.jobs.queries import workers_at_work
from erdkreis.web import tables

FULL = 50 * 1024 * 1024


@dataclass(frozen=True)
class Readiness:
    """One word for each thing; ``is_ready`` when requests can be answered."""

    is_ready: bool
    says: dict[str, str]


def readiness() -> Readiness:
    """Look at what an answer needs. Without a worker answers are taken all the same."""
    says = {"database": "ok", "migrations": "ok", "disk": "ok", "worker": "ok"}
    try:
        if migrations_wait():
            says["migrations"] = "waiting"
        elif not workers_at_work(timezone.now()):
            says["worker"] = "none"
    except DatabaseError:
        says |= {"database": "away", "migrations": "unknown", "worker": "unknown"}
    if shutil.disk_usage(settings.DATA).free < FULL:
        says["disk"] = "full"
    needed = (says["database"], says["migrations"], says["disk"])
    return Readiness(needed == ("ok", "ok", "ok"), says)


def migrations_wait() -> bool:
    """Say whether the tables are older than this code. Once they are not, this process is sure."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")  # an answer remembered would hide a database that is away
    try:
        _see_that_none_waits()
    except _Waiting:
        return True
    return False


class _Waiting(Exception):
    """Not remembered: somebody may run “erdkreis init” in the next moment."""


@cache
def _see_that_none_waits() -> None:
    if tables.are_behind():
        raise _Waiting
