from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Circle, Group, VoiceMode
from erdkreis.conversations.about import Head, head_of
from erdkreis.rounds.models import LEADERSHIP, MINIMUM_GROUP_SIZE, Round
from erdkreis.rounds.random_ids import RandomIdField

LONGEST_CONTRIBUTION = 1500


class Subject(models.TextChoices):
    """What a conversation can be about. Each kind is named by its key in its own room."""

    CELL = "cell", _("a place in the picture")
    STATEMENT = "statement", _("a statement")
    TENSION = "tension", _("a tension")
    TOPIC = "topic", _("a topic of the matrix")
    EXPERIMENT = "experiment", _("an experiment")
    QUESTION = "question", _("a free question")


class Phase(models.TextChoices):
    """The order of a conversation: understand, then argue, then imagine, then propose."""

    HEARD = "heard", _("Say what you heard")
    REASONS = "reasons", _("Reasons for and against")
    CONDITIONS = "conditions", _("What would have to be true?")
    PROPOSAL = "proposal", _("A proposal")


class Conversation(models.Model):
    """A talk of a circle about one thing, with the frozen numbers at its head."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="conversations")
    round = models.ForeignKey(
        Round, models.SET_NULL, null=True, blank=True, related_name="conversations"
    )
    title = models.CharField(_("title"), max_length=160)
    question = models.TextField(_("what do you want to understand?"), max_length=500)
    what_is_open = models.TextField(_("what is open, and what is decided"), max_length=500)

    about_kind = models.CharField(max_length=10, choices=Subject, default=Subject.QUESTION)
    about_key = models.CharField(max_length=80, blank=True)
    about_url = models.CharField(max_length=200, blank=True)
    about = models.JSONField(default=dict, blank=True)

    languages = models.CharField(
        _("languages"), max_length=5, choices=Round.Languages, default=Round.Languages.BOTH
    )
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.HEARD)
    is_closed = models.BooleanField(default=False)
    # In each phase the leadership waits until the others have had their turn.
    is_open_to_leadership = models.BooleanField(default=False)
    reads_first = models.BooleanField(_("read contributions before they are shown"), default=False)
    # Groups, and who speaks without group, are fixed with the first voice.
    has_begun = models.BooleanField(default=False)
    # Counts up with each change: pages ask whether anything is newer than what they show.
    revision = models.PositiveIntegerField(default=0)
    opened_on = models.DateField(default=timezone.localdate)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(_("what came of it"), max_length=2000, blank=True)
    minority = models.TextField(_("what some see differently"), max_length=2000, blank=True)

    PHASES_IN_ORDER: ClassVar[list[str]] = Phase.values

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_closed=False) | ~Q(outcome=""), name="closed_with_an_outcome"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def head(self) -> Head | None:
        """The frozen subject in the language of the page."""
        return head_of(self.about)

    @property
    def min_group(self) -> int:
        return self.round.min_group if self.round else MINIMUM_GROUP_SIZE

    @property
    def language_codes(self) -> list[str]:
        return self.languages.split(",")

    @property
    def place_of_moderation(self) -> str:
        """Whose queue it is in when somebody reports a contribution."""
        return f"circle.{self.circle_id}"

    @property
    def next_phase(self) -> str:
        """The phase that follows, or nothing after the last."""
        at = self.PHASES_IN_ORDER.index(self.phase)
        return (*self.PHASES_IN_ORDER, "")[at + 1]

    @property
    def phase_before(self) -> str:
        at = self.PHASES_IN_ORDER.index(self.phase)
        return self.PHASES_IN_ORDER[at - 1] if at else ""


class Side(models.Model):
    """A group that is invited to a conversation, with an address of its own: /t/<slug>/."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="sides")
    group = models.ForeignKey(Group, models.PROTECT, related_name="in_conversations")
    slug = models.SlugField(max_length=27, unique=True)
    name_de = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)

    class Shown(models.TextChoices):
        WITH_GROUP = "with_group", _("as someone from the group")
        OWN_CHOICE = "own_choice", _("as someone, unless a person chooses otherwise")
        WITHOUT_GROUP = "without_group", _("as someone")

    # How anonymous voices of this side are shown; see ``sides.ways_of_showing``.
    shown = models.CharField(max_length=13, choices=Shown, default=Shown.WITHOUT_GROUP)

    class Meta:
        ordering = ["group__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "group"], name="a_side_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_leadership(self) -> bool:
        return self.group.code == LEADERSHIP

    @property
    def speaks_by_name(self) -> bool:
        """Guardians speak for others, and answer for what they say."""
        return self.group.voice_mode == VoiceMode.ON_RECORD

    @property
    def has_choice(self) -> bool:
        """Say whether a person may decide about the group beside her words."""
        return not self.is_leadership and self.shown != self.Shown.WITHOUT_GROUP

    def shows_group(self, *, wanted: bool) -> bool:
        """Say whether the group stands beside anonymous words."""
        if self.is_leadership:
            return True
        return wanted and self.shown != self.Shown.WITHOUT_GROUP

    @property
    def name(self) -> str:
        """Name in the language of the page."""
        return self.name_de if (get_language() or "").startswith("de") else self.name_en


class Speaker(models.Model):
    """One participant's part in one conversation.

    An anonymous voice is a random number, a word drawn for this conversation, and the digest of a
    token that only its browser holds: nothing joins it with a voice of the round, with a mail
    address, or with the same person in another conversation.
    """

    class Mode(models.TextChoices):
        ANONYMOUS = "anonymous", _("anonymous")
        NAMED = "named", _("by name")
        RELAYED = "relayed", _("through the facilitator")
        FACILITATOR = "facilitator", _("facilitator")

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="speakers")
    side = models.ForeignKey(Side, models.CASCADE, null=True, blank=True, related_name="speakers")
    mode = models.CharField(max_length=11, choices=Mode)
    shows_group = models.BooleanField(default=False)
    pseudonym = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120, blank=True)
    token_digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique only while it exists
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "pseudonym"],
                condition=~Q(pseudonym=""),
                name="a_pseudonym_once",
            ),
            models.CheckConstraint(
                condition=~Q(mode="anonymous") | Q(person__isnull=True, name=""),
                name="anonymous_means_no_person",
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym or self.name


class Contribution(models.Model):
    """Something said in a conversation. Whoever said it can change it, visibly, or take it back."""

    class Kind(models.TextChoices):
        VIEW = "view", _("How it looks from here")
        PARAPHRASE = "paraphrase", _("What I hear")
        PRO = "for", _("A reason for")
        CONTRA = "against", _("A reason against")
        CONDITION = "condition", _("It would have to be true that …")
        PROPOSAL = "proposal", _("A proposal")
        OBJECTION = "objection", _("An objection")
        NOTE = "note", _("From the facilitator")
        NEWS = "news", _("What became of it")

    class Accepted(models.TextChoices):
        NOT_YET = "", _("not answered yet")
        YES = "yes", _("“Yes, that is what I mean.”")
        NOT_QUITE = "not_quite", _("“Not quite.”")

    class State(models.TextChoices):
        SHOWN = "shown", _("shown")
        WAITING = "waiting", _("waits to be read")
        HIDDEN = "hidden", _("not shown")
        TAKEN_BACK = "taken_back", _("taken back")

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="contributions")
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="contributions")
    phase = models.CharField(max_length=10, choices=Phase)
    kind = models.CharField(max_length=10, choices=Kind)
    answers = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="answered_by"
    )
    text = models.TextField(max_length=LONGEST_CONTRIBUTION)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=State, default=State.SHOWN)
    # Only of a paraphrase: whether the one who was heard says so.
    accepted = models.CharField(max_length=9, choices=Accepted, blank=True)
    correction = models.TextField(max_length=LONGEST_CONTRIBUTION, blank=True)
    # The order of the talk, and the last change: both count with the conversation, not the clock.
    place = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    day = models.DateField(default=timezone.localdate)
    taken_back_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "place"], name="a_place_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=["paraphrase", "objection"]) | Q(answers__isnull=False),
                name="an_answer_answers_something",
            ),
            models.CheckConstraint(
                condition=Q(accepted="") | Q(kind="paraphrase"),
                name="only_what_was_heard_is_accepted",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Version(models.Model):
    """How a contribution read before it was changed. Everyone who reads it may see that, too."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    day = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "number"], name="a_version_once"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Subscription(models.Model):
    """An address that wants to hear of a conversation. It stands beside nobody's words.

    When it came is not kept, nor up to where it was told: every address of one rhythm gets the
    same mail, so that an address cannot be laid beside the order of the talk.
    """

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("once a week at most")
        DAILY = "daily", _("once a day at most")

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="subscriptions")
    address = models.EmailField()
    language = models.CharField(max_length=2)
    rhythm = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.WEEKLY)
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "address"], name="subscribed_once"),
        ]

    def __str__(self) -> str:
        return self.get_rhythm_display()


class Digest(models.Model):
    """Up to where all addresses of one rhythm were told of a conversation, and on which day."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="digests")
    rhythm = models.CharField(max_length=6, choices=Subscription.Rhythm)
    told_until = models.PositiveIntegerField(default=0)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "rhythm"], name="one_digest_a_rhythm"),
        ]

    def __str__(self) -> str:
        return str(self.day)
