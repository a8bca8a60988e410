"""The classic rules on examples small enough to check by hand, and their traps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from erdkreis.calc.opinion import Statement, Statements, classic_analysis, votes_from_table
from erdkreis.calc.opinion.axes import leading_axes
from erdkreis.calc.opinion.classic.group_stats import (
    GroupCounts,
    GroupStats,
    count_votes,
    two_proportions_z,
)
from erdkreis.calc.opinion.classic.grouping import classic_groups
from erdkreis.calc.opinion.classic.telling import consensus_statements, telling_statements
from erdkreis.calc.opinion.kmeans import lloyd
from erdkreis.calc.opinion.micro_clusters import micro_clusters
from erdkreis.calc.opinion.silhouette import silhouettes

NAN = float("nan")
TABLES = hnp.arrays(
    np.float64,
    st.tuples(st.integers(1, 12), st.integers(1, 9)),
    elements=st.sampled_from([1.0, 0.0, -1.0, NAN]),
)


def counts(agree, disagree, seen):
    return GroupCounts(*(np.array(part) for part in (agree, disagree, seen)))


def none_excluded(n):
    return np.zeros(n, dtype=bool)


def test_one_person_against_sixty_gives_the_wild_z_of_the_specification():
    z = two_proportions_z(np.array(1), np.array(0), np.array(1), np.array(60))

    assert float(z) == pytest.approx(6.4, abs=0.05)


def test_all_successes_everywhere_give_zero_and_no_warning():
    assert float(two_proportions_z(np.array(3), np.array(4), np.array(3), np.array(4))) == 0


def test_unseen_statements_have_one_half_in_both_directions():
    stats = GroupStats(counts([[0], [3]], [[0], [1]], [[0], [5]]))

    assert (stats.pa[0, 0], stats.pd[0, 0]) == (0.5, 0.5)


def test_best_agree_may_be_shown_as_disagree():
    # All agree in both groups, so nothing sets agreement apart; the smoothing of the
    # disagreements, 1 of 6 against 1 of 61, does.
    stats = GroupStats(counts([[5], [60]], [[0], [0]], [[5], [60]]))

    (shown,) = telling_statements(stats, 0, none_excluded(1))

    assert (shown.is_best_agree, shown.direction, shown.n_successes) == (True, "disagree", 0)


def test_a_group_with_nothing_to_agree_with_lists_nothing_unless_asked_like_polis():
    stats = GroupStats(counts([[0], [9]], [[9], [0]], [[9], [9]]))

    as_red_dwarf = telling_statements(stats, 0, none_excluded(1))
    as_polis = telling_statements(stats, 0, none_excluded(1), list_without_best_agree=True)

    assert as_red_dwarf == []
    assert [shown.direction for shown in as_polis] == ["disagree"]


def test_ties_in_consensus_keep_the_smaller_id():
    everybody = GroupStats(counts([[9, 9, 9]], [[0, 0, 0]], [[9, 9, 9]]))

    assert [s.column for s in consensus_statements(everybody, none_excluded(3), "agree")] == [
        0,
        1,
        2,
    ]


def test_excluded_columns_are_zeros_for_everybody_and_count_as_seen():
    table = np.array([[1, -1, 1], [1, NAN, -1], [-1, 1, NAN]])
    rejected = Statements({1: Statement(1, moderated=-1)})

    found = classic_analysis(votes_from_table(table), rejected)

    zeroed = table.copy()
    zeroed[:, 1] = 0
    expected = classic_analysis(votes_from_table(zeroed), Statements())
    assert found.map.positions == pytest.approx(expected.map.positions)
    assert found.map.means[1] == 0


def test_unmoderated_statements_stay_in():
    waiting = Statements({0: Statement(0, moderated=0)})

    assert not waiting.excluded(np.array([0])).any()


def test_an_axis_whose_largest_entries_tie_is_turned_by_the_first_of_them():
    # Rounding alone would decide here, and could decide otherwise on the next machine.
    table = np.diag([1.0, 1.0]) - [[0.0, 1.0 + 1e-15], [1.0 + 1e-15, 0.0]]

    direction = leading_axes(table, 1).directions[0]

    assert direction == pytest.approx([np.sqrt(0.5), -np.sqrt(0.5)])
    assert leading_axes(table[::-1, ::-1], 1).directions[0] == pytest.approx(direction)


def test_groups_of_one_person_are_accepted():
    found = classic_groups(np.array([[0.0, 0], [0.1, 0], [0.2, 0], [50, 0]]), max_groups=2)

    assert found.chosen.sizes == [3, 1]


def test_identical_people_are_one_starting_place():
    found = classic_groups(np.array([[0.0, 0], [0, 0], [0, 0], [1, 0], [1, 0]]))

    assert list(found.by_k) == [2]
    assert found.chosen.sizes == [3, 2]


def test_people_on_one_place_are_a_single_group():
    found = classic_groups(np.zeros((9, 2)))

    assert (found.chosen.sizes, dict(found.by_k)) == ([9], {})


@pytest.mark.parametrize("k", [2, 3, 4, 5])
def test_lloyd_agrees_with_scikit_learn(k):
    points = np.random.default_rng(5).normal(size=(300, 2)).round(2)
    start = np.unique(points, axis=0)[:k]

    ours = lloyd(points, start)

    theirs = KMeans(k, init=start, n_init=1, max_iter=300, tol=1e-4).fit(points)
    assert np.array_equal(ours.labels, theirs.labels_)
    assert ours.centers == pytest.approx(theirs.cluster_centers_)
    assert silhouettes(points, [ours.labels])[0] == pytest.approx(
        silhouette_score(points, theirs.labels_)
    )


def test_micro_clusters_hold_all_points_and_give_nearly_the_exact_silhouette():
    rng = np.random.default_rng(1)
    labels = np.repeat([0, 1], 3000)
    points = rng.normal(size=(6000, 2)) + 4 * labels[:, None]

    heaps = micro_clusters(points)

    assert heaps.sizes.sum() == 6000
    assert len(heaps.sizes) <= 1000
    near = silhouettes(heaps.centers, [heaps.majority(labels)], heaps.sizes)[0]
    assert near == pytest.approx(silhouettes(points, [labels])[0], abs=0.02)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_any_table_gives_finite_figures(table):
    found = classic_analysis(votes_from_table(table), Statements())

    assert np.isfinite(found.map.positions).all()
    assert np.isfinite(found.priority).all()


@settings(max_examples=40, deadline=None)
@given(TABLES, st.randoms())
def test_the_order_of_voices_does_not_matter(table, random):
    order = list(range(len(table)))
    random.shuffle(order)
    everybody = np.zeros(len(table), dtype=np.int64)

    plain = count_votes(votes_from_table(table), everybody, 1)
    mixed = count_votes(votes_from_table(table[order]), everybody, 1)

    assert np.array_equal(plain.agree, mixed.agree)
    assert np.array_equal(plain.seen, mixed.seen)


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_doubling_every_voice_changes_no_mean_and_no_axis_strength_share(table):
    once = classic_analysis(votes_from_table(table), Statements()).map
    twice = classic_analysis(votes_from_table(np.vstack([table, table])), Statements()).map

    assert twice.means == pytest.approx(once.means)
    assert twice.axes.strengths == pytest.approx(2 * once.axes.strengths, abs=1e-9)
