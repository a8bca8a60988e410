"""The directory: who shows that it can be done differently, as pointers with facts, no award."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST_SUMMARY = 400
EDITORS_NEEDED = 2  # besides whoever suggested the entry
OLDEST_YEAR, LATEST_YEAR = 1000, 2100


class Kind(models.TextChoices):
    """Which of the reader's questions an entry answers; the last one we added."""

    INITIATIVE = "initiative", _("initiative for another economy")
    MADE_TO_LAST = "made_to_last", _("products made to last")
    SELLS_IF_IT_FITS = "sells_if_it_fits", _("sells only if it fits")
    TIME_AND_TRUST = "time_and_trust", _("works with time and trust")


class Relation(models.TextChoices):
    """What ties the one who suggests to the one suggested. Always asked, always shown."""

    CUSTOMER = "customer", _("customer or user")
    EMPLOYEE = "employee", _("works there")
    OWNER = "owner", _("owner or leader")
    PARTNER = "partner", _("supplier or partner")
    NEIGHBOUR = "neighbour", _("neighbour")
    NONE = "none", _("none")


class SizeBand(models.TextChoices):
    UNKNOWN = "", _("not known")
    ONE = "1", _("one person")
    TINY = "2-9", _("2 to 9 people")
    SMALL = "10-49", _("10 to 49 people")
    MEDIUM = "50-249", _("50 to 249 people")
    LARGE = "250+", _("250 people and more")


class RepairBy(models.TextChoices):
    UNKNOWN = "", _("not known")
    MAKER = "maker", _("the maker")
    WORKSHOP = "workshop", _("any workshop")
    ONESELF = "oneself", _("oneself")


class Entry(models.Model):
    """One initiative or organisation, with dated facts, what makes it easy and what hard."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("being written")
        SUBMITTED = "submitted", _("suggested")
        IN_REVIEW = "in_review", _("being checked")
        RETURNED = "returned", _("returned with a question")
        REJECTED = "rejected", _("not taken in")
        PUBLISHED = "published", _("published")
        DISPUTED = "disputed", _("disputed, being checked again")
        ARCHIVED = "archived", _("archived")

    PUBLIC: ClassVar[tuple[str, ...]] = (Status.PUBLISHED, Status.DISPUTED)
    WITH_THE_SUBMITTER: ClassVar[tuple[str, ...]] = (Status.DRAFT, Status.RETURNED)
    WITH_THE_EDITORS: ClassVar[tuple[str, ...]] = (Status.SUBMITTED, Status.IN_REVIEW)

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    kinds = models.CharField(max_length=80)  # codes of Kind, each between spaces
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=3, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )  # fmt: skip
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip
    sector = models.CharField(_("sector"), max_length=60, blank=True)
    size_band = models.CharField(_("size"), max_length=6, choices=SizeBand, blank=True)
    since = models.PositiveSmallIntegerField(
        _("since"), null=True, blank=True,
        validators=[MinValueValidator(OLDEST_YEAR), MaxValueValidator(LATEST_YEAR)],
    )  # fmt: skip
    website = models.URLField(_("website"), max_length=300, blank=True)
    languages = models.CharField(_("languages"), max_length=60, blank=True)
    summary = models.TextField(_("in short"), max_length=LONGEST_SUMMARY)
    # Both are asked. Empty means, and reads as, “not known yet”.
    what_makes_it_easy = models.TextField(_("what makes it easy"), max_length=600, blank=True)
    what_makes_it_hard = models.TextField(_("what makes it hard"), max_length=600, blank=True)
    own_experience = models.TextField(_("own experience"), max_length=1000, blank=True)
    relation = models.CharField(_("relation"), max_length=9, choices=Relation)
    submitted_by = models.CharField(_("suggested by"), max_length=100, blank=True)

    # Products made to last.
    guarantee_years = models.PositiveSmallIntegerField(
        _("guarantee in years"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    spare_parts_years = models.PositiveSmallIntegerField(
        _("spare parts for how many years"), null=True, blank=True,
        validators=[MaxValueValidator(100)],
    )  # fmt: skip
    updates_years = models.PositiveSmallIntegerField(
        _("updates for how many years"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    repair_by = models.CharField(_("who can repair it"), max_length=8, choices=RepairBy, blank=True)
    public_rating = models.CharField(_("public rating"), max_length=200, blank=True)
    # Sells only if it fits.
    how_one_notices = models.TextField(_("how one notices"), max_length=600, blank=True)
    if_it_does_not_fit = models.TextField(
        _("what they do when it does not fit"), max_length=600, blank=True
    )
    how_sellers_are_paid = models.TextField(
        _("how those who sell are paid"), max_length=600, blank=True
    )

    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    begun_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    last_checked = models.DateField(null=True, blank=True)
    # Something happened that asks for a look before its time: a dead link, a correction.
    recheck_since = models.DateField(null=True, blank=True)
    notice = models.CharField(_("notice"), max_length=300, blank=True)
    words_to_submitter = models.CharField(max_length=500, blank=True)
    # What the search looks through: word stems of the public texts (see search.py).
    search_words = models.TextField(blank=True, editable=False)

    # Only for the one who suggests; deleted a month after the decision.
    submitter_mail = models.EmailField(blank=True)
    submitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    submitter_key = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique
    reply_key = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="entry_has_both_coordinates_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["published", "disputed"]) | Q(last_checked__isnull=False),
                name="published_entry_was_checked",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_list(self) -> list[Kind]:
        return [Kind(code) for code in self.kinds.split()]

    @kind_list.setter
    def kind_list(self, kinds: list[str]) -> None:
        self.kinds = f" {' '.join(kind for kind in Kind.values if kind in kinds)} "

    @property
    def is_public(self) -> bool:
        return self.status in self.PUBLIC


class Fact(models.Model):
    """One checkable claim, with where it stands and since when."""

    class SourceKind(models.TextChoices):
        OWN = "own", _("own statement")
        INDEPENDENT = "independent", _("independent")
        OFFICIAL = "official", _("official")
        CERTIFICATE = "certificate", _("certificate")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="facts")
    claim = models.CharField(_("what is so"), max_length=300)
    source_url = models.URLField(_("where it stands"), max_length=300, blank=True)
    source_name = models.CharField(_("name of the source"), max_length=200, blank=True)
    source_kind = models.CharField(_("kind of source"), max_length=11, choices=SourceKind)
    source_date = models.CharField(_("date of the source"), max_length=20, blank=True)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source_url="") | ~Q(source_name=""),
                name="fact_names_its_source",
                violation_error_message=_(
                    "Please say where it stands: an address, or the name of the source."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.claim


class Editor(models.Model):
    """Somebody who checks entries of this installation."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="directory_editor"
    )

    def __str__(self) -> str:
        return str(self.person)


