"""Read a table that somebody uploads or pastes: CSV in any dress, XLSX, ODS.

Such a file comes from a stranger's computer. Its size is looked at before it is unpacked, its XML
may define nothing, and of an endless sheet only the beginning is read.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.utils.translation import gettext as _

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 200  # files inside one zipped file
MOST_ROWS = 5000
MOST_COLUMNS = 50
LONGEST_CELL = 10_000
DELIMITERS = "\t;|,"  # the first wins a draw: a comma stands in many names

ODS = "{urn:oasis:names:tc:opendocument:xmlns:"
_ROW, _CELL, _COVERED = (
    ODS + "table:1.0}" + name for name in ("table-row", "table-cell", "covered-table-cell")
)
_TABLE, _PARAGRAPH = ODS + "table:1.0}table", ODS + "text:1.0}p"
_REPEATED_ROWS, _REPEATED_CELLS = (
    ODS + "table:1.0}number-" + name + "-repeated" for name in ("rows", "columns")
)

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
# With this line before all others, Excel is told the delimiter; it says so to us, too.
_SAYS_DELIMITER = re.compile(r"sep=([\t;|,])\r?\n")

_NUMBER = re.compile("[0-9]{1,7}")  # no sheet has ten million lines

_DEFINITION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

Row = tuple[int, list[str]]  # number of the line in the file, and its cells


class TableError(Exception):
    """A table that cannot be read, said in a sentence for people."""


def read_table(data: bytes, most_columns: int = MOST_COLUMNS) -> list[Row]:
    """Return the rows that hold something, each with its line in the file."""
    if len(data) > LARGEST_FILE:
        raise TableError(
            _("This file is larger than 2 MB. Nothing was read. Please take only the list itself.")
        )
    if data.startswith(_OLD_EXCEL):
        raise TableError(_("This is an old Excel file (XLS). Please save it as XLSX or CSV."))
    found = _spreadsheet(data, most_columns) if data.startswith(b"PK") else _text_table(data)
    rows: list[Row] = []
    for number, cells in found:
        clean = [cell.strip() for cell in cells[:most_columns]]
        while clean and not clean[-1]:
            clean.pop()
        if not clean:
            continue
        if len(rows) == MOST_ROWS:
            raise TableError(
                _("A list can have %(most)d lines. Please split it.") % {"most": MOST_ROWS}
            )
        rows.append((number, clean))
    return rows


def decoded(data: bytes) -> str:
    """Guess the encoding: what Excel, Numbers and old databases write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if (sample := data[:2000]).count(0) > len(sample) // 4:
        return data.decode("utf-16-le" if sample[1:2] == b"\0" else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Western European Windows; its five unused places become question marks.
        return data.decode("cp1252", errors="replace")


def _text_table(data: bytes) -> Iterator[Row]:
    text = decoded(data).replace("\0", "")
    if said := _SAYS_DELIMITER.match(text):
        rest = _split(text[said.end() :], said[1])
        yield from ((number + 1, cells) for number, cells in rest)
    else:
        yield from _split(text, _delimiter(text))


def _split(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            # Our own limit: that of the library is one for the whole process, and others raise it.
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise _open_quotation(reader.line_num)
            yield reader.line_num, cells
    except csv.Error as error:
        raise _open_quotation(reader.line_num) from error


def _open_quotation(line: int) -> TableError:
    return TableError(
        _("Line %(line)d cannot be read. Is a quotation mark missing?") % {"line": line}
    )


def _delimiter(text: str) -> str:
    """Return what cuts most lines into the same number of cells."""
    sample = "\n".join(text.splitlines()[:50])

    def score(delimiter: str) -> int:
        try:
            widths = [len(cells) for _number, cells in _split(sample, delimiter) if cells]
        except TableError:
            return 0
        usual = max(set(widths), key=widths.count, default=1)
        return widths.count(usual) * (usual > 1)

    return max(DELIMITERS, key=score)


def _spreadsheet(data: bytes, most_columns: int) -> Iterator[Row]:
    """Tell XLSX from ODS, and stop whatever unpacks to more than a list can be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bombs(archive)
            read = _ods if "content.xml" in archive.namelist() else _xlsx
        yield from read(data, most_columns)
    except (DefusedXmlException, ParseError, zipfile.BadZipFile) as error:
        raise TableError(_("This file cannot be read. Please save it as CSV.")) from error


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Really unpack, up to a limit: the sizes that a file declares may lie.

    Not every XML reader inside the libraries refuses definitions, so they are looked for here.
    """
    too_large = TableError(
        _(
            "This file is much too large when unpacked. Nothing was read. Please take only "
            "the list itself."
        )
    )
    left = LARGEST_UNPACKED
    if len(archive.infolist()) > MOST_PARTS:
        raise too_large
    for name in archive.infolist():
        try:
            with archive.open(name) as part:
                content = part.read(left + 1)
        except (RuntimeError, NotImplementedError) as error:  # with a password, or packed oddly
            raise TableError(_("This file is protected. Please save it without.")) from error
        left -= len(content)
        if left < 0:
            raise too_large
        if _DEFINITION.search(content.replace(b"\0", b"")):
            raise TableError(_("This file cannot be read. Please save it as CSV."))


def _xlsx(data: bytes, most_columns: int) -> Iterator[Row]:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and most processes never need it

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What the file says about its own size is not to be trusted.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=most_columns, values_only=True)
        for number, cells in enumerate(rows, start=1):
            yield number, ["" if cell is None else str(cell) for cell in cells]
    except (KeyError, ValueError, IndexError, TypeError, AttributeError, OSError) as error:
        raise TableError(_("This file cannot be read. Please save it as CSV.")) from error


def _ods(data: bytes, most_columns: int) -> Iterator[Row]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as content:
        number, cells = 1, list[str]()
        for _event, element in iterparse(content, events=("end",), forbid_dtd=True):
            if element.tag in {_CELL, _COVERED}:
                cells += _cell(element, most_columns)
            elif element.tag == _ROW:
                yield number, cells
                number, cells = number + _times(element, _REPEATED_ROWS), []
                element.clear()
            elif element.tag == _TABLE:
                return


def _cell(element: Element, most: int) -> list[str]:
    text = " ".join("".join(p.itertext()) for p in element.iter(_PARAGRAPH))
    return [text] * min(_times(element, _REPEATED_CELLS), most)


def _times(element: Element, name: str) -> int:
    repeated = element.get(name, "1")
    return int(repeated) if _NUMBER.fullmatch(repeated) else 1
