"""How much a conversation asks of people: said to them, and warned of to the host."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from erdkreis.conversations.services import MINUTES_TO_TALK
from erdkreis.rounds.asking_time import minutes_by_group, note_asked
from factories.conversations import conversation, side

pytestmark = pytest.mark.django_db


def test_a_conversation_counts_for_the_groups_it_invites(circle):
    conversation(circle, codes=("employees", "customers"))

    assert minutes_by_group(circle) == {
        "employees": MINUTES_TO_TALK, "customers": MINUTES_TO_TALK,
    }  # fmt: skip


def test_a_person_reads_how_much_the_group_was_asked_before(circle):
    talk = conversation(circle)
    address = f"/t/{side(talk, 'employees').slug}/come-in/"
    assert b"Your group was asked" not in Client().get(address).content

    note_asked(circle, "employees", "pulse.1", 7)
    note_asked(circle, "customers", "pulse.1", 9)

    page = Client().get(address).content.decode()
    assert "about 7 minutes before" in page
    assert f"about {MINUTES_TO_TALK} minutes" in page


def test_what_was_asked_more_than_a_year_ago_no_longer_counts(circle, on_day):
    talk = conversation(circle)
    on_day(timezone.localdate() + timedelta(days=366))
    note_asked(circle, "employees", "pulse.1", 7)

    page = Client().get(f"/t/{side(talk, 'employees').slug}/come-in/").content.decode()

    assert "about 7 minutes before" in page


def test_a_host_is_warned_before_asking_much(as_bela, circle):
    address = f"/circles/{circle.slug}/conversations/new/"
    assert b"That is much" not in as_bela.get(address).content

    note_asked(circle, "employees", "experiments.1", 15)

    page = as_bela.get(address).content.decode()
    assert page.count("That is much. Is this conversation needed now?") == 1