class Look(models.Model):
    """What one editor found about one entry in its present wording. At most one each."""

    class Verdict(models.TextChoices):
        FINE = "fine", _("opened the sources; can be published")
        STAKE = "stake", _("has a stake and steps aside")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="looks")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=5, choices=Verdict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "editor"], name="one_look_each")]

    def __str__(self) -> str:
        return f"{self.editor}: {self.get_verdict_display()}"


class Change(models.Model):
    """A change of a published entry, waiting for a second editor."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    wanted = models.JSONField()  # field → new value
    reason = models.CharField(_("why"), max_length=300)
    on = models.DateField()

    def __str__(self) -> str:
        return self.reason


class Reply(models.Model):
    """What the organisation answers, under its own name. Shown beside the entry, not in it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="replies")
    name = models.CharField(_("your name and role"), max_length=120)
    text = models.TextField(_("reply"), max_length=2000)
    on = models.DateField()
    is_shown = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Objection(models.Model):
    """Somebody says that something is wrong; visible until it is answered."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="objections")
    text = models.TextField(_("what is wrong"), max_length=1000)
    source_url = models.URLField(_("where one can see it"), max_length=300, blank=True)
    on = models.DateField()
    is_shown = models.BooleanField(default=False)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class HistoryLine(models.Model):
    """What was done with an entry, by whom in which part, and what changed. Never rewritten."""

    class What(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        IMPORTED = "imported", _("taken in from a list")
        SUBMITTED = "submitted", _("handed in for checking")
        LOOKED = "looked", _("checked by an editor")
        STEPPED_ASIDE = "stepped_aside", _("an editor with a stake stepped aside")
        RETURNED = "returned", _("returned with a question")
        REJECTED = "rejected", _("not taken in")
        PUBLISHED = "published", _("published")
        CHANGED = "changed", _("changed")
        CHECKED = "checked", _("checked again")
        OBJECTED = "objected", _("somebody objected")
        ANSWERED = "answered", _("objection answered")
        DISPUTED = "disputed", _("marked as disputed")
        SETTLED = "settled", _("dispute settled")
        REPLIED = "replied", _("the organisation replied")
        DEAD_LINK = "dead_link", _("a link has been dead for 30 days")
        ARCHIVED = "archived", _("archived")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="history")
    what = models.CharField(max_length=13, choices=What)
    on = models.DateField()
    by = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=500, blank=True)
    changed = models.JSONField(default=dict, blank=True)  # field → [before, after]

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.what}"

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk:
            raise TypeError("history is not rewritten")
        super().save(*args, **options)


class Link(models.Model):
    """An address that entries point to, and whether it still answers."""

    url = models.CharField(max_length=300, unique=True)
    looked_on = models.DateField()
    dead_since = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.url
