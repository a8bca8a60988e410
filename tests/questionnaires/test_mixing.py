"""Codes and voices are mixed by many at once: nobody is lost, nobody waits in a ring."""

import pytest

from erdkreis.invitations.models import Code
from erdkreis.invitations.services import issue_codes
from erdkreis.pictures.services import make_picture
from erdkreis.questionnaires.models import Answer, Voice
from erdkreis.questionnaires.queries import voice_with
from erdkreis.questionnaires.services import (
    Given,
    begin_voice,
    begin_voice_with_code,
    give_answer,
    send_voice,
    withdraw_voice,
)
from factories.at_once import at_once

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
ITEMS = [f"q{n}.employees.core" for n in range(1, 7)]


def speak(receipt, group, value=3):
    for item in ITEMS:
        assert give_answer(receipt, group.pk, item, Given(Answer.Status.RATED, value))


def test_many_begin_answer_and_send_at_once(employees):
    codes = issue_codes(employees, 16)

    def whole(code):
        receipt = begin_voice_with_code(code, employees, "de")
        speak(receipt, employees)
        return send_voice(voice_with(receipt, employees))

    assert at_once(whole, codes) == [True] * 16
    assert Voice.objects.filter(is_sent=True).count() == 16
    assert Answer.objects.count() == 16 * len(ITEMS)
    assert Code.objects.filter(is_used=True).count() == 16


def test_what_is_changed_or_taken_back_while_others_send_is_not_lost(employees):
    receipts = [begin_voice(employees, "code", "de") for _person in range(16)]
    for receipt in receipts:
        speak(receipt, employees, 1)

    def act(number):
        receipt = receipts[number]
        if number % 4 == 0:
            return withdraw_voice(voice_with(receipt, employees))
        if number % 4 == 1:
            speak(receipt, employees, 5)
            return True
        return send_voice(voice_with(receipt, employees))

    assert at_once(act, range(16)) == [True] * 16
    assert Voice.objects.count() == 12
    changed = {voice_with(receipts[n], employees).pk for n in range(16) if n % 4 == 1}
    values = Answer.objects.filter(voice__in=changed).values_list("value", flat=True)
    assert [*values] == [5] * 4 * len(ITEMS)


def test_a_picture_made_while_people_send_takes_each_voice_whole_or_not_at_all(asking, employees):
    receipts = [begin_voice(employees, "code", "de") for _person in range(12)]
    for receipt in receipts:
        speak(receipt, employees)

    def act(receipt):
        if receipt is None:
            make_picture(asking, "Ada")
            return True
        voice = voice_with(receipt, employees)
        return voice is not None and send_voice(voice)

    sent = at_once(act, [*receipts[:6], None, *receipts[6:]])

    n = sum(sent) - 1
    kept = n if n >= asking.min_group else 0
    assert Voice.objects.count() == kept
    assert Answer.objects.count() == kept * len(ITEMS)
