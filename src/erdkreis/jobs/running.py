"""Do one piece of work, in this process, and say what became of it without quoting anything."""

import logging
import traceback
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from erdkreis.jobs import services
from erdkreis.jobs.kinds import Running, ServiceAway, kinds
from erdkreis.jobs.models import Job

log = logging.getLogger(__name__)

Now = Callable[[], datetime]


class AskedToEnd(BaseException):
    """The worker ends: what is being done is put back."""


def do(job: Job, now: Now = timezone.now) -> None:
    """Do what was taken. Whatever happens, it is written down."""
    kind = kinds().get(job.kind)
    if kind is None:
        log.error("Job %s is set aside: no kind of work is called %s.", job.pk, job.kind)
        services.failed(job, Job.Reason.UNKNOWN, now())
        return
    try:
        with translation.override(settings.LANGUAGE_CODE):
            kind.do(Running(job))
    except AskedToEnd:
        services.put_back(job, now())
    except ServiceAway:
        log.warning("Job %s (%s): a service it needs cannot be reached.", job.pk, job.kind)
        services.failed(job, Job.Reason.AWAY, now())
    except Exception as error:  # noqa: BLE001 - one piece of work must not end the worker
        # Where it happened, not what was said: a message can quote what people wrote.
        found = (type(error).__name__, _where(error))
        log.error("Job %s (%s) failed: %s %s", job.pk, job.kind, *found)  # noqa: TRY400 - as above
        services.failed(job, Job.Reason.FAILED, now(), type(error).__name__)
    else:
        services.done(job, now())


def work_off(name: str = "at once", now: Now = timezone.now) -> int:
    """Do all that is due, one after the other, in this process; return how much it was."""
    worker, n = services.sign_on(name, now()), 0
    try:
        services.know_again()
        services.wind_clocks(now())
        while job := (
            services.take(worker, now(), heavy=False) or services.take(worker, now(), heavy=True)
        ):
            do(job, now)
            n += 1
    finally:
        services.sign_off(worker)
    return n


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames[-6:]))
