"""The files of a round hold what the picture shows, in every form, and open elsewhere."""

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import polars as pl
import pyreadstat
import pytest
from django.urls import reverse
from odfdo import Document

from erdkreis.questionnaires.models import OwnWords
from erdkreis.reports import columns
from erdkreis.reports.files import csv_text, ods, parquet, sav, xlsx
from erdkreis.reports.rows import Table, answers_of, weighted, words_of
from erdkreis.reports.views import MAKERS
from factories import pictures

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[2] / "docs" / "exports.md"
HOSTILE = ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", 'a;b,"c"\nd', "ä€😀"]


@pytest.fixture
def round_(circle):
    return pictures.with_picture(circle)


@pytest.fixture
def answers(round_):
    return answers_of(round_)


def of(answers: Table, group: str, item: str = "core", about: str = "answer") -> list[dict]:
    return [
        row
        for row in answers.rows
        if row["group"] == group and row["about"] == about and item in row.get("item", item)
    ]


def hostile() -> Table:
    text = columns.Column("text", "text", "what somebody typed")
    return Table("hostile", (text,), [{"text": one} for one in HOSTILE])


def test_large_groups_are_told_in_people(answers):
    row = of(answers, "employees", "q1_work.employees.core")[0]

    assert row["showing"] == "counts"
    assert row["unit"] == "people"
    assert sum(row[f"step_{s}"] for s in range(1, 6)) + row["dont_know"] == row["n_from"] == 22


def test_what_the_picture_hides_is_hidden_in_every_file(answers, round_, as_ada):
    told = {row["group"]: {r["showing"] for r in of(answers, row["group"])} for row in answers.rows}

    assert told["customers"] == {"dots"}
    assert told["suppliers"] == {"tendency"}
    assert told["non_customers"] == {"too_few"}
    assert told["partners"] == {"silent"}
    for row in of(answers, "non_customers"):
        assert not {name for name in row if name.startswith(("step", "n_", "dont"))}
    assert all(row["unit"] == "dots" and row["n_to"] == 9 for row in of(answers, "customers"))


def test_those_who_speak_openly_stand_by_name(answers):
    said = {(row["who"], row["answer"]) for row in of(answers, "environment", "core")}

    assert said == {("Hanna", "2"), ("Ivo", "2")}


def test_a_group_that_was_not_asked_says_why(answers):
    (row,) = of(answers, "community", "")

    assert (row["showing"], row["text"]) == (
        "not_asked",
        "We do not know yet how to reach them.",
    )


def test_weights_add_up_to_what_was_told(answers):
    rows = [r for r in weighted(answers).rows if r["item"] == "q1_work.employees.core"]

    assert sum(row["n"] for row in rows) == 22
    assert {row["answer"] for row in rows} == {1, 2, 3, 4, 5, columns.DONT_KNOW}


def test_kinds_of_no_answer_stay_apart(answers):
    found = {(r["group"], r["answer"]) for r in weighted(answers).rows if r["answer"] > 90}

    assert ("community", columns.NOT_ASKED) in found
    assert ("partners", columns.SILENT) in found
    assert ("non_customers", columns.TOO_FEW) in found
    assert ("suppliers", columns.TENDENCY) in found
    assert ("employees", columns.DONT_KNOW) in found
    assert ("employees", columns.CANNOT_SEE) in found


def test_spss_reads_labels_and_missing_values(answers, tmp_path):
    (tmp_path / "a.sav").write_bytes(sav(weighted(answers)))

    frame, meta = pyreadstat.read_sav(tmp_path / "a.sav", user_missing=True, output_format="polars")

    assert frame.columns == [column.name for column in columns.WEIGHTED]
    assert frame.height == len(weighted(answers).rows)
    assert meta.variable_value_labels["answer"][columns.SKIPPED] == "left out"
    assert meta.missing_ranges["answer"] == [{"lo": 91, "hi": 97}]
    assert meta.column_names_to_labels["n"] == "how many: the weight of the case"


def test_parquet_reads_the_same_numbers(answers):
    frame = pl.read_parquet(io.BytesIO(parquet(answers)))

    assert frame["n_from"].to_list() == [row.get("n_from") for row in answers.rows]


def test_csv_for_german_spreadsheets_has_its_mark_and_semicolons(answers):
    text = csv_text(answers, for_spreadsheets=True).decode()

    assert text.startswith("\ufeffround;about;group;")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == len(answers.rows)


