"""Tensions: statements on which groups differ by more than chance, false alarms controlled.

Over all statements tested, at most a tenth of those named are expected to be false. The plain rule
(one group agrees by 60 %, another disagrees by 60 %) is printed beside. A human turns a candidate
into a tension. Sources: Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57; Phipson & Smyth
(2010), Stat. Appl. Genet. 9.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import chdtrc

from erdkreis.calc.opinion.common_ground import Answer
from erdkreis.calc.opinion.intervals import agreement
from erdkreis.calc.opinion.thresholds import threshold

if TYPE_CHECKING:
    from erdkreis.calc.opinion.classic.group_stats import GroupCounts
    from erdkreis.calc.opinion.votes import Flags, Floats, Ints

SMALLEST_EXPECTED: Final = 5.0
N_PERMUTATIONS: Final = 1999
MIN_GROUPS: Final = 2


@dataclass(frozen=True, eq=False)
class Tensions:
    """Every array has shape (n_statements,).

    Attributes
    ----------
    p_values : NaN-free; 1 where not testable
    with_passes : p-values of the table that tells passes from disagreement, as a companion
    q_values : share of false tensions expected when everything up to this one is named
    is_tested : at least two groups with enough votes
    effect, effect_low, effect_high : largest difference of shrunk shares with its interval
    more, less : the two groups it lies between
    is_named : q-value and effect both say so
    meets_rule : groups vote in opposite directions by the plain rule
    answers : both together
    """

    p_values: Floats
    with_passes: Floats
    q_values: Floats
    is_tested: Flags
    effect: Floats
    effect_low: Floats
    effect_high: Floats
    more: Ints
    less: Ints
    is_named: Flags
    meets_rule: Flags
    answers: tuple[Answer, ...]


def tensions(counts: GroupCounts, excluded: Flags, *, seed: int) -> Tensions:
    """Test every statement over the given groups and correct for the number of tests.

    Parameters
    ----------
    counts : of *known* groups, or of opinion groups formed without these statements (cross-fit)
        Testing opinion groups on the votes that formed them is circular.
    excluded : shape (n_statements,)

    Examples
    --------
    >>> from erdkreis.calc.opinion.classic.group_stats import GroupCounts
    >>> counts = GroupCounts(
    ...     agree=np.array([[27, 20], [3, 20]]),
    ...     disagree=np.array([[3, 10], [27, 10]]),
    ...     seen=np.array([[30, 30], [30, 30]]),
    ... )
    >>> found = tensions(counts, np.zeros(2, dtype=bool), seed=1)
    >>> found.is_named.tolist(), found.more.tolist()[0], found.effect.round(1).tolist()
    ([True, False], 0, [0.7, 0.0])
    """
    spoke = counts.seen >= threshold("intervals.min_votes_shown")
    is_tested = (spoke.sum(axis=0) >= MIN_GROUPS) & ~excluded
    p_values, with_passes = _all_p_values(counts, spoke, is_tested, np.random.default_rng(seed))
    q_values = benjamini_hochberg(p_values, is_tested)
    (effect, low, high), groups = _effects(counts, spoke, is_tested)
    is_named = (
        is_tested
        & (q_values <= threshold("tensions.false_discoveries"))
        & (effect >= threshold("tensions.min_effect"))
    )
    meets_rule = _opposite_directions(counts, spoke) & ~excluded
    return Tensions(
        p_values=p_values,
        with_passes=with_passes,
        q_values=q_values,
        is_tested=is_tested,
        effect=effect,
        effect_low=low,
        effect_high=high,
        more=groups[0],
        less=groups[1],
        is_named=is_named,
        meets_rule=meets_rule,
        answers=tuple(
            _answer(bool(named), bool(rule), bool(tested))
            for named, rule, tested in zip(is_named, meets_rule, is_tested, strict=True)
        ),
    )


def _all_p_values(
    counts: GroupCounts, spoke: Flags, is_tested: Flags, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Test agreement against everything else, and the three answers, over the groups that spoke."""
    agree, disagree, seen = (
        np.where(spoke, part, 0) for part in (counts.agree, counts.disagree, counts.seen)
    )
    two = np.stack([agree, seen - agree])
    three = np.stack([agree, disagree, seen - agree - disagree])
    return _tables_p_values(two, is_tested, rng), _tables_p_values(three, is_tested, rng)


def _tables_p_values(tables: Ints, is_tested: Flags, rng: np.random.Generator) -> Floats:
    """Test one table of answers by groups per statement, 1 where not tested, shape (n_statements,).

    ``tables`` has shape (n_answers, n_groups, n_statements). All tables that are large enough are
    tested at once; only the others need :func:`table_p_value`.
    """
    total = np.maximum(tables.sum(axis=(0, 1)), 1)
    expected = tables.sum(axis=0) * tables.sum(axis=1, keepdims=True) / total
    is_large = (expected >= SMALLEST_EXPECTED).all(axis=(0, 1))
    uneven = ((tables - expected) ** 2 / np.maximum(expected, 1e-300)).sum(axis=(0, 1))
    free = (tables.shape[0] - 1) * (tables.shape[1] - 1)
    p_values = np.where(is_large & is_tested, chdtrc(free, uneven), 1.0)
    for j in np.flatnonzero(is_tested & ~is_large):
        p_values[j] = table_p_value(tables[:, :, j].T, rng)
    return p_values


