"""The curve of waiting against load, with where somebody stands on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from erdkreis.drawing.sheet import PHONE_TEXT, PROJECTOR_TEXT, sheet, text
from erdkreis.drawing.svg import Markup, element

MOST_TASKS = 1.05  # room above the highest mark
GRID = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Mark:
    """One place on the curve.

    Parameters
    ----------
    load : float
        Share of capacity in use, 0 to below 1.
    days : float
        How long a task waits there.
    name : str
        Already translated.
    """

    load: float
    days: float
    name: str


@dataclass(frozen=True)
class _Form:
    width: float
    height: float
    size: float
    left: float


WIDE = _Form(800, 420, PROJECTOR_TEXT, 60)
PHONE = _Form(360, 300, PHONE_TEXT, 44)


def workload_curve_svg(
    points: Sequence[tuple[float, float]],
    marks: Sequence[Mark],
    *,
    ends: tuple[str, str],
    label: str,
    title: str,
    description: str,
    key: str = "curve",
    is_phone: bool = False,
) -> Markup:
    """Draw waiting against load. What lies above the sheet leaves it at the top.

    Parameters
    ----------
    points : sequence of (float, float)
        Load, 0 to below 1, and days of waiting, from left to right.
    marks : sequence of Mark
        Places to be named.
    ends : (str, str)
        What the two axes mean, already translated.
    label : str
        Stands in the drawing itself, so that no copy of it loses it: “Model”.
    title, description : str
        For those who listen.
    key : str
        Unique on the page.
    is_phone : bool
        360 instead of 800 units wide.

    Returns
    -------
    Markup
        One ``svg`` element.

    Examples
    --------
    >>> drawn = workload_curve_svg([(0.5, 1.0), (0.9, 9.0)], [Mark(0.9, 9.0, "here")],
    ...     ends=("load", "days"), label="Model", title="T", description="D")
    >>> drawn.count("<circle"), drawn.count("Model")
    (1, 1)
    """
    form = PHONE if is_phone else WIDE
    bottom, top, right = form.height - 3.2 * form.size, 2.2 * form.size, form.width - 2 * form.size
    first = points[0][0] if points else 0.0
    marked = [mark.days for mark in marks if isfinite(mark.days)]
    most = max([10.0 * min((days for _load, days in points), default=1.0), *marked]) * MOST_TASKS
    most = most or 1.0

    def x(load: float) -> float:
        return form.left + (load - first) / (1 - first) * (right - form.left)

    def y(days: float) -> float:
        return bottom - min(days / most, 1.0) * (bottom - top)

    inside = [(load, days) for load, days in points if days <= most]
    line = "M" + " L".join(f"{x(load):.1f} {y(days):.1f}" for load, days in inside)
    drawn = [
        element("path", d=f"M{form.left} {top} V{bottom} H{right}", class_="axis", fill="none"),
        *(_tick(f"{share * 100:.0f} %", x(share), bottom, form) for share in GRID if share > first),
        element("path", d=line, class_="line"),
        text(ends[1], form.left, form.size * 1.2, "n", size=form.size),
        text(ends[0], right, form.height - form.size * 0.5, "n", anchor="end", size=form.size),
        text(label, form.left, form.height - form.size * 0.5, "n", size=form.size),
        *(
            piece
            for place, mark in enumerate(marks)
            if isfinite(mark.days)
            for piece in _mark(mark, x(mark.load), y(mark.days), bottom, place, form)
        ),
    ]
    return sheet(
        *drawn, key=key, kind="workload", width=form.width, height=form.height, title=title,
        description=description,
    )  # fmt: skip


def _tick(words: str, x: float, bottom: float, form: _Form) -> Markup:
    return text(words, x, bottom + form.size * 1.3, "n", anchor="middle", size=form.size)


def _mark(
    mark: Mark, x: float, y: float, bottom: float, place: int, form: _Form
) -> tuple[Markup, Markup, Markup]:
    # Two marks may stand close to each other: the second is named higher.
    above = y - form.size * (0.8 + 1.2 * place)
    return (
        element("path", d=f"M{x:.1f} {y:.1f} V{bottom:.1f}", class_="stem", fill="none"),
        element("circle", cx=x, cy=y, r=form.size * 0.45, class_="mark"),
        text(mark.name, x - form.size * 0.6, above, "n", anchor="end", size=form.size),
    )
