"""A map of places: numbered dots on outlines of countries, nothing from anybody else."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from erdkreis.drawing.outlines import Point, Window, clipped, thinned, unrolled
from erdkreis.drawing.svg import Markup, drawing, element

WIDTH = 640.0
DOT = 11.0  # radius: large enough for its number, and with its margin for a thumb
TOUCH = 22.0  # radius of what reacts to a thumb
LEAST_SPAN = 4.0  # degrees of latitude: nobody lives alone on a map
MARGIN = 0.18  # of the span, around the outermost dots
FLATTEST, STEEPEST = 0.75, 1.35  # height in widths
FINEST = 1.2  # units between points of an outline
NORTHERNMOST = 84.0


@dataclass(frozen=True)
class Mark:
    """One dot: its number as in the list beside, its name, where it lies, where it leads."""

    number: int
    name: str
    longitude: float
    latitude: float
    href: str


def window_of(places: Sequence[Point]) -> Window:
    """Return a window of whole degrees that shows all places with room around them.

    Parameters
    ----------
    places : sequence of (longitude, latitude)
        At least one, in degrees.

    Returns
    -------
    (west, south, east, north)
        In whole degrees, so that neighbouring lists share their outlines.

    Raises
    ------
    ValueError
        Where there is no place.

    Examples
    --------
    >>> window_of([(11.6, 48.1)])
    (8, 46, 15, 51)
    """
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    south, north = min(y for _, y in places), max(y for _, y in places)
    middle = (south + north) / 2
    squeeze = max(0.2, math.cos(math.radians(middle)))
    high = max((north - south) * (1 + 2 * MARGIN), LEAST_SPAN)
    wide = max((east - west) * (1 + 2 * MARGIN), LEAST_SPAN / squeeze)
    # Neither a ribbon nor a tower: the shorter side gives way.
    high = max(high, wide * squeeze * FLATTEST)
    wide = max(wide, high / squeeze / STEEPEST)
    return (
        max(-180, math.floor((west + east - wide) / 2)),
        max(-90, math.floor(middle - high / 2)),
        min(180, math.ceil((west + east + wide) / 2)),
        min(90, math.ceil(middle + high / 2)),
    )


def outline_path(countries: Sequence[Sequence[Point]], window: Window) -> str:
    """Return the outlines inside a window as the ``d`` of one SVG path.

    Parameters
    ----------
    countries : sequence of rings of (longitude, latitude)
    window : (west, south, east, north)

    Returns
    -------
    str
        Empty where nothing lies inside. Coordinates are those of ``place_map_svg``.

    Examples
    --------
    >>> outline_path([[(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]], (0, 0, 10, 10))
    'M0 642.4L640 642.4L640 0L0 0L0 642.4Z'
    """
    parts = []
    for ring in (whole for country in countries for whole in unrolled(country)):
        inside = clipped(ring, window)
        points = thinned([_on_sheet(point, window) for point in inside], FINEST)
        if len(set(points)) > 2:  # noqa: PLR2004 - two points enclose nothing
            line = "L".join(f"{x:.1f} {y:.1f}".replace(".0", "") for x, y in points)
            parts.append(f"M{line}Z")
    return "".join(parts)


def place_map_svg(marks: Sequence[Mark], *, window: Window, outlines: str, title: str) -> Markup:
    """Draw numbered dots where places lie; each is a link.

    Parameters
    ----------
    marks : sequence of Mark
        Dots in the same spot are drawn side by side, so that each can be touched.
    window : (west, south, east, north)
        From ``window_of``.
    outlines : str
        From ``outline_path``; empty draws only the dots.
    title : str
        Already translated.

    Returns
    -------
    Markup
        One ``svg`` element. Classes ``sea``, ``land``, ``mark``: colours come from the style sheet.

    References
    ----------
    An equirectangular projection, true to scale along the middle parallel.

    Examples
    --------
    >>> bakery = Mark(1, "Kornblume", 11.6, 48.1, "#entry-1")
    >>> drawn = place_map_svg([bakery], window=(8, 46, 15, 51), outlines="", title="One place")
    >>> drawn.count("<a "), "Kornblume" in drawn
    (1, True)
    """
    height = _height(window)
    sea = element("rect", width=WIDTH, height=height, class_="sea")
    land = element("path", d=outlines, class_="land", fill_rule="evenodd")
    dots = [
        _dot(mark, x, y) for mark, (x, y) in zip(marks, _apart(marks, window, height), strict=True)
    ]
    return drawing(sea, land, *dots, title=title, box=(0, 0, WIDTH, height), kind="place-map")


def _dot(mark: Mark, x: float, y: float) -> Markup:
    return element(
        "a",
        element("title", f"{mark.number} {mark.name}"),
        element("circle", cx=x, cy=y, r=TOUCH, class_="touch"),
        element("circle", cx=x, cy=y, r=DOT),
        element("text", str(mark.number), x=x, y=y + DOT * 0.4, text_anchor="middle"),
        class_="mark",
        href=mark.href,
        data_entry=mark.href.lstrip("#"),
    )


def _apart(marks: Sequence[Mark], window: Window, height: float) -> list[Point]:
    """Return where each dot is drawn: on a small circle around a spot that several share."""
    spots = [_on_sheet((mark.longitude, mark.latitude), window) for mark in marks]
    placed: list[Point] = []
    for x, y in spots:
        turn = 0
        at = (x, y)
        while any(math.dist(at, other) < 2 * DOT for other in placed):
            turn += 1
            # A spiral with about a dot's width between its turns.
            angle, reach = 2.4 * turn, DOT * 1.25 * math.sqrt(turn)
            at = (x + reach * math.cos(angle), y + reach * math.sin(angle))
        placed.append((min(max(at[0], DOT), WIDTH - DOT), min(max(at[1], DOT), height - DOT)))
    return placed


def _scale(window: Window) -> tuple[float, float]:
    """Return units per degree of longitude and of latitude."""
    west, south, east, north = window
    across = WIDTH / (east - west)
    squeeze = max(0.2, math.cos(math.radians((south + min(north, NORTHERNMOST)) / 2)))
    return across, across / squeeze


def _height(window: Window) -> float:
    return (window[3] - window[1]) * _scale(window)[1]


def _on_sheet(point: Point, window: Window) -> Point:
    across, down = _scale(window)
    return (point[0] - window[0]) * across, (window[3] - point[1]) * down
