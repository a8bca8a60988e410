"""Tables that people open in a spreadsheet program: nothing anybody wrote in them is run.

Every address is asked, with every ending a file could have; a table that is not named here fails.
"""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from openpyxl import load_workbook

from erdkreis.reports.views import MAKERS
from erdkreis.rounds.models import Round
from erdkreis.web.cells import is_run
from factories.house import content_of, furnished, kind_of, pages
from factories.poison import poison
from test_access_rules import addresses

__all__ = ["addresses"]
pytestmark = pytest.mark.django_db

# Every address that hands out a table, and the kind of table.
TABLES = {
    "balances:download xlsx",
    "conversations:moderation_file csv",
    "dialogues:open_data csv",
    "directory:file csv",
    "pictures:file csv",
    "pictures:public_file csv",
    "pulse:curve_file csv",
    "reports:file csv",
    "reports:file ods",
    "reports:file xlsx",
}
ENDINGS = ("csv", "tsv", "xlsx", "ods")
SPREADSHEETS = ("csv", "tab-separated", "spreadsheet", "excel")

ATTACKS = (
    '=HYPERLINK("http://evil.example")', "+1+cmd|'/C calc'!A0", "-1+cmd|'/C calc'!A0",
    "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1+1)",
    " =1+1", "\u00a0=1+1", "\u200b=1+1", "'=1+1", "\ufeff=1+1",
)  # fmt: skip


DOCS = Path(__file__).parents[1] / "docs" / "exports.md"


def documented() -> set[str]:
    """Return every column that is described, wherever it stands in the first cell of a row."""
    rows = re.findall(r"^\| (`.+?) \| .+ \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def cells_of(answer) -> list[str]:
    """Return every cell as a spreadsheet program reads it; a formula stands there as one."""
    content, kind = content_of(answer), answer["Content-Type"]
    if "csv" in kind or "tab-separated" in kind:
        text = content.decode("utf-8-sig")
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [cell for row in rows for cell in row]
    if "spreadsheetml" in kind:
        book = load_workbook(io.BytesIO(content))
        return [
            cell.value
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and cell.data_type == "f" and not _is_ours(cell.value)
        ]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("content.xml").decode()
    # Text is text there, however it begins; a formula has a mark of its own.
    return ["=" + formula for formula in re.findall(r'table:formula="([^"]*)"', sheet)]


def _is_ours(formula: str) -> bool:
    """Say whether a formula adds and multiplies cells, which is all that ours do."""
    return not any(word in formula for word in ("HYPERLINK", "cmd", "1+1", "evil", "!"))


def with_other_endings(address: str) -> list[str]:
    path, dot, ending = address.rpartition(".")
    if not dot or "/" in ending:
        return [address]
    return [address, *(f"{path}.{one}" for one in ENDINGS)]


def rounds_of_demo(what):
    return Round.objects.filter(circle__is_invented=True).values_list(what, flat=True)


def tables(client, addresses) -> dict[str, str]:
    """Find what hands out a table: linked, or by trying another ending; return kinds by address."""
    pictures = [f"/rounds/{pk}/picture/rundbild.csv" for pk in rounds_of_demo("pk")]
    pictures += [f"/p/{slug}/rundbild.csv" for slug in rounds_of_demo("publication__slug")]
    pictures += [f"/rounds/{pk}/files/{n}" for pk in rounds_of_demo("pk") for n in MAKERS]
    start = pictures + [one for a in addresses.values() for one in with_other_endings(a)]
    return {
        shown.address: f"{shown.kind.split()[0]} {_ending(shown.address)}"
        for shown in pages(client, start)
        if any(word in shown.answer["Content-Type"] for word in SPREADSHEETS)
    }


def columns_of(answer, address: str) -> set[str]:
    """Return the columns a CSV names, numbers in them taken together; not the words of pages."""
    text = content_of(answer).decode("utf-8-sig")
    header = next(
        csv.reader(io.StringIO(text, newline=""), delimiter=";" if "excel" in address else ",")
    )
    named = {re.sub(r"_[0-9]+_", "_N_", name) for name in header}
    if "load.csv" in address or "rundbild" in address:
        return named & {header[0]}  # the others are words of a slider, or titles of questions
    return {name for name in named if not name.isdecimal()}


@pytest.mark.long
def test_no_cell_of_any_table_is_run_and_every_column_is_documented(ada, as_ada, circle, addresses):
    furnished(circle)
    found_tables = tables(as_ada, addresses)
    # Whoever followed every link chose German on the way; the columns are described in English.
    as_ada.cookies.pop(settings.LANGUAGE_COOKIE_NAME, None)
    columns = {
        (found_tables[address], name)
        for address in found_tables
        if found_tables[address].endswith(" csv")
        for name in columns_of(as_ada.get(address), address)
    }
    assert {column for column in columns if column[1] not in documented()} == set(), DOCS
    found, n_cells = {}, 0
    for n in (0, 4, 8, 12):  # each field gets other attacks in turn
        number = iter(range(n, 10_000))
        poison(lambda field, number=number: ATTACKS[next(number) % len(ATTACKS)])
        for address in found_tables:
            cells = cells_of(as_ada.get(address))
            n_cells += sum("1+1" in cell or "cmd" in cell for cell in cells)
            if run := [cell for cell in cells if is_run(cell)]:
                found[address] = run[:3]

    assert found == {}
    assert {*found_tables.values()} == TABLES, "a new table: is it in this walk?"
    assert n_cells > 10, "cells in which people wrote"


def _ending(address: str) -> str:
    return address.partition("?")[0].rpartition(".")[2]


def test_every_address_of_a_file_is_found(addresses):
    """An address with an ending to choose is asked for tables, linked or not."""
    with_ending = {n for n, a in addresses.items() if len(with_other_endings(a)) > 1}

    assert {kind.split()[0] for kind in TABLES} <= with_ending
    assert {kind_of(a) for n, a in addresses.items() if n in with_ending}
