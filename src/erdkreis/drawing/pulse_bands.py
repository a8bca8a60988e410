"""Answers of several dates side by side: for each the band in which the middle half lies."""

from collections.abc import Sequence
from dataclasses import dataclass

from erdkreis.drawing.sheet import LINE, PHONE_TEXT, PROJECTOR_TEXT, hatched, sheet, text
from erdkreis.drawing.svg import Markup, element

STEPS = (1, 2, 3, 4, 5)
BAR, EDGE = 0.42, 2.0  # half the height of a step, and room around a column


@dataclass(frozen=True)
class DateBand:
    """One date.

    Parameters
    ----------
    name, n : str
        Day and number of answers, already in words.
    low, middle, high : int
        Steps 1 to 5; 0 where nothing may be shown.
    is_coarse : bool
        Only an end is known: drawn dashed.
    is_silent : bool
        Nobody answered, or nothing was asked: left empty, where others are hatched.
    """

    name: str
    n: str
    low: int = 0
    middle: int = 0
    high: int = 0
    is_coarse: bool = False
    is_silent: bool = False


@dataclass(frozen=True)
class _Form:
    width: float
    size: float
    step: float
    left: float
    most: int


WIDE = _Form(800, PROJECTOR_TEXT, 44, 36, 9)
PHONE = _Form(360, PHONE_TEXT, 36, 24, 4)


def pulse_bands_svg(
    dates: Sequence[DateBand],
    *,
    ends: tuple[str, str],
    title: str,
    description: str,
    key: str,
    is_phone: bool = False,
) -> Markup:
    """Draw the last dates as columns over the five steps, the highest step on top.

    Parameters
    ----------
    dates : sequence of DateBand
        In the order of time. A wide sheet shows the last nine, a phone the last four.
    ends : (str, str)
        What the lowest and the highest step mean, already translated.
    title, description : str
        For those who listen.
    key : str
        Unique on the page.
    is_phone : bool
        360 instead of 800 units wide.

    Returns
    -------
    Markup
        One ``svg`` element. Without colours of good and bad: a band is a band.

    Examples
    --------
    >>> drawn = pulse_bands_svg([DateBand("2 Nov", "20", 2, 3, 4), DateBand("16 Nov", "few")],
    ...     ends=("never", "very often"), title="T", description="D", key="k")
    >>> drawn.count('class="span"'), drawn.count('class="hidden"')
    (1, 1)
    """
    form = PHONE if is_phone else WIDE
    shown = list(dates)[-form.most :]
    top = form.size * LINE * 1.6
    bottom = top + len(STEPS) * form.step
    column = (form.width - form.left) / max(len(shown), 1)
    drawn = [
        text(f"5 = {ends[1]}", 0, form.size, "note", size=form.size),
        *(piece for step in STEPS for piece in _line(step, top, form)),
    ]
    for place, date in enumerate(shown):
        x = form.left + place * column
        drawn += _column(date, x, column, top, key, form)
        drawn += _foot(date, x + column / 2, bottom + form.size * LINE, form)
    height = bottom + form.size * LINE * 3.4
    drawn.append(text(f"1 = {ends[0]}", 0, height - form.size * 0.4, "note", size=form.size))
    return sheet(
        *drawn, key=key, kind="pulse", width=form.width, height=height, title=title,
        description=description,
    )  # fmt: skip


def _y(step: float, top: float, form: _Form) -> float:
    """Return the middle of a step: the fifth on top."""
    return top + (5 - step + 0.5) * form.step


def _line(step: int, top: float, form: _Form) -> tuple[Markup, Markup]:
    y = _y(step, top, form)
    return (
        element("path", d=f"M{form.left} {y:.1f}H{form.width}", class_="grid", fill="none"),
        text(str(step), 4, y + form.size * 0.36, "axis", size=form.size),
    )


def _column(
    date: DateBand, x: float, width: float, top: float, key: str, form: _Form
) -> list[Markup]:
    inner = min(width * 0.6, 64.0)
    left = x + (width - inner) / 2
    if date.is_silent:
        return []
    if not date.low:
        high = top + EDGE
        return [
            element(
                "rect", x=left, y=high, width=inner, height=len(STEPS) * form.step - 2 * EDGE,
                class_="hidden", fill=hatched(key),
            )
        ]  # fmt: skip
    upper, lower = _y(date.high + BAR, top, form), _y(date.low - BAR, top, form)
    dashes = "5 4" if date.is_coarse else None
    middle = _y(date.middle, top, form)
    return [
        element(
            "rect", x=left, y=upper, width=inner, height=lower - upper, rx=6.0, class_="span",
            stroke="currentColor", stroke_dasharray=dashes,
        ),
        element("path", d=f"M{left:.1f} {middle:.1f}h{inner:.1f}", class_="join", fill="none"),
    ]  # fmt: skip


def _foot(date: DateBand, x: float, y: float, form: _Form) -> tuple[Markup, Markup]:
    return (
        text(date.name, x, y, "name", anchor="middle", size=form.size),
        text(date.n, x, y + form.size * LINE, "note", anchor="middle", size=form.size),
    )
