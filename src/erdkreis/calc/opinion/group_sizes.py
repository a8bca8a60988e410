"""Shares of groups weighted by how many people each stands for, from the shares alone.

For pages, which know of every group only what the gate let out; so no weighted figure can tell more
than the figures it is made from. The same rules as :mod:`.weighting`, which weighs single people.
Sources: Kish (1965), Survey Sampling; opinion.md, 7.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from erdkreis.calc.opinion.thresholds import threshold

MIN_GROUPS = 2


@dataclass(frozen=True)
class GroupShare:
    """How one group voted on one statement: shares of its ``n`` votes, between 0 and 1.

    ``size`` is how many people are affected in this group; with 1 for every group each is one
    voice.
    """

    n: int
    agree: float
    disagree: float
    size: float


@dataclass(frozen=True)
class WeightedShare:
    """Weighted shares of one statement, between 0 and 1.

    ``n`` votes stand behind it, as sure as ``n_effective`` equally weighted ones (Kish).
    """

    agree: float
    disagree: float
    n: int
    n_effective: float

    @property
    def passed(self) -> float:
        """Share of those not sure."""
        return 1 - self.agree - self.disagree


def weighted_share(groups: Sequence[GroupShare]) -> WeightedShare | None:
    """Weigh every vote by the size of its group over the votes of its group.

    Groups with fewer than ten votes keep weight 1; weights are cut at five times their median.

    Returns
    -------
    WeightedShare, or None where fewer than two groups have enough votes for a weight

    Examples
    --------
    >>> found = weighted_share([GroupShare(10, 1.0, 0.0, 50), GroupShare(30, 0.0, 1.0, 50)])
    >>> found.agree, found.n, round(found.n_effective, 1)
    (0.5, 40, 30.0)
    """
    voted = [group for group in groups if group.n]
    large = [group for group in voted if group.n >= threshold("weighting.min_people")]
    total = sum(group.size for group in large)
    if len(large) < MIN_GROUPS or total <= 0:
        return None
    n_large = sum(group.n for group in large)
    weights = [group.size / total * n_large / group.n if group in large else 1.0 for group in voted]
    limit = threshold("weighting.largest") * _median(weights, voted)
    weights = [min(weight, limit) for weight in weights]
    mass = [weight * group.n for weight, group in zip(weights, voted, strict=True)]
    squares = sum(weight * part for weight, part in zip(weights, mass, strict=True))
    return WeightedShare(
        agree=sum(m * group.agree for m, group in zip(mass, voted, strict=True)) / sum(mass),
        disagree=sum(m * group.disagree for m, group in zip(mass, voted, strict=True)) / sum(mass),
        n=sum(group.n for group in voted),
        n_effective=sum(mass) ** 2 / squares,
    )


def _median(weights: Sequence[float], groups: Sequence[GroupShare]) -> float:
    """Return the median over people, of whom a group has ``n`` with the same weight."""
    people = sorted(
        weight for weight, group in zip(weights, groups, strict=True) for _ in range(group.n)
    )
    return median(people)
