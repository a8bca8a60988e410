"""Verdicts and groups on planted, shuffled and gradual opinions."""

import numpy as np
import pytest

from erdkreis.calc.opinion import Statements, Verdict, opinion_analysis, votes_from_table
from erdkreis.calc.opinion.agreement_index import adjusted_rand_index
from erdkreis.calc.opinion.groups import steady_order
from erdkreis.calc.opinion.planted import planted_votes, shuffled_votes


def analysed(votes, **options):
    return opinion_analysis(votes, Statements(), **options)


@pytest.fixture(scope="module")
def planted():
    return planted_votes(2000, 100, share_seen=0.3)


@pytest.fixture(scope="module")
def found(planted):
    return analysed(planted[0])


def gradual(n_people, n_statements, share_seen, seed):
    """Return opinions spread evenly along a line."""
    rng = np.random.default_rng(seed)
    places = rng.uniform(-1.7, 1.7, (n_people, 1))
    agrees = 1 / (1 + np.exp(-places * rng.normal(0, 1.2, n_statements) - rng.normal(0, 1)))
    table = np.where(rng.random(agrees.shape) < agrees, 1.0, -1.0)
    table[rng.random(agrees.shape) > share_seen] = np.nan
    return votes_from_table(table)


def test_the_generator_makes_the_published_votes():
    votes, truth = planted_votes(1000, 100)

    counted = [int((votes.values == value).sum()) for value in (1, -1, 0)]
    assert counted == [4979, 3835, 1201]
    assert np.bincount(truth.groups).tolist() == [393, 301, 197, 109]
    assert np.bincount(truth.kinds).tolist() == [21, 64, 15]


def test_planted_groups_are_found_and_stable(planted, found):
    groups = found.groups

    assert (groups.verdict, groups.k) == (Verdict.STABLE, 4)
    assert adjusted_rand_index(planted[1].groups, groups.labels) > 0.8


def test_too_few_votes_are_called_so():
    assert analysed(planted_votes(1000, 100)[0]).groups.verdict is Verdict.TOO_FEW_VOTES


def test_shuffled_votes_have_no_groups(planted):
    votes = shuffled_votes(planted[0], seed=2)

    found = analysed(votes)

    assert (found.groups.verdict, found.groups.k) == (Verdict.NO_PATTERN, 1)
    assert found.opinion_view is None


def test_gradual_opinions_are_one_cloud():
    assert analysed(gradual(600, 50, 0.5, 1)).groups.verdict is Verdict.ONE_CLOUD


def test_few_people_get_no_groups():
    votes = planted_votes(19, 60, share_seen=0.9)[0]

    assert analysed(votes).groups.verdict is Verdict.TOO_FEW_PEOPLE


def test_the_same_seed_gives_the_same_result_to_the_last_bit():
    votes = planted_votes(300, 40, share_seen=0.5)[0]

    first, second = analysed(votes, seed=5), analysed(votes, seed=5)

    assert first.places.positions.tobytes() == second.places.positions.tobytes()
    assert np.array_equal(first.groups.labels, second.groups.labels)


def test_numbers_follow_the_largest_overlap_with_earlier_groups(planted, found):
    renamed = (found.groups.labels + 1) % 4

    again = analysed(planted[0], previous=renamed).groups

    assert (again.labels == renamed).mean() > 0.99


def test_a_new_group_gets_a_number_of_its_own():
    order = steady_order(np.array([0, 0, 1, 1, 2, 2]), np.array([1, 1, 0, 0, 0, -1]), 3)

    assert order.tolist() == [1, 0, 2]


def test_memberships_are_probabilities_and_fit_the_labels(found):
    groups = found.groups

    assert groups.memberships.sum(axis=1) == pytest.approx(1)
    grouped = groups.labels >= 0
    assert np.array_equal(groups.memberships.argmax(axis=1)[grouped], groups.labels[grouped])


def test_fewer_votes_mean_more_uncertainty(planted, found):
    spread = np.einsum("pii->p", found.places.covariances)

    assert np.corrcoef(planted[0].votes_per_participant, spread)[0, 1] < -0.5


def test_tensions_between_opinion_groups_lie_on_dividing_statements(planted, found):
    named = found.opinion_view.tensions.is_named

    assert named.sum() > 30
    assert (planted[1].kinds[named] == 1).mean() > 0.9


def test_the_cross_fit_counts_each_vote_of_the_grouped_once(found):
    grouped = found.classic.votes.people(found.groups.labels >= 0)

    seen = np.bincount(grouped.columns, minlength=100)
    assert np.array_equal(found.crossfit.counts.seen.sum(axis=0), seen)


def test_crossed_groups_are_counted_where_they_are_large_enough(planted, found):
    votes = planted[0]
    known = np.where(np.arange(votes.n_participants) < 15, 0, 1)

    cells = found.crossfit.crossed_with(known, 2, votes)

    assert cells.n_groups == 4
    assert (cells.seen.sum(axis=0) <= found.crossfit.counts.seen.sum(axis=0)).all()


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_a_camp_that_is_less_of_one_mind_is_not_cut_in_two(seed):
    """Three camps on two questions; the first is nearly divided on the second.

    Four groups explain an average person's votes a little better, but not by what a group is worth.
    """
    rng = np.random.default_rng([2, seed])
    agree = np.array([[0.9, 0.12, 0.12]] * 14 + [[0.6, 0.92, 0.1]] * 6 + [[0.85] * 3] * 7).T
    camps = rng.choice(3, 222, p=[0.38, 0.3, 0.32])
    votes = np.where(rng.random((222, 27)) < agree[camps], 1.0, -1.0)
    votes[rng.random(votes.shape) < 0.1] = 0
    votes[rng.random(votes.shape) < 0.2] = np.nan

    groups = opinion_analysis(votes_from_table(votes), Statements()).groups

    assert max(groups.tried, key=lambda tried: tried.gain).k == 4
    assert (groups.verdict, groups.k) == (Verdict.STABLE, 3)
    assert adjusted_rand_index(camps, groups.labels) > 0.9
