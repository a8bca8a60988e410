"""Marks on a map that stand for several people: nobody can be pointed at."""

from collections.abc import Sequence
from functools import lru_cache

from erdkreis.calc.privacy.rules import Rules

N_DIGITS = 2
Point = tuple[float, float]


def marks(places: Sequence[Point], rules: Rules, *, most: int | None = None) -> list[Point]:
    """Draw people together into marks of at least the minimum, each at the middle of its people.

    The plane is cut in two, across its longer side and with equally many people on both, as long
    as both sides keep enough. So nobody is left out, and where people are dense marks are dense.

    Parameters
    ----------
    places : sequence of (x, y)
        Where people stand.
    rules : Rules
        Thresholds.
    most : int or None
        No more marks than so many, but for one: their number tells how many people there are at
        least.

    Returns
    -------
    list of (x, y)
        Empty where there are fewer people than the minimum. How many a mark holds is not told: it
        is the minimum up to twice the minimum less one.

    References
    ----------
    Microaggregation: Domingo-Ferrer & Mateo-Sanz (2002), IEEE Trans. Knowl. Data Eng. 14(1);
    cutting as in LeFevre, DeWitt & Ramakrishnan (2006), Mondrian multidimensional k-anonymity.

    Examples
    --------
    >>> marks([(0, 0), (0, 0), (0, 1), (1, 0), (1, 1)], Rules())
    [(0.4, 0.4)]
    >>> marks([(0, 0)] * 4, Rules())
    []
    >>> len(marks([(0, 0)] * 40, Rules())), len(marks([(0, 0)] * 40, Rules(), most=3))
    (8, 3)
    """
    if len(places) < rules.min_group:
        return []
    most = len(places) if most is None else most
    if len(places) < 2 * rules.min_group or most < 2:  # noqa: PLR2004 - no two marks
        return [_middle(places)]
    across = max((0, 1), key=lambda axis: _width(places, axis))
    in_order = sorted(places, key=lambda place: place[across])
    half = len(places) // 2
    fewer = most // 2
    return marks(in_order[:half], rules, most=fewer) + marks(
        in_order[half:], rules, most=most - fewer
    )


@lru_cache(maxsize=2**16)
def n_marks(n: int, rules: Rules, *, most: int | None = None) -> int:
    """Return how many marks `marks` draws of so many people, wherever they stand.

    Parameters
    ----------
    n : int
        People.
    rules : Rules
        Thresholds.
    most : int or None
        As in `marks`.

    Returns
    -------
    int
        0 with fewer people than the minimum.

    Examples
    --------
    >>> [n_marks(n, Rules()) for n in (4, 9, 10, 18, 19, 40)], n_marks(40, Rules(), most=3)
    ([0, 1, 2, 2, 3, 8], 3)
    """
    if n < rules.min_group:
        return 0
    most = n if most is None else most
    if n < 2 * rules.min_group or most < 2:  # noqa: PLR2004 - no two marks
        return 1
    fewer = most // 2
    return n_marks(n // 2, rules, most=fewer) + n_marks(n - n // 2, rules, most=most - fewer)


def _middle(places: Sequence[Point]) -> Point:
    x, y = (sum(axis) / len(places) for axis in zip(*places, strict=True))
    return round(x, N_DIGITS), round(y, N_DIGITS)


def _width(places: Sequence[Point], axis: int) -> float:
    along = [place[axis] for place in places]
    return max(along) - min(along)
