"""What is offered as a tension, and that nothing becomes one by itself."""

import pytest

from erdkreis.balances.services import agree
from erdkreis.calc.opinion.directions import in_opposite_directions
from erdkreis.calc.privacy import Showing, Tendency, VoteCell
from erdkreis.dialogues.services import refresh_opinion
from erdkreis.pictures.services import make_picture
from erdkreis.tensions.candidates import candidates
from erdkreis.tensions.models import Tension
from factories import balances, dialogues, pictures, rounds, voices
from factories.rounds import group

WORK, GOAL_CONFLICTS = "q1_work.employees.core", "satisfaction.employees.goal_conflicts"
HIDDEN = VoteCell(Showing.TOO_FEW)


def votes(agree: int, disagree: int, passed: int = 0) -> VoteCell:
    n = agree + passed + disagree
    return VoteCell(Showing.COUNTS, n, n, agree=agree, passed=passed, disagree=disagree)


@pytest.mark.parametrize(
    ("cells", "is_opposite"),
    [
        ([votes(12, 8), votes(8, 12)], True),  # 60 % and 60 %
        ([votes(12, 8), votes(9, 11)], False),  # 55 % disagree
        ([votes(12, 4, passed=5), votes(4, 16)], False),  # 57 % of those who voted agree
        ([votes(20, 0), votes(12, 8)], False),  # both agree
        ([votes(12, 8), HIDDEN], False),  # nobody knows what the others think
        ([votes(12, 8), VoteCell(Showing.TENDENCY, tendency=Tendency.DISAGREE)], True),
        ([VoteCell(Showing.DOTS, 10, 19, agree=3, passed=0, disagree=2), votes(0, 25)], True),
        ([votes(12, 8)], False),
        ([], False),
    ],
)
def test_the_rule_of_sixty_percent(cells, is_opposite):
    assert in_opposite_directions(cells) is is_opposite


def pictured(circle, answers: dict[str, list[int]]):
    round_ = rounds.asking(circle)
    employees = group(round_, "employees")
    for said in zip(*answers.values(), strict=True):
        voices.voice(employees, dict(zip(answers, said, strict=True)))
    make_picture(round_, "Ada")


@pytest.mark.django_db
def test_a_group_that_is_split_is_offered_with_its_sentence(circle):
    pictured(circle, {WORK: [1, 2, 2, 3, 4, 5] * 4})

    (one,) = candidates(circle)

    assert (one.about, one.key, one.title) == ("cell", "q1_work", "Good work")
    assert "does not speak with one voice" in one.why


@pytest.mark.django_db
def test_little_satisfaction_with_goal_conflicts_is_offered(circle):
    pictured(circle, {GOAL_CONFLICTS: [1, 1, 2, 2, 2, 3] * 4})

    (one,) = candidates(circle)

    assert one.key == "goal_conflicts"
    assert one.why == "Little satisfied with how goal conflicts are handled: employees."


@pytest.mark.django_db
def test_a_group_content_and_of_one_mind_is_no_candidate(circle):
    pictured(circle, {WORK: [4, 4, 5, 3] * 6, GOAL_CONFLICTS: [4, 3, 4, 5] * 6})

    assert candidates(circle) == []


@pytest.mark.django_db
def test_groups_that_vote_in_opposite_directions_are_offered(circle):
    held = dialogues.two_camps(circle)
    refresh_opinion(held)

    offered = candidates(circle)

    assert {one.why for one in offered} == {"Groups vote in opposite directions."}
    shared = {str(n) for n in range(13, 17)}  # the last four, on which both camps agree
    assert {one.key for one in offered} == {str(n) for n in range(1, 17)} - shared
    assert not Tension.objects.exists()


@pytest.mark.django_db
def test_a_difference_that_goes_in_one_direction_is_called_so(circle, monkeypatch):
    held = dialogues.two_camps(circle)
    refresh_opinion(held)
    monkeypatch.setattr("erdkreis.tensions.candidates.in_opposite_directions", lambda _cells: False)

    (why,) = {one.why for one in candidates(circle)}

    assert why == "Groups vote clearly differently, though not in opposite directions."


@pytest.mark.django_db
def test_a_cell_of_the_matrix_is_offered_without_its_points(circle):
    pictures.with_picture(circle)
    agree(balances.bakery(circle))

    offered = {one.key: one for one in candidates(circle) if one.about == "topic"}

    assert set(offered) == {"A2", "E3", "E4"}
    assert offered["E3"].why == "You see this brighter than: Customers."
    assert not any(any(c.isdigit() for c in one.why) for one in offered.values())
