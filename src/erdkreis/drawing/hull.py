"""A line around a crowd."""

from collections.abc import Sequence
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
SHARE_CORE = 0.9


def hull(points: Sequence[Point]) -> list[Point]:
    """Return the corners of the smallest convex shape that holds all points, in order.

    One point stays one, points on a line give its two ends.

    References
    ----------
    Andrew's monotone chain (1979), Information Processing Letters 9(5).

    Examples
    --------
    >>> hull([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2)])
    [(0, 0), (2, 0), (2, 2), (0, 2)]
    >>> hull([(1, 1), (1, 1)]), hull([(0, 0), (1, 1), (2, 2)])
    ([(1, 1)], [(0, 0), (2, 2)])
    """
    in_order = sorted(set(points))
    if len(in_order) < 3:  # noqa: PLR2004 - fewer points than a triangle has
        return in_order
    lower, upper = _chain(in_order), _chain(in_order[::-1])
    return lower[:-1] + upper[:-1]


def _chain(points: Sequence[Point]) -> list[Point]:
    """Keep the points at which the way turns left."""
    kept: list[Point] = []
    for point in points:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def core(crowd: Sequence[tuple[float, float, int]]) -> list[Point]:
    """Return the places of the nine tenths of a crowd nearest to its middle.

    Parameters
    ----------
    crowd : sequence of (x, y, number of people there)

    Examples
    --------
    >>> core([(0, 0, 5), (1, 0, 5), (9, 0, 1)])
    [(0, 0), (1, 0)]
    >>> core([(0, 0, 1), (1, 0, 1)])
    [(0, 0), (1, 0)]
    """
    n = sum(people for _x, _y, people in crowd)
    x0 = sum(x * people for x, _y, people in crowd) / n
    y0 = sum(y * people for _x, y, people in crowd) / n
    from_the_middle = sorted(crowd, key=lambda c: ((c[0] - x0) ** 2 + (c[1] - y0) ** 2, c))
    kept: list[Point] = []
    held = 0
    for x, y, people in from_the_middle:
        if held >= SHARE_CORE * n:
            break
        kept.append((x, y))
        held += people
    return sorted(kept)