def test_nothing_typed_becomes_a_formula(tmp_path):
    table = hostile()
    lines = csv_text(table).decode()
    cells = [row[0] for row in csv.reader(io.StringIO(lines, newline=""))][1:]
    book = openpyxl.load_workbook(io.BytesIO(xlsx([table])))
    sheet = Document(io.BytesIO(ods([table]))).body.get_table(0)

    assert [c[0] for c in cells[:7]] == ["'"] * 7
    assert [c.data_type for c in book["hostile"]["A"]] == ["s"] * (len(HOSTILE) + 1)
    for at in range(len(HOSTILE) + 1):
        cell = sheet.get_cell((0, at))
        assert (cell.formula, cell.type) == (None, "string")


def test_the_workbooks_hold_words_as_they_may_be_read(round_, answers):
    OwnWords.objects.all().delete()

    book = openpyxl.load_workbook(io.BytesIO(xlsx([answers, words_of(round_)])))

    assert book.sheetnames == ["answers", "words"]
    assert book["answers"].max_row == len(answers.rows) + 1
    assert [c.value for c in book["words"][1]] == [column.name for column in columns.WORDS]


def test_another_library_opens_the_ods(answers, tmp_path):
    (tmp_path / "a.ods").write_bytes(ods([answers]))

    again = Document(str(tmp_path / "a.ods")).body.get_table(0)

    assert again.get_value((0, 0)) == "round"
    assert again.get_value((0, 1)) == answers.rows[0]["round"]
    assert again.height == len(answers.rows) + 1


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
def test_libreoffice_opens_the_workbooks_with_labels_and_every_kind_of_no_answer(
    round_, answers, tmp_path
):
    """Both forms say, sheet by sheet, what the CSV says; a formula is none there either."""
    tables = [answers, weighted(answers), hostile()]
    (tmp_path / "x.xlsx").write_bytes(xlsx(tables))
    (tmp_path / "o.ods").write_bytes(ods(tables))
    to_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    files = [str(tmp_path / name) for name in ("x.xlsx", "o.ods")]
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", to_csv, "--outdir", tmp_path, *files],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip

    for name in ("x", "o"):
        for table in tables:
            text = (tmp_path / f"{name}-{table.name}.csv").read_text(encoding="utf-8")
            header, *rows = csv.reader(io.StringIO(text, newline=""))
            assert header == [column.name for column in table.columns]
            assert len(rows) == len(list(table.values()))
        seen = (tmp_path / f"{name}-weighted.csv").read_text(encoding="utf-8")
        kinds = {int(row["answer"]) for row in csv.DictReader(io.StringIO(seen)) if row["answer"]}
        assert {91, 93, 94, 95, 96, 97} <= kinds
        typed = (tmp_path / f"{name}-hostile.csv").read_text(encoding="utf-8")
        assert "=1+1" in typed  # as text: calculated it would read 2


@pytest.mark.parametrize("name", MAKERS)
def test_every_file_is_handed_out_with_its_name(round_, as_ada, name):
    answer = as_ada.get(reverse("reports:file", args=[round_.pk, name]))

    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'kornblume-{round_.pk}-{name}"')
    assert len(answer.content) > 30


def test_before_the_picture_there_are_no_files(asking, as_ada):
    assert b"There is no picture yet" in as_ada.get(f"/rounds/{asking.pk}/files/").content
    assert as_ada.get(f"/rounds/{asking.pk}/files/answers.csv").status_code == 404


def test_the_page_names_every_file(round_, as_ada):
    page = as_ada.get(f"/rounds/{round_.pk}/files/").content.decode()

    assert all(f"/files/{name}" in page for name in MAKERS)


def test_every_column_is_documented_and_nothing_else():
    of_rounds = DOCS.read_text(encoding="utf-8").partition("## The drawings as tables")[0]
    documented = re.findall(r"^\| `(\w+)` \| (.+) \|$", of_rounds, re.MULTILINE)

    for table in (columns.ANSWERS, columns.WORDS, columns.WEIGHTED):
        for column in table:
            assert (column.name, column.meaning) in documented
    known = {c.name for t in (columns.ANSWERS, columns.WORDS, columns.WEIGHTED) for c in t}
    assert {name for name, _meaning in documented} == known
