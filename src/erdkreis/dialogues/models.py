from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from erdkreis.calc.opinion import sign
from erdkreis.circles.models import Circle, Group
from erdkreis.dialogues.starters import starter_wording
from erdkreis.rounds.models import MINIMUM_GROUP_SIZE, Round
from erdkreis.rounds.random_ids import RandomIdField

LONGEST_STATEMENT = 140


class VoteValue(models.IntegerChoices):
    """What somebody can say to a statement. Not seen is no vote at all."""

    AGREE = sign.AGREE, _("agree")
    PASS = sign.PASS, _("not sure")
    DISAGREE = sign.DISAGREE, _("disagree")


class Dialogue(models.Model):
    """Statements to agree or disagree with, in one circle."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="dialogues")
    round = models.ForeignKey(
        Round, models.SET_NULL, null=True, blank=True, related_name="dialogues"
    )
    title = models.CharField(_("title"), max_length=200)
    intro = models.TextField(_("what it is about"))
    what_is_open = models.TextField(_("what is open, and what is decided"), blank=True)
    # The short public address: /d/<slug>/.
    slug = models.SlugField(max_length=40, unique=True)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    languages = models.CharField(
        _("languages"), max_length=5, choices=Round.Languages, default=Round.Languages.BOTH
    )
    is_public_source = models.BooleanField(default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    closed_on = models.DateField(null=True)
    # Once single votes are gone, only what was let out of them is left to be told.
    votes_deleted_on = models.DateField(null=True)
    # Somebody is analysing the votes; a time, so that one who died does not hold it for ever.
    analysing_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("dialogue")
        verbose_name_plural = _("dialogues")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public_source=False) | (Q(state="closed") & ~Q(source="")),
                # Exact counts are shown of it: nobody's vote may ever come on top.
                name="published_votes_are_closed_and_name_their_source",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_imported(self) -> bool:
        return bool(self.source)

    @property
    def min_group(self) -> int:
        """Fewest votes on a statement before anything of them is shown."""
        return self.round.min_group if self.round else MINIMUM_GROUP_SIZE

    @property
    def language_codes(self) -> list[str]:
        return self.languages.split(",")


class Voter(models.Model):
    """One participant's part in one dialogue.

    As with voices, nothing leads to a person: a random number, the day, and a digest of the
    receipt code that only the participant holds.
    """

    id = RandomIdField()
    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="voters")
    receipt_digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique only while it exists: deleted when the dialogue closes
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="voters")
    external_id = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001 - unique only where somebody came from a file
    day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "external_id"], name="voter_imported_once"),
        ]

    def __str__(self) -> str:
        return str(_("a voter"))


class Statement(models.Model):
    """One short sentence to agree or disagree with."""

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting to be read")
        ACCEPTED = "accepted", _("in the dialogue")
        REJECTED = "rejected", _("not taken in")

    class Reason(models.TextChoices):
        DUPLICATE = "duplicate", _("It says the same as another statement.")
        TWO_THOUGHTS = "two_thoughts", _("It holds more than one thought.")
        NOT_VOTABLE = "not_votable", _("One can neither agree nor disagree with it.")
        UNCLEAR = "unclear", _("Others may not understand it.")
        OFF_TOPIC = "off_topic", _("It is not about what is open here.")
        NAMES = "names", _("It names a person, or one can be recognised.")
        HURTS = "hurts", _("It demeans people.")
        OTHER = "other", _("Another reason.")
        AT_SOURCE = "at_source", _("It was not taken in where it was written.")

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=8, blank=True)
    starter = models.CharField(max_length=20, blank=True)
    author = models.ForeignKey(
        Voter, models.SET_NULL, null=True, blank=True, related_name="statements"
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.PENDING)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    note = models.CharField(max_length=300, blank=True)
    is_seed = models.BooleanField(default=False)
    is_meta = models.BooleanField(default=False)
    external_id = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001 - unique only where it came from a file

    OWN_REASONS: ClassVar[list[tuple[str, Any]]] = [
        choice for choice in Reason.choices if choice[0] != "at_source"
    ]

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "number"], name="statement_number_once"),
            models.UniqueConstraint(
                fields=["dialogue", "external_id"], name="statement_imported_once"
            ),
            models.UniqueConstraint(
                fields=["author", "text"],
                condition=Q(external_id__isnull=True, author__isnull=False),
                name="nobody_writes_the_same_twice",
            ),
            models.CheckConstraint(
                condition=Q(status="rejected") & ~Q(reason="")
                | ~Q(status="rejected") & Q(reason="", note=""),
                name="a_reason_exactly_when_rejected",
            ),
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def wording(self) -> str:
        """The sentence; one that came with us is said in the language of the page."""
        wording = starter_wording(self.starter) if self.starter else None
        return wording.in_language(get_language() or "en") if wording else self.text


class Vote(models.Model):
    """What one voter said to one statement. No row: not seen."""

    id = RandomIdField()
    # Both lead an index below: one of their own would only be written with each vote.
    voter = models.ForeignKey(Voter, models.CASCADE, related_name="votes", db_index=False)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="votes", db_index=False)
    value = models.SmallIntegerField(choices=VoteValue)
    # With which probability the statement was shown; none where somebody chose it from the list.
    chance = models.FloatField(null=True)

    class Meta:
        # Counting reads nothing but this index.
        indexes = [models.Index(fields=["statement", "value"], name="votes_on_a_statement")]
        constraints = [
            models.UniqueConstraint(fields=["voter", "statement"], name="one_vote_per_statement"),
            models.CheckConstraint(
                condition=Q(value__in=[-1, 0, 1]), name="a_vote_is_one_of_three"
            ),
            models.CheckConstraint(
                condition=Q(chance=None) | Q(chance__gt=0, chance__lte=1),
                name="a_chance_is_a_probability",
            ),
        ]

    def __str__(self) -> str:
        return str(VoteValue(self.value).label)


class Turn(models.Model):
    """What lies before one voter now, and how likely what still lies ahead had come up before.

    Only with it the chance of the next statement is known. It goes when the dialogue closes.
    """

    id = RandomIdField()
    voter = models.OneToOneField(Voter, models.CASCADE, related_name="turn")
    statement = models.ForeignKey(Statement, models.SET_NULL, null=True, related_name="+")
    chance = models.FloatField(null=True)
    # By key of the statement: the probability of not having been shown until now.
    not_before = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(_("what lies before a voter"))


class KeptPiece(models.Model):
    """A piece of a large file that was made of a published conversation, compressed."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="kept_pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    is_last = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "number"], name="pieces_stand_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.dialogue} {self.number}"
