from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Circle, Group
from erdkreis.conversations.about import Head, head_of
from erdkreis.rounds.models import Round


class Tension(models.Model):
    """Two things wanted at once that pull apart. A person words it; nothing makes it by itself."""

    class Kind(models.TextChoices):
        BETWEEN_GROUPS = "between_groups", _("between groups")
        WITHIN_GROUP = "within_group", _("within a group")
        GOAL_CONFLICT = "goal_conflict", _("between two goals")
        RED_LINE = "red_line", _("a red line")

    class Treatment(models.TextChoices):
        OPEN = "", _("not chosen yet")
        BALANCE = "balance", _("balance: both are needed for good")
        QUESTION_ASSUMPTION = "question_assumption", _("question an assumption")
        DECIDE = "decide", _("decide")
        RED_LINE = "red_line", _("red line: not for trading")

    class State(models.TextChoices):
        WORDING = "wording", _("being worded")
        ACCEPTED = "accepted", _("both sides accept the words")
        SETTLED = "settled", _("dealt with")
        SET_ASIDE = "set_aside", _("set aside")

    OPEN: ClassVar = (State.WORDING, State.ACCEPTED)

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="tensions")
    round = models.ForeignKey(
        Round, models.SET_NULL, null=True, blank=True, related_name="tensions"
    )
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.BETWEEN_GROUPS)
    state = models.CharField(max_length=9, choices=State, default=State.WORDING)
    treatment = models.CharField(
        _("how we deal with it"), max_length=19, choices=Treatment, blank=True
    )
    shared_purpose = models.TextField(_("what both serve"), max_length=500, blank=True)
    who_decides = models.CharField(_("who decides"), max_length=200, blank=True)
    # What it was made from, as it stood then: see ``conversations.about``.
    about = models.JSONField(default=dict, blank=True)
    set_aside_because = models.CharField(max_length=300, blank=True)
    opened_on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("tension")
        verbose_name_plural = _("tensions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="red_line") | Q(treatment__in=["", "red_line"]),
                name="a_red_line_is_not_traded",
            ),
            models.CheckConstraint(
                condition=~Q(state="set_aside") | ~Q(set_aside_because=""),
                name="set_aside_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def head(self) -> Head | None:
        """The numbers it was made from, in the language of the page."""
        return head_of(self.about)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_red_line(self) -> bool:
        return self.kind == self.Kind.RED_LINE or self.treatment == self.Treatment.RED_LINE


class Pole(models.Model):
    """One of the two things wanted, in words that both sides accept."""

    class Letter(models.TextChoices):
        A = "a", "A"
        B = "b", "B"

    tension = models.ForeignKey(Tension, models.CASCADE, related_name="poles")
    letter = models.CharField(max_length=1, choices=Letter)
    name = models.CharField(_("name of this pole"), max_length=120)
    good_side = models.TextField(_("what is good about it"), max_length=500, blank=True)
    too_much = models.TextField(
        _("what happens if there is too much of it"), max_length=500, blank=True
    )
    early_sign = models.TextField(
        _("how we notice early that it becomes too much"), max_length=300, blank=True
    )
    who_bears_it = models.CharField(_("who bears it then"), max_length=200, blank=True)
    need = models.TextField(_("the need behind it"), max_length=300, blank=True)
    # Whose pole it is, and who of that side accepted the words.
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")
    accepted_by = models.CharField(_("accepted by"), max_length=120, blank=True)
    accepted_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("pole")
        verbose_name_plural = _("poles")
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint(fields=["tension", "letter"], name="two_poles_a_tension"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_accepted(self) -> bool:
        return self.accepted_on is not None


class Assumption(models.Model):
    """What must be true so that the two poles exclude each other. One of them may fall."""

    tension = models.ForeignKey(Tension, models.CASCADE, related_name="assumptions")
    text = models.CharField(_("assumption"), max_length=300)
    falls_because = models.CharField(_("it can fall, because"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("assumption")
        verbose_name_plural = _("assumptions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Source(models.Model):
    """Where a tension comes from: a statement, an item of the questionnaire, or a topic."""

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("a statement")
        ITEM = "item", _("a question of the round")
        TOPIC = "topic", _("a topic of the matrix")

    tension = models.ForeignKey(Tension, models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=9, choices=Kind)
    # The key in its own room: of a statement its number in the database, of an item its code.
    key = models.CharField(max_length=80)
    url = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["tension", "kind", "key"], name="a_source_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.key}"


class Settlement(models.Model):
    """What was settled, why, who loses by it, and when it is looked at again. Earlier ones stay."""

    tension = models.ForeignKey(Tension, models.CASCADE, related_name="settlements")
    treatment = models.CharField(max_length=19, choices=Tension.Treatment)
    decision = models.TextField(_("what is decided"), max_length=1000)
    reason = models.TextField(_("reason"), max_length=1000)
    who_loses = models.TextField(_("who loses by it"), max_length=500)
    compensation = models.TextField(_("what they get for it"), max_length=500, blank=True)
    minority = models.TextField(_("what some see differently"), max_length=1000, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=200)
    look_again_on = models.DateField(_("we look at it again on"))
    noted_by = models.CharField(max_length=120)
    day = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.day)


class Handing(models.Model):
    """That a red line was handed to whoever is responsible, on which day, and what was done."""

    tension = models.ForeignKey(Tension, models.CASCADE, related_name="handings")
    name = models.CharField(_("responsible person"), max_length=120)
    address = models.EmailField(_("mail address"))
    words = models.TextField(_("what it is about"), max_length=1000)
    handed_by = models.CharField(max_length=120)
    day = models.DateField(default=timezone.localdate)
    answer = models.TextField(_("what was done"), max_length=1000, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("handing over")
        verbose_name_plural = _("handings over")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} · {self.day}"
