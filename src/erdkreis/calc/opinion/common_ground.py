"""Common ground: what every group largely agrees on, by a plain rule, and how sure that is.

The rule (at least 60 % of those who voted agree and at most 20 % disagree, in every group that
spoke) is printed beside the probability that every group has a majority. Where the two disagree the
answer is "open"; a group without enough votes makes it open too, never "yes".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import betaincc

from erdkreis.calc.opinion.classic.group_stats import GroupCounts, probability
from erdkreis.calc.opinion.intervals import share_interval
from erdkreis.calc.opinion.thresholds import PRIOR, threshold

if TYPE_CHECKING:
    from erdkreis.calc.opinion.votes import Flags, Floats, Ints

HALF: Final = 0.5
MIN_GROUPS: Final = 2


class Answer(StrEnum):
    """What may be said about one statement."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True, eq=False)
class CommonGround:
    """One direction (agreement, or rejection) over one set of groups, each shape (n_statements,).

    Attributes
    ----------
    probability : posterior probability that every group has a majority
    floor : smallest lower bound of any group's share; does not shrink with the number of groups
    geometric_mean : comparable between groupings
    meets_rule : the plain rule of thresholds
    n_groups_spoke : groups with enough votes
    answers : rule and probability together
    """

    probability: Floats
    floor: Floats
    geometric_mean: Floats
    meets_rule: Flags
    n_groups_spoke: Ints
    answers: tuple[Answer, ...]


def common_ground(counts: GroupCounts, *, rejected: bool = False) -> CommonGround:
    """Look for statements every group agrees with (or rejects).

    Parameters
    ----------
    rejected : bool
        Look for common rejection instead.

    Notes
    -----
    ``B_j = Π_g Pr(θ_gj > ½)`` with the prior Beta(½, ½), groups independent given the votes.
    Concept: Ovadya & Thorburn, arXiv 2301.09976.

    Examples
    --------
    >>> counts = GroupCounts(
    ...     agree=np.array([[28, 28], [27, 6]]),
    ...     disagree=np.array([[1, 1], [2, 20]]),
    ...     seen=np.array([[30, 30], [30, 30]]),
    ... )
    >>> found = common_ground(counts)
    >>> [answer.value for answer in found.answers], found.n_groups_spoke.tolist()
    (['yes', 'no'], [2, 2])
    """
    for_it, against = (counts.agree, counts.disagree)[:: -1 if rejected else 1]
    seen = counts.seen
    spoke = seen >= threshold("intervals.min_votes_shown")
    majority = np.asarray(betaincc(for_it + PRIOR, seen - for_it + PRIOR, HALF))
    shares, sides = for_it / np.maximum(seen, 1), against / np.maximum(seen, 1)
    fits = (shares >= threshold("common_ground.share_agree")) & (
        sides <= threshold("common_ground.share_disagree")
    )
    n_spoke = spoke.sum(axis=0)
    meets_rule = np.asarray((fits | ~spoke).all(axis=0) & (n_spoke >= MIN_GROUPS))
    breaks_rule = np.asarray((spoke & ~fits).any(axis=0))
    joint = majority.prod(axis=0)
    return CommonGround(
        probability=joint,
        floor=share_interval(for_it, seen).low.min(axis=0, initial=1.0),
        geometric_mean=np.exp(np.log(probability(for_it, seen)).mean(axis=0))
        if len(seen)
        else np.full(seen.shape[1], HALF),
        meets_rule=meets_rule,
        n_groups_spoke=n_spoke,
        answers=tuple(
            _answer(bool(meets), bool(breaks), float(sure), bool(everyone))
            for meets, breaks, sure, everyone in zip(
                meets_rule, breaks_rule, joint, np.asarray(spoke.all(axis=0)), strict=True
            )
        ),
    )


def _answer(meets_rule: bool, breaks_rule: bool, sure: float, everyone_spoke: bool) -> Answer:
    is_sure = sure >= threshold("common_ground.probability")
    if meets_rule and is_sure and everyone_spoke:
        return Answer.YES
    if breaks_rule and not is_sure:
        return Answer.NO
    return Answer.OPEN


def in_both_views(first: CommonGround, second: CommonGround) -> tuple[Answer, ...]:
    """Call common ground only what holds among stakeholder groups *and* among opinion groups.

    Examples
    --------
    >>> seen = np.array([[30], [30]])
    >>> all_agree = common_ground(GroupCounts(np.array([[28], [27]]), np.array([[1], [2]]), seen))
    >>> one_against = common_ground(GroupCounts(np.array([[28], [6]]), np.array([[1], [20]]), seen))
    >>> in_both_views(all_agree, one_against)[0].value
    'no'
    """
    return tuple(_both(a, b) for a, b in zip(first.answers, second.answers, strict=True))


def _both(first: Answer, second: Answer) -> Answer:
    if first == second:
        return first
    return Answer.NO if Answer.NO in (first, second) else Answer.OPEN
