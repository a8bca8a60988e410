"""Many voices at the same moment: each stands once, in one order, under a word of its own."""

import pytest

from erdkreis.conversations import services
from erdkreis.conversations.models import Conversation
from erdkreis.conversations.services import ConversationError
from factories.at_once import at_once
from factories.conversations import conversation, said, token, voice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_words_said_at_once_have_one_order_and_none_is_lost(circle):
    talk = conversation(circle)
    people = [voice(talk, "employees") for _ in range(5)]

    at_once(lambda one: said(one, f"Words of {one.pseudonym}."), people)

    places = list(talk.contributions.values_list("place", flat=True))
    assert len(places) == len(set(places)) == 5


def test_the_same_words_sent_twice_at_once_stand_once(circle):
    talk = conversation(circle)
    one = voice(talk, "employees")

    at_once(lambda _n: said(one, "Once."), range(3))

    assert talk.contributions.count() == 1


def test_who_comes_in_at_once_gets_a_word_of_the_own(circle):
    talk = conversation(circle)

    at_once(lambda _n: token(talk, "employees"), range(6))

    assert len(set(talk.speakers.values_list("pseudonym", flat=True))) == 6


def test_the_phase_moves_on_once_and_nobody_writes_into_the_wrong_one(circle):
    talk = conversation(circle)
    one = voice(talk, "employees")

    def move(_n) -> bool:
        try:
            services.move_on(talk, seen="heard")
        except ConversationError:
            return False
        return True

    def speak(n) -> bool:
        try:
            said(one, f"Words {n}.")
        except ConversationError:
            return False
        return True

    moved = at_once(lambda n: move(n) if n % 2 else speak(n), range(6))

    assert sum(moved[1::2]) == 1
    assert Conversation.objects.get(pk=talk.pk).phase == "reasons"
    assert set(talk.contributions.values_list("phase", flat=True)) <= {"heard"}
