from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """The one whose actions are looked at: firm, association, school, authority."""

    name = models.CharField(_("name"), max_length=120)
    place = models.CharField(_("place"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Circle(models.Model):
    """All who are touched by one organisation, and the space in which they are heard."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="circles")
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=40, unique=True)
    is_invented = models.BooleanField(_("invented example"), default=False)

    class Meta:
        verbose_name = _("Earth circle")
        verbose_name_plural = _("Earth circles")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class VoiceMode(models.TextChoices):
    """How a group speaks. A few people cannot be anonymous, and we never pretend they are."""

    ANONYMOUS = "anonymous", _("anonymous")
    COLLECTIVE = "collective", _("one agreed answer")
    ON_RECORD = "on_record", _("by name")


class MatrixRow(models.TextChoices):
    """Row of the Common Good matrix that a group belongs to."""

    NONE = "", _("none")
    SUPPLIERS = "A", _("A · suppliers")
    OWNERS = "B", _("B · owners and financial partners")
    EMPLOYEES = "C", _("C · employees")
    CUSTOMERS = "D", _("D · customers and business partners")
    COMMUNITY = "E", _("E · community and nature")


class Group(models.Model):
    """A kind of people, or nature, touched by the organisation."""

    class Kind(models.TextChoices):
        DEFAULT = "default", _("one of the eight")
        OPTIONAL = "optional", _("optional")
        OWN = "own", _("own")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="groups")
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=8, choices=Kind)
    name_de = models.CharField(_("name in German"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    matrix_row = models.CharField(
        _("row of the matrix"), max_length=1, choices=MatrixRow, blank=True, default=MatrixRow.NONE
    )
    voice_mode = models.CharField(
        _("how this group speaks"),
        max_length=10,
        choices=VoiceMode,
        default=VoiceMode.ANONYMOUS,
    )
    size = models.PositiveIntegerField(
        _("how many people are in it"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("An estimate is fine. Leave it empty if nobody knows."),
    )
    how_reached = models.TextField(_("how they are reached"), max_length=300, blank=True)
    is_on = models.BooleanField(_("is asked"), default=True)
    off_reason = models.CharField(_("not asked, because"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["circle", "code"], name="group_code_once_per_circle"),
            models.CheckConstraint(
                condition=~Q(kind="default") | Q(is_on=True) | ~Q(off_reason=""),
                name="default_group_never_vanishes_silently",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Name in the language of the page."""
        return self.name_de if (get_language() or "").startswith("de") else self.name_en


class Role(models.Model):
    """What one person may do in one circle."""

    class Kind(models.TextChoices):
        HOST = "host", _("host")
        FACILITATOR = "facilitator", _("facilitator")
        GUARDIAN = "guardian", _("guardian")
        ENTRY_HELPER = "entry_helper", _("entry helper")
        READER = "reader", _("reader")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="roles")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles")
    kind = models.CharField(_("role"), max_length=12, choices=Kind)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(fields=["circle", "person", "kind"], name="role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_kind_display()}"


class AddOnly(models.QuerySet["JournalEntry"]):
    """Lines that can be read and added, but neither changed nor deleted."""

    def update(self, **_changes: Any) -> int:
        raise TypeError(WRITTEN_DOWN)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError(WRITTEN_DOWN)


WRITTEN_DOWN = "what was done stays as it was written down"


class JournalEntry(models.Model):
    """Something a host or facilitator did. Lines are added, never changed; see journal.py."""

    LONGEST_SUBJECT: ClassVar[int] = 160

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="journal")
    # Whoever deletes the own account leaves the role behind, without the name.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    role = models.CharField(max_length=12, choices=Role.Kind, blank=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=LONGEST_SUBJECT, blank=True)
    # A number and no key: rounds stand above circles.
    round_id = models.PositiveBigIntegerField(null=True)
    # Not finer than a day: it is a record of deeds, not of when people work.
    day = models.DateField(default=timezone.localdate)

    objects = AddOnly.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["circle", "round_id"], name="journal_of_round")]

    def __str__(self) -> str:
        return f"{self.day} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(WRITTEN_DOWN)
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(WRITTEN_DOWN)
