from datetime import date, timedelta
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Circle
from erdkreis.rounds.models import LEADERSHIP, MINIMUM_GROUP_SIZE, Round

EMPLOYEES = "employees"


class Pulse(models.Model):
    """Short questions, asked again every two or four weeks of those who work there.

    Each date is kept as a round of its own kind (`rounds.Round.of_any_kind`): people come in by the
    same codes and slips, and what they say is cut off from them in the same way.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        RUNNING = "running", _("running")
        PAUSED = "paused", _("paused")
        ENDED = "ended", _("ended")

    class Whom(models.TextChoices):
        EMPLOYEES = EMPLOYEES, _("employees")
        LEADERSHIP = LEADERSHIP, _("leadership")

    class Rhythm(models.IntegerChoices):
        TWO_WEEKS = 2, _("every two weeks")
        FOUR_WEEKS = 4, _("every four weeks")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="pulses")
    whom = models.CharField(_("Who is asked?"), max_length=10, choices=Whom)
    state = models.CharField(max_length=7, choices=State, default=State.DRAFT)
    every_weeks = models.PositiveSmallIntegerField(
        _("How often?"), choices=Rhythm, default=Rhythm.FOUR_WEEKS
    )
    first_on = models.DateField(_("First date"))
    # Where everyone who is asked reads what came out. Whoever has the address may read.
    slug = models.SlugField(max_length=27, unique=True)
    item_version = models.CharField(max_length=14)

    purpose = models.TextField(_("Why do you ask?"), max_length=300)
    who_decides = models.TextField(_("Who decides what happens with them?"), max_length=300)
    named_person = models.CharField(_("Who is responsible for it?"), max_length=120)
    contact = models.CharField(_("How can this person be reached?"), max_length=200)
    languages = models.CharField(
        _("Languages"), max_length=5, choices=Round.Languages, default=Round.Languages.BOTH
    )
    min_group = models.PositiveSmallIntegerField(
        _("Smallest team that is shown"),
        default=MINIMUM_GROUP_SIZE,
        validators=[MinValueValidator(MINIMUM_GROUP_SIZE), MaxValueValidator(50)],
    )
    retention_months = models.PositiveSmallIntegerField(
        _("Months until single answers are deleted"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    works_council = models.CharField(
        _("Works council"),
        max_length=8,
        choices=Round.WorksCouncil,
        default=Round.WorksCouncil.OPEN,
    )

    # From asking to closing; then the answers of a date are counted.
    DAYS_OPEN: ClassVar[timedelta] = timedelta(days=7)

    class Meta:
        verbose_name = _("pulse")
        verbose_name_plural = _("pulses")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(min_group__gte=MINIMUM_GROUP_SIZE), name="team_never_below_five"
            ),
            # Two at once would ask the same people twice.
            models.UniqueConstraint(
                fields=["circle", "whom"],
                condition=Q(state__in=("running", "paused")),
                name="one_pulse_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_whom_display()}, {self.get_every_weeks_display()}"

    @property
    def rhythm(self) -> timedelta:
        return timedelta(weeks=self.every_weeks)

    @property
    def language_codes(self) -> list[str]:
        return self.languages.split(",")

    def day_before_or_on(self, today: date) -> date | None:
        """Return the last day of the rhythm that is not ahead, or none before the first."""
        if today < self.first_on:
            return None
        return self.first_on + (today - self.first_on) // self.rhythm * self.rhythm

    def next_day(self, today: date) -> date:
        """Return the next day of the rhythm that lies ahead."""
        last = self.day_before_or_on(today)
        return self.first_on if last is None else last + self.rhythm


class Team(models.Model):
    """People who are asked and shown together. Fixed before the first date: no cut later."""

    pulse = models.ForeignKey(Pulse, models.CASCADE, related_name="teams")
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pulse", "name"], name="team_once_per_pulse"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """Return under which code this team stands in the round of each date."""
        return f"team-{self.pk}"


class Member(models.Model):
    """Somebody who is invited to each date. Nothing leads from here to an answer."""

    pulse = models.ForeignKey(Pulse, models.CASCADE, related_name="members")
    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pulse", "email"], name="in_a_pulse_once"),
        ]

    def __str__(self) -> str:
        return self.email


class PulseDate(models.Model):
    """One date on which a pulse asks, with the round that carries it."""

    pulse = models.ForeignKey(Pulse, models.CASCADE, related_name="dates")
    round = models.OneToOneField(Round, models.CASCADE, related_name="pulse_date")
    number = models.PositiveSmallIntegerField()
    day = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["pulse", "number"], name="number_once_per_pulse"),
            models.UniqueConstraint(fields=["pulse", "day"], name="day_once_per_pulse"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.day}"
