"""Entries age by the calendar alone."""

from datetime import date

import pytest

from erdkreis.directory.freshness import (
    findable,
    freshness,
    months_before,
    shown,
    to_be_checked,
)
from erdkreis.directory.models import Entry
from factories.entries import published

pytestmark = pytest.mark.django_db
CHECKED = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("today", "expected", "is_shown", "is_findable"),
    [
        (date(2027, 7, 30), "fresh", True, True),
        (date(2027, 7, 31), "due", True, True),
        (date(2028, 1, 30), "due", True, True),
        (date(2028, 1, 31), "stale", False, True),
        (date(2029, 1, 30), "stale", False, True),
        (date(2029, 1, 31), "archived", False, False),
    ],
)
def test_an_entry_ages_after_18_24_and_36_months(today, expected, is_shown, is_findable):
    entry = published(checked=CHECKED)
    entries = Entry.objects.all()

    assert freshness(entry, today) == expected
    assert shown(entries, today).exists() is is_shown
    assert findable(entries, today).exists() is is_findable
    assert to_be_checked(entries, today).exists() is (expected != "fresh")


def test_what_somebody_objected_to_is_due_at_once():
    entry = published(checked=CHECKED)
    entry.recheck_since = CHECKED
    entry.save()

    assert freshness(entry, CHECKED) == "due"
    assert list(to_be_checked(Entry.objects.all(), CHECKED)) == [entry]


def test_the_end_of_a_long_month_falls_on_the_end_of_a_short_one():
    assert months_before(date(2026, 8, 31), 18) == date(2025, 2, 28)
    assert months_before(date(2026, 12, 31), 12) == date(2025, 12, 31)
