"""The opinion map: who voted alike stands close together. Axes have no meaning.

Opinion groups are soft hulls with a letter; marks inside have the shape of the stakeholder group
their people came as, or, where nobody came as one, of the opinion group. So nothing is told by
colour alone. Nearby people are drawn as one mark that grows with their number, so that the picture
stays small and nobody is picked out. Where one axis explains the votes, people stand on a line, and
the drawing is a strip. Words come in translated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from erdkreis.drawing.hull import Point, core, hull

SIZE: Final = 480
MARGIN: Final = 34
N_CELLS: Final = 48
LEAST_HEIGHT: Final = 150.0
GAP: Final = 1.5
SMALLEST_MARK: Final = 3.0
LARGEST_MARK: Final = 14.0
SHAPES: Final = (
    "M-1 0A1 1 0 1 0 1 0A1 1 0 1 0 -1 0Z",
    "M-.9 -.9H.9V.9H-.9Z",
    "M0 -1.15L1.05 .75H-1.05Z",
    "M0 -1.2L1.2 0L0 1.2L-1.2 0Z",
    "M-.4 -1.1H.4V-.4H1.1V.4H.4V1.1H-.4V.4H-1.1V-.4H-.4Z",
    "M-1.05 -.75H1.05L0 1.15Z",
    "M-1.1 0L-.55 -.95H.55L1.1 0L.55 .95H-.55Z",
)
"""Circle, square, triangle, diamond, cross, triangle on its tip, hexagon; one per group."""
NO_SHAPE: Final = "M-.6 0A.6 .6 0 1 0 .6 0A.6 .6 0 1 0 -.6 0Z"
HULL_ICON: Final = "M-.7 -.5L.6 -.7L.7 .6L-.5 .7Z"
STYLE: Final = """
.opinion-map { max-width: 100%; height: auto; }
.opinion-map__mark { fill-opacity: .7; stroke: currentColor; stroke-width: .5; }
.opinion-map__hull { opacity: .16; stroke-width: 34px; stroke-linejoin: round;
  stroke-linecap: round; }
