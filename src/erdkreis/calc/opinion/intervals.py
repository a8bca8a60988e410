"""How sure a share is: agreement per group with its interval, and shrunk towards everybody's.

Two rates, never one: of all who voted (passes included), and of those who took a side. Sources:
Brown, Cai & DasGupta (2001), Stat. Sci. 16(2) for the prior Beta(½, ½); Gelman et al., Bayesian
Data Analysis, ch. 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import betaincinv, betaln

from erdkreis.calc.opinion.thresholds import PRIOR, threshold

if TYPE_CHECKING:
    from erdkreis.calc.opinion.classic.group_stats import GroupCounts
    from erdkreis.calc.opinion.votes import Flags, Floats, Ints

LARGEST_STRENGTH: Final = 1e4


@dataclass(frozen=True, eq=False)
class Shares:
    """Shares with intervals, each shape (n_groups, n_statements), between 0 and 1.

    ``share`` is the posterior mean; ``n`` the votes it rests on. Where ``n`` is 0 the prior speaks.
    """

    share: Floats
    low: Floats
    high: Floats
    n: Ints


@dataclass(frozen=True, eq=False)
class Agreement:
    """Both rates per group and statement, the shrunk rate, and what may be published.

    ``of_all`` counts passes, ``of_sided`` only agreement and disagreement, ``shrunk`` pulls small
    groups towards everybody's rate. ``is_hidden`` flags cells that stay unpublished to protect
    persons.
    """

    of_all: Shares
    of_sided: Shares
    shrunk: Shares
    strength: Floats
    is_hidden: Flags


def share_interval(n_successes: Ints, n_trials: Ints, level: float | None = None) -> Shares:
    """Share with its interval under the prior Beta(½, ½).

    Examples
    --------
    >>> shares = share_interval(np.array([[9]]), np.array([[10]]))
    >>> round(float(shares.low[0, 0]), 2), round(float(shares.high[0, 0]), 2)
    (0.67, 0.98)
    """
    agree, not_agree = np.asarray(n_successes, float), np.asarray(n_trials - n_successes, float)
    return _posterior(agree + PRIOR, not_agree + PRIOR, n_trials, level)


def _posterior(a: Floats, b: Floats, n: Ints, level: float | None) -> Shares:
    tail = (1 - (threshold("intervals.level") if level is None else level)) / 2
    low, high = (np.asarray(betaincinv(a, b, p), float) for p in (tail, 1 - tail))
    return Shares(a / (a + b), low, high, n)


def agreement(counts: GroupCounts, *, min_votes: int | None = None) -> Agreement:
    """Rates of agreement per group with intervals, shrinkage and what must stay hidden.

    Examples
    --------
    >>> from erdkreis.calc.opinion.classic.group_stats import GroupCounts
    >>> counts = GroupCounts(np.array([[9], [2]]), np.array([[0], [1]]), np.array([[10], [3]]))
    >>> rates = agreement(counts, min_votes=5)
    >>> rates.of_all.share.round(2).tolist(), rates.of_sided.share.round(2).tolist()
    ([[0.86], [0.62]], [[0.95], [0.62]])
    >>> rates.is_hidden.tolist()
    [[True], [True]]
    """
    sided = counts.agree + counts.disagree
    strength = prior_strength(counts)
    whole = counts.total
    centre = (whole.agree + PRIOR) / (whole.seen + 2 * PRIOR)
    shrunk = _posterior(
        counts.agree + strength[:, None] * centre,
        counts.seen - counts.agree + strength[:, None] * (1 - centre),
        counts.seen,
        None,
    )
    smallest = int(threshold("intervals.min_votes_shown")) if min_votes is None else min_votes
    return Agreement(
        of_all=share_interval(counts.agree, counts.seen),
        of_sided=share_interval(counts.agree, sided),
        shrunk=shrunk,
        strength=strength,
        is_hidden=hidden_cells(counts.seen, smallest),
    )


def prior_strength(counts: GroupCounts) -> Floats:
    """How strongly each group is pulled towards everybody, in votes, shape (n_groups,).

    The value under which the group's counts on all statements are likeliest: a group that votes
    like all others is pulled strongly, one that does not hardly at all.

    Examples
    --------
    >>> from erdkreis.calc.opinion.classic.group_stats import GroupCounts
    >>> alike = GroupCounts(np.array([[9, 1], [9, 1]]), np.zeros((2, 2), int), np.full((2, 2), 10))
    >>> apart = GroupCounts(np.array([[9, 1], [1, 9]]), np.zeros((2, 2), int), np.full((2, 2), 10))
    >>> (prior_strength(alike) > 1000).tolist(), (prior_strength(apart) < 2).tolist()
    ([True, True], [True, True])
    """
    whole = counts.total
    centre = (whole.agree[0] + PRIOR) / (whole.seen[0] + 2 * PRIOR)
    return np.array(
        [
            _likeliest_strength(agree, seen - agree, centre)
            for agree, seen in zip(counts.agree, counts.seen, strict=True)
        ]
    )


def _likeliest_strength(agree: Ints, not_agree: Ints, centre: Floats) -> float:
    voted = agree + not_agree > 0
    if not voted.any():
        return 1.0
    a, b, c = agree[voted], not_agree[voted], centre[voted]

    def unlikely(log_strength: float) -> float:
        m = np.exp(log_strength)
        prior = betaln(m * c, m * (1 - c))
        return float((prior - betaln(m * c + a, m * (1 - c) + b)).sum())

    limits = (np.log(0.5), np.log(LARGEST_STRENGTH))
    return float(np.exp(minimize_scalar(unlikely, bounds=limits, method="bounded").x))


def hidden_cells(seen: Ints, smallest: int) -> Flags:
    """Flag cells with 1 to ``smallest`` - 1 votes, and one more where the total betrays them.

    The second is the next smallest cell of the same statement: total minus the shown cells must
    not reveal a single hidden one. Shape (n_groups, n_statements).

    Examples
    --------
    >>> hidden_cells(np.array([[3], [20], [9]]), 5).ravel().tolist()
    [True, False, True]
    """
    hidden = (seen > 0) & (seen < smallest)
    left_over = np.where(hidden, seen, 0).sum(axis=0)
    revealing = (left_over > 0) & ((hidden.sum(axis=0) == 1) | (left_over < smallest))
    shown = np.where(hidden | (seen == 0), np.iinfo(np.int64).max, seen)
    next_smallest = shown.argmin(axis=0)
    columns = np.flatnonzero(revealing & (shown.min(axis=0) < np.iinfo(np.int64).max))
    hidden = hidden.copy()
    hidden[next_smallest[columns], columns] = True
    return hidden
