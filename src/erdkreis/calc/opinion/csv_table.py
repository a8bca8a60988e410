"""A comma-separated table whose every refusal names the file and the line.

Copes with a byte order mark, Windows line ends, Latin-1, and files that unpack to far more than
they should; refuses doubled headings, binary content and rows that do not fit the heading.
"""

from __future__ import annotations

import csv
import io
import math
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, TextIO, TypeAlias, TypeVar

Opener: TypeAlias = Callable[[], BinaryIO]
"""Opens one file anew as bytes, already unpacked if it was packed."""

N_CHARACTERS_CELL: Final = 1_000_000
N_CHARACTERS_QUOTED: Final = 40
OTHER_SEPARATORS: Final = ";\t|"
_INT64: Final = 2**63

Result = TypeVar("Result")


class UnreadableExportError(Exception):
    """A file cannot be read; the message is one sentence with file and, where known, line."""


@dataclass(frozen=True)
class Table:
    """A heading, and below it rows with the line each one ends on."""

    name: str
    heading: list[str]
    rows: Iterator[tuple[int, list[str]]]

    def column(self, *names: str) -> int:
        """Return the place of a column under any of its names."""
        place = self.optional(*names)
        if place is None:
            told = f'the column "{names[0]}" is missing.'
            if len(self.heading) == 1 and any(sign in self.heading[0] for sign in OTHER_SEPARATORS):
                told += " Are the columns separated by commas?"
            raise self.wrong(1, told)
        return place

    def optional(self, *names: str) -> int | None:
        """Return the place of a column, or None."""
        return next((self.heading.index(name) for name in names if name in self.heading), None)

    def wrong(self, line: int, sentence: str) -> UnreadableExportError:
        """Make the error of one line."""
        return UnreadableExportError(f"{self.name}, line {line}: {sentence}")

    def integer(self, line: int, what: str, text: str) -> int:
        """Read a whole number; "3.0" is one, "NaN" and nothing are not."""
        try:
            number = int(text)
        except ValueError:
            number = self._whole(line, what, text)
        if not -_INT64 <= number < _INT64:
            raise self.wrong(line, f'the {what} "{_short(text)}" is too large.')
        return number

    def _whole(self, line: int, what: str, text: str) -> int:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or number != int(number):
            raise self.wrong(line, f'the {what} "{_short(text)}" is not a whole number.')
        return int(number)


def read_table(
    name: str, opener: Opener, reader: Callable[[Table], Result], remarks: list[str]
) -> Result:
    r"""Open a table and hand it to ``reader``; UTF-8 first, Latin-1 (with a remark) if it is not.

    Raises
    ------
    UnreadableExportError
        The file is empty, binary, damaged, too large, or its heading is doubled or malformed.

    Examples
    --------
    >>> file = io.BytesIO(b"participant,group\n7,kitchen\n")
    >>> read_table("people.csv", lambda: file, lambda table: list(table.rows), [])
    [(2, ['7', 'kitchen'])]
    """
    try:
        return _read(name, opener, reader, "utf-8-sig")
    except UnicodeDecodeError:
        remarks.append(f"{name} is not UTF-8; it was read as Latin-1.")
        return _read(name, opener, reader, "latin-1")


def _read(name: str, opener: Opener, reader: Callable[[Table], Result], encoding: str) -> Result:
    csv.field_size_limit(N_CHARACTERS_CELL)
    try:
        with opener() as stream, io.TextIOWrapper(stream, encoding, newline="") as text:
            rows = _rows(name, text)
            return reader(Table(name, _heading(name, rows), rows))
    except (EOFError, OSError, zlib.error) as error:
        raise UnreadableExportError(
            f"{name}: the file cannot be read or unpacked ({error})."
        ) from error


def _rows(name: str, text: TextIO) -> Iterator[tuple[int, list[str]]]:
    """Yield every row that is not empty, with the line it ends on."""
    lines = csv.reader(text)
    try:
        for row in lines:
            if row:
                yield lines.line_num, row
    except csv.Error as error:
        raise UnreadableExportError(f"{name}, line {lines.line_num}: {_reason(error)}") from error


def _heading(name: str, rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    line, cells = next(rows, (1, []))
    heading = [cell.strip() for cell in cells]
    if not any(heading):
        raise UnreadableExportError(f"{name}, line 1: the file is empty.")
    if any("\0" in cell for cell in heading):
        raise UnreadableExportError(f"{name}, line {line}: the file is not text.")
    doubled = next((cell for n, cell in enumerate(heading) if cell in heading[:n]), None)
    if doubled is not None:
        sentence = f'the heading names the column "{_short(doubled)}" twice.'
        raise UnreadableExportError(f"{name}, line {line}: {sentence}")
    return heading


def _reason(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"a cell is longer than {N_CHARACTERS_CELL} characters; is a quotation mark missing?"
    return f"the row cannot be read as comma-separated text ({error})."


def _short(text: str) -> str:
    """Quote a cell on one line: a cell may hold line breaks, and codes that steer a terminal."""
    told = "".join(sign if sign.isprintable() else "·" for sign in text[: N_CHARACTERS_QUOTED + 1])
    return told if len(told) <= N_CHARACTERS_QUOTED else told[: N_CHARACTERS_QUOTED - 1] + "…"
