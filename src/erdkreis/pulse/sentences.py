"""What may be said of bands and trends, in words and drawings. Nothing is called good or bad."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import copysign

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from erdkreis.calc.privacy import Cell, Showing, Tendency
from erdkreis.calc.pulse import Band, Trend, Verdict, band_of
from erdkreis.drawing.pulse_bands import DateBand, pulse_bands_svg
from erdkreis.drawing.svg import Markup
from erdkreis.pulse.analysis import Block, DateInBlock
from erdkreis.pulse.rotation import LOAD, RESONANCE, REWORK, SAY_OPENLY, SPACE, item
from erdkreis.questionnaires.catalogue import catalogue

STEPS_OF = {Tendency.DISAGREE: (1, 2), Tendency.MIDDLE: (3, 3), Tendency.AGREE: (4, 5)}


@dataclass(frozen=True)
class Line:
    """One item on one date, as a table says it."""

    day: str
    asked: str
    n: str
    said: str
    is_rule: bool = False


@dataclass(frozen=True)
class Shown:
    """One block as a page shows it."""

    code: str
    title: str
    sentence: str
    rules: tuple[str, ...]
    wide: Markup
    phone: Markup
    lines: tuple[Line, ...]
    beside: tuple[Line, ...] = ()


def shown(block: Block, beside: Sequence[DateInBlock], version: str) -> Shown:
    """Say one block. What was asked beside load and rework stands with rework."""
    title, sentence = titles()[block.code], verdict_sentence(block.code, block.trend)
    scale = _scale(version, _scale_name(block))
    wide, phone = (
        pulse_bands_svg(
            [_date_band(one) for one in block.dates],
            ends=(scale[0], scale[-1]),
            title=title,
            description=f"{sentence} " + " ".join(_told(one, version) for one in block.dates[-9:]),
            key=f"{block.code}-{'phone' if is_phone else 'wide'}",
            is_phone=is_phone,
        )
        for is_phone in (False, True)
    )
    lines = tuple(line for one in reversed(block.dates) for line in lines_of(one, version))
    with_it = _beside(block.code, beside, version)
    return Shown(
        block.code, title, sentence, tuple(_rules(block.code, version)), wide, phone, lines, with_it
    )


def titles() -> dict[str, str]:
    return {
        LOAD: _("Load and slack"),
        REWORK: _("Mistakes and doing things twice"),
        SPACE: _("Free space: thinking, talking, trying out"),
        RESONANCE: _("Resonance: being moved, moving, being human"),
    }


def verdict_sentence(block: str, trend: Trend) -> str:
    """Say what a row of dates says: that it changed, perhaps; never why, never how good."""
    if trend.verdict == Verdict.TOO_FEW:
        return _("Too few dates to speak of a trend: it takes three that can be shown.")
    over = {"n": trend.n_dates}
    if trend.verdict == Verdict.NO_CLEAR_CHANGE or trend.change is None:
        return _("No clear change over %(n)d dates.") % over
    ends = sorted(abs(end) for end in (trend.change.low, trend.change.high))
    how_much = _(
        "Over %(n)d dates the change probably lies between %(low)s and %(high)s of the five steps."
    ) % (over | {"low": _halves(ends[0]), "high": _halves(ends[1])})
    return f"{_changed()[block, trend.verdict]} {how_much}"


def _changed() -> dict[tuple[str, Verdict], str]:
    more, less = Verdict.HIGHER, Verdict.LOWER
    return {
        (LOAD, more): _("Working time feels fuller than at the beginning."),
        (LOAD, less): _("Working time feels less full than at the beginning."),
        (REWORK, more): _(
            "People say that more time goes into mistakes and doing things twice than at the "
            "beginning."
        ),
        (REWORK, less): _(
            "People say that less time goes into mistakes and doing things twice than at the "
            "beginning."
        ),
        (SPACE, more): _("People tell of free space more often than at the beginning."),
        (SPACE, less): _("People tell of free space less often than at the beginning."),
        (RESONANCE, more): _("People tell of resonance more often than at the beginning."),
        (RESONANCE, less): _("People tell of resonance less often than at the beginning."),
    }


def _rules(block: str, version: str) -> list[str]:
    labels, language = catalogue(version).labels, get_language() or "en"
    if block == REWORK:
        return [labels["note_errors"].in_language(language)]
    rotates = _("The sentences change from date to date, so the first look is at the sentence.")
    if block == RESONANCE:
        tries = _(
            "No short scale of resonance at work is established: these sentences are a first try."
        )
        return [labels["note_resonance"].in_language(language), tries, rotates]
    return [rotates] if block == SPACE else []


def _beside(block: str, beside: Sequence[DateInBlock], version: str) -> tuple[Line, ...]:
    """Lay what was asked beside with its block; “could say it openly” always with mistakes."""
    lines = [
        line
        for one in reversed(beside)
        for line in lines_of(one, version)
        if one.cells[0][0].startswith(f"pulse.{block}.")
    ]
    return tuple(lines)


def lines_of(one: DateInBlock, version: str) -> list[Line]:
    language = get_language() or "en"
    found = []
    for code, cell in one.cells:
        about = item(version, code)
        said = cell_sentence(cell, _scale(version, about.scale))
        wording = about.wording.in_language(language)
        day = date_format(one.date.day)
        found.append(Line(day, wording, n_of(cell), said, is_rule=code == SAY_OPENLY))
    return found


def cell_sentence(cell: Cell, scale: Sequence[str]) -> str:
    """Say in the words of the scale where the answers lie, or why nothing is said."""
    if cell.tendency is not None:
        low, high = STEPS_OF[cell.tendency]
        if low == high:
            return _("almost all: “%(step)s”") % {"step": scale[low - 1]}
        ends = {"low": scale[low - 1], "high": scale[high - 1]}
        return _("almost all: “%(low)s” or “%(high)s”") % ends
    band = band_of([cell])
    if band is None:
        return {
            Showing.SILENT: _("nobody answered"),
            Showing.CANNOT_SEE: _("most cannot judge this"),
        }.get(cell.showing, _("too few answered to show it"))
    if band.low == band.high:
        return _("half of the answers or more: “%(step)s”") % {"step": scale[band.low - 1]}
    return _("the middle half of the answers: from “%(low)s” to “%(high)s”") % {
        "low": scale[band.low - 1],
        "high": scale[band.high - 1],
    }


def n_of(cell: Cell) -> str:
    if not cell.n_to:
        return "–"
    return str(cell.n_to) if cell.n_from == cell.n_to else f"{cell.n_from}–{cell.n_to}"


def _told(one: DateInBlock, version: str) -> str:
    return " ".join(f"{line.day}: {line.said}." for line in lines_of(one, version))


def _date_band(one: DateInBlock) -> DateBand:
    day = date_format(one.date.day, "j. n." if _is_german() else "j M")
    band: Band | None = one.band
    if band is None:
        few = "" if one.is_silent else _("too few")
        return DateBand(day, few, is_silent=one.is_silent)
    n = str(band.n_to) if band.n_from == band.n_to else f"{band.n_from}–{band.n_to}"
    return DateBand(day, f"n = {n}", band.low, band.middle, band.high, is_coarse=band.is_coarse)


def _scale_name(block: Block) -> str:
    return block.code if block.code in {LOAD, REWORK} else "frequency"


def _scale(version: str, name: str) -> list[str]:
    language = get_language() or "en"
    return [step.in_language(language) for step in catalogue(version).scales[name]]


def _halves(steps: float) -> str:
    """Round to half a step: the answers carry no more."""
    half = copysign(round(abs(steps) * 2) / 2, steps)
    return number_format(abs(half), 1 if half % 1 else 0)


def _is_german() -> bool:
    return (get_language() or "").startswith("de")
