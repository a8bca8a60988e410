import math
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Circle, Group, VoiceMode

MINIMUM_GROUP_SIZE = 5
LEADERSHIP = "leadership"
SHORT_MINUTES, LONG_MINUTES, ITEMS_A_MINUTE = 5, 15, 3
PULSE_MINUTES = 2


class LoopRounds(models.Manager["Round"]):
    """Rounds that go through the loop. A date of a pulse is asked like one, and is none."""

    def get_queryset(self) -> models.QuerySet["Round"]:
        return super().get_queryset().filter(kind=Round.Kind.LOOP)


class Round(models.Model):
    """One pass through the loop. It moves forward only; going back means a new round.

    A date of a pulse is kept here, too, because it is asked in the same ways: codes, slips, voices,
    mails, deletion. Whoever means these as well says ``of_any_kind``; ``objects`` leaves them out.
    """

    class Kind(models.TextChoices):
        LOOP = "loop", _("goes through the loop")
        PULSE = "pulse", _("a date of a pulse")

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        INVITING = "inviting", _("invitations go out, leadership answers")
        ASKING = "asking", _("people answer")
        PICTURE = "picture", _("looking at the picture")
        TALKING = "talking", _("talking")
        EXPERIMENTING = "experimenting", _("trying something")
        CLOSED = "closed", _("closed")

    class Form(models.TextChoices):
        SHORT = "short", _("short: six questions, four ratings, two closing questions")
        LONG = "long", _("long: also the details and all open questions")

    class WorksCouncil(models.TextChoices):
        OPEN = "open", _("not asked yet")
        INVOLVED = "involved", _("there is one, and it is involved")
        NONE = "none", _("there is none")

    class Languages(models.TextChoices):
        BOTH = "de,en", _("German and English")
        GERMAN = "de", _("German")
        ENGLISH = "en", _("English")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="rounds")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.LOOP, editable=False)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    title = models.CharField(_("title"), max_length=120)
    state = models.CharField(max_length=13, choices=State, default=State.DRAFT)

    # The promise. Nobody is asked before it is complete.
    purpose = models.TextField(
        _("Why do you ask?"), max_length=300, blank=True, help_text=_("One or two sentences.")
    )
    opens_on = models.DateField(_("First day to answer"), null=True, blank=True)
    closes_on = models.DateField(_("Last day to answer"), null=True, blank=True)
    answer_back_on = models.DateField(
        _("Answer back by"),
        null=True,
        blank=True,
        help_text=_("By this day everyone who was asked hears what came out and what happens."),
    )
    named_person = models.CharField(
        _("Who is responsible for this round?"),
        max_length=120,
        blank=True,
        help_text=_("One name."),
    )
    contact = models.CharField(
        _("How can this person be reached?"),
        max_length=200,
        blank=True,
        help_text=_("Telephone, mail or a door. Also for those who prefer paper."),
    )
    who_sees = models.TextField(_("Who sees the results?"), max_length=300, blank=True)
    who_decides = models.TextField(
        _("Who decides what happens with them?"), max_length=300, blank=True
    )
    what_is_open = models.TextField(
        _("What is open, and what is already decided?"), max_length=500, blank=True
    )

    form = models.CharField(_("Length"), max_length=5, choices=Form, default=Form.SHORT)
    languages = models.CharField(
        _("Languages"), max_length=5, choices=Languages, default=Languages.BOTH
    )
    item_version = models.CharField(max_length=12)
    min_group = models.PositiveSmallIntegerField(
        _("Smallest group that is shown"),
        default=MINIMUM_GROUP_SIZE,
        validators=[MinValueValidator(MINIMUM_GROUP_SIZE), MaxValueValidator(50)],
        help_text=_("At least 5 answers. It may be raised, never lowered."),
    )
    retention_months = models.PositiveSmallIntegerField(
        _("Months until single answers are deleted"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    works_council = models.CharField(
        _("Works council"), max_length=8, choices=WorksCouncil, default=WorksCouncil.OPEN
    )

    # Of a short round that looks again: which questions each group is asked, all others nothing.
    only_items = models.JSONField(default=dict, blank=True)

    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    leadership_sealed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LoopRounds()
    of_any_kind: ClassVar[models.Manager["Round"]] = models.Manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(min_group__gte=MINIMUM_GROUP_SIZE), name="min_group_never_below_five"
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True)
                | Q(closes_on__isnull=True)
                | Q(closes_on__gte=F("opens_on")),
                name="round_closes_after_it_opens",
            ),
        ]

    STATES_IN_ORDER: ClassVar[list[str]] = State.values

    def __str__(self) -> str:
        return self.title

    @property
    def is_frozen(self) -> bool:
        """Wording, groups, voice modes and minimum size can no longer change."""
        return self.frozen_at is not None

    @property
    def is_pulse(self) -> bool:
        return self.kind == self.Kind.PULSE

    @property
    def is_open_for_answers(self) -> bool:
        """True on the days of the round, while its host has not gone on to the picture."""
        today = timezone.localdate()
        return (
            self.state == self.State.ASKING
            and self.opens_on is not None
            and self.closes_on is not None
            and self.opens_on <= today <= self.closes_on
        )

    @property
    def is_open_for_leadership(self) -> bool:
        """The leadership answers before anybody else, until it is sealed."""
        return self.state == self.State.INVITING and self.leadership_sealed_at is None

    @property
    def language_codes(self) -> list[str]:
        return self.languages.split(",")

    def has_reached(self, state: str) -> bool:
        """Say whether the round is in this state or has passed it."""
        return self.STATES_IN_ORDER.index(self.state) >= self.STATES_IN_ORDER.index(state)


