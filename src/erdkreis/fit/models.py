from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Circle
from erdkreis.rounds.random_ids import RandomIdField

TIME_TO_CHANGE = timedelta(days=14)
# Aspects of these steps are written once per side; of all others, as often as one likes.
ONCE_PER_SIDE = ("do_nothing", "alternatives", "kernel", "follow_up")


class Side(models.TextChoices):
    """Who writes: the one with a concern, or the one with an offer."""

    SEEKER = "seeker", _("seeking side")
    PROVIDER = "provider", _("offering side")

    @property
    def other(self) -> "Side":
        return Side.PROVIDER if self == Side.SEEKER else Side.SEEKER


class Value(models.TextChoices):
    """What a side decides. All four are good endings."""

    YES = "yes", _("yes")
    NOT_YET = "not_yet", _("not yet")
    NO = "no", _("no")
    SOMEONE_ELSE = "someone_else", _("someone else")


class FitConversation(models.Model):
    """One talk between a seeker and a provider. Both see everything; nobody else does."""

    class Variant(models.TextChoices):
        FIRST = "first", _("Before a sale: does it fit?")
        REVIEW = "review", _("With somebody who buys already: does it still fit?")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="fit_conversations")
    provider = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="fit_conversations"
    )
    provider_name = models.CharField(max_length=120)
    seeker_name = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=120)
    variant = models.CharField(max_length=6, choices=Variant, default=Variant.FIRST)
    wording = models.CharField(max_length=12)
    # The address of the seeker's side: /f/<slug>/. It opens nothing without the private link.
    slug = models.SlugField(max_length=24, unique=True)
    invite_digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique only while it can be used
    seeker_digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique only once somebody came
    reached = models.PositiveSmallIntegerField(default=1)
    began_on = models.DateField(default=timezone.localdate)
    active_on = models.DateField(default=timezone.localdate)
    # A second private link was made: both see it, for it could open the seeker's side.
    link_renewed_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    follow_up_email = models.EmailField(blank=True)
    follow_up_language = models.CharField(max_length=2, blank=True)
    follow_up_digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique only once a mail was sent

    class Meta:
        verbose_name = _("fit conversation")
        verbose_name_plural = _("fit conversations")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.about

    @property
    def is_settled(self) -> bool:
        """Both sides have decided: nothing that was written changes any more."""
        return self.settled_on is not None

    @property
    def changeable_until(self) -> date | None:
        """Return the last day on which a decision may be changed without giving reasons."""
        return self.settled_on and self.settled_on + TIME_TO_CHANGE

    @property
    def may_change(self) -> bool:
        until = self.changeable_until
        return until is None or timezone.localdate() <= until

    def name_of(self, side: str) -> str:
        """Return who writes on this side, as both read it."""
        if side == Side.PROVIDER:
            return f"{self.provider_name}, {self.circle.organisation.name}"
        return self.seeker_name or str(_("The seeking side"))


class Decision(models.Model):
    """What one side decided on one day. A changed mind is a new row; the last one counts."""

    conversation = models.ForeignKey(FitConversation, models.CASCADE, related_name="decisions")
    side = models.CharField(max_length=8, choices=Side)
    value = models.CharField(max_length=12, choices=Value)
    meet_on = models.DateField(null=True)
    decided_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.get_value_display()}"


class Line(models.Model):
    """Something one side wrote. Both see who; the words can be deleted by their writer."""

    conversation = models.ForeignKey(FitConversation, models.CASCADE, related_name="lines")
    side = models.CharField(max_length=8, choices=Side)
    step = models.CharField(max_length=16)
    aspect = models.CharField(max_length=16, blank=True)
    text = models.TextField(blank=True)
    choice = models.CharField(max_length=16, blank=True)
    by_day = models.DateField(null=True)
    is_decisive_for_seeker = models.BooleanField(default=False)
    is_decisive_for_provider = models.BooleanField(default=False)
    decision = models.ForeignKey(
        Decision, models.CASCADE, null=True, blank=True, related_name="lines"
    )
    is_deleted = models.BooleanField(default=False)
    written_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "side", "step", "aspect"],
                condition=Q(step__in=ONCE_PER_SIDE),
                name="fit_once_per_side",
            ),
            models.CheckConstraint(
                condition=Q(is_deleted=False) | Q(text=""), name="fit_deleted_words_are_gone"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class WillingVoice(models.Model):
    """An address whose owner wants to be asked as somebody who does not buy.

    Nothing leads from here to a conversation: a random number, the circle, and a month.
    """

    id = RandomIdField()
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="willing_voices")
    email = models.EmailField()
    language = models.CharField(max_length=2)
    month = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circle", "email"], name="willing_once")]

    def __str__(self) -> str:
        return str(_("somebody who is willing to be asked"))


class PastCounts(models.Model):
    """How conversations ended that were deleted since: counts and nothing else."""

    circle = models.OneToOneField(Circle, models.CASCADE, related_name="past_fit_counts")
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.circle)
