"""Three honest sentences, and when there is none."""

from dataclasses import replace

import pytest
from hypothesis import given

from calc.picture.views import view, views
from erdkreis.calc.picture import Measured, Says, Verdict, before_after

FIRST = (8, 12, 10, 6, 4)


def measured(*steps: int) -> Measured:
    return Measured("q1_work", "2026_1", "agree", view("employees", *steps))


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [
        ((2, 6, 6, 16, 10), Verdict.CLEARLY),  # agree 25 % → 65 %
        ((8, 12, 6, 8, 6), Verdict.PERHAPS),  # agree 25 % → 35 %: 10 points, many people
        ((8, 12, 8, 7, 5), Verdict.NO_CLEAR_DIFFERENCE),  # 5 points
        ((0, 1, 2, 3, 1), Verdict.PERHAPS),  # more than 20 points, few people
        ((1, 0, 0, 2, 1), Verdict.TOO_FEW),
    ],
)
def test_each_sentence_has_its_case(steps, verdict):
    assert before_after(measured(*FIRST), measured(*steps)).verdict == verdict


def test_twenty_points_that_chance_alone_could_bring_are_only_perhaps():
    # 5 of 20 → 9 of 20: 20 points, both n 20, but the interval of the change holds zero.
    found = before_after(measured(3, 4, 8, 3, 2), measured(3, 4, 4, 5, 4))

    assert found.verdict == Verdict.PERHAPS
    assert found.agree is not None
    assert found.agree.holds(0)


def test_fewer_who_disagree_is_a_change_too():
    # Agree stays 10 of 40; disagree goes from 24 to 8 of 40.
    found = before_after(measured(10, 14, 6, 6, 4), measured(2, 6, 22, 6, 4))

    assert found.verdict == Verdict.CLEARLY


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("item", Says.OTHER_ITEM),
        ("item_version", Says.OTHER_WORDING),
        ("scale", Says.OTHER_SCALE),
        ("voice_mode", Says.OTHER_VOICE_MODE),
    ],
)
def test_what_is_not_the_same_is_not_compared(field, says):
    found = before_after(measured(*FIRST), replace(measured(*FIRST), **{field: "other"}))

    assert found.verdict == Verdict.REFUSED
    assert found.saying.code == says
    assert found.agree is None


def test_another_group_is_not_compared():
    other = replace(measured(*FIRST), view=view("customers", *FIRST))

    assert before_after(measured(*FIRST), other).saying.code == Says.OTHER_GROUP


def test_beneath_always_stands_that_many_things_changed():
    found = before_after(measured(*FIRST), measured(*FIRST))

    assert [note.code for note in found.beneath] == [Says.MANY_THINGS_CHANGED]


def test_the_worst_item_carries_a_note_on_drift():
    found = before_after(measured(*FIRST), measured(*FIRST), was_chosen_as_worst=True)

    assert [note.code for note in found.beneath][-1] == Says.DRIFT_TO_THE_MIDDLE


@given(views("employees"), views("employees"))
def test_there_and_back_is_the_same_sentence(one, two):
    def at(view):
        return Measured("q1_work", "2026_1", "agree", view)

    assert before_after(at(one), at(two)).verdict == before_after(at(two), at(one)).verdict


@given(views("employees"))
def test_what_stayed_the_same_shows_no_difference(one):
    found = before_after(*[Measured("q1_work", "2026_1", "agree", one)] * 2)

    assert found.verdict in {Verdict.NO_CLEAR_DIFFERENCE, Verdict.TOO_FEW}