class RoundGroup(models.Model):
    """A group as it stands in one round: a copy, so that a later renaming changes no picture."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="groups")
    group = models.ForeignKey(Group, models.PROTECT, related_name="in_rounds")
    code = models.SlugField(max_length=40)
    # The short public address of this group in this round: /e/<slug>.
    slug = models.SlugField(max_length=27, unique=True)
    name_de = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    voice_mode = models.CharField(max_length=10, choices=VoiceMode)
    size = models.PositiveIntegerField(null=True, blank=True)
    is_asked = models.BooleanField(default=True)
    not_asked_reason = models.CharField(max_length=200, blank=True)
    extra_questions = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="group_once_per_round"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_leadership(self) -> bool:
        return self.code == LEADERSHIP

    @property
    def only_items(self) -> list[str] | None:
        """Return the few questions a round that looks again asks of this group; none means all."""
        if not self.round.only_items:
            return None
        return list(self.round.only_items.get(self.code, ()))

    @property
    def minutes(self) -> int:
        """Return about how many minutes this round asks of one person of this group."""
        if self.round.is_pulse:
            return PULSE_MINUTES
        if self.only_items is not None:
            return max(1, math.ceil(len(self.only_items) / ITEMS_A_MINUTE))
        is_long = self.round.form == Round.Form.LONG or self.is_leadership
        return LONG_MINUTES if is_long else SHORT_MINUTES

    @property
    def is_open(self) -> bool:
        """Say whether this group can answer today."""
        if not self.is_asked:
            return False
        if self.is_leadership:
            return self.round.is_open_for_leadership
        return self.round.is_open_for_answers

    @property
    def name(self) -> str:
        """Name in the language of the page."""
        return self.name_de if (get_language() or "").startswith("de") else self.name_en


class LogEntry(models.Model):
    """What changed in a round after people were told of it: open to everyone."""

    class Kind(models.TextChoices):
        STATE = "state", _("went on")
        EXTENSION = "extension", _("last day moved")
        SEAL = "seal", _("leadership sealed")
        PROMISE = "promise", _("promise changed")
        PUBLISHED = "published", _("picture published")
        REDACTED = "redacted", _("words redacted")
        REPLY = "reply", _("request answered")

    round = models.ForeignKey(Round, models.CASCADE, related_name="log")
    kind = models.CharField(max_length=9, choices=Kind)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.before} → {self.after}"


class Asked(models.Model):
    """That a group was asked for something outside a round, and about how many minutes it takes."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="asked")
    group_code = models.SlugField(max_length=40)
    # Which room asked for what: "experiments.12".
    what = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField()
    day = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "group_code", "what"], name="asked_for_it_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_code}: {self.minutes}"
