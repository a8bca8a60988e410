"""Tables as files: CSV, XLSX, ODS, SPSS and Parquet. What people typed stays text in each.

Each library is loaded with the first file of its kind: web processes stay small.
"""

import io
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from erdkreis.reports.columns import NO_ANSWER
from erdkreis.reports.rows import Table
from erdkreis.web.csv_lines import csv_lines

if TYPE_CHECKING:
    import polars as pl

# A text that begins with = is no formula, an address no link.
WORKBOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
STEP_LABELS: dict[int | float, str] = {1: "1, lowest", 2: "2", 3: "3", 4: "4", 5: "5, highest"}


def csv_text(table: Table, *, for_spreadsheets: bool = False) -> bytes:
    header = [column.name for column in table.columns]
    return "".join(csv_lines(header, table.values(), for_spreadsheets=for_spreadsheets)).encode()


def xlsx(tables: Iterable[Table]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - as above

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, WORKBOOK) as book:
        bold = book.add_format({"bold": True})
        for table in tables:
            page = book.add_worksheet(table.name)
            page.write_row(0, 0, [column.name for column in table.columns], bold)
            for at, values in enumerate(table.values(), start=1):
                page.write_row(at, 0, values)
            page.freeze_panes(1, 0)
    return content.getvalue()


def ods(tables: Iterable[Table]) -> bytes:
    from odfdo import Cell, Document  # noqa: PLC0415 - as above
    from odfdo import Table as Page  # noqa: PLC0415 - as above

    document = Document("spreadsheet")
    document.body.clear()
    for table in tables:
        page = Page(table.name)
        for at, values in enumerate([[c.name for c in table.columns], *table.values()]):
            for column, value in enumerate(values):
                if value is not None:
                    page.set_cell((column, at), Cell(value))
        document.body.append(page)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def sav(table: Table) -> bytes:
    """Return an SPSS file of weighted cases, with labels and every kind of no answer apart."""
    import pyreadstat  # noqa: PLC0415 - as above

    def write(path: str) -> None:
        pyreadstat.write_sav(
            _frame(table),
            path,
            column_labels={column.name: column.meaning[:255] for column in table.columns},
            variable_value_labels={"answer": {**STEP_LABELS, **NO_ANSWER}},
            missing_ranges={"answer": [{"lo": min(NO_ANSWER), "hi": max(NO_ANSWER)}]},
            variable_measure={"answer": "ordinal", "n": "scale"},
            note="Weight the cases by n: WEIGHT BY n.",
        )

    return _written(write)


def parquet(table: Table) -> bytes:
    content = io.BytesIO()
    _frame(table).write_parquet(content)
    return content.getvalue()


def _frame(table: Table) -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415 - as above

    kinds = {"text": pl.String, "number": pl.Int64}
    schema = {column.name: kinds[column.kind] for column in table.columns}
    return pl.DataFrame(list(table.values()), schema=schema, orient="row")


def _written(write: Callable[[str], None]) -> bytes:
    """Return what a library writes that knows only files."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        write(str(path))
        return path.read_bytes()
