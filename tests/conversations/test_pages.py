"""Talking on a phone, without a script; leading; what is newer."""

import pytest
from django.test import Client

from erdkreis.conversations.models import Contribution, Conversation
from erdkreis.conversations.token_cookie import NAME
from factories import circles, conversations
from factories.conversations import as_voice, said, side, voice

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(circle) -> Conversation:
    return conversations.conversation(circle)


def test_one_comes_in_reads_and_says_something(talk):
    phone, at = Client(), f"/t/{side(talk, 'employees').slug}/"
    assert "Take part" in phone.get(at).content.decode()
    came = phone.post(f"{at}come-in/", {"way": "group"})
    assert came.cookies[NAME]["path"] == at
    assert came.cookies[NAME]["httponly"]
    phone.post(at, {"phase": "heard", "kind": "view", "text": "We stand up at three."})
    page = phone.get(at).content.decode()
    assert "We stand up at three." in page
    assert "Someone from “Employees”" in page


def test_words_come_back_when_the_phase_moved_on_meanwhile(talk):
    phone = Client()
    at = as_voice(phone, talk, "employees")
    Conversation.objects.update(phase="reasons")
    answer = phone.post(at, {"phase": "heard", "kind": "view", "text": "Words I care for."})
    assert answer.status_code == 409
    assert "Words I care for." in answer.content.decode()


def test_words_come_back_when_they_are_too_long(talk):
    phone = Client()
    at = as_voice(phone, talk, "employees")
    answer = phone.post(at, {"phase": "heard", "kind": "view", "text": "word " * 400})
    assert answer.status_code == 422
    assert "word word word" in answer.content.decode()


def test_words_come_back_to_a_browser_that_forgot_its_token(talk):
    at = f"/t/{side(talk, 'employees').slug}/"
    answer = Client().post(at, {"phase": "heard", "kind": "view", "text": "Words I care for."})
    assert answer.status_code == 409
    assert "Words I care for." in answer.content.decode()
    assert not talk.contributions.exists()


@pytest.mark.parametrize("what", ["change", "take-back", "put-back", "accept", "appeal"])
def test_nobody_touches_the_words_of_others(talk, what):
    theirs, phone = said(voice(talk, "customers")), Client()
    at = as_voice(phone, talk, "employees")
    phone.post(f"{at}{theirs.pk}/{what}/", {"text": "Mine now.", "is_right": "yes"})
    kept = Contribution.objects.get(pk=theirs.pk)
    assert (kept.text, kept.state) == ("We stand up at three.", "shown")


def test_what_is_newer_comes_and_nothing_else(talk):
    baker, phone = voice(talk, "employees"), Client()
    at = f"/t/{side(talk, 'customers').slug}/"
    first = said(baker)
    talk.refresh_from_db()
    seen = talk.revision
    unchanged = phone.get(
        f"{at}news/?after={seen}&phase=heard", headers={"If-None-Match": f'"{seen}"'}
    )
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    second = said(baker, "And on Sundays, too.")
    news = phone.get(f"{at}news/?after={seen}&phase=heard")
    text = news.content.decode()
    assert f"c{second.pk}" in text
    assert f"c{first.pk}" not in text
    assert "1 new contribution." in text
    assert news["ETag"] == f'"{seen + 1}"'


def test_the_leadership_sees_that_it_waits(talk):
    phone = Client()
    at = as_voice(phone, talk, "leadership")
    assert "The leadership speaks last." in phone.get(at).content.decode()


def test_a_facilitator_opens_moves_and_closes(circle, as_bela):
    where = f"/circles/{circle.slug}/conversations/new/"
    groups = circle.groups.filter(code__in=["employees", "customers"])
    told = {
        "title": "Sundays", "question": "Why?", "what_is_open": "All.", "languages": "de,en",
        "groups": [group.pk for group in groups],
    }  # fmt: skip
    opened = as_bela.post(where, told)
    talk = Conversation.objects.get()
    assert opened.url == f"/conversations/{talk.pk}/"
    as_bela.post(f"{opened.url}move/", {"on": "heard"})
    as_bela.post(f"{opened.url}close/", {"outcome": "We try it.", "minority": "Two would not."})
    talk.refresh_from_db()
    assert (talk.phase, talk.is_closed) == ("reasons", True)
    page = Client().get(f"/t/{talk.sides.first().slug}/").content.decode()
    assert "Two would not." in page


@pytest.mark.parametrize("role", ["reader", "guardian", "entry_helper"])
@pytest.mark.parametrize("deed", ["move", "close", "moderation"])
def test_others_do_not_lead(talk, role, deed):
    client = Client()
    client.force_login(circles.member(talk.circle, "zoe", role))
    answer = client.post(f"/conversations/{talk.pk}/{deed}/", {"on": "heard", "outcome": "No."})
    talk.refresh_from_db()
    assert (answer.status_code, talk.phase, talk.is_closed) == (403, "heard", False)


@pytest.mark.parametrize("n", [1, 3])
def test_a_page_needs_as_many_queries_for_one_as_for_three(talk, n, django_assert_max_num_queries):
    for number in range(n):
        said(voice(talk, "employees"), f"Words number {number}.")
    with django_assert_max_num_queries(7):
        Client().get(f"/t/{side(talk, 'customers').slug}/")
