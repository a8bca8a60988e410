"""Parts of a whole and places of people: nothing in them leads to one person."""

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erdkreis.calc.privacy import (
    Beside,
    Rules,
    Showing,
    VoteCounts,
    hidden_beside,
    marks,
    n_marks,
    votes_of_part,
)
from erdkreis.gate.opinion_parts import together

COUNTS = st.builds(VoteCounts, *[st.integers(0, 40)] * 3)
PARTS = st.dictionaries(st.sampled_from("abcdefgh"), COUNTS, min_size=1)
PLACES = st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), max_size=120)
RULES = st.builds(Rules, min_group=st.integers(5, 12))


def hidden_parts(parts, rules, start=0.5):
    """Name those hidden beside the total of all; who has no group never has a cell."""
    beside = {
        part: Beside(votes_of_part(of, rules, start=start), of, of.n)
        if part
        else Beside.hidden(of.n)
        for part, of in parts.items()
    }
    return hidden_beside(together(parts), beside, rules)


@given(PARTS, RULES)
def test_what_is_below_the_minimum_is_hidden(parts, rules):
    hidden = hidden_parts(parts, rules)

    assert all(parts[part].n >= rules.min_group for part in parts.keys() - hidden)


@given(PARTS, st.sampled_from(["agree", "passed", "disagree"]))
def test_a_handful_that_voted_like_nobody_else_is_not_left_over(parts, answer):
    """All groups shown gave other answers, so the total would name that of the handful."""
    others = {part: VoteCounts(**(asdict(counts) | {answer: 0})) for part, counts in parts.items()}
    handful = VoteCounts(**{answer: 4})
    shown = others.keys() - hidden_parts(others | {"": handful}, Rules())
    most = sum(-(-2 * (others[part].n + 5) // _dots(others[part].n)) for part in shown)

    assert not shown or most >= 4


def _dots(n):
    return 20 if n >= 80 else 10 if n >= 20 else 5


def test_a_handful_among_many_hides_nobody_else():
    parts = {"a": VoteCounts(36, 0, 4), "b": VoteCounts(4, 0, 36), "": VoteCounts(2, 0, 2)}

    assert hidden_parts(parts, Rules()) == {""}


def test_beside_a_group_of_one_mind_a_handful_hides_it():
    """All but two of a agree, that much is told: so one of the three must have disagreed."""
    parts = {"a": VoteCounts(40), "": VoteCounts(0, 0, 3)}

    assert hidden_parts(parts, Rules()) == {"a", ""}


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_a_part_never_shows_exact_numbers(agree, passed, disagree):
    cell = votes_of_part(VoteCounts(agree, passed, disagree), Rules())

    assert cell.showing is not Showing.COUNTS
    assert cell.n_from == cell.n_to == 0 or cell.n_to - cell.n_from >= 4
    assert cell.agree + cell.passed + cell.disagree <= 20


@given(PLACES, RULES)
def test_no_mark_stands_for_fewer_than_the_minimum(places, rules):
    drawn = marks(places, rules)

    assert len(drawn) <= len(places) // rules.min_group
    assert bool(drawn) == (len(places) >= rules.min_group)
    assert len(drawn) == n_marks(len(places), rules)


@given(PLACES, RULES, st.integers(1, 9))
def test_how_many_marks_there_are_does_not_depend_on_where_people_stand(places, rules, most):
    assert len(marks(places, rules, most=most)) == n_marks(len(places), rules, most=most)


@pytest.mark.parametrize("n", [5, 9])
def test_one_who_moves_moves_the_mark_by_a_fifth_at_most(n):
    before, after = [(0.0, 0.0)] * n, [(0.0, 0.0)] * (n - 1) + [(1.0, 0.0)]

    assert marks(before, Rules()) == [(0.0, 0.0)]
    assert marks(after, Rules())[0][0] <= 0.2


def test_one_person_beside_a_group_is_not_named_by_its_exact_size():
    """23 of 24 are shown with 11 of 20 dots: they cannot all be the 14 who disagree."""
    parts = {"a": VoteCounts(8, 2, 13), "": VoteCounts(0, 0, 1)}

    assert hidden_parts(parts, Rules(), 0.3) == {"a", ""}


@given(PARTS, st.floats(0, 0.999))
def test_what_is_hidden_is_judged_by_the_cells_that_are_shown(parts, start):
    """No answer of a handful left over is given more often than those shown could have."""
    rules = Rules()
    hidden = hidden_parts(parts, rules, start)
    left = sum(parts[part].n for part in hidden)
    if not 0 < left < rules.min_group or hidden == parts.keys():
        return  # nobody is left over, a crowd is, or nothing stands beside the total
    for answer in ("agree", "passed", "disagree"):
        everybody = sum(getattr(counts, answer) for counts in parts.values())
        most = 0
        for part in parts.keys() - hidden:
            cell, n = votes_of_part(parts[part], rules, start=start), parts[part].n
            if cell.showing is Showing.DOTS:
                dots = cell.agree + cell.passed + cell.disagree
                most += (getattr(cell, answer) + 1) * n / dots
            else:
                most += n
        assert everybody <= most


def test_kinds_of_votes_that_fit_one_by_one_and_not_together_hide_the_group():
    """20 of 22 agreeing would be told in words: so nobody but the one left can have agreed too."""
    parts = {"a": VoteCounts(19, 0, 3), "": VoteCounts(1)}

    assert hidden_parts(parts, Rules(), 0.99) == {"a", ""}


def test_a_handful_beside_two_groups_of_forty_hides_neither():
    """Ten dots for forty people leave room for four votes of any kind."""
    parts = {"a": VoteCounts(21, 4, 15), "b": VoteCounts(9, 13, 18), "": VoteCounts(3, 0, 1)}

    assert hidden_parts(parts, Rules()) == {""}


def test_five_of_one_mind_are_not_what_is_left():
    parts = {"a": VoteCounts(10, 0, 10), "": VoteCounts(0, 5, 0)}

    assert hidden_parts(parts, Rules()) == {"a", ""}


def test_a_large_group_in_which_one_vote_more_does_not_show_stays():
    parts = {"a": VoteCounts(60, 20, 40), "": VoteCounts(1)}

    assert hidden_parts(parts, Rules()) == {""}
