"""Weights over groups, from their shares alone, against weights of single people."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erdkreis.calc.opinion import votes_from_table
from erdkreis.calc.opinion.classic.group_stats import count_votes
from erdkreis.calc.opinion.group_sizes import GroupShare, weighted_share
from erdkreis.calc.opinion.weighting import group_weights, weighted_shares

GROUP = st.tuples(st.integers(0, 25), st.integers(0, 25), st.integers(0, 25), st.integers(1, 500))


@settings(max_examples=200, deadline=None)
@given(st.lists(GROUP, min_size=2, max_size=5))
def test_groups_alone_give_what_every_single_person_gives(groups):
    votes = [v for a, p, d, _size in groups for v in [1] * a + [0] * p + [-1] * d]
    labels = np.repeat(range(len(groups)), [a + p + d for a, p, d, _size in groups])
    found = weighted_share(
        [GroupShare(n := a + p + d, a / max(n, 1), d / max(n, 1), s) for a, p, d, s in groups]
    )
    if found is None:
        assert sum(a + p + d >= 10 for a, p, d, _size in groups) < 2
        return

    table = votes_from_table(np.array(votes, dtype=float)[:, None])
    weights = group_weights(labels, {g: s for g, (*_votes, s) in enumerate(groups)})
    shares = weighted_shares(table, weights, count_votes(table, np.zeros(len(votes), int), 1))
    assert found.agree == pytest.approx(shares.agree[0])
    assert found.disagree == pytest.approx(shares.disagree[0])
    assert found.n_effective == pytest.approx(weights.n_effective)
    assert found.n == len(votes)


def test_equal_weights_are_worth_every_vote():
    found = weighted_share([GroupShare(20, 0.5, 0.2, 40), GroupShare(10, 0.2, 0.2, 20)])

    assert found.n_effective == pytest.approx(30)
    assert found.passed == pytest.approx(0.4)


def test_one_group_alone_has_nothing_to_be_weighed_against():
    assert weighted_share([GroupShare(20, 0.5, 0.2, 40), GroupShare(9, 1, 0, 400)]) is None
