"""The model at work: a curve, its numbers, and the few sentences that may be said of it."""

from dataclasses import dataclass
from math import inf

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from erdkreis.calc.workload import (
    Rework,
    Station,
    settled_load,
    tipping_point,
    waiting_days,
)
from erdkreis.drawing.svg import Markup
from erdkreis.drawing.workload_curve import Mark, workload_curve_svg

LOADS = (0.50, 0.60, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 0.98)
FIRST, LAST = 0.40, 0.99
FEW_DAYS = 10


@dataclass(frozen=True)
class Model:
    """Everything that was set."""

    load: float
    rework: Rework
    station: Station


@dataclass(frozen=True)
class Curve:
    """What the page shows: drawings, a table, sentences."""

    wide: Markup
    phone: Markup
    rows: tuple[tuple[str, str, str, str], ...]
    sentences: tuple[str, ...]


def curve_of(model: Model) -> Curve:
    points = [
        (load, waiting_days(load, model.station))
        for load in (FIRST + i * (LAST - FIRST) / 118 for i in range(119))
    ]
    settled = settled_load(model.load, model.rework)
    marks = [Mark(model.load, waiting_days(model.load, model.station), _("as planned"))]
    if settled is not None:
        wait = waiting_days(settled, model.station)
        marks.append(Mark(settled, wait, _("with rework")))
    wide, phone = (
        workload_curve_svg(
            points,
            marks,
            ends=(_("share of capacity in use"), _("days of waiting")),
            label=_("Model"),
            title=_("Waiting in a simple model"),
            description=" ".join(_sentences(model, settled)),
            key=key,
            is_phone=is_phone,
        )
        for key, is_phone in (("curve", False), ("curve-phone", True))
    )
    return Curve(wide, phone, rows=_rows(model), sentences=tuple(_sentences(model, settled)))


def _sentences(model: Model, settled: float | None) -> list[str]:
    planned, tip = percent(model.load), percent(tipping_point(model.rework))
    if settled is None:
        first = _(
            "In this model a planned load of %(planned)s tips: rework makes more work than can be "
            "caught up with."
        ) % {"planned": planned}
    else:
        first = _(
            "In this model a planned load of %(planned)s becomes %(settled)s once rework is done, "
            "too, and a task waits %(days)s before somebody begins it."
        ) % {
            "planned": planned,
            "settled": percent(settled),
            "days": days(waiting_days(settled, model.station)),
        }
    return [first, _("With these values it tips from a planned load of %(tip)s on.") % {"tip": tip}]


def _rows(model: Model) -> tuple[tuple[str, str, str, str], ...]:
    rows = []
    for load in LOADS:
        settled = settled_load(load, model.rework)
        with_rework = inf if settled is None else waiting_days(settled, model.station)
        rows.append(
            (
                percent(load),
                days(waiting_days(load, model.station)),
                _("never catches up") if settled is None else percent(settled),
                days(with_rework),
            )
        )
    return tuple(rows)


def percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def days(number: float) -> str:
    """Say days without more decimals than a model carries."""
    if number == inf:
        return _("ever longer")
    places = 1 if number < FEW_DAYS else 0
    # Rounded first: number_format alone would cut off, and make 18 of almost 19.
    return _("about %(n)s days") % {"n": number_format(round(number, places), places)}