def table_p_value(table: Ints, rng: np.random.Generator) -> float:
    """Probability of so uneven a table of groups by answers when groups do not differ.

    χ² where every expected count is at least 5; otherwise group labels are permuted, which keeps
    both margins, and the observed table counts as one of the draws.

    Examples
    --------
    >>> round(table_p_value(np.array([[30, 10], [10, 30]]), np.random.default_rng(0)), 6)
    8e-06
    """
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(table.shape) < MIN_GROUPS:
        return 1.0
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    observed = float(((table - expected) ** 2 / expected).sum())
    if expected.min() >= SMALLEST_EXPECTED:
        return float(chdtrc((table.shape[0] - 1) * (table.shape[1] - 1), observed))
    drawn = _permuted_tables(table, rng)
    statistics = ((drawn - expected) ** 2 / expected).sum(axis=(1, 2))
    n_as_uneven = int((statistics >= observed - 1e-9).sum())
    return (n_as_uneven + 1) / (N_PERMUTATIONS + 1)


def _permuted_tables(table: Ints, rng: np.random.Generator) -> Ints:
    """Draw tables with the same margins, shape (N_PERMUTATIONS, n_groups, n_answers)."""
    drawn = np.zeros((N_PERMUTATIONS, *table.shape), dtype=np.int64)
    left = np.tile(table.sum(axis=0), (N_PERMUTATIONS, 1))
    for group, size in enumerate(table.sum(axis=1)[:-1]):
        drawn[:, group] = _dealt(left, int(size), rng)
        left -= drawn[:, group]
    drawn[:, -1] = left
    return drawn


def _dealt(left: Ints, size: int, rng: np.random.Generator) -> Ints:
    """Deal ``size`` of the remaining answers to one group, one kind of answer after the other."""
    dealt = np.zeros_like(left)
    to_deal = np.full(len(left), size)
    for kind in range(left.shape[1] - 1):
        others = left[:, kind + 1 :].sum(axis=1)
        dealt[:, kind] = rng.hypergeometric(left[:, kind], others, to_deal)
        to_deal -= dealt[:, kind]
    dealt[:, -1] = to_deal
    return dealt


def benjamini_hochberg(p_values: Floats, is_tested: Flags) -> Floats:
    """Turn p-values into shares of false discoveries over all tests, 1 where not tested.

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.5]), np.array([True, True, False])).tolist()
    [0.02, 0.04, 1.0]
    """
    q_values = np.ones(len(p_values))
    tested = np.flatnonzero(is_tested)
    order = tested[np.argsort(p_values[tested], kind="stable")]
    raw = p_values[order] * len(order) / np.arange(1, len(order) + 1)
    q_values[order] = np.minimum(np.minimum.accumulate(raw[::-1])[::-1], 1)
    return q_values


def _effects(
    counts: GroupCounts, spoke: Flags, is_tested: Flags
) -> tuple[list[Floats], tuple[Ints, Ints]]:
    """Largest difference of shrunk shares, its interval, and the groups it lies between."""
    rates = agreement(counts).shrunk
    columns = np.arange(counts.seen.shape[1])
    more = np.where(spoke, rates.share, -np.inf).argmax(axis=0)
    less = np.where(spoke, rates.share, np.inf).argmin(axis=0)
    effect = rates.share[more, columns] - rates.share[less, columns]
    # Both ends of the difference at once, as if the two groups' errors add in squares (Newcombe
    # 1998).
    down = np.hypot(
        rates.share[more, columns] - rates.low[more, columns],
        rates.high[less, columns] - rates.share[less, columns],
    )
    up = np.hypot(
        rates.high[more, columns] - rates.share[more, columns],
        rates.share[less, columns] - rates.low[less, columns],
    )
    low, high = np.maximum(effect - down, -1.0), np.minimum(effect + up, 1.0)
    shown = [np.where(is_tested, figure, 0.0) for figure in (effect, low, high)]
    return shown, (more, less)


def _opposite_directions(counts: GroupCounts, spoke: Flags) -> Flags:
    """Apply the plain rule: 60 % agree in one group, 60 % disagree in another, passes counted."""
    seen = np.maximum(counts.seen, 1)
    least = threshold("tensions.share")
    agrees = np.asarray((spoke & (counts.agree / seen >= least)).any(axis=0))
    disagrees = np.asarray((spoke & (counts.disagree / seen >= least)).any(axis=0))
    return agrees & disagrees


def _answer(is_named: bool, meets_rule: bool, is_tested: bool) -> Answer:
    if is_named and meets_rule:
        return Answer.YES
    if is_named or meets_rule or not is_tested:
        return Answer.OPEN
    return Answer.NO
