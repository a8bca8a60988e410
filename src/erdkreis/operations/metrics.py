"""Figures for Prometheus: about the house, never about people.

No count of voices, mails or pages asked for stands here, no route and no time of a request: whoever
watches a small circle live must not see that somebody has answered.
"""

import platform
import sqlite3
import time
from collections.abc import Iterator

import django
from django.db import DatabaseError, connection
from django.db.models import Count
from django.utils import timezone

from erdkreis import __version__
from erdkreis.jobs.models import Job
from erdkreis.jobs.queries import workers_at_work
from erdkreis.operations import counts, storage
from erdkreis.operations.backups import last_backup
from erdkreis.operations.mails import outbox

TYPE = "text/plain; version=0.0.4; charset=utf-8"
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
BANDS = {"none": 0, "few": 1, "some": 2, "many": 3}


def metrics() -> str:
    lines = [*_house(), *_requests()]
    try:
        lines += [*_database(), *_work()]
        is_there = 1
    except DatabaseError:
        is_there = 0
    lines += _metric("database_answers", "Whether the database answers.", is_there)
    return "\n".join(lines) + "\n"


def versions() -> dict[str, str]:
    return {
        "Erdkreis": __version__,
        "Python": platform.python_version(),
        "Django": django.get_version(),
        DATABASES.get(connection.vendor, connection.vendor): _database_version(),
    }


def _database_version() -> str:
    if connection.vendor == "sqlite":
        return sqlite3.sqlite_version
    return ".".join(map(str, connection.get_database_version()))


def _house() -> Iterator[str]:
    about = {
        "version": __version__, "python": platform.python_version(),
        "django": django.get_version(), "database": connection.vendor,
    }  # fmt: skip
    labels = ",".join(f'{name}="{value}"' for name, value in about.items())
    yield from _metric("info", "Versions.", 1, f"{{{labels}}}")
    yield from _metric("disk_free_bytes", "Free where the data lie.", storage.free_bytes())
    made = last_backup()
    if made:
        age = (timezone.now() - made.at).total_seconds()
        yield from _metric("backup_age_seconds", "Since the last backup.", round(age))


def _requests() -> Iterator[str]:
    ok, refused, failed, slow = counts.shown()
    kind = "counter"
    yield from _metric("requests_total", "Answered, in hundreds.", ok, kind=kind)
    yield from _metric("requests_refused_total", "Refused, in hundreds.", refused, kind=kind)
    yield from _metric("requests_failed_total", "Ended in an error.", failed, kind=kind)
    yield from _metric("requests_slow_total", "Longer than 1 s, in hundreds.", slow, kind=kind)


def _database() -> Iterator[str]:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    took = time.perf_counter() - began
    yield from _metric("database_seconds", "For the smallest question.", round(took, 6))
    size = -(-storage.database_bytes() // storage.STEP) * storage.STEP
    yield from _metric("database_bytes", "In steps of 16 MiB.", size)


def _work() -> Iterator[str]:
    now = timezone.now()
    yield from _metric("workers", "Seen within the last minute.", workers_at_work(now))
    n_of = dict(Job.objects.values_list("state").annotate(n=Count("pk")))
    states = [(state, n_of.get(state, 0)) for state in ("waiting", "running", "set_aside")]
    yield "# HELP erdkreis_jobs Pieces of work."
    yield "# TYPE erdkreis_jobs gauge"
    yield from (f'erdkreis_jobs{{state="{state}"}} {n}' for state, n in states)
    due = Job.objects.filter(state=Job.State.WAITING, due_at__lte=now).order_by("due_at").first()
    late = round((now - due.due_at).total_seconds()) if due else 0
    yield from _metric("jobs_overdue_seconds", "Of the work that is due longest.", late)
    mails = outbox()
    waits = mails.waits_since.total_seconds() if mails.waits_since else 0
    yield from _metric("mails_overdue_seconds", "Of the mail that is due longest.", round(waits))
    yield from _metric(
        "mails_set_aside", "0 none, 1 up to 10, 2 up to 100, 3 more.", BANDS[mails.set_aside]
    )


def _metric(
    name: str, means: str, value: float, labels: str = "", *, kind: str = "gauge"
) -> Iterator[str]:
    yield f"# HELP erdkreis_{name} {means}"
    yield f"# TYPE erdkreis_{name} {kind}"
    yield f"erdkreis_{name}{labels} {value}"
