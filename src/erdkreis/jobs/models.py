from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Circle

# A worker says every few seconds that it is there. Silent for this long, it counts as gone.
SILENCE = timedelta(seconds=60)


class Worker(models.Model):
    """A process that works, and when it was seen last. It signs off when it ends in good order."""

    name = models.CharField(_("machine and process"), max_length=120)
    began_at = models.DateTimeField(_("began"))
    seen_at = models.DateTimeField(_("seen last"))

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["-seen_at", "pk"]

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """One piece of work. It names things by their numbers and holds nothing about people.

    What comes again by the clock is one row for ever, due at its next time.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        RUNNING = "running", _("is being done")
        DONE = "done", _("done")
        SET_ASIDE = "set_aside", _("set aside")

    class Reason(models.TextChoices):
        NONE = "", _("none")
        FAILED = "failed", _("an error came up")
        AWAY = "away", _("a service it needs cannot be reached")
        DIED = "died", _("the process ended in the middle of it")
        TOO_LONG = "too_long", _("it took too long and was ended")
        UNKNOWN = "unknown", _("this version of Erdkreis does not know this kind of work")

    CLOCK = "clock"  # the key of what comes again by itself

    kind = models.CharField(_("kind of work"), max_length=60)
    key = models.CharField(_("the same work waits once"), max_length=60, blank=True)
    numbers = models.JSONField(_("what it is about, in numbers"), default=dict)
    circle = models.ForeignKey(
        Circle, models.CASCADE, verbose_name=_("circle"), null=True, related_name="jobs"
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(_("not before"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    worker = models.ForeignKey(Worker, models.SET_NULL, verbose_name=_("worker"), null=True)
    started_at = models.DateTimeField(_("begun"), null=True)
    ended_at = models.DateTimeField(_("ended last"), null=True)
    reason = models.CharField(_("what went wrong"), max_length=8, choices=Reason, blank=True)
    # The name of the error alone: its message could quote what people wrote.
    error = models.CharField(_("kind of error"), max_length=80, blank=True)
    n_done = models.PositiveIntegerField(_("so much is done"), default=0)
    n_total = models.PositiveIntegerField(_("of so much"), default=0)

    class Meta:
        verbose_name = _("piece of work")
        verbose_name_plural = _("pieces of work")
        ordering = ["due_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state="waiting") & ~Q(key=""),
                name="same_work_waits_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"], name="work_that_is_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".strip()

    @property
    def comes_again(self) -> bool:
        return self.key == self.CLOCK
