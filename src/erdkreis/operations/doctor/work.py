"""Work and copies: whether somebody does what is due, and whether anything could be put back."""

import os
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from erdkreis.jobs.models import Job
from erdkreis.jobs.queries import label_of, workers_at_work
from erdkreis.operations.backups import last_backup
from erdkreis.operations.doctor.finding import Finding, fine, mend, note

TOO_LATE = timedelta(minutes=30)
OFTEN = 3  # failures in a row
OLD_BACKUP = timedelta(days=8)


def worker() -> Iterator[Finding]:
    now = timezone.now()
    n = workers_at_work(now)
    if not n:
        yield mend(
            "worker",
            _("Nobody works: mails wait, nothing is analysed, nothing is deleted on its day."),
            _("Run “erdkreis serve” without --no-worker, or “erdkreis worker”."),
        )
        return
    yield fine("worker", ngettext("%s worker is there.", "%s workers are there.", n) % n)
    late = Job.objects.filter(state=Job.State.WAITING, due_at__lt=now - TOO_LATE)
    if late.exists():
        yield mend(
            "worker",
            _("Work has been due for more than half an hour, and nobody takes it."),
            _("See whether the workers have an old version, or too much to do."),
        )


def failures() -> Iterator[Finding]:
    for job in Job.objects.filter(key=Job.CLOCK, attempts__gte=OFTEN).exclude(reason=""):
        yield mend(
            "worker",
            _("“%(what)s” has failed %(n)s times in a row: %(why)s.")
            % {
                "what": label_of(job.kind), "n": job.attempts, "why": job.get_reason_display(),
            },
            _("The log says where. It is tried again by itself."),
        )  # fmt: skip
    n = Job.objects.filter(state=Job.State.SET_ASIDE).count()
    if n:
        yield note(
            "worker",
            ngettext("%s piece of work was set aside.", "%s pieces of work were set aside.", n) % n,
            _("See which, and let it be tried again, on the page of those who run this."),
        )


def backup() -> Iterator[Finding]:
    folder = settings.BACKUPS
    if folder and not os.access(folder if folder.exists() else folder.parent, os.W_OK | os.X_OK):
        yield mend(
            "backup",
            _("Nothing can be written into %s.") % folder,
            _("Give the folder to the user under which Erdkreis runs."),
        )
        return
    made = last_backup()
    do = _("Name a folder in ERDKREIS_BACKUPS, or let a timer run “erdkreis backup”.")
    if made is None:
        yield mend("backup", _("No backup was ever made here."), do)
        return
    says = _("The last backup is of %s.") % date_format(timezone.localtime(made.at))
    if timezone.now() - made.at > OLD_BACKUP:
        yield mend("backup", says, do)
    else:
        yield fine("backup", says)


CHECKS = (worker, failures, backup)
