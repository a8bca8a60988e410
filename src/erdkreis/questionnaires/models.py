import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle
from erdkreis.invitations.models import Guardian
from erdkreis.rounds.models import RoundGroup
from erdkreis.rounds.random_ids import RandomIdField


def own_version() -> str:
    """Return a name for a set of questions. By chance, so that it never means another set."""
    return f"own-{secrets.token_hex(4)}"


class ItemSet(models.Model):
    """Questions that a circle brought along, in the form in which the catalogue reads them.

    Never changed: a round keeps the version, and an old picture knows what was asked.
    """

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="item_sets")
    version = models.CharField(max_length=12, unique=True, default=own_version)
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=200, blank=True)
    content = models.JSONField()
    made_on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("own questions")
        verbose_name_plural = _("own questions")
        ordering = ["-made_on", "title"]

    def __str__(self) -> str:
        return self.title


class EntryBatch(models.Model):
    """A pile of paper forms: typed in by one helper, a tenth of it looked through by another."""

    round_group = models.ForeignKey(RoundGroup, models.CASCADE, related_name="batches")
    label = models.CharField(_("What is this pile called?"), max_length=60)
    day = models.DateField()
    typed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    checked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    # How many forms it had, and which were drawn for the second look: known once it is finished.
    n_forms = models.PositiveSmallIntegerField(null=True)
    to_check = models.JSONField(default=list)
    n_differences = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("pile of paper forms")
        verbose_name_plural = _("piles of paper forms")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def is_finished(self) -> bool:
        return self.n_forms is not None

    @property
    def is_checked(self) -> bool:
        return self.n_differences is not None


class Voice(models.Model):
    """One participant's part in one round.

    Nothing here leads to a person: a random number instead of one that counts up, the day instead
    of the time, and a digest of the receipt code that only the participant holds.
    """

    class Channel(models.TextChoices):
        LINK = "link", _("open link")
        CODE = "code", _("personal code")
        GUARDIAN = "guardian", _("guardian")
        HELPER = "helper", _("typed in by a helper")

    id = RandomIdField()
    round_group = models.ForeignKey(RoundGroup, models.CASCADE, related_name="voices")
    guardian = models.OneToOneField(
        Guardian, models.CASCADE, null=True, blank=True, related_name="voice"
    )
    receipt_digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique only while it exists: deleted when the round closes
    channel = models.CharField(max_length=8, choices=Channel)
    # Which pile a paper form lay in, and its number there: only until the answering ends.
    batch = models.ForeignKey(
        EntryBatch, models.SET_NULL, null=True, blank=True, related_name="voices"
    )
    sheet = models.PositiveSmallIntegerField(null=True, blank=True)
    is_collective = models.BooleanField(default=False)
    language = models.CharField(max_length=2)
    day = models.DateField()
    promise_digest = models.CharField(max_length=16, blank=True)
    is_sent = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round_group"],
                condition=Q(is_collective=True),
                name="one_agreed_answer_per_group",
            ),
            models.UniqueConstraint(fields=["batch", "sheet"], name="one_voice_per_sheet"),
        ]

    def __str__(self) -> str:
        return str(_("a voice"))


class SpentSlip(models.Model):
    """A slip that has begun its voice. It knows neither the voice nor the code it was made for."""

    id = RandomIdField()
    round_group = models.ForeignKey(RoundGroup, models.CASCADE, related_name="spent_slips")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return str(_("a used slip"))


class Answer(models.Model):
    """What one voice said to one item: a step of the scale, “don't know”, or left out.

    The rows that are missing are a fourth thing: not reached, or not asked.
    """

    class Status(models.TextChoices):
        RATED = "rated", _("rated")
        DONT_KNOW = "dont_know", _("don’t know")
        SKIPPED = "skipped", _("left out")
        WORDS = "words", _("in own words")

    id = RandomIdField()
    # It leads the index of the constraint: one of its own would only be written with each answer.
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="answers", db_index=False)
    item = models.CharField(max_length=60)
    status = models.CharField(max_length=9, choices=Status)
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voice", "item"], name="one_answer_per_item"),
            models.CheckConstraint(
                condition=Q(status="rated", value__isnull=False, value__gte=1, value__lte=5)
                | (~Q(status="rated") & Q(value__isnull=True)),
                name="a_value_only_when_rated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.value or self.get_status_display()}"


class OwnWords(models.Model):
    """Free text after the round has closed: cut off from the voice that wrote it."""

    id = RandomIdField()
    round_group = models.ForeignKey(RoundGroup, models.CASCADE, related_name="own_words")
    item = models.CharField(max_length=60)
    text = models.TextField()
    language = models.CharField(max_length=2)

    def __str__(self) -> str:
        return self.text[:60]


class Prediction(models.Model):
    """What the leadership thinks a group will answer. Sealed before that group is asked."""

    id = RandomIdField()
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="predictions")
    round_group = models.ForeignKey(RoundGroup, models.CASCADE, related_name="predictions")
    question = models.CharField(max_length=20)
    status = models.CharField(max_length=9, choices=Answer.Status)
    value = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voice", "round_group", "question"], name="one_prediction_per_cell"
            ),
            models.CheckConstraint(
                condition=Q(status="rated", value__isnull=False, value__gte=1, value__lte=5)
                | (~Q(status="rated") & Q(value__isnull=True)),
                name="a_predicted_value_only_when_rated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value or self.get_status_display()}"


class Evidence(models.Model):
    """A checkable source behind what a guardian says."""

    class Kind(models.TextChoices):
        MEASUREMENT = "measurement", _("measurement")
        REGISTER = "register", _("official register or permit")
        AUDIT = "audit", _("audit or label")
        STUDY = "study", _("study")
        CALCULATION = "calculation", _("own calculation")
        OBSERVATION = "observation", _("observation on site")

    class Strength(models.TextChoices):
        WEAK = "weak", _("weak")
        MEDIUM = "medium", _("medium")
        STRONG = "strong", _("strong")

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="evidence")
    item = models.CharField(max_length=60)
    kind = models.CharField(_("What kind of evidence?"), max_length=11, choices=Kind)
    title = models.CharField(_("Title"), max_length=150)
    source = models.CharField(_("Source or link"), max_length=300)
    period = models.CharField(_("Date or period"), max_length=60)
    scope = models.CharField(
        _("What does it cover?"), max_length=120, help_text=_("Site, product or chain.")
    )
    what_it_shows = models.TextField(_("What does it show?"), max_length=500)
    limits = models.TextField(_("What does it not show?"), max_length=500, blank=True)
    strength = models.CharField(
        _("How strong is it, in your view?"), max_length=6, choices=Strength
    )

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
