"""Outlines of countries inside a window of the globe, light enough for a page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Point = tuple[float, float]
Window = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

HALF = 180  # degrees from the middle of the globe to the date line


def rings(topology: Mapping[str, Any], name: str) -> list[list[Point]]:
    """Read the rings of all areas from a TopoJSON document.

    Parameters
    ----------
    topology : mapping
        A parsed TopoJSON document with quantised arcs.
    name : str
        Which of its objects, a collection of polygons.

    Returns
    -------
    list of list of (longitude, latitude)
        In degrees; each ring ends where it began.

    Raises
    ------
    KeyError
        Where the document has no such object.

    References
    ----------
    The TopoJSON format specification, sections 2.1.2 and 2.1.4.

    Examples
    --------
    >>> square = {
    ...     "transform": {"scale": [1, 1], "translate": [10, 50]},
    ...     "arcs": [[[0, 0], [1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1]]],
    ...     "objects": {"c": {"geometries": [{"type": "Polygon", "arcs": [[0, 1]]}]}},
    ... }
    >>> rings(square, "c")
    [[(10, 50), (11, 50), (11, 51), (10, 51), (10, 50)]]
    """
    arcs = [_degrees(arc, topology["transform"]) for arc in topology["arcs"]]
    return [_joined(ring, arcs) for ring in _arc_lists(topology["objects"][name]["geometries"])]


def unrolled(ring: Sequence[Point]) -> list[list[Point]]:
    """Draw a ring through the date line instead of back around the globe.

    Parameters
    ----------
    ring : sequence of (longitude, latitude)
        In degrees; a step of more than half the globe is one across the date line.

    Returns
    -------
    list of list of (longitude, latitude)
        The ring, and a copy one turn further where it reaches beyond 180 degrees.

    Examples
    --------
    >>> unrolled([(179, 0), (-179, 0), (-179, 1), (179, 0)])
    [[(179, 0), (181, 0), (181, 1), (179, 0)], [(-181, 0), (-179, 0), (-179, 1), (-181, 0)]]
    """
    points: list[Point] = []
    turn = 0
    for i, (x, y) in enumerate(ring):
        if i and abs(x - ring[i - 1][0]) > HALF:
            turn += 2 * HALF if x < ring[i - 1][0] else -2 * HALF
        points.append((x + turn, y))
    drawn = [points]
    if points and max(x for x, _ in points) > HALF:
        drawn.append([(x - 2 * HALF, y) for x, y in points])
    if points and min(x for x, _ in points) < -HALF:
        drawn.append([(x + 2 * HALF, y) for x, y in points])
    return drawn


def clipped(ring: Sequence[Point], window: Window) -> list[Point]:
    """Cut a ring to what lies inside a window (Sutherland and Hodgman, 1974).

    Parameters
    ----------
    ring : sequence of (longitude, latitude)
    window : (west, south, east, north)

    Returns
    -------
    list of (longitude, latitude)
        Empty where nothing of the ring lies inside.

    Examples
    --------
    >>> clipped([(0, 0), (4, 0), (4, 4), (0, 4)], (1, 1, 9, 9))
    [(1.0, 1.0), (4.0, 1.0), (4, 4), (1.0, 4.0)]
    >>> clipped([(0, 0), (1, 0), (1, 1)], (5, 5, 9, 9))
    []
    """
    west, south, east, north = window
    left = list(ring)
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        left = _cut(left, axis, limit, sign)
    return left


def thinned(points: Sequence[Point], least: float) -> list[Point]:
    """Leave out points that lie closer than ``least`` to the last one kept; both ends stay.

    Examples
    --------
    >>> thinned([(0, 0), (0.2, 0), (1, 0), (1.1, 0)], 0.5)
    [(0, 0), (1, 0), (1.1, 0)]
    """
    kept = list(points[:1])
    for point in points[1:]:
        if abs(point[0] - kept[-1][0]) >= least or abs(point[1] - kept[-1][1]) >= least:
            kept.append(point)
    if points and kept[-1] != points[-1]:
        kept.append(points[-1])
    return kept


def _degrees(arc: Sequence[Sequence[int]], transform: Mapping[str, Any]) -> list[Point]:
    (scale_x, scale_y), (left, top) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y, *_ in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + left, y * scale_y + top))
    return points


def _arc_lists(geometries: Iterable[Mapping[str, Any]]) -> Iterator[list[int]]:
    for geometry in geometries:
        if geometry["type"] == "Polygon":
            yield from geometry["arcs"]
        elif geometry["type"] == "MultiPolygon":
            for polygon in geometry["arcs"]:
                yield from polygon


def _joined(ring: Iterable[int], arcs: Sequence[list[Point]]) -> list[Point]:
    """Put arcs one after another; a negative number is an arc read backwards."""
    points: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def _cut(ring: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    for i, point in enumerate(ring):
        before = ring[i - 1]
        is_in, was_in = (sign * (p[axis] - limit) >= 0 for p in (point, before))
        if is_in != was_in:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            kept.append((float(limit), other) if axis == 0 else (other, float(limit)))
        if is_in:
            kept.append(point)
    return kept
