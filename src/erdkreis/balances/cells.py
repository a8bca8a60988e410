"""The matrix as a page shows it: twenty cells, each with the voices beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from erdkreis.balances.analysis import Assessed
from erdkreis.balances.differences import differing_cells
from erdkreis.balances.figures import number_shown
from erdkreis.balances.texts import say, texts, titled
from erdkreis.balances.voices import VoiceLine, VoicesBeside
from erdkreis.calc.commongood import (
    Assessment,
    MatrixCell,
    matrix,
    stakeholder_titles,
    value_titles,
)


@dataclass(frozen=True)
class CellShown:
    """One topic: what the organisation reached by its own account, and what others said."""

    code: str
    title: str
    about: str
    value: str
    points: str
    max_points: str
    percentage: int | None
    is_not_applicable: bool
    voices: tuple[VoiceLine, ...] = ()
    talk: str = ""


@dataclass(frozen=True)
class RowShown:
    """One group of the matrix with its four cells."""

    code: str
    title: str
    weight: str
    points: str
    max_points: str
    cells: tuple[CellShown, ...]


def matrix_rows(found: Assessed, voices: VoicesBeside | None = None) -> list[RowShown]:
    """Return the five rows of the matrix."""
    assessment = found.assessment
    differing = differing_cells(found, voices) if voices else ()
    talks = {one.topic: one.sentence for one in differing}
    cells = [_cell(assessment, cell, voices, talks) for cell in matrix(assessment)]
    return [
        RowShown(
            code,
            titled(titles),
            number_shown(assessment.stakeholder_weights[code]),
            number_shown(assessment.stakeholders[code].points, 0),
            number_shown(assessment.stakeholders[code].max_points, 0),
            tuple(cell for cell in cells if cell.code.startswith(code)),
        )
        for code, titles in stakeholder_titles().items()
    ]


def column_titles() -> list[str]:
    """Return the four values of the matrix."""
    return [titled(titles) for titles in value_titles().values()]


def talks(rows: list[RowShown]) -> list[CellShown]:
    """Return the cells in which both sides differ so much that a talk may be worth it."""
    return [cell for row in rows for cell in row.cells if cell.talk]


def _cell(
    assessment: Assessment,
    cell: MatrixCell,
    voices: VoicesBeside | None,
    talks: Mapping[str, str],
) -> CellShown:
    percentage = cell.percentage_reached
    return CellShown(
        code=cell.code,
        title=titled(assessment.sheet.edition.rating_kind(cell.code).titles),
        about=say(texts("topics")[cell.code]),
        value=titled(value_titles()[cell.code[1:]]),
        points=number_shown(cell.points, 0),
        max_points=number_shown(cell.max_points, 0),
        percentage=None if percentage is None else round(percentage),
        is_not_applicable=cell.is_not_applicable,
        voices=tuple(voices.shortly(cell.code)) if voices else (),
        talk=talks.get(cell.code, ""),
    )
