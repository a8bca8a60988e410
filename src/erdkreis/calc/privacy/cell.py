"""One cell of the picture, groups × items: what of its counts may leave."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum

from erdkreis.calc.privacy.counts import Counts
from erdkreis.calc.privacy.rules import NARROWEST_BAND, Rules

N_DOTS = 5
# Of a part beside an exact whole: dots that stand for three people or fewer told too much of
# the handful that was left over, and then whole groups had to be hidden.
DOTS_OF_A_PART, DOTS_OF_A_LARGE_PART, LARGE_PART = 10, 20, 80
MIDDLE_START = 0.5
ALMOST_MIDDLE = 2


class Showing(StrEnum):
    """What a cell shows. The last four are different things and never mixed."""

    COUNTS = "counts"
    DOTS = "dots"
    TENDENCY = "tendency"
    CANNOT_SEE = "cannot_see"
    TOO_FEW = "too_few"
    SILENT = "silent"


class Tendency(StrEnum):
    """Where an almost unanimous group stands, in words."""

    DISAGREE = "disagree"
    MIDDLE = "middle"
    AGREE = "agree"


@dataclass(frozen=True)
class Cell:
    """What leaves of one group's answers to one item.

    Parameters
    ----------
    showing : Showing
        What kind of statement this cell makes.
    n_from, n_to : int
        Number of answers, steps and don't-knows together: equal where exact, the ends of a band
        where rounded, 0 where hidden.
    steps : tuple of int
        For ``counts`` the people per step, for ``dots`` the dots per step; else empty.
    dont_know : int
        In the same unit as ``steps``.
    tendency : Tendency or None
        Only for ``tendency``.
    """

    showing: Showing
    n_from: int = 0
    n_to: int = 0
    steps: tuple[int, ...] = ()
    dont_know: int = 0
    tendency: Tendency | None = None


def released_cell(counts: Counts, rules: Rules, *, start: float = MIDDLE_START) -> Cell:
    """Decide what one group's answers to one item may show.

    Everything else on a page (median, shares, colours) is computed from what this returns and
    never from the counts that went in: what is derived twice can be compared and undone.

    Parameters
    ----------
    counts : Counts
        Raw counts.
    rules : Rules
        Thresholds.
    start : float, 0 to 1
        Where rounding into dots begins. The gate draws it secretly: with a known one, few counts
        fit some dots, and those few could be told.

    Returns
    -------
    Cell
        Never more than the rules allow. Hidden cells carry no number at all.

    References
    ----------
    Anonymity rules 1, 4 and 5 of the domain description, docs/methods/privacy.md.

    Examples
    --------
    >>> released_cell(Counts(steps=(0, 1, 2, 1, 0)), Rules()).showing
    <Showing.TOO_FEW: 'too_few'>
    >>> released_cell(Counts(steps=(0, 0, 0, 2, 5)), Rules()).tendency
    <Tendency.AGREE: 'agree'>
    >>> cell = released_cell(Counts(steps=(1, 1, 2, 2, 1)), Rules())
    >>> cell.showing, cell.n_from, cell.n_to, cell.steps
    (<Showing.DOTS: 'dots'>, 5, 9, (1, 0, 2, 1, 1))
    """
    if counts.answered == 0:
        return Cell(Showing.SILENT)
    if counts.rated < rules.min_group:
        return _hidden_or_unseen(counts, rules)
    if (tendency := _tendency(counts, rules)) is not None:
        return Cell(Showing.TENDENCY, *band(counts.answered, rules), tendency=tendency)
    # Few who chose a step stay few, however many others said that they cannot judge.
    if counts.rated < rules.exact_from:
        return _dotted(counts, rules, start)
    n = counts.answered
    return Cell(Showing.COUNTS, n, n, counts.steps, counts.dont_know)


def coarse_cell(counts: Counts, rules: Rules, *, start: float = MIDDLE_START) -> Cell:
    """Decide what one part of a whole may show where the whole is told exactly.

    Exact counts of parts beside an exact whole can be subtracted, now or from an earlier release.
    So a part never shows them, however large it is: ten dots and a band, or twenty from eighty
    people on.

    Parameters
    ----------
    counts : Counts
        Raw counts.
    rules : Rules
        Thresholds.
    start : float, 0 to 1
        Where rounding into dots begins; see :func:`released_cell`.

    Returns
    -------
    Cell
        As :func:`released_cell`, with dots where that would show counts.

    Examples
    --------
    >>> cell = coarse_cell(Counts(steps=(20, 0, 1, 0, 20)), Rules())
    >>> cell.showing, cell.n_from, cell.n_to, cell.steps
    (<Showing.DOTS: 'dots'>, 40, 44, (5, 0, 0, 0, 5))
    """
    cell = released_cell(counts, rules, start=start)
    if counts.answered < rules.exact_from or not cell.n_from:
        return cell
    n_from, n_to = _wide_band(counts.answered, rules)
    cell = replace(cell, n_from=n_from, n_to=n_to)
    if cell.showing is not Showing.COUNTS:
        return cell
    # By the band, so that the number of dots tells no more than it.
    n_dots = DOTS_OF_A_LARGE_PART if n_from >= LARGE_PART else DOTS_OF_A_PART
    *steps, dont_know = _shared_out((*counts.steps, counts.dont_know), start, n_dots)
    return replace(cell, showing=Showing.DOTS, steps=tuple(steps), dont_know=dont_know)


def band(n: int, rules: Rules) -> tuple[int, int]:
    """Return a number of people as it may be shown: exact when large, else the ends of a band.

    Bands begin at the minimum size and are never narrower than five: whoever knows that a group
    is shown knows its smallest possible size already, and a narrow band would name the number.

    Examples
    --------
    >>> band(7, Rules()), band(12, Rules()), band(31, Rules())
    ((5, 9), (10, 14), (31, 31))
    >>> band(9, Rules(min_group=9))
    (9, 14)
    """
    if n >= rules.exact_from:
        return n, n
    edges = _edges(rules)
    at = bisect_right(edges, n)
    return edges[at - 1], edges[at] - 1


def next_band(n: int, rules: Rules) -> int:
    """Return where the first band begins that holds only numbers of at least ``n``.

    Examples
    --------
    >>> next_band(14, Rules()), next_band(15, Rules()), next_band(23, Rules())
    (15, 15, 23)
    """
    return n if n >= rules.exact_from else min(edge for edge in _edges(rules) if edge >= n)


def _edges(rules: Rules) -> list[int]:
    """Where bands begin: at the minimum, then at multiples of five with room on both sides."""
    first, last = rules.min_group, rules.exact_from
    second = -(-(first + NARROWEST_BAND) // NARROWEST_BAND) * NARROWEST_BAND
    return [first, *range(second, last - NARROWEST_BAND + 1, NARROWEST_BAND), last]


def _is_small(counts: Counts, rules: Rules) -> bool:
    """Say whether few chose a step. Decided by the band, so that the form tells no more than it."""
    return band(counts.rated, rules)[0] < rules.unanimous_below


def _hidden_or_unseen(counts: Counts, rules: Rules) -> Cell:
    """Too few rated. If many said that they cannot judge, that alone is worth knowing."""
    # Fewer than the minimum rated, so if that many do not know, they are more than half.
    most_cannot_see = counts.dont_know >= rules.min_group
    return Cell(Showing.CANNOT_SEE if most_cannot_see else Showing.TOO_FEW)


def _tendency(counts: Counts, rules: Rules) -> Tendency | None:
    """Name the end at which (almost) all stand, if showing counts would tell on everyone."""
    low, middle, high = sum(counts.steps[:2]), counts.steps[2], sum(counts.steps[3:])
    ends = {Tendency.DISAGREE: low, Tendency.MIDDLE: middle, Tendency.AGREE: high}
    where = max(ends, key=ends.__getitem__)
    # The middle is one step, not two: who alone differs from it would know all other answers.
    n_others = max(rules.almost, ALMOST_MIDDLE) if where is Tendency.MIDDLE else rules.almost
    if _is_small(counts, rules) and counts.rated - ends[where] <= n_others:
        return where
    # Almost all on the very same step: at any size the picture would name everybody's answer, to
    # everyone or to the one who differs and knows that it is her.
    return where if max(counts.steps) >= counts.rated - n_others else None


def _dotted(counts: Counts, rules: Rules, start: float) -> Cell:
    *steps, dont_know = _shared_out((*counts.steps, counts.dont_know), start)
    # Beside many who do not know, few dots are left, and too few numbers fit them.
    if dont_know > sum(steps):
        return Cell(Showing.CANNOT_SEE)
    # Fewer who chose a step than this, and with those who do not know so many: a single number
    # fits all dots on one step, so it would be told.
    if N_DOTS in steps and counts.answered >= rules.exact_from:
        return Cell(Showing.TOO_FEW)
    # Never an exact number beside dots: with it, how many do not know could be told.
    return Cell(Showing.DOTS, *_wide_band(counts.answered, rules), tuple(steps), dont_know)


def _wide_band(n: int, rules: Rules) -> tuple[int, int]:
    """Return the ends of a band, for large numbers too."""
    if n < rules.exact_from:
        return band(n, rules)
    n_from = n - (n - rules.exact_from) % rules.min_group
    return n_from, n_from + rules.min_group - 1


def _shared_out(counts: tuple[int, ...], start: float, n_dots: int = N_DOTS) -> list[int]:
    """Lay all people in a row and mark some of them at equal distances: the dots they stand for.

    Each category gets its share rounded down or up, and which of the two depends on the start.
    """
    total = sum(counts)
    dots, so_far, marked = [], 0, 0
    for count in counts:
        so_far += count
        up_to = int(so_far * n_dots / total + start) if so_far < total else n_dots
        dots.append(up_to - marked)
        marked = up_to
    return dots
