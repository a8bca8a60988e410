"""Intervals, common ground, tensions, weights, selection and routing on examples done by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erdkreis.calc.opinion import votes_from_table
from erdkreis.calc.opinion.classic.group_stats import GroupCounts
from erdkreis.calc.opinion.common_ground import Answer, common_ground, in_both_views
from erdkreis.calc.opinion.intervals import agreement, hidden_cells, prior_strength
from erdkreis.calc.opinion.routing import Person, next_statement, show_probabilities, uncertainty
from erdkreis.calc.opinion.selection import fair_selection
from erdkreis.calc.opinion.space import OpinionSpace
from erdkreis.calc.opinion.tensions import table_p_value, tensions
from erdkreis.calc.opinion.weighting import group_weights, raked


def counts(agree, disagree, seen):
    return GroupCounts(*(np.array(part) for part in (agree, disagree, seen)))


def none_excluded(n):
    return np.zeros(n, dtype=bool)


# --- intervals ----------------------------------------------------------------------------------


def test_a_group_that_votes_like_all_others_is_pulled_more_strongly():
    rng = np.random.default_rng(3)
    share = rng.uniform(0.2, 0.8, 60)
    alike = rng.binomial(20, share, (4, 60))
    apart = rng.binomial(20, 1 - share, (1, 60))
    agree = np.vstack([alike, apart])

    strength = prior_strength(counts(agree, 20 - agree, np.full((5, 60), 20)))

    assert strength[:4].min() > 3 * strength[4]


def test_a_small_group_lies_between_its_own_share_and_everybodys():
    rates = agreement(counts([[2], [80]], [[0], [20]], [[2], [100]]))

    assert 0.8 < rates.shrunk.share[0, 0] < 1.0


def test_passes_count_in_one_rate_and_not_in_the_other():
    rates = agreement(counts([[6], [6]], [[2], [2]], [[20], [20]]))

    assert rates.of_all.share[0, 0] == pytest.approx(6.5 / 21)
    assert rates.of_sided.share[0, 0] == pytest.approx(6.5 / 9)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=6))
def test_hidden_cells_cannot_be_found_by_subtraction(seen):
    table = np.array(seen)[:, None]

    hidden = hidden_cells(table, 5)[:, 0]

    small = [n for n in seen if 0 < n < 5]
    assert all(flag for n, flag in zip(seen, hidden, strict=True) if 0 < n < 5)
    others = [n for n in seen if n > 0]
    if small and len(others) > 1:
        assert hidden.sum() > 1


# --- common ground ------------------------------------------------------------------------------


def test_common_ground_needs_rule_and_probability_in_every_group():
    found = common_ground(
        counts(
            [[40, 40, 12, 30], [40, 6, 13, 0]],
            [[2, 2, 2, 2], [2, 30, 2, 0]],
            [[50, 50, 20, 50], [50, 40, 20, 0]],
        )
    )

    assert found.answers == (Answer.YES, Answer.NO, Answer.OPEN, Answer.OPEN)


def test_one_group_alone_is_never_common_ground():
    found = common_ground(counts([[40]], [[0]], [[40]]))

    assert found.answers == (Answer.OPEN,)


def test_without_votes_the_probability_is_one_half_per_group():
    found = common_ground(counts([[0], [0]], [[0], [0]], [[0], [0]]))

    assert found.probability[0] == pytest.approx(0.25)
    assert found.answers == (Answer.OPEN,)


def test_common_rejection_mirrors_common_ground():
    table = counts([[40, 1], [45, 2]], [[2, 45], [1, 44]], [[50, 50], [50, 50]])

    assert common_ground(table, rejected=True).answers == (Answer.NO, Answer.YES)


def test_common_ground_must_hold_in_both_views():
    yes = common_ground(counts([[40], [40]], [[0], [0]], [[45], [45]]))
    no = common_ground(counts([[40], [1]], [[0], [40]], [[45], [45]]))

    assert in_both_views(yes, yes) == (Answer.YES,)
    assert in_both_views(yes, no) == (Answer.NO,)


# --- tensions -----------------------------------------------------------------------------------


def test_opposite_groups_are_a_tension_and_equal_ones_are_not():
    found = tensions(
        counts([[40, 20], [2, 20]], [[5, 20], [40, 20]], [[50, 45], [50, 45]]),
        none_excluded(2),
        seed=1,
    )

    assert found.answers == (Answer.YES, Answer.NO)
    assert (found.more[0], found.less[0]) == (0, 1)
    assert found.effect_low[0] < found.effect[0] < found.effect_high[0]


def test_small_tables_are_permuted_and_never_give_zero():
    p = table_p_value(np.array([[3, 0], [0, 3]]), np.random.default_rng(1))

    assert p == pytest.approx(0.1, abs=0.03)


def test_excluded_and_rarely_seen_statements_are_not_tested():
    table = counts([[9, 2], [0, 0]], [[0, 0], [9, 2]], [[9, 2], [9, 2]])

    found = tensions(table, np.array([True, False]), seed=1)

    assert not found.is_tested.any()
    assert found.q_values.tolist() == [1, 1]


# --- weights ------------------------------------------------------------------------------------


def test_groups_of_fewer_than_ten_get_no_weight_but_a_warning():
    labels = np.repeat([0, 1, 2], [40, 20, 4])

    found = group_weights(labels)

    assert found.too_small == (2,)
    assert found.weights[:40].sum() == pytest.approx(found.weights[40:60].sum())


def test_weights_are_cut_at_five_times_the_median():
    labels = np.repeat([0, 1], [200, 10])

    found = group_weights(labels, {0: 200, 1: 5000})

    assert found.n_trimmed == 10
    assert found.weights.max() <= 5 * np.median(found.weights) + 1e-9


def test_raking_meets_both_margins():
    first = np.tile([0, 1], 60)
    second = np.repeat([0, 1], [80, 40])

    found = raked([first, second], [{0: 30, 1: 70}, {0: 50, 1: 50}]).weights

    assert found[first == 0].sum() == pytest.approx(36)
    assert found[second == 0].sum() == pytest.approx(60)


# --- selection and routing ----------------------------------------------------------------------


def test_a_minority_finds_its_statement_on_the_fair_list():
    table = np.full((30, 4), -1.0)
    table[:24, :3] = 1
    table[24:, 3] = 1

    chosen = [
        listed.column for listed in fair_selection(votes_from_table(table), none_excluded(4), 2)
    ]

    assert chosen == [0, 3]


@pytest.fixture
def space():
    return OpinionSpace(np.zeros(4), np.array([[0.9], [0.1], [0.1], [0.1]]), 0.5)


def probabilities(space, *, n_seen, is_meta, n_meta_seen=0):
    person = Person(np.eye(1), np.arange(4) < n_seen, n_meta_seen=n_meta_seen)
    table = counts([[5] * 4], [[5] * 4], [[10] * 4])
    return show_probabilities(person, space, table, np.ones(4, dtype=bool), np.array(is_meta))


def test_the_telling_statement_is_likeliest_and_every_one_keeps_a_chance(space):
    found = probabilities(space, n_seen=0, is_meta=[False] * 4)

    assert found.argmax() == 0
    assert found.min() >= 0.2 / 4
    assert found.sum() == pytest.approx(1)


def test_questions_about_the_person_do_not_come_first(space):
    found = probabilities(space, n_seen=0, is_meta=[True, False, False, False])

    assert found[0] == 0


def test_what_is_stored_is_the_chance_of_this_statement_at_this_place(space):
    found = probabilities(space, n_seen=2, is_meta=[False] * 4)
    not_before = np.array([0.0, 0.0, 0.25, 0.75])

    shown = next_statement(found, not_before, dice=0.99)

    assert shown.column == 3
    assert shown.chance == pytest.approx(found[3] * 0.75)
    assert shown.not_before[2:] == pytest.approx(not_before[2:] * (1 - found[2:]))


def test_even_chances_do_not_tell_which_place_a_statement_had():
    not_before, seen, chances = np.ones(8), np.zeros(8, dtype=bool), []
    for _ in range(8):
        shown = next_statement(~seen / (~seen).sum(), not_before, dice=0.5)
        not_before, seen[shown.column] = shown.not_before, True
        chances.append(shown.chance)

    assert chances == pytest.approx([1 / 8] * 8)


def test_what_is_known_of_a_place_grows_with_what_was_seen():
    axes = OpinionSpace(np.zeros(3), np.array([[0.9, 0.0], [0.9, 0.0], [0.0, 0.9]]), 0.5)
    left = uncertainty(axes, np.array([True, False, False]))
    person = Person(left, np.array([True, False, False]))
    table = counts([[5] * 3], [[5] * 3], [[10] * 3])
    found = show_probabilities(person, axes, table, np.ones(3, dtype=bool), none_excluded(3))

    # The second axis is still unknown, so the statement that measures it is worth more.
    assert left[0, 0] < left[1, 1] == 1
    assert found[2] > 1.5 * found[1]


def test_nothing_is_shown_when_all_was_seen(space):
    nothing = probabilities(space, n_seen=4, is_meta=[False] * 4)

    assert next_statement(nothing, np.ones(4), dice=0.5) is None
