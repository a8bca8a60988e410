from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Circle, Group
from erdkreis.dialogues.models import Statement
from erdkreis.meetings.models import Idea
from erdkreis.questionnaires.models import OwnWords
from erdkreis.rounds.models import Round
from erdkreis.rounds.random_ids import RandomIdField
from erdkreis.tensions.models import Tension

MOST_HOURS = 40
DEFAULT_WEEKS, MOST_WEEKS = 6, 12
MOST_RUNNING = 2


class Experiment(models.Model):
    """A small, time-limited, reversible change with an expectation that is written down before."""

    class State(models.TextChoices):
        IDEA = "idea", _("an idea")
        SHAPED = "shaped", _("shaped: those touched are asked")
        AGREED = "agreed", _("agreed: no serious objection")
        RUNNING = "running", _("running")
        HALTED = "halted", _("halted by a stop sign")
        REVIEWING = "reviewing", _("being looked back at")
        KEPT = "kept", _("kept")
        ADAPTED = "adapted", _("adapted: the next one follows")
        STOPPED = "stopped", _("stopped, and something learned")
        DROPPED = "dropped", _("dropped before it began")

    class Start(models.TextChoices):
        OWN = "own", _("own idea")
        TENSION = "tension", _("a tension")
        ITEM = "item", _("a question of the round")
        STATEMENT = "statement", _("a statement")
        WORDS = "words", _("an idea that somebody wrote")
        MEETING = "meeting", _("an idea of a circle meeting")
        EXPERIMENT = "experiment", _("an earlier experiment")

    BEFORE_START: ClassVar = (State.IDEA, State.SHAPED, State.AGREED)
    UNDER_WAY: ClassVar = (State.RUNNING, State.HALTED, State.REVIEWING)
    ENDED: ClassVar = (State.KEPT, State.ADAPTED, State.STOPPED, State.DROPPED)

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="experiments")
    state = models.CharField(max_length=9, choices=State, default=State.IDEA)
    title = models.CharField(
        _("What are we trying?"), max_length=120, blank=True, help_text=_("Begin with a verb.")
    )

    # Where it comes from: one of these, or an own idea.
    start_kind = models.CharField(
        _("Where does it come from?"), max_length=10, choices=Start, default=Start.OWN
    )
    start_round = models.ForeignKey(
        Round, models.SET_NULL, null=True, blank=True, related_name="begun_experiments"
    )
    start_subject = models.CharField(max_length=40, blank=True)
    start_statement = models.ForeignKey(
        Statement, models.SET_NULL, null=True, blank=True, related_name="experiments"
    )
    # What somebody wrote stays where it was let out: taken out there, it is gone here, too.
    start_words = models.ForeignKey(
        OwnWords, models.SET_NULL, null=True, blank=True, related_name="experiments"
    )
    start_tension = models.ForeignKey(
        Tension, models.SET_NULL, null=True, blank=True, related_name="experiments"
    )
    start_idea = models.ForeignKey(
        Idea, models.SET_NULL, null=True, blank=True, related_name="experiments"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )

    question = models.CharField(
        _("What do we want to learn?"),
        max_length=300,
        blank=True,
        help_text=_("One sentence with a question mark."),
    )
    change = models.TextField(
        _("What will be different? Where? For whom?"),
        max_length=1000,
        blank=True,
        help_text=_("One place, one team, one product."),
    )
    expectation = models.TextField(
        _("We expect … because …"),
        max_length=1000,
        blank=True,
        help_text=_("Locked when the experiment begins."),
    )
    surprise = models.TextField(
        _("What would show that we are wrong?"),
        max_length=1000,
        blank=True,
        help_text=_("Locked when the experiment begins."),
    )
    watch_round = models.ForeignKey(
        Round, models.SET_NULL, null=True, blank=True, related_name="watched_experiments"
    )
    watch_other = models.TextField(
        _("What else do we look at?"),
        max_length=1000,
        blank=True,
        help_text=_(
            "A count, something to observe, a story. At least one of them is told by those who "
            "feel it."
        ),
    )
    guard = models.TextField(_("What must not get worse?"), max_length=500, blank=True)
    stop_sign = models.TextField(
        _("When do we stop at once?"),
        max_length=500,
        blank=True,
        help_text=_("Anyone who feels it may call for the stop."),
    )
    effort_hours = models.PositiveSmallIntegerField(
        _("Hours at most"),
        default=MOST_HOURS,
        validators=[MaxValueValidator(MOST_HOURS)],
        help_text=_("Forty at most: what needs more is a project."),
    )
    effort_money = models.CharField(
        _("Money at most"), max_length=60, blank=True, help_text=_("A small sum, or nothing.")
    )
    time_freed_from = models.CharField(
        _("What do we leave aside for it?"),
        max_length=300,
        blank=True,
        help_text=_("Without free time there is no experiment."),
    )
    starts_on = models.DateField(_("First day"), null=True, blank=True)
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    review_on = models.DateField(_("Day of the review"), null=True, blank=True)
    owner = models.CharField(
        _("Who takes care?"), max_length=120, blank=True, help_text=_("One name.")
    )
    owner_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_experiments",
        verbose_name=_("Account of this person"),
        help_text=_("Then reminders go there, and this person can write here."),
    )
    helper = models.CharField(_("Who helps?"), max_length=120, blank=True, help_text=_("One name."))

    # Counts up when something changes that those touched would feel; what they said keeps it.
    version = models.PositiveSmallIntegerField(default=1)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked = models.JSONField(default=dict, blank=True)
    follow_up = models.ForeignKey(
        Round, models.SET_NULL, null=True, blank=True, related_name="looks_at_experiments"
    )
    dropped_because = models.CharField(_("Why is it dropped?"), max_length=300, blank=True)
    # Of the reminders only the day: the outbox forgets what it sent.
    invited_to_review_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    # When those who were asked heard what became of it.
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("experiment")
        verbose_name_plural = _("experiments")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(dropped_because=""),
                name="dropped_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["idea", "shaped", "agreed", "dropped"])
                | Q(locked_at__isnull=False),
                name="begun_only_when_locked",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("An idea without a name yet"))

    @property
    def is_before_start(self) -> bool:
        return self.state in self.BEFORE_START

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    def is_overdue(self, today: date | None = None) -> bool:
        """Say whether the day of the review has passed without one."""
        today = today or timezone.localdate()
        return self.is_under_way and self.review_on is not None and self.review_on < today


