"""Phases, turns, hearing, changing and taking back: who may, and who may not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from erdkreis.conversations import services, speaking
from erdkreis.conversations.models import Conversation, Speaker
from erdkreis.conversations.services import ConversationError
from factories import conversations
from factories.conversations import said, side, voice

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(circle) -> Conversation:
    return conversations.conversation(circle)


@pytest.fixture
def baker(talk) -> Speaker:
    return voice(talk, "employees")


@pytest.fixture
def guest(talk) -> Speaker:
    return voice(talk, "customers")


def on(talk) -> Conversation:
    talk.refresh_from_db()
    return services.move_on(talk, seen=talk.phase)


def test_a_paraphrase_counts_when_the_one_who_was_heard_accepts_it(talk, baker, guest):
    heard = said(guest, "You are tired.", "paraphrase", answers=said(baker))
    with pytest.raises(ConversationError):
        speaking.answer_paraphrase(guest, heard, is_right=True)
    speaking.answer_paraphrase(baker, heard, is_right=False, correction="Not tired: alone.")
    heard.refresh_from_db()
    assert (heard.accepted, heard.correction) == ("not_quite", "Not tired: alone.")
    speaking.change(guest, heard, "You are alone at night.")
    heard.refresh_from_db()
    assert heard.accepted == ""
    speaking.answer_paraphrase(baker, heard, is_right=True)
    heard.refresh_from_db()
    assert heard.accepted == "yes"


def test_nobody_hears_herself(baker):
    with pytest.raises(ConversationError):
        said(baker, "I am tired.", "paraphrase", answers=said(baker))


def test_each_phase_has_its_own_kinds(talk, baker):
    with pytest.raises(ConversationError):
        said(baker, kind="for")
    on(talk)
    assert said(baker, kind="for").phase == "reasons"


def test_what_was_written_for_the_phase_before_is_refused_and_nothing_is_lost(talk, baker):
    on(talk)
    with pytest.raises(ConversationError):
        speaking.say(baker, "view", "Late words.", "en", phase="heard")


def test_moving_on_can_be_undone_until_somebody_wrote(talk, baker):
    on(talk)
    assert services.move_back(talk).phase == "heard"
    on(talk)
    said(baker, kind="against")
    with pytest.raises(ConversationError):
        services.move_back(talk)


def test_two_presses_move_on_once(talk):
    services.move_on(talk, seen="heard")
    with pytest.raises(ConversationError):
        services.move_on(talk, seen="heard")
    talk.refresh_from_db()
    assert talk.phase == "reasons"


def test_the_leadership_waits_in_each_phase_until_it_has_the_floor(talk):
    boss = voice(talk, "leadership")
    with pytest.raises(ConversationError):
        said(boss)
    services.give_floor_to_leadership(talk, is_open=True)
    said(boss)
    on(talk)
    with pytest.raises(ConversationError):
        said(boss, kind="for")


def test_words_sent_twice_stand_once(talk, baker):
    assert said(baker).pk == said(baker).pk
    assert talk.contributions.count() == 1


def test_changed_words_keep_how_they_read_before(baker, guest):
    mine = said(baker)
    speaking.change(baker, mine, "We stand up at two.")
    assert [v.text for v in mine.versions.all()] == ["We stand up at three."]
    with pytest.raises(ConversationError):
        speaking.change(guest, mine, "They sleep long.")


def test_taking_back_can_be_undone_for_a_week_and_then_is_final(baker, guest, on_day):
    mine = said(baker)
    with pytest.raises(ConversationError):
        speaking.take_back(guest, mine)
    speaking.take_back(baker, mine)
    assert speaking.erase_what_was_taken_back() == 0
    speaking.put_back(baker, mine)
    mine.refresh_from_db()
    assert mine.state == "shown"
    speaking.take_back(baker, mine)
    on_day(timezone.localdate() + timedelta(days=7))
    assert speaking.erase_what_was_taken_back() == 1
    with pytest.raises(ConversationError):
        speaking.put_back(baker, mine)


def test_after_the_end_nobody_speaks_and_no_token_leads_anywhere(talk, baker):
    with pytest.raises(ConversationError):
        services.close_conversation(talk, "", "")
    services.close_conversation(talk, "We open at nine.", "Some would rather close.")
    with pytest.raises(ConversationError):
        said(baker)
    assert not Speaker.objects.filter(token_digest__isnull=False).exists()


def test_the_facilitator_takes_no_side_but_passes_on_and_tells_what_became_of_it(talk, ada):
    leads = speaking.facilitator(talk, ada)
    with pytest.raises(ConversationError):
        said(leads, kind="view")
    said(leads, kind="note")
    passed_on = said(speaking.relayed(side(talk, "customers")))
    assert passed_on.speaker.mode == "relayed"
    services.close_conversation(talk, "We try it.", "")
    assert said(leads, "It went well.", "news").kind == "news"
