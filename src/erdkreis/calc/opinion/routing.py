"""Which statement to show next: the one whose answer would teach most, with a chance for every one.

Two things are learned from an answer: where the person stands, and what a little known stakeholder
group thinks. The chance of what was shown is returned to be stored, so that later figures can be
weighted by its inverse (:mod:`.by_chance`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from erdkreis.calc.opinion.thresholds import PRIOR, threshold

if TYPE_CHECKING:
    from erdkreis.calc.opinion.votes import Flags, Floats


class Axes(Protocol):
    """What statements measure: an ``OpinionSpace``, or as much of it as was let out."""

    @property
    def loadings(self) -> Floats: ...
    @property
    def noise(self) -> float: ...


class Counted(Protocol):
    """Votes per group and statement, each shape (n_groups, n_statements)."""

    @property
    def agree(self) -> Floats: ...
    @property
    def seen(self) -> Floats: ...


@dataclass(frozen=True, eq=False)
class Person:
    """What routing knows of the person asked.

    Attributes
    ----------
    covariance : shape (n_axes, n_axes)
        Uncertainty of their position; the identity before the first vote.
    has_seen : shape (n_statements,)
    group : stakeholder group, or None
    n_meta_seen : questions about the person already shown
    """

    covariance: Floats
    has_seen: Flags
    group: int | None = None
    n_meta_seen: int = 0


@dataclass(frozen=True, eq=False)
class Shown:
    """The statement drawn, and what is stored of the draw.

    Attributes
    ----------
    column : index of the statement
    chance : above 0, at most 1
        Probability, seen from before the first statement, that just this one comes at just this
        place: the probability of this draw times that of not having come before. Where every
        statement is equally likely it is 1 / n_statements at every place, so it does not tell
        which statement came when, as the probability of the draw alone would.
    not_before : shape (n_statements,)
        Probability of not having come up to now, for the next draw.
    """

    column: int
    chance: float
    not_before: Floats


def uncertainty(space: Axes, has_seen: Flags) -> Floats:
    """Covariance of a person's position after answering some statements, whatever the answers.

    Shape (n_axes, n_axes); the identity before the first.

    Examples
    --------
    >>> from erdkreis.calc.opinion.space import OpinionSpace
    >>> space = OpinionSpace(np.zeros(2), np.array([[1.0], [1.0]]), noise=0.5)
    >>> uncertainty(space, np.array([True, False])).round(2).tolist()
    [[0.33]]
    """
    seen = space.loadings[has_seen]
    return np.asarray(np.linalg.inv(np.eye(seen.shape[1]) + seen.T @ seen / space.noise))


def show_probabilities(
    person: Person, space: Axes, counts: Counted, allowed: Flags, is_meta: Flags
) -> Floats:
    """Probability of each statement to be shown next, shape (n_statements,); all 0 if none is left.

    Parameters
    ----------
    counts : votes per stakeholder group (one group with everybody where there are none)
    allowed : statements that may be shown at all
    is_meta : questions about the person: not among the first seven, at most one in three

    Examples
    --------
    >>> from erdkreis.calc.opinion.classic.group_stats import GroupCounts
    >>> from erdkreis.calc.opinion.space import OpinionSpace
    >>> space = OpinionSpace(np.zeros(3), np.array([[1.0], [1.0], [0.0]]), noise=0.5)
    >>> counts = GroupCounts(np.full((1, 3), 5), np.full((1, 3), 5), np.full((1, 3), 10))
    >>> person = Person(np.eye(1), has_seen=np.array([True, False, False]))
    >>> may, is_meta = np.ones(3, dtype=bool), np.zeros(3, dtype=bool)
    >>> show_probabilities(person, space, counts, may, is_meta).round(2).tolist()
    [0.0, 0.7, 0.3]
    """
    open_now = allowed & ~person.has_seen
    if not _may_ask_about_person(person):
        # Only when nothing else is left do these questions come early.
        open_now = open_now & ~is_meta if (open_now & ~is_meta).any() else open_now
    if not open_now.any():
        return np.zeros(len(allowed))
    gain = _relative(_position_gain(person, space), open_now)
    gain = gain + _relative(_cell_gain(person, counts), open_now)
    gain = np.where(open_now, gain, 0.0)
    even = open_now / open_now.sum()
    wanted = gain / gain.sum() if gain.sum() > 0 else even
    floor = threshold("routing.floor")
    return np.asarray(floor * even + (1 - floor) * wanted)


def next_statement(probabilities: Floats, not_before: Floats, dice: float) -> Shown | None:
    """Draw one statement; None when none is left.

    Parameters
    ----------
    probabilities : shape (n_statements,), of :func:`show_probabilities`
    not_before : shape (n_statements,), 1 before the first draw
    dice : uniform, at least 0 and below 1

    Examples
    --------
    >>> first = next_statement(np.array([0.5, 0.5]), np.ones(2), dice=0.2)
    >>> first.column, first.chance, first.not_before.tolist()
    (0, 0.5, [0.5, 0.5])
    >>> next_statement(np.array([0.0, 1.0]), first.not_before, dice=0.9).chance
    0.5
    >>> next_statement(np.zeros(3), np.ones(3), dice=0.5) is None
    True
    """
    if not probabilities.any():
        return None
    heights = np.cumsum(probabilities)
    column = int(np.searchsorted(heights, dice * heights[-1], side="right"))
    probability = float(probabilities[column] / heights[-1])
    return Shown(
        column,
        probability * float(not_before[column]),
        np.asarray(not_before * (1 - probabilities / heights[-1])),
    )


def _position_gain(person: Person, space: Axes) -> Floats:
    """Drop of the summed variance of the position by an answer, shape (n_statements,).

    ``|C w|² / (noise + wᵀ C w)``: exact for the linear model, and known before the answer is.
    """
    spread = space.loadings @ person.covariance
    along = np.einsum("sa,sa->s", spread, space.loadings)
    return np.asarray((spread**2).sum(axis=1) / (space.noise + along))


def _cell_gain(person: Person, counts: Counted) -> Floats:
    """Drop of the variance of the own group's share to be expected, shape (n_statements,)."""
    group = 0 if person.group is None else person.group
    a = counts.agree[group] + PRIOR
    n = counts.seen[group] + 2 * PRIOR
    variance = a * (n - a) / (n**2 * (n + 1))
    return np.asarray(variance / (n + 1))


def _relative(gain: Floats, open_now: Flags) -> Floats:
    total = gain[open_now].sum()
    return gain / total if total > 0 else np.zeros(len(gain))


def _may_ask_about_person(person: Person) -> bool:
    n_shown = int(person.has_seen.sum())
    if n_shown < threshold("routing.n_first_without_meta"):
        return False
    return (person.n_meta_seen + 1) / (n_shown + 1) <= threshold("routing.share_meta")
