"""Groups under one another on one question: agreement to the right, disagreement to the left."""

from collections.abc import Sequence
from dataclasses import dataclass

from erdkreis.drawing.pieces import piece
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

BAR = 26.0


@dataclass(frozen=True)
class Bar:
    """One group.

    Parameters
    ----------
    name, note : str
        Who, and of how many answers; already translated.
    steps : tuple of 5 int
        People or dots per step. Empty where the gate shows no distribution.
    dont_know : int
        In the same unit.
    is_dots : bool
        Draw dots apart instead of one bar.
    left, right, dont_know_words : str
        Shares in words, at the ends: “12 %”, or nothing.
    words : str
        Instead of a bar: “mostly agree”, “too few”. Already translated.
    is_hidden : bool
        Hatch the place of the bar.
    """

    name: str
    note: str
    steps: tuple[int, ...] = ()
    dont_know: int = 0
    is_dots: bool = False
    left: str = ""
    right: str = ""
    dont_know_words: str = ""
    words: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Ends:
    """What stands over the two sides and over those who do not know, already translated."""

    left: str
    right: str
    dont_know: str


@dataclass(frozen=True)
class _Form:
    """Measures in units: names, the two sides around the centre, those who do not know."""

    width: float
    size: float
    name_x: float
    name_width: float
    centre: float
    reach: float
    dont_know_x: float
    dont_know_width: float
    is_phone: bool = False


WIDE = _Form(1280, PROJECTOR_TEXT, 16, 300, 690, 270, 1058, 190)
PHONE = _Form(360, PHONE_TEXT, 8, 344, 140, 96, 288, 64, is_phone=True)


def bars_svg(
    bars: Sequence[Bar],
    *,
    ends: Ends,
    title: str,
    description: str,
    key: str = "bars",
    is_phone: bool = False,
) -> Markup:
    """Draw the groups' answers to one question, aligned at the middle of the scale.

    The middle step lies half on each side, so that what leans right leans towards agreement.
    Don't-knows stand apart, on a scale of their own: the same share is the same length.

    Parameters
    ----------
    bars : sequence of Bar
        In the order in which they shall stand.
    ends : Ends
        Words over the sides.
    title, description : str
        For those who listen.
    key : str
        Unique on the page.
    is_phone : bool
        360 instead of 1280 units wide: names stand over their bars.

    Returns
    -------
    Markup
        One ``svg`` element.

    Examples
    --------
    >>> bar = Bar("Customers", "n = 30", (1, 2, 7, 12, 8), 3, left="10 %", right="67 %")
    >>> ends = Ends("not true", "true", "don’t know")
    >>> bars_svg([bar], ends=ends, title="T", description="D").count('class="bar')
    6
    """
    form = PHONE if is_phone else WIDE
    drawn: list[Markup] = []
    y = form.size * LINE + 10
    for bar in bars:
        row, y = _row(bar, y, form, key)
        drawn += row
    return sheet(
        *_head(ends, form),
        *drawn,
        key=key, kind="bars", width=form.width, height=y + 6,
        title=title, description=description,
    )  # fmt: skip


def _head(ends: Ends, form: _Form) -> list[Markup]:
    y, size = form.size + 4, form.size
    # On a phone the words are wider than what stands beneath them: they end at the edge.
    x, anchor = (form.width - 4, "end") if form.is_phone else (form.dont_know_x, "start")
    return [
        text(ends.left, form.centre - 10, y, "axis", anchor="end", size=size),
        text(ends.right, form.centre + 10, y, "axis", anchor="start", size=size),
        text(ends.dont_know, x, y, "axis", anchor=anchor, size=size),
    ]


def _row(bar: Bar, y: float, form: _Form, key: str) -> tuple[list[Markup], float]:
    size, step = form.size, form.size * LINE
    if form.is_phone:
        names = wrapped(", ".join(filter(None, (bar.name, bar.note))), form.name_width, size)
        drawn = lines(names, form.name_x, y + size + 4, "name-line", size=size)
        middle = y + 8 + len(names) * step + BAR / 2
        bottom = middle + BAR / 2 + 12
    else:
        names = wrapped(bar.name, form.name_width, size)
        height = (len(names) + 1) * step + 14
        middle, bottom = y + height / 2, y + height
        first = middle - (len(names) + 1) * step / 2 + size * 0.85
        drawn = [
            *lines(names, form.name_x, first, "name", size=size),
            text(bar.note, form.name_x, first + len(names) * step, "note", size=size),
        ]
    spoken = element("title", ", ".join(filter(None, (bar.name, bar.note, bar.words))))
    return [element("g", spoken, *drawn, *_body(bar, middle, form, key))], bottom


def _body(bar: Bar, middle: float, form: _Form, key: str) -> list[Markup]:
    top, base = middle - BAR / 2, middle + form.size * 0.36
    if not bar.steps:
        drawn = []
        if bar.is_hidden:
            wide = 2 * form.reach
            d = f"M{form.centre - form.reach:g} {top:g}h{wide:g}v{BAR:g}h-{wide:g}z"
            drawn.append(element("path", d=d, class_="hidden", fill=hatched(key)))
        width = len(bar.words) * form.size * 0.5 + 16
        x = form.centre - width / 2
        plate = element("rect", x=x, y=top + 0.5, width=width, height=BAR - 1, class_="plate")
        words = text(bar.words, form.centre, base, "words", anchor="middle", size=form.size)
        return [*drawn, plate, words]
    centre = element("path", d=f"M{form.centre:g} {top - 4:g}v{BAR + 8:g}", class_="centre")
    return [*_sides(bar, top, base, form), centre, *_dont_know(bar, top, base, form)]


def _sides(bar: Bar, top: float, base: float, form: _Form) -> list[Markup]:
    rated = sum(bar.steps)
    unit = form.reach / rated
    low, middle = sum(bar.steps[:2]), bar.steps[2]
    x = start = form.centre - (low + middle / 2) * unit
    drawn = []
    for number, n in enumerate(bar.steps, start=1):
        if n:
            drawn += piece(x, top, n, unit, BAR, f"s{number}", is_dots=bar.is_dots)
            x += n * unit
    size = form.size
    if bar.left:
        drawn.append(text(bar.left, start - 8, base, "number", anchor="end", size=size))
    if bar.right:
        drawn.append(text(bar.right, x + 8, base, "number", anchor="start", size=size))
    return drawn


def _dont_know(bar: Bar, top: float, base: float, form: _Form) -> list[Markup]:
    if not bar.dont_know:
        return []
    unit = form.dont_know_width / (sum(bar.steps) + bar.dont_know)
    drawn = piece(form.dont_know_x, top, bar.dont_know, unit, BAR, "dk", is_dots=bar.is_dots)
    if bar.dont_know_words:
        x = form.dont_know_x + bar.dont_know * unit + 8
        drawn.append(text(bar.dont_know_words, x, base, "number", size=form.size))
    return drawn
