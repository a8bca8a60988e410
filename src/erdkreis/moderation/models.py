from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What becomes of what somebody wrote. The words themselves are never changed."""

    SHOWN = "shown", _("stays")
    HIDDEN = "hidden", _("not shown")


class Reason(models.TextChoices):
    """Why something is reported, or not shown. Everyone may read these."""

    HURTS = "hurts", _("It demeans people.")
    NAMES = "names", _("It names a person, or one can be recognised.")
    OFF_TOPIC = "off_topic", _("It is not about what is open here.")
    ADVERTISING = "advertising", _("It is advertising.")
    UNLAWFUL = "unlawful", _("It may be against the law.")
    WRONG = "wrong", _("A fact in it is wrong.")
    OTHER = "other", _("Another reason.")


class Case(models.Model):
    """One thing somebody wrote that a second person has to look at, whichever room it stands in.

    The room is told by its name and the thing by its key there; ``place`` says whose queue it is
    in, such as ``circle.7``. An appeal is decided by somebody else than the first decision.
    """

    class Origin(models.TextChoices):
        REPORTED = "reported", _("reported")
        READ_FIRST = "read_first", _("read before it is shown")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a decision")
        DECIDED = "decided", _("decided")
        APPEALED = "appealed", _("waits for a second decision")
        FINAL = "final", _("decided twice")

    room = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    place = models.CharField(max_length=40)
    origin = models.CharField(max_length=10, choices=Origin)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    opened_on = models.DateField(default=timezone.localdate)

    outcome = models.CharField(max_length=6, choices=Outcome, blank=True)
    reason = models.CharField(max_length=11, choices=Reason, blank=True)
    note = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)

    appeal = models.TextField(max_length=1000, blank=True)
    appealed_on = models.DateField(null=True, blank=True)
    appeal_outcome = models.CharField(max_length=6, choices=Outcome, blank=True)
    appeal_note = models.CharField(max_length=300, blank=True)
    appeal_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    appeal_decided_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["pk"]
        indexes = [models.Index(fields=["room", "key"], name="cases_about_one_thing")]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "key"],
                condition=Q(state__in=["waiting", "appealed"]),
                name="one_open_case_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(appeal_decided_by__isnull=True) | ~Q(appeal_decided_by=F("decided_by")),
                name="an_appeal_is_decided_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="hidden") | ~Q(reason=""), name="hidden_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room} · {self.get_state_display()}"

    @property
    def stands(self) -> str:
        """What holds now: the second decision, the first, or nothing yet."""
        return self.appeal_outcome or self.outcome

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.WAITING, self.State.APPEALED}

    @property
    def may_be_appealed(self) -> bool:
        """Once, and only against not being shown."""
        return self.state == self.State.DECIDED and self.outcome == Outcome.HIDDEN


class Report(models.Model):
    """That somebody asks for a second look, and why. Who it was is not kept."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=11, choices=Reason)
    note = models.CharField(max_length=300, blank=True)
    # A keyed digest of case and reporter: the same person counts once, and leads nowhere.
    reporter_digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "reporter_digest"], name="reported_once"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
