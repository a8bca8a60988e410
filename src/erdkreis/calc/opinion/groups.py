"""Opinion groups one can trust: as many as the votes carry, possibly one, always with a verdict.

Three pictures compete: one round cloud, one flat cloud, and two or more groups. Groups win only if
they explain people's votes clearly better, come back when a quarter of the people is left out, and
are large enough to be more than a few friends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from erdkreis.calc.opinion.mixture import (
    Mixture,
    fit_mixture,
    flat_cloud_log_likelihood,
    one_cloud,
)
from erdkreis.calc.opinion.stability import group_stability, redrawn_evidence
from erdkreis.calc.opinion.thresholds import threshold

if TYPE_CHECKING:
    from erdkreis.calc.opinion.dimensions import Dimensions
    from erdkreis.calc.opinion.space import Evidence, OpinionSpace
    from erdkreis.calc.opinion.sums import Sums
    from erdkreis.calc.opinion.votes import Flags, Floats, Ints, Votes

N_PEOPLE_GROUPING: Final = 3000
"""People who decide about the number of groups; every n-th by id when there are more."""
UNGROUPED: Final = -1
N_STATEMENTS_PATTERN: Final = 2
N_DECLINING: Final = 3


class Verdict(StrEnum):
    """What may be said about opinion groups."""

    STABLE = "stable"
    UNCERTAIN = "uncertain"
    ONE_CLOUD = "one cloud"
    NOT_STABLE = "not stable"
    NO_PATTERN = "no pattern"
    TOO_FEW_VOTES = "too few votes"
    TOO_FEW_PEOPLE = "too few people"

    @property
    def names_groups(self) -> bool:
        """Whether groups may be shown."""
        return self in (Verdict.STABLE, Verdict.UNCERTAIN)


@dataclass(frozen=True)
class Tried:
    """One number of groups and why it was (not) chosen.

    ``gain`` in nats per person over the better of the two clouds; ``stability`` None where not
    looked at.
    """

    k: int
    gain: float
    smallest: int
    stability: tuple[float, ...] | None = None


@dataclass(frozen=True, eq=False)
class OpinionGroups:
    """Groups with their verdict.

    Attributes
    ----------
    verdict : Verdict
    groups : Mixture or None
        None unless the verdict names groups.
    stability : shape (k,), mean Jaccard similarity of each group over refits
    labels : shape (n_participants,), -1 for people with too few votes or if no group is named
    memberships : shape (n_participants, k), probabilities; rows add up to 1
    tried : what was compared
    attained : share of the pattern that shows again in hidden votes, None if there is none
    detectable : share of variance below which an axis would drown in chance
    n_people : people with enough votes
    """

    verdict: Verdict
    groups: Mixture | None
    stability: tuple[float, ...]
    labels: Ints
    memberships: Floats
    tried: tuple[Tried, ...]
    attained: float | None
    detectable: float
    n_people: int

    @property
    def k(self) -> int:
        """Number of groups named; 1 when everybody counts as one."""
        return self.groups.k if self.groups else 1

    @property
    def sizes(self) -> list[int]:
        """People per group; everybody with enough votes where no group is named."""
        if self.groups is None:
            return [self.n_people]
        grouped = self.labels[self.labels >= 0]
        counted: list[int] = np.bincount(grouped, minlength=self.k).tolist()
        return counted


@dataclass(frozen=True, eq=False)
class Grounds:
    """Everything the verdict rests on."""

    votes: Votes
    excluded: Flags
    folds: Sequence[Sums]
    sums: Sums
    dimensions: Dimensions
    space: OpinionSpace
    evidence: Evidence
    seed: int

    @property
    def has_enough(self) -> Flags:
        """People with enough votes to be grouped."""
        return self.votes.votes_per_participant >= threshold("voting.min_votes")

    @property
    def sample(self) -> Ints:
        """People who decide about the number of groups."""
        people = np.flatnonzero(self.has_enough)
        return people[:: max(1, -(-len(people) // N_PEOPLE_GROUPING))]


def opinion_groups(grounds: Grounds, *, previous: Ints | None = None) -> OpinionGroups:
    """Decide how many opinion groups there are, if any, and who belongs to them.

    Parameters
    ----------
    previous : shape (n_participants,), optional
        Labels of an earlier update (-1: none); numbers follow the largest overlap with them.

    Examples
    --------
    >>> from erdkreis.calc.opinion.dimensions import dimensions
    >>> from erdkreis.calc.opinion.space import evidence_of, fit_space
    >>> from erdkreis.calc.opinion.sums import fold_sums, sums_of
    >>> from erdkreis.calc.opinion.votes import votes_from_table
    >>> votes = votes_from_table([[1] * 10 + [-1] * 10] * 40 + [[-1] * 10 + [1] * 10] * 20)
    >>> sums, excluded = sums_of(votes), np.zeros(20, dtype=bool)
    >>> found = dimensions(votes, excluded, seed=1)
    >>> space = fit_space(sums, excluded, found.n_axes)
    >>> evidence = evidence_of(votes, space)
    >>> grounds = Grounds(votes, excluded, fold_sums(votes), sums, found, space, evidence, seed=1)
    >>> groups = opinion_groups(grounds)
    >>> groups.verdict.value, groups.sizes
    ('stable', [40, 20])
    """
    n_people = int(grounds.has_enough.sum())
    attained, detectable = _attained(grounds), _detectable(grounds.sums, grounds.excluded)
    early = _without_groups(n_people, attained, detectable)
    verdict, chosen, tried = (early, None, ()) if early else _compared(grounds)
    groups, stability = (chosen[0], chosen[1]) if chosen else (None, np.ones(0))
    labels = np.full(grounds.votes.n_participants, UNGROUPED)
    memberships = np.ones((grounds.votes.n_participants, 1))
    if groups is not None:
        order = _order(groups, grounds, previous)
        groups, stability = groups.in_order(order), stability[order]
        memberships = groups.memberships(grounds.evidence)
        labels = np.where(grounds.has_enough, memberships.argmax(axis=1), UNGROUPED)
    return OpinionGroups(
        verdict=verdict,
        groups=groups,
        stability=tuple(float(s) for s in stability),
        labels=labels,
        memberships=memberships,
        tried=tuple(tried),
        attained=attained,
        detectable=detectable,
        n_people=n_people,
    )


def _without_groups(n_people: int, attained: float | None, detectable: float) -> Verdict | None:
    """Return the verdict where groups need not be looked for, else None."""
    if n_people < threshold("groups.min_people"):
        return Verdict.TOO_FEW_PEOPLE
    if attained is None:
        hidden = detectable > threshold("groups.detectable_axis")
        return Verdict.TOO_FEW_VOTES if hidden else Verdict.NO_PATTERN
    if attained < threshold("groups.least_attained"):
        return Verdict.TOO_FEW_VOTES
    return None


def _attained(grounds: Grounds) -> float | None:
    """Compare what the axes gain on hidden votes with what they seem to explain."""
    dimensions = grounds.dimensions
    if dimensions.n_axes == 0:
        return None
    gained = dimensions.errors[0] - dimensions.errors[dimensions.n_axes]
    claimed = dimensions.errors[0] - grounds.space.noise
    return float(np.clip(gained / claimed, 0, 1)) if claimed > 0 else 0.0


def _detectable(sums: Sums, excluded: Flags) -> float:
    """Share of variance at the edge of pure noise, 0 to 1: 2 / sqrt(statements · mean pairs)."""
    kept = ~excluded
    n_kept = int(kept.sum())
    if n_kept < N_STATEMENTS_PATTERN:
        return 1.0
    pairs = sums.mm[np.ix_(kept, kept)]
    mean_pairs = (pairs.sum() - pairs.trace()) / (n_kept * (n_kept - 1))
    return float(min(1.0, 2 / np.sqrt(max(n_kept * mean_pairs, 1))))


def _compared(
    grounds: Grounds,
) -> tuple[Verdict, tuple[Mixture, Floats] | None, list[Tried]]:
    """Try two, three, … groups against the clouds; the likeliest stable one wins."""
    sample = grounds.sample
    evidence = grounds.evidence.of(sample)
    cloud = one_cloud(evidence).evidence_against_chance(len(sample))
    flat = flat_cloud_log_likelihood(evidence, seed=grounds.seed) - np.log(len(sample)) / 2
    found: dict[int, tuple[Mixture, Tried]] = {}
    for k in range(2, int(threshold("groups.max_groups")) + 1):
        groups = fit_mixture(evidence, k, seed=grounds.seed)
        gain = (groups.evidence_against_chance(len(sample)) - max(cloud, flat)) / len(sample)
        labels = groups.memberships(evidence).argmax(axis=1)
        smallest = int(np.bincount(labels, minlength=k).min())
        found[k] = (groups, Tried(k, float(gain), smallest))
        if _declines(found):
            break
    return _best_stable(grounds, sample, evidence, found)


def _declines(found: dict[int, tuple[Mixture, Tried]]) -> bool:
    """Whether the last two numbers of groups each explained less than the one before."""
    gains = [tried.gain for _, tried in found.values()]
    return len(gains) >= N_DECLINING and gains[-1] < gains[-2] < gains[-3]


def _best_stable(
    grounds: Grounds, sample: Ints, evidence: Evidence, found: dict[int, tuple[Mixture, Tried]]
) -> tuple[Verdict, tuple[Mixture, Floats] | None, list[Tried]]:
    """Go through the groupings worth a look until one is stable; else the first nameable one."""
    min_size = max(5, threshold("groups.min_share") * len(sample))
    tried = {k: entry for k, (_, entry) in found.items()}
    worth_a_look = [
        pair
        for pair in _fewest_first(list(found.values()))
        if pair[1].gain >= threshold("groups.evidence_per_person") and pair[1].smallest >= min_size
    ]
    if not worth_a_look:
        return Verdict.ONE_CLOUD, None, list(tried.values())
    people = grounds.votes.people(sample)
    draws = redrawn_evidence(grounds.folds, grounds.sums, people, grounds.excluded, grounds.space)
    nameable: tuple[Mixture, Floats] | None = None
    for groups, entry in worth_a_look:
        labels = groups.memberships(evidence).argmax(axis=1)
        stability = group_stability(draws, groups, labels, seed=grounds.seed)
        tried[entry.k] = Tried(
            entry.k, entry.gain, entry.smallest, tuple(float(s) for s in stability)
        )
        if stability.min() >= threshold("groups.stable"):
            return Verdict.STABLE, (groups, stability), list(tried.values())
        if nameable is None and stability.min() >= threshold("groups.nameable"):
            nameable = groups, stability
    if nameable:
        return Verdict.UNCERTAIN, nameable, list(tried.values())
    return Verdict.NOT_STABLE, None, list(tried.values())


def _fewest_first(found: Sequence[tuple[Mixture, Tried]]) -> list[tuple[Mixture, Tried]]:
    """Order by falling gain; but where more groups explain hardly more, the fewest come first.

    One further group must be worth as much as groups at all: people of one camp who are less of one
    mind than others would else be cut in two.
    """
    best = max(tried.gain for _, tried in found)
    least = best - threshold("groups.evidence_per_person")
    return sorted(
        found,
        key=lambda pair: (0, pair[1].k) if pair[1].gain >= least else (1, -pair[1].gain),
    )


def _order(groups: Mixture, grounds: Grounds, previous: Ints | None) -> Ints:
    """Return an order by size, or one in which as many people as possible keep their number."""
    if previous is None or previous.max(initial=UNGROUPED) < 0:
        return np.argsort(-groups.shares, kind="stable")
    labels = groups.memberships(grounds.evidence).argmax(axis=1)
    return steady_order(labels, previous, groups.k)


def steady_order(labels: Ints, previous: Ints, k: int) -> Ints:
    """Return the group that gets number 0, 1, …, by largest overlap with earlier labels.

    Examples
    --------
    >>> steady_order(np.array([1, 1, 0]), np.array([0, 0, 1]), 2).tolist()
    [1, 0]
    """
    size = max(k, int(previous.max()) + 1)
    both = previous >= 0
    overlap = np.bincount(labels[both] * size + previous[both], minlength=size * size)
    rows, numbers = linear_sum_assignment(overlap.reshape(size, size), maximize=True)
    ranked = sorted((number, row) for row, number in zip(rows, numbers, strict=True) if row < k)
    return np.array([row for _, row in ranked])
