"""Mails: never empty, weekly at most, confirmed first, off with one press."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from erdkreis.conversations import digests
from erdkreis.conversations.models import Contribution, Subscription
from erdkreis.invitations.models import Letter
from factories import conversations
from factories.conversations import said, side, voice

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(circle):
    return conversations.conversation(circle)


def reader(talk, address="rosa@example.org", rhythm="weekly"):
    return Subscription.objects.create(
        conversation=talk, address=address, language="en", rhythm=rhythm, is_confirmed=True
    )


def test_nothing_new_is_no_mail(talk):
    reader(talk)
    assert digests.queue_digests() == 0
    assert not Letter.objects.exists()


def test_a_week_lies_between_two_mails(talk, on_day):
    reader(talk)
    baker = voice(talk, "employees")
    said(baker)
    assert digests.queue_digests() == 1
    said(baker, "And on Sundays, too.")
    assert digests.queue_digests() == 0
    Letter.objects.all().delete()  # sent
    on_day(timezone.localdate() + timedelta(days=7))
    assert digests.queue_digests() == 1
    body = Letter.objects.get().body
    assert "And on Sundays, too." in body
    assert "We stand up at three." not in body


def test_two_conversations_are_one_mail(talk, circle):
    other = conversations.conversation(circle, title="Mondays")
    for one in (talk, other):
        reader(one)
        said(voice(one, "employees"))
    digests.queue_digests()
    assert "Mondays" in Letter.objects.get().body


def test_an_address_is_written_to_only_once_confirmed(talk):
    at = f"/t/{side(talk, 'employees').slug}/mail/"
    Client().post(at, {"address": "rosa@example.org", "rhythm": "weekly"})
    said(voice(talk, "employees"))
    assert digests.queue_digests() == 0
    link = re.search(r"/talk-mail/\S+", Letter.objects.get().body).group()
    Client().get(link)
    assert not Subscription.objects.get().is_confirmed  # a scanner of mails only looks
    Client().post(link)
    assert Subscription.objects.get().is_confirmed


def test_the_token_that_stops_does_only_that(talk):
    one = reader(talk)
    said(voice(talk, "employees"))
    digests.queue_digests()
    link = re.search(r"/talk-off/(\S+)/", Letter.objects.get().body)
    Subscription.objects.update(is_confirmed=False)
    Client().post(f"/talk-mail/{link.group(1)}/")
    assert not Subscription.objects.get(pk=one.pk).is_confirmed
    Client(enforce_csrf_checks=True).post(link.group())  # one press in the mail program
    assert not Subscription.objects.exists()
    assert Contribution.objects.count() == 1