class Watch(models.Model):
    """One question that the same group is asked again afterwards."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="watches")
    # One of the six questions or of the four satisfactions.
    subject = models.CharField(max_length=40)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    # Looked at because it was the worst: then it drifts to the middle by itself.
    was_worst = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["experiment", "subject", "group"], name="watched_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group.code}: {self.subject}"


class Touched(models.Model):
    """A group that feels an experiment, with an address of its own: /x/<slug>/."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="touched")
    group = models.ForeignKey(Group, models.PROTECT, related_name="touched_by")
    slug = models.SlugField(max_length=40, unique=True)
    asked_on = models.DateField(null=True, blank=True)
    # Why it begins although this group was not asked, or did not answer.
    without_because = models.CharField(_("not asked, because"), max_length=300, blank=True)
    # What they say afterwards, or that they were asked and said nothing.
    looking_back = models.TextField(max_length=1500, blank=True)

    class Meta:
        ordering = ["group__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["experiment", "group"], name="touched_once"),
        ]

    def __str__(self) -> str:
        return str(self.group)


class Said(models.Model):
    """What someone of a touched group says to an experiment. Nothing leads to a person."""

    class Kind(models.TextChoices):
        CONSENT = "consent", _("That is safe enough to try.")
        CONCERN = "concern", _("I have a concern, and it can be tried.")
        OBJECTION = "objection", _("I have a serious objection: not like this.")
        STOP = "stop", _("Stop it at once.")
        LOOKING_BACK = "looking_back", _("Looking back")

    id = RandomIdField()
    touched = models.ForeignKey(Touched, models.CASCADE, related_name="said")
    kind = models.CharField(max_length=12, choices=Kind)
    words = models.TextField(max_length=1000, blank=True)
    language = models.CharField(max_length=2, blank=True)
    day = models.DateField(default=timezone.localdate)
    version = models.PositiveSmallIntegerField()
    # Only the browser that wrote it holds the code.
    receipt_digest = models.CharField(max_length=64, blank=True)
    # Who typed it in, where it was said in a meeting.
    noted_by = models.CharField(max_length=120, blank=True)
    answer = models.TextField(_("What we changed, or why not"), max_length=1000, blank=True)
    # How an objection was settled, and by whom; empty while it stands.
    settled_by = models.CharField(max_length=120, blank=True)
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="consent") | ~Q(words=""), name="only_consent_needs_no_words"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def stands(self) -> bool:
        """Say whether this is a serious objection that nobody has settled."""
        return self.kind == self.Kind.OBJECTION and self.settled_on is None


class Amendment(models.Model):
    """What was changed after the start, and why. The first wording stays."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="amendments")
    field = models.CharField(max_length=30)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.CharField(_("Why?"), max_length=300)
    by = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.field


class Step(models.Model):
    """That an experiment went from one state to another: when, by whom, and why."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="steps")
    before = models.CharField(max_length=9, choices=Experiment.State, blank=True)
    after = models.CharField(max_length=9, choices=Experiment.State)
    reason = models.CharField(max_length=1000, blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_after_display()


class Review(models.Model):
    """Looking back at one experiment: what happened, what surprised, what now."""

    class Decision(models.TextChoices):
        KEEP = "keep", _("We keep it.")
        ADAPT = "adapt", _("We change it and try again.")
        STOP = "stop", _("We stop. This is what we learned.")

    experiment = models.OneToOneField(Experiment, models.CASCADE, related_name="review")
    happened = models.TextField(_("What happened?"), max_length=1500, blank=True)
    surprised = models.TextField(_("What surprised us?"), max_length=1000, blank=True)
    cost = models.CharField(_("What did it cost: time, money, nerves?"), max_length=300, blank=True)
    decision = models.CharField(_("What now?"), max_length=5, choices=Decision, blank=True)
    reason = models.TextField(_("Why?"), max_length=1000, blank=True)
    # Who sees it differently is kept with the decision.
    minority = models.TextField(_("What do some see differently?"), max_length=1000, blank=True)
    tell = models.TextField(_("What do we tell everyone?"), max_length=1000, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return self.get_decision_display() if self.decision else str(_("not decided yet"))
