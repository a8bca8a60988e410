"""Dead links are noticed after thirty days; nobody is asked who must not be."""

from datetime import timedelta

import pytest
from django.utils import timezone

from erdkreis.directory.links import look_at_links
from erdkreis.directory.models import Link
from erdkreis.web.fetching import Refused, Unreachable
from factories.entries import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return published(website="https://gone.example/")


def answers(status):
    def ask(url):
        if isinstance(status, Exception):
            raise status
        return status

    return ask


def test_a_link_dead_for_thirty_days_makes_the_entry_due_once(entry, on_day):
    start = timezone.localdate()
    for day in (0, 8, 16, 31, 40):
        on_day(start + timedelta(days=day))
        assert look_at_links(answers(404)).n_dead == 1
        entry.refresh_from_db()
        assert (entry.recheck_since is not None) is (day >= 31)

    assert entry.history.filter(what="dead_link").count() == 1


def test_a_link_that_answers_again_is_no_longer_dead(entry, on_day):
    start = timezone.localdate()
    look_at_links(answers(410))
    on_day(start + timedelta(days=8))
    look_at_links(answers(200))

    assert Link.objects.get().dead_since is None


def test_when_nobody_answers_it_is_we_who_are_offline(entry):
    published(name="Another", website="https://other.example/")

    assert look_at_links(answers(Unreachable("no"))).is_offline
    assert not Link.objects.exists()


def test_links_are_looked_at_once_a_week(entry):
    assert look_at_links(answers(200)).n_looked == 1
    assert look_at_links(answers(200)).n_looked == 0


def test_an_address_that_is_never_asked_counts_as_dead(entry):
    assert look_at_links(answers(Refused("private"))).n_dead == 1
