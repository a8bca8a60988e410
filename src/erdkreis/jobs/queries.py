from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from erdkreis.circles.models import Circle
from erdkreis.jobs.kinds import kinds
from erdkreis.jobs.models import SILENCE, Job, Worker

SHOWN = 100


@dataclass(frozen=True)
class Line:
    """One piece of work, as people read it."""

    job: Job
    label: str

    @property
    def about(self) -> str:
        """Return what it is about, by its numbers."""
        return ", ".join(_("no. %s") % n for n in self.job.numbers.values())

    @property
    def share(self) -> int | None:
        """Return how much is done in per cent, where that is known."""
        if self.job.state != Job.State.RUNNING or not self.job.n_total:
            return None
        return min(100, 100 * self.job.n_done // self.job.n_total)


def label_of(kind: str) -> str:
    known = kinds().get(kind)
    return str(known.label) if known else _("Something this version does not know: %s") % kind


def lines(circle: Circle | None = None) -> list[Line]:
    """Return the work of a circle, or all, what is being done first and what is over last."""
    found = Job.objects.filter(circle=circle) if circle else Job.objects.all()
    order = {s: n for n, s in enumerate(("running", "set_aside", "waiting", "done"))}
    jobs = sorted(found.order_by("-pk")[:SHOWN], key=lambda job: (order[job.state], job.due_at))
    return [Line(job, label_of(job.kind)) for job in jobs]


def line_of(kind: str, key: str) -> Line | None:
    """Return the same work where it waits, is being done or was set aside."""
    found = Job.objects.filter(kind=kind, key=key).exclude(state=Job.State.DONE)
    job = found.order_by("-pk").first()
    return Line(job, label_of(kind)) if job else None


def workers_at_work(now: datetime) -> int:
    return Worker.objects.filter(seen_at__gte=now - SILENCE).count()
