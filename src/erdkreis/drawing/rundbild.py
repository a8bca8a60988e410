"""The circle picture: sectors are groups, rings are questions, the middle names who was heard."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from erdkreis.drawing.sheet import (
    LINE,
    PHONE_TEXT,
    PROJECTOR_TEXT,
    hatched,
    lines,
    sheet,
    text,
    wrapped,
)
from erdkreis.drawing.svg import Markup, element

FULL = 2 * math.pi
BETWEEN_RINGS, BETWEEN_SECTORS = 3.0, 3.0
NEARLY_ABOVE = 0.3  # sine of the angle below which a name is centred over its sector
THIN = 0.66  # how much of a ring an impression from outside fills
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # then AA, AB, …
# Numerals that nobody takes for a value in a cell.
NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class CellKind(StrEnum):
    """What a cell shows. Each is drawn in its own way, also without colour."""

    VALUE = "value"
    SPLIT = "split"
    CANNOT_SEE = "cannot_see"
    HIDDEN = "hidden"
    SILENT = "silent"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class RingCell:
    """One group on one question.

    Parameters
    ----------
    kind : CellKind
        What it shows.
    step : int
        Colour class 1 to 5, for ``value``.
    label : str
        What stands in it, already translated: “3½”, “4–5”, “?”. A split draws its own sign.
    sentence : str
        For those who listen or point, already translated.
    is_observer : bool
        An impression from outside: drawn thinner.
    """

    kind: CellKind
    step: int = 0
    label: str = ""
    sentence: str = ""
    is_observer: bool = False


@dataclass(frozen=True)
class Sector:
    """One group: its name, how many were heard, and its cells from the innermost ring outwards."""

    name: str
    note: str
    cells: tuple[RingCell, ...]


@dataclass(frozen=True)
class KeyLine:
    """One line of the key: which cell, and what it means, already translated."""

    cell: RingCell
    words: str


@dataclass(frozen=True)
class _Form:
    """Measures of the wide and of the phone's form, in units."""

    width: float
    x: float
    y: float
    inner: float
    outer: float
    gap: float
    size: float
    middle_size: float


WIDE = _Form(1280, 700, 360, 76, 292, math.radians(90), PROJECTOR_TEXT, 34)
PHONE = _Form(360, 180, 186, 40, 156, math.radians(36), 12.5, 20)


def rundbild_svg(
    sectors: Sequence[Sector],
    rings: Sequence[str],
    *,
    middle: Sequence[str],
    legend: Sequence[KeyLine],
    title: str,
    description: str,
    key: str = "rundbild",
    is_phone: bool = False,
) -> Markup:
    """Draw the circle picture.

    Parameters
    ----------
    sectors : sequence of Sector
        Groups, clockwise from the top.
    rings : sequence of str
        Questions from the innermost ring outwards; each sector has as many cells.
    middle : sequence of str
        A number and the words beneath: how many were heard.
    legend : sequence of KeyLine
        What colours and hatching mean.
    title, description : str
        For those who listen; everything already translated.
    key : str
        Unique on the page.
    is_phone : bool
        360 instead of 1280 units wide: groups by letter and questions by numeral, names beneath.

    Returns
    -------
    Markup
        One ``svg`` element. Nothing in the wide form is smaller than 18 px at 1280 × 720.

    Raises
    ------
    ValueError
        A sector has more or fewer cells than there are rings.

    Examples
    --------
    >>> cell = RingCell(CellKind.VALUE, 4, "4", "Customers, Good work: 4")
    >>> drawn = rundbild_svg([Sector("Customers", "n = 30", (cell,))], ["Good work"],
    ...     middle=("30", "voices"), legend=(), title="Picture", description="One group")
    >>> drawn.count('class="cell value s4"')
    1
    """
    if any(len(sector.cells) != len(rings) for sector in sectors):
        raise ValueError("Every sector needs one cell per ring, in the order of the rings.")
    form = PHONE if is_phone else WIDE
    drawn = [
        *_guides(sectors, len(rings), form),
        *_cells(sectors, form, key),
        *_ring_names(NUMERALS[: len(rings)] if is_phone else rings, form),
        *_names(sectors, form, is_phone=is_phone),
        *_middle(middle, form),
    ]
    below, height = (
        _below(sectors, rings, legend, form, key) if is_phone else _beside(legend, form, key)
    )
    return sheet(
        *drawn,
        *below,
        key=key,
        kind="rundbild",
        width=form.width,
        height=height,
        title=title,
        description=description,
    )


