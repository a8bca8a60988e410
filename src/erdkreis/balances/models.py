"""Sheets along the Common Good matrix: an own assessment, not audited.

What is stored is what was entered, in the words of the official format. Weights and points are
never stored: they follow from it, through ``calc.commongood``.
"""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Circle


class BalanceRoom(models.Model):
    """The room is off until a host wants it; without this row a circle has none."""

    circle = models.OneToOneField(Circle, models.CASCADE, related_name="balance_room")
    switched_on = models.DateField(default=timezone.localdate)

    def __str__(self) -> str:
        return str(self.circle)


class Sheet(models.Model):
    """One assessment: facts, ratings and chosen weights of one time, in one edition."""

    class Kind(models.TextChoices):
        FULL = "Full", _("full: every aspect by itself")
        COMPACT = "Compact", _("compact: fewer aspects where the edition has them")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="sheets")
    title = models.CharField(_("title"), max_length=120)
    # Versions of one sheet share a line; the number counts within it.
    line = models.UUIDField(default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(default=1)
    version = models.CharField(_("edition of the matrix"), max_length=8)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.FULL)
    # All three exactly as in the official request.
    general_information = models.JSONField()
    company_facts = models.JSONField(default=dict)
    stakeholder_weights = models.JSONField(default=list)
    created_on = models.DateField(default=timezone.localdate)
    changed_on = models.DateField(default=timezone.localdate)
    agreed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("sheet")
        verbose_name_plural = _("sheets")
        ordering = ["title", "line", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="version_once_per_sheet"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_agreed(self) -> bool:
        """Agreed by those who made it; nothing can be changed until it is opened again."""
        return self.agreed_on is not None

    @property
    def edition(self) -> str:
        """Return the edition of the matrix in short."""
        kind = _("compact") if self.kind == self.Kind.COMPACT else _("full")
        return f"{self.version}, {kind}"

    @property
    def period(self) -> str:
        """Return the time it is about: first and last day, or nothing."""
        period = self.general_information.get("period")
        if not period:
            return ""
        days = (date.fromisoformat(period[end][:10]) for end in ("start", "end"))
        return " – ".join(date_format(day, "SHORT_DATE_FORMAT") for day in days)


class SheetRating(models.Model):
    """What was agreed on one topic or aspect. Without a row it stands at its default."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="ratings")
    code = models.CharField(max_length=8)
    estimation = models.FloatField(default=0)
    weight = models.FloatField(default=1)
    is_weight_chosen = models.BooleanField(default=False)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    evidence = models.TextField(_("evidence"), max_length=2000, blank=True)
    evidence_link = models.URLField(_("link to the evidence"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "code"], name="one_rating_per_aspect"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.estimation:g}"


class RaterView(models.Model):
    """How one person sees an aspect. Stands beside what was agreed and changes nothing."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="rater_views")
    code = models.CharField(max_length=8)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rater_views")
    estimation = models.FloatField()
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "code", "person"], name="one_view_per_rater_and_aspect"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.code} {self.estimation:g}"
