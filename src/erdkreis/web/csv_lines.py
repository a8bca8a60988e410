"""Tables as CSV, line by line, so that a million rows need no more memory than one."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from erdkreis.web.cells import tame

BYTE_ORDER_MARK = "\ufeff"
CSV = "text/csv; charset=utf-8"


class _Echo:
    """Hands each written line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(
    header: Iterable[str], rows: Iterable[Iterable[Any]], *, for_spreadsheets: bool = False
) -> Iterator[str]:
    r"""Yield a CSV line by line, with commas (RFC 4180); text that would be a formula is tamed.

    For spreadsheet programs that read German numbers: a byte order mark and semicolons.

    Examples
    --------
    >>> list(csv_lines(["n", "words"], [(1, "=1+1")]))
    ['n,words\\r\\n', "1,'=1+1\\r\\n"]
    """
    writer = csv.writer(_Echo(), delimiter=";" if for_spreadsheets else ",")
    if for_spreadsheets:
        yield BYTE_ORDER_MARK
    yield writer.writerow(header)
    for row in rows:
        yield writer.writerow([tame(cell) if isinstance(cell, str) else cell for cell in row])