def _guides(sectors: Sequence[Sector], n_rings: int, form: _Form) -> list[Markup]:
    """Draw each ring as a thin line, so that the eye finds it again behind an empty cell."""
    thick = (form.outer - form.inner) / max(n_rings, 1)
    wide = int(FULL - form.gap > math.pi)
    drawn = []
    for ring in range(n_rings if len(sectors) > 1 else 0):
        radius = form.inner + (ring + 0.5) * thick
        start, end = _at(form, radius, 0), _at(form, radius, FULL - form.gap)
        d = f"M{_pair(start)}A{radius:.1f} {radius:.1f} 0 {wide} 1 {_pair(end)}"
        drawn.append(element("path", d=d, class_="rule"))
    return drawn


def _cells(sectors: Sequence[Sector], form: _Form, key: str) -> list[Markup]:
    angle = _angle(sectors, form)
    drawn = []
    for i, sector in enumerate(sectors):
        thick = (form.outer - form.inner) / max(len(sector.cells), 1)
        for ring, cell in enumerate(sector.cells):
            near = form.inner + ring * thick + BETWEEN_RINGS / 2
            far = near + thick - BETWEEN_RINGS
            drawn.append(_cell(cell, (i * angle, (i + 1) * angle), (near, far), form, key))
    return drawn


def _cell(
    cell: RingCell,
    angles: tuple[float, float],
    radii: tuple[float, float],
    form: _Form,
    key: str,
) -> Markup:
    if cell.is_observer and cell.kind != CellKind.NOT_ASKED:
        radii = _thinner(radii)
    pieces = [element("title", cell.sentence)] if cell.sentence else []
    if cell.kind == CellKind.SPLIT:
        half = (angles[0] + angles[1]) / 2
        pieces += [
            # The whole below: between the halves no background shows through.
            element("path", d=_arc(form, angles, radii), class_="cell half s2"),
            element("path", d=_arc(form, (half, angles[1]), radii), class_="cell half s4"),
        ]
    else:
        pieces.append(_plain(cell, _arc(form, angles, radii), key))
    x, y = _at(form, sum(radii) / 2, sum(angles) / 2)
    return element("g", *pieces, *_written(cell, x, y, form.size))


def _written(cell: RingCell, x: float, y: float, size: float) -> list[Markup]:
    """Write what stands in a cell; a split is drawn, as few fonts have a sign for it."""
    if cell.kind == CellKind.SPLIT:
        d = f"M{x - 7:.1f} {y:.1f}h14l-4 -4m4 4l-4 4M{x - 3:.1f} {y - 4:.1f}l-4 4l4 4"
        return [element("path", d=d, class_="apart")]
    if not cell.label:
        return []
    return [text(cell.label, x, y + size * 0.36, _on(cell), anchor="middle", size=size)]


def _plain(cell: RingCell, d: str, key: str) -> Markup:
    kind = f"cell {cell.kind} s{cell.step}" if cell.step else f"cell {cell.kind}"
    is_hidden = cell.kind == CellKind.HIDDEN
    return element("path", d=d, class_=kind, fill=hatched(key) if is_hidden else None)


def _on(cell: RingCell) -> str:
    """Return the class of words that stand on a cell."""
    return f"label on-s{cell.step}" if cell.kind == CellKind.VALUE else f"label on-{cell.kind}"


def _thinner(radii: tuple[float, float]) -> tuple[float, float]:
    middle, half = sum(radii) / 2, (radii[1] - radii[0]) * THIN / 2
    return middle - half, middle + half


def _ring_names(rings: Sequence[str], form: _Form) -> list[Markup]:
    """Write the questions into the gap before the first sector, each on its ring."""
    thick = (form.outer - form.inner) / max(len(rings), 1)
    drawn = []
    for ring, name in enumerate(rings):
        y = form.y - form.inner - (ring + 0.5) * thick
        drawn.append(
            text(name, form.x - 8, y + form.size * 0.36, "ring", anchor="end", size=form.size)
        )
    return drawn


def _names(sectors: Sequence[Sector], form: _Form, *, is_phone: bool) -> list[Markup]:
    angle = _angle(sectors, form)
    drawn = []
    for i, sector in enumerate(sectors):
        middle = (i + 0.5) * angle
        if is_phone:
            x, y = _at(form, form.outer + 13, middle)
            drawn.append(text(_letter(i), x, y + 5, "name", anchor="middle", size=PHONE_TEXT))
        else:
            drawn += _name(sector, middle, form)
    return drawn


def _letter(place: int) -> str:
    """Return the letter of a sector; after Z they go on as AA, AB, … as in a spreadsheet."""
    before, letter = divmod(place, len(LETTERS))
    return (_letter(before - 1) if before else "") + LETTERS[letter]


