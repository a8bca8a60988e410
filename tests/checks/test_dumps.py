"""An operator copies the database while people answer: mixing is what stands in her way."""

import pytest

from erdkreis.checks.attack import Tallies
from erdkreis.checks.dumps import WHILE_ASKING, Leaning, attack_dump
from erdkreis.checks.roll import real_round

# Two rounds of thirty people each.
WITH_AND_WITHOUT_SLIPS = (0, 1)
pytestmark = pytest.mark.django_db(transaction=True)


def attacked(numbers) -> Tallies:
    tallies, leaning, taken = Tallies(), Leaning(), []
    for number in numbers:
        real_round(7, number, taken)
    for dump in taken:
        attack_dump(dump, leaning, tallies)
    leaning.judge(tallies)
    return tallies


def test_copies_taken_while_people_answer_join_nothing():
    tally = attacked(WITH_AND_WITHOUT_SLIPS)[WHILE_ASKING]

    assert (tally.successes, tally.example) == (0, "")
    assert tally.tries > 20


def test_without_mixing_a_copy_tells_the_order(monkeypatch):
    monkeypatch.setattr("erdkreis.questionnaires.services.mix_with_other_voices", lambda _v: None)
    monkeypatch.setattr("erdkreis.invitations.services.mix_with_used_codes", lambda *_: None)
    monkeypatch.setattr("erdkreis.invitations.slips.mix_with_used_codes", lambda *_: None)

    tally = attacked(WITH_AND_WITHOUT_SLIPS)[WHILE_ASKING]

    assert tally.successes > 0
    assert tally.example
