"""What is stored and shown of an anonymous voice."""

import pytest
from django.test import Client

from erdkreis.conversations import speaking
from erdkreis.conversations.labels import label_of
from erdkreis.conversations.models import Contribution, Speaker, Subscription
from factories import conversations
from factories.conversations import said, side, token, voice

pytestmark = pytest.mark.django_db


def test_a_token_opens_one_side_of_one_conversation(circle):
    talk, other = conversations.conversation(circle), conversations.conversation(circle)
    mine = token(talk, "employees")
    assert speaking.speaker_with(mine, side(talk, "employees")) is not None
    for elsewhere in (side(talk, "customers"), side(other, "employees")):
        assert speaking.speaker_with(mine, elsewhere) is None


def test_nothing_but_group_word_and_digest_is_kept_of_a_voice(circle):
    speaker = voice(conversations.conversation(circle), "employees")
    kept = Speaker.objects.filter(pk=speaker.pk).values().get()
    assert (kept["name"], kept["person_id"], kept["mode"]) == ("", None, "anonymous")
    kinds = {type(field).__name__ for field in Speaker._meta.fields}
    assert not kinds & {"DateField", "DateTimeField"}
    assert speaker.pk > 2**32 or Speaker.objects.count() == 1  # drawn, not counted


def test_no_hour_is_kept_of_what_is_said():
    kinds = {type(field).__name__ for field in Contribution._meta.fields}
    assert "DateTimeField" not in kinds


def test_an_address_has_no_way_to_a_voice():
    related = {field.related_model for field in Subscription._meta.fields if field.related_model}
    assert Speaker not in related
    assert Contribution not in related


def test_a_small_group_is_named_only_by_own_choice(circle):
    talk = conversations.conversation(circle, ("employees", "suppliers"))
    circle.groups.filter(code="suppliers").update(size=3)
    talk = conversations.conversation(circle, ("employees", "suppliers"))

    def label(code, wanted):
        mine = token(talk, code, shows_group=wanted)
        return label_of(speaking.speaker_with(mine, side(talk, code)))

    assert "Suppliers" not in label("suppliers", wanted=False)
    assert "Suppliers" in label("suppliers", wanted=True)
    # Nobody of the large group can give the small one away by being named.
    assert "Employees" not in label("employees", wanted=True)


def test_guardians_speak_by_name(circle):
    talk = conversations.conversation(circle, ("employees", "environment"))
    where = side(talk, "environment")
    with pytest.raises(speaking.ConversationError):
        speaking.come_in(where, "anonymous")
    assert speaking.come_in(where, "anonymous", name="Emil Erle")


def test_the_page_shows_no_account_and_no_number_of_people(circle, as_ada):
    talk = conversations.conversation(circle)
    said(voice(talk, "employees"))
    page = as_ada.get(f"/t/{side(talk, 'customers').slug}/").content.decode()
    assert "We stand up at three." in page
    assert "ada" not in page.lower()


def test_markup_stays_words(circle):
    talk = conversations.conversation(circle, title="<img src=x onerror=alert(1)>")
    said(voice(talk, "employees"), "<script>alert(1)</script> {{7*7}}")
    page = Client().get(f"/t/{side(talk, 'customers').slug}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "{{7*7}}" in page
