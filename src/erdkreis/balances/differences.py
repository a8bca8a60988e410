"""Where the own assessment and what groups said lie far apart: candidates for a tension.

Nothing here carries points, so a page of the loop may show it whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from erdkreis.balances.analysis import Assessed, assessed
from erdkreis.balances.queries import sheet_to_compare
from erdkreis.balances.texts import texts, titled
from erdkreis.balances.voices import VoiceLine, VoicesBeside, voices_beside
from erdkreis.calc.commongood import RatingResult
from erdkreis.rounds.models import Round


@dataclass(frozen=True)
class DifferingCell:
    """One cell in which the organisation and some groups see things far apart."""

    topic: str
    title: str
    is_self_brighter: bool
    sentence: str
    # What the groups said that see it otherwise, in the form in which the gate let it out.
    voices: tuple[VoiceLine, ...]


def cells_that_differ(round_: Round) -> list[DifferingCell]:
    """Return the cells of the circle's sheet that the voices of a round see otherwise.

    Of several sheets the one agreed last counts, and a draft only where none is agreed. Nothing
    where the room is closed, no sheet is there, or no picture has been let out.
    """
    sheet = sheet_to_compare(round_.circle)
    voices = voices_beside(round_) if sheet else None
    return list(differing_cells(assessed(sheet), voices)) if sheet and voices else []


def differing_cells(found: Assessed, voices: VoicesBeside) -> Iterator[DifferingCell]:
    """Yield the cells of a sheet in which both sides differ much, in the order of the matrix."""
    for topic in found.assessment.topics:
        if topic.weight == 0 or not found.is_rated(topic.code):
            continue
        others = _others(topic, voices.shortly(topic.code))
        if others:
            yield _differing(found, topic, others)


def _others(topic: RatingResult, lines: list[VoiceLine]) -> tuple[VoiceLine, ...]:
    limits = {name: limit["value"] for name, limit in texts("weights")["talk"].items()}
    said = [
        (line, line.middle)
        for line in lines
        if line.middle and not line.is_self_view and not line.is_general
    ]
    if topic.estimation >= limits["self_high"]:
        return tuple(line for line, middle in said if middle <= limits["voices_low"])
    if topic.estimation < limits["self_low"]:
        return tuple(line for line, middle in said if middle >= limits["voices_high"])
    return ()


def _differing(
    found: Assessed, topic: RatingResult, others: tuple[VoiceLine, ...]
) -> DifferingCell:
    is_self_brighter = topic.estimation >= texts("weights")["talk"]["self_high"]["value"]
    sentence = (
        _("You see this brighter than: %(groups)s.")
        if is_self_brighter
        else _("They see this brighter than you do: %(groups)s.")
    )
    title = titled(found.assessment.sheet.edition.rating_kind(topic.code).titles)
    groups = ", ".join(line.group for line in others)
    return DifferingCell(topic.code, title, is_self_brighter, sentence % {"groups": groups}, others)