.opinion-map__line { stroke: currentColor; stroke-opacity: .35; }
.opinion-map__0 { fill: var(--opinion-group-0, #0b6e99); stroke: var(--opinion-group-0, #0b6e99); }
.opinion-map__1 { fill: var(--opinion-group-1, #c1662f); stroke: var(--opinion-group-1, #c1662f); }
.opinion-map__2 { fill: var(--opinion-group-2, #4b7f3f); stroke: var(--opinion-group-2, #4b7f3f); }
.opinion-map__3 { fill: var(--opinion-group-3, #7d4e9b); stroke: var(--opinion-group-3, #7d4e9b); }
.opinion-map__4 { fill: var(--opinion-group-4, #a08000); stroke: var(--opinion-group-4, #a08000); }
.opinion-map__5 { fill: var(--opinion-group-5, #b03a5b); stroke: var(--opinion-group-5, #b03a5b); }
.opinion-map__6 { fill: var(--opinion-group-6, #3d5a80); stroke: var(--opinion-group-6, #3d5a80); }
.opinion-map__none { fill: var(--opinion-group-none, #888); }
.opinion-map__mark { stroke: currentColor; }
.opinion-map__letter { font: bold 20px sans-serif; text-anchor: middle; fill: currentColor;
  paint-order: stroke; stroke: var(--surface, #fff); stroke-width: 4px; }
.opinion-map__own { fill: none; stroke: currentColor; stroke-width: 2.5; }
"""
"""For a style sheet or a ``style`` element; the colours are CSS variables."""


@dataclass(frozen=True)
class Person:
    """Where ``n`` people stand, and the number of their opinion group (None: in none).

    ``shape`` is the number of the stakeholder group they came as, None for those of several or
    none; it counts only where :func:`opinion_map` is told that shapes are.
    """

    x: float
    y: float
    group: int | None
    n: int = 1
    shape: int | None = None


@dataclass(frozen=True)
class Words:
    """Translated words: what a screen reader says, and the label of the own position."""

    title: str
    description: str
    own_position: str = ""


def opinion_map(
    people: Sequence[Person],
    words: Words,
    *,
    own: tuple[float, float] | None = None,
    smallest: float = SMALLEST_MARK,
    by_stakeholder: bool = False,
) -> str:
    """Draw the map as SVG text.

    Parameters
    ----------
    people : in any unit; the picture is scaled to hold all
    own : position of the person who looks; hand it in for nobody else
    smallest : radius of the smallest mark; more where each stands for several people
    by_stakeholder : the shape of a mark is that of its people's stakeholder group, not of their
        opinion group

    Returns
    -------
    str
        An ``svg`` element with title and description, without script or outside references.

    Examples
    --------
    >>> opinion_map([Person(0, 0, 0), Person(1, 1, 1)], Words("Map", "Two groups")).count("<path")
    4
    """
    scale = _scale(people)
    marks = _marks(people, scale, smallest)
    if is_line(people):
        scale, marks = _piled(marks, scale)
    parts = [
        (
            f'<svg class="opinion-map" role="img" viewBox="0 0 {SIZE} {scale.height:.0f}" '
            f'width="{SIZE}" height="{scale.height:.0f}" xmlns="http://www.w3.org/2000/svg">'
        ),
        f"<title>{escape(words.title)}</title>",
        f"<desc>{escape(words.description)}</desc>",
        *([_line(scale)] if is_line(people) else []),
        *_hulls(marks),
        *(_drawn(mark, by_stakeholder=by_stakeholder) for mark in marks),
        *_letters(marks),
    ]
    if own is not None:
        x, y = scale(*own)
        parts.append(
            f'<circle class="opinion-map__own" cx="{x:.1f}" cy="{y:.1f}" r="10">'
            f"<title>{escape(words.own_position)}</title></circle>"
        )
    return "\n".join([*parts, "</svg>"])


def is_line(people: Sequence[Person]) -> bool:
    """Say whether everybody stands on one axis: then up and down only make room.

    Examples
    --------
    >>> is_line([Person(0, 0, 0), Person(2, 0, 0)]), is_line([Person(0, 0, 0), Person(2, 1, 0)])
    (True, False)
    """
    return len({person.y for person in people}) == 1 and len({person.x for person in people}) > 1


@dataclass(frozen=True)
class _Scale:
    left: float
    top: float
    factor: float
    height: float = SIZE
    down: float = MARGIN

    def __call__(self, x: float, y: float) -> Point:
        return MARGIN + (x - self.left) * self.factor, self.down + (self.top - y) * self.factor


@dataclass(frozen=True)
class _Mark:
    x: float
    y: float
    size: float
    n: int
    group: int | None
    shape: int | None


def _scale(people: Sequence[Person]) -> _Scale:
    """Fit everybody in, with the same scale on both axes."""
    xs, ys = [p.x for p in people] or [0.0], [p.y for p in people] or [0.0]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    widest = max(width, height) or 1.0
    left = min(xs) - (widest - width) / 2
    top = max(ys) + (widest - height) / 2
    return _Scale(left, top, (SIZE - 2 * MARGIN) / widest)


def _marks(people: Sequence[Person], scale: _Scale, smallest: float) -> list[_Mark]:
    """Make one mark per cell and kind of people, in a fixed order, sized by their number."""
    cell = (SIZE - 2 * MARGIN) / N_CELLS
    counts: Counter[tuple[int, int, int, int]] = Counter()
    for person in people:
        x, y = scale(person.x, person.y)
        group, shape = (-1 if kind is None else kind for kind in (person.group, person.shape))
        counts[group, shape, round(x / cell), round(y / cell)] += person.n
    most = max(counts.values(), default=1)
    growth = (LARGEST_MARK - smallest) / max(most**0.5 - 1, 1)
    return [
        _Mark(
            column * cell,
            row * cell,
            smallest + growth * (n**0.5 - 1),
            n,
            None if group < 0 else group,
            None if shape < 0 else shape,
        )
        for (group, shape, column, row), n in sorted(counts.items())
    ]


def _piled(marks: Sequence[_Mark], scale: _Scale) -> tuple[_Scale, list[_Mark]]:
    """Lay marks of one axis beside the line, so that none covers another; make room for them."""
    placed: list[_Mark] = []
    for mark in sorted(marks, key=lambda m: (m.x, -m.size)):
        near = [
            (other.y, ((mark.size + other.size + GAP) ** 2 - (mark.x - other.x) ** 2) ** 0.5)
            for other in placed
            if abs(mark.x - other.x) < mark.size + other.size + GAP
        ]
        tries = [0.0, *(y + side * apart for y, apart in near for side in (1, -1))]
        free = [
            t for t in tries if all(abs(t - y) >= apart - 1e-6 for y, apart in near)
        ]  # the farthest neighbour's outer side is always free
        y = min(free, key=lambda t: (abs(t), t))
        placed.append(_Mark(mark.x, y, mark.size, mark.n, mark.group, mark.shape))
    reach = max(abs(mark.y) + mark.size for mark in placed)
    height = max(LEAST_HEIGHT, 2 * (reach + MARGIN))
    line = _Scale(scale.left, 0.0, scale.factor, height, height / 2)
    moved = [_Mark(m.x, height / 2 + m.y, m.size, m.n, m.group, m.shape) for m in placed]
    return line, moved


def _line(scale: _Scale) -> str:
    y = scale.height / 2
    return (
        f'<path class="opinion-map__line" d="M{MARGIN / 2} {y:.1f}H{SIZE - MARGIN / 2}" '
        'fill="none"/>'
    )


def _hulls(marks: Sequence[_Mark]) -> list[str]:
    """Draw a soft hull around each opinion group, without its farthest tenth."""
    drawn = []
    for group in sorted({mark.group for mark in marks if mark.group is not None}):
        corners = hull(core([(m.x, m.y, m.n) for m in marks if m.group == group]))
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in corners)
        drawn.append(
            f'<path class="opinion-map__hull opinion-map__{_colour(group)}" d="M{path}Z"/>'
        )
    return drawn


def _drawn(mark: _Mark, *, by_stakeholder: bool) -> str:
    kind = mark.shape if by_stakeholder else mark.group
    shape = NO_SHAPE if kind is None else SHAPES[kind % len(SHAPES)]
    return (
        f'<path class="opinion-map__mark opinion-map__{_colour(mark.group)}" d="{shape}" '
        f'transform="translate({mark.x:.1f} {mark.y:.1f}) scale({mark.size:.2f})" '
        'vector-effect="non-scaling-stroke"/>'
    )


def _colour(group: int | None) -> str:
    return "none" if group is None else str(group % len(SHAPES))


def _letters(marks: Sequence[_Mark]) -> list[str]:
    """Write the letter of each group at the middle of its people; it leads to the list beside."""
    letters = []
    for group in sorted({mark.group for mark in marks if mark.group is not None}):
        members = [mark for mark in marks if mark.group == group]
        n = sum(mark.n for mark in members)
        x, y = (sum(getattr(m, axis) * m.n for m in members) / n for axis in ("x", "y"))
        letters.append(
            f'<text class="opinion-map__letter" x="{x:.1f}" y="{y + 7:.1f}">{letter(group)}</text>'
        )
    return letters


def letter(group: int) -> str:
    """Return the letter that stands for a group on the map; its name are its statements.

    Examples
    --------
    >>> letter(0), letter(2)
    ('A', 'C')
    """
    return chr(ord("A") + group)


def shape_icon(group: int) -> str:
    """Draw the shape and colour of an opinion group, for the list beside the map; decoration.

    Examples
    --------
    >>> circle, square = shape_icon(0), shape_icon(1)
    >>> "opinion-map__0" in circle, SHAPES[1] in square, 'aria-hidden="true"' in square
    (True, True, True)
    """
    return _icon(SHAPES[group % len(SHAPES)], f"opinion-map__mark opinion-map__{_colour(group)}")


def hull_icon(group: int) -> str:
    """Draw the hull of an opinion group, where shapes stand for stakeholder groups; decoration.

    Examples
    --------
    >>> "opinion-map__1" in hull_icon(1)
    True
    """
    return _icon(HULL_ICON, f"opinion-map__patch opinion-map__{_colour(group)}")


def stakeholder_icon(shape: int | None) -> str:
    """Draw the shape of a stakeholder group without the colour of any opinion; decoration.

    Examples
    --------
    >>> SHAPES[2] in stakeholder_icon(2), NO_SHAPE in stakeholder_icon(None)
    (True, True)
    """
    drawn = NO_SHAPE if shape is None else SHAPES[shape % len(SHAPES)]
    return _icon(drawn, "opinion-map__mark opinion-map__none")


def _icon(path: str, kind: str) -> str:
    return (
        '<svg class="opinion-map__icon" width="16" height="16" viewBox="-1.4 -1.4 2.8 2.8" '
        f'aria-hidden="true"><path class="{kind}" '
        f'd="{path}" vector-effect="non-scaling-stroke"/></svg>'
    )
