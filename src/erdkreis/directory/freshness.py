"""Entries age by themselves: nobody has to press anything, the calendar does it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone

from erdkreis.directory.models import Entry

# Months since the last check (domain.md, section j).
DUE_AFTER, STALE_AFTER, ARCHIVED_AFTER = 18, 24, 36
DEAD_FOR = timedelta(days=30)
_MONTHS, _LAST_SAFE_DAY = 12, 28


class Freshness(StrEnum):
    """How much an entry can still be relied on."""

    FRESH = "fresh"
    DUE = "due"  # to be checked
    STALE = "stale"  # out of the search unless asked for
    ARCHIVED = "archived"  # kept, and only found by its address


@dataclass(frozen=True)
class Borders:
    """The days on which entries last checked become due, stale and archived today."""

    due: date
    stale: date
    archived: date


def borders(today: date | None = None) -> Borders:
    today = today or timezone.localdate()
    return Borders(
        *(months_before(today, months) for months in (DUE_AFTER, STALE_AFTER, ARCHIVED_AFTER))
    )


def months_before(day: date, months: int) -> date:
    """Return the same day some months earlier; the 31st may become the 28th.

    Examples
    --------
    >>> months_before(date(2026, 8, 31), 18), months_before(date(2026, 3, 5), 24)
    (datetime.date(2025, 2, 28), datetime.date(2024, 3, 5))
    """
    years, month = divmod(day.year * _MONTHS + day.month - 1 - months, _MONTHS)
    first = date(years, month + 1, 1)
    try:
        return first.replace(day=day.day)
    except ValueError:
        return first.replace(day=_LAST_SAFE_DAY)


def freshness(entry: Entry, today: date | None = None) -> Freshness:
    """Say how fresh a published entry is today."""
    if entry.status == Entry.Status.ARCHIVED:
        return Freshness.ARCHIVED
    limits, checked = borders(today), entry.last_checked
    if checked is None or checked <= limits.archived:
        return Freshness.ARCHIVED
    if checked <= limits.stale:
        return Freshness.STALE
    if checked <= limits.due or entry.recheck_since:
        return Freshness.DUE
    return Freshness.FRESH


def shown(entries: QuerySet[Entry], today: date | None = None) -> QuerySet[Entry]:
    """Keep what the search shows by default: published, and not stale."""
    return entries.filter(status__in=Entry.PUBLIC, last_checked__gt=borders(today).stale)


def findable(entries: QuerySet[Entry], today: date | None = None) -> QuerySet[Entry]:
    """Keep what the search shows when old entries are asked for, too."""
    return entries.filter(status__in=Entry.PUBLIC, last_checked__gt=borders(today).archived)


def to_be_checked(entries: QuerySet[Entry], today: date | None = None) -> QuerySet[Entry]:
    """Keep what an editor should look at again, longest waiting first."""
    is_due = Q(last_checked__lte=borders(today).due) | Q(recheck_since__isnull=False)
    return entries.filter(is_due, status__in=Entry.PUBLIC).order_by("last_checked", "pk")
