"""Read answers that were collected elsewhere: a table with one person a line.

LimeSurvey writes them in two ways: as CSV with codes or words, under codes or whole questions; and
as “VV” file, with tabs, two lines above the answers, and signs for what a cell cannot hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from erdkreis.invitations.tables import MOST_ROWS, Row, TableError, decoded, read_table
from erdkreis.web.text import clean_text

NOT_SHOWN = "{question_not_shown}"
# In this order: what stands for the brace itself comes back last.
ESCAPES = (
    ("{tab}", "\t"), ("{newline}", "\n"), ("{cr}", "\r"), ("{quote}", '"'), ("{lbrace}", "{"),
)  # fmt: skip
MOST_COLUMNS = 200
LONGEST_CELL = 10_000
# What LimeSurvey keeps of every answer beside the answers themselves.
VV_COLUMNS = {"id", "submitdate", "lastpage", "startlanguage"}


@dataclass(frozen=True)
class Responses:
    """A table of answers: what its columns are called, and its lines with their numbers."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    # Of a VV file: the words above the codes.
    words: tuple[str, ...] = ()
    is_vv: bool = False

    def column(self, at: int) -> list[str]:
        return [cells[at] if at < len(cells) else "" for _line, cells in self.rows]


def read_responses(data: bytes) -> Responses:
    """Return a table of answers from CSV, XLSX, ODS or a VV file of LimeSurvey."""
    if (vv := _vv(data)) is not None:
        return vv
    rows = read_table(data, most_columns=MOST_COLUMNS)
    if not rows:
        raise TableError(_("This file is empty. Nothing was stored."))
    (_line, header), *rest = rows
    return _checked(Responses(tuple(header), tuple(rest)))


def _vv(data: bytes) -> Responses | None:
    """Return what a VV file holds, or nothing if it is none: tabs, and codes in the second line."""
    if data.startswith(b"PK"):
        return None
    lines = decoded(data).replace("\r\n", "\n").split("\n")
    rows = [(n, line.split("\t")) for n, line in enumerate(lines, start=1) if line.strip()]
    if len(rows) < 2 or not {_unquoted(cell) for cell in rows[1][1]} >= VV_COLUMNS:  # noqa: PLR2004 - two lines stand above the answers
        return None
    words, header = (tuple(map(_unquoted, cells)) for _n, cells in rows[:2])
    body = tuple((n, [_unescaped(cell) for cell in cells]) for n, cells in rows[2:])
    for n, cells in body:
        if len([c for c in cells[len(header) :] if c]) > 0:
            raise TableError(
                _("Line %(line)d has more cells than the second line names columns.") % {"line": n}
            )
    return _checked(Responses(header, body, words, is_vv=True))


def _checked(responses: Responses) -> Responses:
    if not responses.rows:
        raise TableError(_("There are no answers in this file, only names of columns."))
    if len(responses.rows) > MOST_ROWS:
        raise TableError(
            _("A file can have %(most)d lines. Please split it.") % {"most": MOST_ROWS}
        )
    if len(responses.header) > MOST_COLUMNS:
        raise TableError(
            _("A file can have %(most)d columns. Please leave out some.") % {"most": MOST_COLUMNS}
        )
    if (twice := _first_twice(responses.header)) is not None:
        raise TableError(_("Two columns are called “%s”. Nothing was stored.") % twice[:60])
    return responses


def _first_twice(names: Sequence[str]) -> str | None:
    seen = set[str]()
    for name in names:
        if name and name in seen:
            return name
        seen.add(name)
    return None


def _unquoted(cell: str) -> str:
    return cell.strip().strip('"').strip()


def _unescaped(cell: str) -> str:
    """Return a cell as it was answered. What was never shown stays marked."""
    cell = _unquoted(cell)
    if cell == NOT_SHOWN:
        return cell
    for sign, meant in ESCAPES:
        cell = cell.replace(sign, meant)
    return clean_text(cell[:LONGEST_CELL])