def _name(sector: Sector, angle: float, form: _Form) -> list[Markup]:
    """Write name and number outside the circle, growing away from it."""
    x, y = _at(form, form.outer + 16, angle)
    across = math.sin(angle)
    anchor = "middle" if abs(across) < NEARLY_ABOVE else "start" if across > 0 else "end"
    words = wrapped(sector.name, 210, form.size)
    height = (len(words) + 1) * form.size * LINE
    top = y - height / 2 * (1 + math.cos(angle)) + form.size
    below = top + len(words) * form.size * LINE
    return [
        *lines(words, x, top, "name", anchor=anchor, size=form.size),
        text(sector.note, x, below, "note", anchor=anchor, size=form.size),
    ]


def _middle(middle: Sequence[str], form: _Form) -> list[Markup]:
    circle = element("circle", cx=form.x, cy=form.y, r=form.inner - BETWEEN_RINGS, class_="middle")
    if not middle:
        return [circle]
    number, *words = middle
    # Number and words together stand in the middle of the middle.
    first = form.y - (len(words) - 1) * form.size * 0.35 - form.size * 0.2
    drawn = [
        text(number, form.x, first, "heard", anchor="middle", size=form.middle_size),
        *lines(words, form.x, first + form.size * 1.25, "note", anchor="middle", size=form.size),
    ]
    return [circle, *drawn]


def _beside(legend: Sequence[KeyLine], form: _Form, key: str) -> tuple[list[Markup], float]:
    """Write the key into the lower left of a wide sheet."""
    height = 720.0
    return _legend(legend, 16, height - len(legend) * 30 - 4, key, form.size), height


def _below(
    sectors: Sequence[Sector],
    rings: Sequence[str],
    legend: Sequence[KeyLine],
    form: _Form,
    key: str,
) -> tuple[list[Markup], float]:
    """Write letters, numerals and the key under the circle on a phone's sheet."""
    groups = [(_letter(i), sector.name, sector.note) for i, sector in enumerate(sectors)]
    questions = [(NUMERALS[i], name, "") for i, name in enumerate(rings)]
    drawn, y = [], 2 * form.y + 8
    for rows in (groups, questions):
        for mark, name, note in rows:
            drawn += [
                text(mark, 8, y, "name", size=PHONE_TEXT),
                text(name, 36, y, "key", size=PHONE_TEXT),
                text(note, 352, y, "note", anchor="end", size=PHONE_TEXT),
            ]
            y += 23
        y += 10
    return [*drawn, *_legend(legend, 8, y - 8, key, PHONE_TEXT)], y + len(legend) * 30


def _legend(legend: Sequence[KeyLine], x: float, y: float, key: str, size: float) -> list[Markup]:
    drawn = []
    for i, line in enumerate(legend):
        top = y + i * 30
        drawn += [
            _swatch(line.cell, x, top, key),
            text(line.words, x + 46, top + 18, "key", size=size),
        ]
        drawn += _written(line.cell, x + 18, top + 12, size)
    return drawn


def _swatch(cell: RingCell, x: float, y: float, key: str) -> Markup:
    height = 24 * THIN if cell.is_observer else 24.0
    top = y + (24 - height) / 2
    box = f"M{x:g} {top:g}h36v{height:g}h-36z"
    if cell.kind == CellKind.SPLIT:
        halves = [
            element(
                "path", d=f"M{x + 18 * i:g} {top:g}h18v{height:g}h-18z", class_=f"cell half {s}"
            )
            for i, s in enumerate(("s2", "s4"))
        ]
        return element("g", *halves)
    return _plain(cell, box, key)


def _angle(sectors: Sequence[Sector], form: _Form) -> float:
    return (FULL - form.gap) / max(len(sectors), 1)


def _arc(form: _Form, angles: tuple[float, float], radii: tuple[float, float]) -> str:
    """Return the outline of a piece of a ring; the space between sectors is the same all along."""
    near, far = radii
    points = []
    for radius in (far, near):
        trim = BETWEEN_SECTORS / 2 / radius
        points.append((_at(form, radius, angles[0] + trim), _at(form, radius, angles[1] - trim)))
    (far_from, far_to), (near_from, near_to) = points
    wide = int(angles[1] - angles[0] > math.pi)
    return (
        f"M{_pair(far_from)}A{far:.1f} {far:.1f} 0 {wide} 1 {_pair(far_to)}"
        f"L{_pair(near_to)}A{near:.1f} {near:.1f} 0 {wide} 0 {_pair(near_from)}Z"
    )


def _pair(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _at(form: _Form, radius: float, angle: float) -> tuple[float, float]:
    return form.x + radius * math.sin(angle), form.y - radius * math.cos(angle)
