"""What happens to work: put in, taken, done, failed, set aside, tried again, forgotten.

Every step is one statement or one short transaction that names the state it begins from: whoever
comes second changes nothing. ``now`` is a parameter, so that tests can turn the clock.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from erdkreis.circles.models import Circle
from erdkreis.jobs.clock import Clock
from erdkreis.jobs.kinds import kinds
from erdkreis.jobs.models import SILENCE, Job, Worker

PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 480))
LONGEST_PAUSE_BY_THE_CLOCK = timedelta(minutes=30)
KEEP_DONE, KEEP_SET_ASIDE = timedelta(days=7), timedelta(days=30)

State, Reason = Job.State, Job.Reason


# Put in --------------------------------------------------------------------------------------


def put_in(
    kind: str,
    numbers: Mapping[str, int] | None = None,
    *,
    key: str = "",
    circle: Circle | None = None,
    due_at: datetime | None = None,
) -> None:
    """Let something be done soon. With a key, the same work waits only once.

    Inside a transaction the work is put in with it, or not at all.
    """
    numbers = dict(numbers or {})
    if not all(isinstance(n, int) for n in numbers.values()):
        raise TypeError("work names things by their numbers: no text, nothing about people")
    waiting = Job(
        kind=kind, key=key, numbers=numbers, circle=circle, due_at=due_at or timezone.now()
    )
    Job.objects.bulk_create([waiting], ignore_conflicts=True)


def wind_clocks(now: datetime) -> None:
    """Put in what comes by the clock and is not there yet; throw away what no version knows."""
    there = set(
        Job.objects.filter(key=Job.CLOCK, state__in=(State.WAITING, State.RUNNING)).values_list(
            "kind", flat=True
        )
    )
    for kind in kinds().values():
        if kind.clock and kind.name not in there:
            put_in(kind.name, key=Job.CLOCK, due_at=now)
    Job.objects.filter(key=Job.CLOCK, state=State.WAITING).exclude(kind__in=kinds()).delete()


def know_again() -> None:
    """Let wait once more what an older version did not know, and this one does."""
    for job in Job.objects.filter(state=State.SET_ASIDE, reason=Reason.UNKNOWN, kind__in=kinds()):
        try_again(job, timezone.now())


# Taken ---------------------------------------------------------------------------------------


def sign_on(name: str, now: datetime) -> Worker:
    return Worker.objects.create(name=name, began_at=now, seen_at=now)


def say_i_am_here(worker: Worker, now: datetime) -> None:
    """Say it, even if meanwhile somebody thought otherwise and crossed the worker out."""
    Worker.objects.update_or_create(
        pk=worker.pk,
        defaults={"seen_at": now},
        create_defaults={"name": worker.name, "began_at": worker.began_at, "seen_at": now},
    )


def sign_off(worker: Worker) -> None:
    Worker.objects.filter(pk=worker.pk).delete()


def take(worker: Worker, now: datetime, *, heavy: bool) -> Job | None:
    """Take the next piece of work that is due, so that nobody else has it."""
    heavy_kinds = [kind.name for kind in kinds().values() if kind.is_heavy]
    due = (
        _due(now).filter(kind__in=heavy_kinds) if heavy else _due(now).exclude(kind__in=heavy_kinds)
    )
    if not due.exists():  # without a lock: a worker looks every second
        return None
    with transaction.atomic():
        # SQLite: the transaction has the only write lock. PostgreSQL: nobody waits for a row.
        job = due.select_for_update(skip_locked=True, of=("self",)).first()
        if job is None:
            return None
        job.state, job.worker, job.started_at = State.RUNNING, worker, now
        job.attempts, job.n_done, job.n_total = job.attempts + 1, 0, 0
        job.save(update_fields=["state", "worker", "started_at", "attempts", "n_done", "n_total"])
    return job


def _due(now: datetime) -> QuerySet[Job]:
    """Return what may begin: not while the same work is being done by somebody."""
    same_runs = Job.objects.filter(
        state=State.RUNNING, kind=OuterRef("kind"), key=OuterRef("key")
    ).exclude(key="")
    return (
        Job.objects.filter(state=State.WAITING, due_at__lte=now)
        .exclude(Exists(same_runs))
        .order_by("due_at", "pk")
    )


# What becomes of it --------------------------------------------------------------------------


def done(job: Job, now: datetime) -> None:
    """Note that it is done. What comes again waits for its next time."""
    kind = kinds().get(job.kind)
    if job.comes_again and kind and kind.clock:
        _wait(job, kind.clock.next_after(now), now, attempts=0)
    else:
        _mine(job).update(state=State.DONE, ended_at=now, worker=None, reason="", error="")


def failed(job: Job, reason: str, now: datetime, error: str = "") -> None:
    """Let it be tried again after a pause; after the last pause it is set aside."""
    kind = kinds().get(job.kind)
    found = {"reason": reason, "error": error[:80]}
    if kind and kind.clock and job.comes_again:
        _wait(job, _next_try(job, kind.clock, now), now, attempts=job.attempts, **found)
    elif kind and job.attempts <= len(PAUSES):
        # Whoever was killed is often innocent: a restart, no fault of the work.
        is_first_death = reason == Reason.DIED and job.attempts == 1
        pause = timedelta(0) if is_first_death else PAUSES[job.attempts - 1]
        _wait(job, now + pause, now, attempts=job.attempts, **found)
    else:
        _mine(job).update(state=State.SET_ASIDE, ended_at=now, worker=None, **found)


def _next_try(job: Job, clock: Clock, now: datetime) -> datetime:
    """Return when what comes by the clock is tried again: it is never set aside.

    Retention must not end for ever, and mails must leave soon after the mail server is back.
    """
    if job.attempts <= len(PAUSES):
        return now + min(PAUSES[job.attempts - 1], LONGEST_PAUSE_BY_THE_CLOCK)
    return max(clock.next_after(now), now + LONGEST_PAUSE_BY_THE_CLOCK)


def put_back(job: Job, now: datetime) -> None:
    """Give it back untouched, because the worker is asked to end."""
    _wait(
        job,
        now,
        job.ended_at,
        attempts=max(job.attempts - 1, 0),
        reason=job.reason,
        error=job.error,
    )


def take_back_from_the_gone(now: datetime) -> int:
    """Let be done again what workers had who are silent; return how much it was."""
    gone = Q(worker=None) | Q(worker__seen_at__lt=now - SILENCE)
    jobs = list(Job.objects.filter(gone, state=State.RUNNING))
    for job in jobs:
        failed(job, Reason.DIED, now)
    Worker.objects.filter(seen_at__lt=now - SILENCE, job=None).delete()
    return len(jobs)


def try_again(job: Job, now: datetime) -> bool:
    """Let wait what was set aside; say whether it was there."""
    with transaction.atomic():
        if (
            Job.objects.filter(kind=job.kind, key=job.key, state=State.WAITING)
            .exclude(key="")
            .exists()
        ):
            return bool(Job.objects.filter(pk=job.pk, state=State.SET_ASIDE).delete()[0])
        return bool(
            Job.objects.filter(pk=job.pk, state=State.SET_ASIDE).update(
                state=State.WAITING, attempts=0, due_at=now
            )
        )


def forget(job: Job) -> bool:
    """Throw away what was set aside; say whether it was there."""
    return bool(Job.objects.filter(pk=job.pk, state=State.SET_ASIDE).delete()[0])


def delete_what_is_due(now: datetime | None = None) -> int:
    now = now or timezone.now()
    return Job.objects.filter(
        Q(state=State.DONE, ended_at__lt=now - KEEP_DONE)
        | Q(state=State.SET_ASIDE, ended_at__lt=now - KEEP_SET_ASIDE)
    ).delete()[0]


def _mine(job: Job) -> QuerySet[Job]:
    """Return the row while it is still in the hands it was in; else nothing."""
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker_id)


def _wait(
    job: Job,
    due_at: datetime,
    ended_at: datetime | None,
    *,
    attempts: int,
    reason: str = "",
    error: str = "",
) -> None:
    try:
        with transaction.atomic():
            _mine(job).update(
                state=State.WAITING, due_at=due_at, ended_at=ended_at, worker=None,
                attempts=attempts, reason=reason, error=error,
            )  # fmt: skip
    except IntegrityError:
        # The same work was put in anew meanwhile: that will do it.
        _mine(job).delete()
