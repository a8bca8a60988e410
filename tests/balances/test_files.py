"""In and out: the official JSON exactly, the workbook, what is refused."""

import json
import re
import zipfile
from io import BytesIO

import openpyxl
import pytest

from erdkreis.balances import services
from erdkreis.balances.models import Sheet, SheetRating
from erdkreis.calc.commongood import (
    Refused,
    answer_document,
    assess,
    changed_sheet,
    editions,
    new_sheet,
    request_document,
)
from erdkreis.web.pdf import can_make_pdf
from factories import balances, commongood
from factories.commongood import official_cases
from factories.pdf import unpacked
from shared_data import shared

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not can_make_pdf(), reason="this machine lacks Pango")


def send(client, circle, document, title="Read in"):
    file = balances.upload(document)
    return client.post(f"/circles/{circle.slug}/balances/upload/", {"title": title, "file": file})


def test_the_official_cases_lie_beside_the_repository():
    assert shared("reference", "commongood", "cases.jsonl").exists()
    assert len(official_cases()) == 40


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in official_cases()])
def test_every_official_case_comes_back_as_it_went_in(circle, as_ada, case):
    balances.room(circle)
    try:
        wanted = new_sheet(case["input"]["create"])
        for patch in case["input"].get("patches", []):
            wanted = changed_sheet(wanted, patch)
        figures = assess(wanted)
    except Refused:
        assert_refused_as_a_whole(circle, as_ada, case)
        return

    for document in (request_document(wanted), answer_document(figures)):
        sent = send(as_ada, circle, document)
        assert sent.status_code == 302
        address = sent.headers["Location"]
        out = json.loads(as_ada.get(f"{address}sheet.request.json").content)
        answer = json.loads(as_ada.get(f"{address}sheet.answer.json").content)
        assert out["companyFacts"] == request_document(wanted)["companyFacts"]
        assert out["stakeholderWeights"] == request_document(wanted)["stakeholderWeights"]
        expected = answer_document(figures)
        assert figures_in(answer) == figures_in(expected)
        assert answer["companyFacts"] == expected["companyFacts"]


def figures_in(answer):
    names = ("shortName", "weight", "points", "maxPoints", "isWeightSelectedByUser")
    return [[rating[name] for name in names] for rating in answer["ratings"]]


def assert_refused_as_a_whole(circle, client, case):
    document = case["input"]["create"]
    if case["input"].get("patches"):
        return  # its beginning is a sheet like any other; the room has no patches as files
    answer = send(client, circle, document)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This file cannot be calculated. Nothing was stored. Please change" in page
    assert not Sheet.objects.exists()


def test_what_is_handed_out_is_the_request_that_came_in(circle, as_ada):
    balances.room(circle)
    document = commongood.request(
        companyFacts=commongood.BAKERY_FACTS,
        ratings=[{"shortName": "A1.1", "estimations": 6.5, "weight": 1.5}],
        stakeholderWeights=[{"shortName": "A", "weight": 2}],
    )

    address = send(as_ada, circle, document).headers["Location"]
    out = json.loads(as_ada.get(f"{address}sheet.request.json").content)

    assert out == request_document(new_sheet(document))
    assert out["ratings"] == document["ratings"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "not JSON (line 1)"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"a": NaN}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b" " * (1024 * 1024 + 1), "larger than one megabyte"),
        (b'"\\ud800"', "not UTF-8"),
        (b"[]", "Something is missing here"),
        (b'{"a": "\\u0000"}', "cannot be stored"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_kindly(circle, as_ada, content, sentence):
    balances.room(circle)

    answer = send(as_ada, circle, content)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Sheet.objects.exists()


def test_all_faults_are_named_at_once_and_nothing_in_them_becomes_markup(circle, as_ada):
    balances.room(circle)
    facts = {
        "turnover": -1,
        "supplyFractions": [{"costs": 0}, {"costs": 5, "countryCode": "<b>Germany"}],
        "mainOriginOfOtherSuppliers": "<i>",
    }

    page = send(as_ada, circle, commongood.request(companyFacts=facts)).content.decode()
    unknown = send(
        as_ada, circle, commongood.request(companyFacts={"mainOriginOfOtherSuppliers": "<i>"})
    ).content.decode()

    assert "Turnover</strong>: The value must not be below 0." in page
    assert "The largest suppliers › 1. › Amount</strong>: The amount must be more than 0." in page
    assert "A country has three letters" in page
    assert "no figures for this country or industry: &lt;i&gt;" in unknown


def test_the_workbook_adds_up_and_holds_no_other_formula(circle, as_ada):
    sheet = balances.bakery(circle)
    SheetRating.objects.filter(code="A3.1").update(
        reason="=1+1", evidence="@SUM(A1)", evidence_link="https://example.org/=x"
    )

    answer = as_ada.get(f"/balances/{sheet.pk}/sheet.xlsx")

    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        pages = {name: book.read(name).decode() for name in book.namelist() if "sheet" in name}
        words = book.read("xl/sharedStrings.xml").decode()
    formulas = [found for page in pages.values() for found in re.findall(r"<f>(.*?)</f>", page)]
    assert len(formulas) == 22
    assert formulas[-2:] == ["MAX(-3600,SUM(D2:D21))", "SUM(E2:E21)"]
    assert "<t>=1+1</t>" in words
    assert "Own assessment along the matrix, not audited." in words
    assert not any("hyperlink" in page for page in pages.values())


def test_the_numbers_in_the_workbook_are_what_its_formulas_give(circle, as_ada):
    worst = {
        kind.code: {"estimations": -200}
        for kind in editions()["5.08", "Full"].rating_kinds
        if not kind.is_positive
    }
    made = commongood.sheet({}, worst, version="5.08", kind="Full")
    sheet = services.store_sheet(balances.room(circle), "All harm", made)
    content = as_ada.get(f"/balances/{sheet.pk}/sheet.xlsx").content

    formulas = openpyxl.load_workbook(BytesIO(content))["Matrix"]
    shown = openpyxl.load_workbook(BytesIO(content), data_only=True)["Matrix"]

    points = [row[0].value for row in shown["D2:D21"]]
    most = [row[0].value for row in shown["E2:E21"]]
    assert formulas["D22"].value == "=MAX(-3600,SUM(D2:D21))"
    assert shown["D22"].value == max(-3600, sum(points)) == -3600
    assert shown["E22"].value == pytest.approx(sum(most))
    for at, (reached, of) in enumerate(zip(points, most, strict=True), start=2):
        assert formulas[f"F{at}"].value == f'=IF(E{at}=0,"",D{at}/E{at})'
        assert shown[f"F{at}"].value == pytest.approx(reached / of)


def test_paper_holds_facts_ratings_reasons_and_evidence(circle, as_ada):
    sheet = balances.bakery(circle)
    as_ada.post(
        f"/balances/{sheet.pk}/topics/A3/",
        {"A3.1-estimation": "4", "A3.1-reason": "<b>Near", "A3.1-evidence": "The list"},
    )

    page = as_ada.get(f"/balances/{sheet.pk}/print/").content.decode()

    assert "not audited" in page
    assert "&lt;b&gt;Near" in page
    assert "The list" in page
    assert "480,000" in page
    assert "A3.1 Environmental effects of purchasing: 4 · Experienced" in page


@needs_pango
def test_the_report_is_a_pdf_that_can_be_read_aloud(circle, as_ada):
    sheet = balances.bakery(circle)

    made = as_ada.get(f"/balances/{sheet.pk}/print.pdf")

    assert made.headers["Content-Type"] == "application/pdf"
    assert made.headers["Content-Disposition"] == 'inline; filename="kornblume-2025.pdf"'
    inside = unpacked(made.content)
    assert b"/StructTreeRoot" in inside
    assert b"/Lang" in inside
    assert b"not audited" in inside
    assert b"static.invalid" not in inside


def test_without_the_system_library_the_report_says_what_to_install(circle, as_ada, monkeypatch):
    sheet = balances.bakery(circle)
    monkeypatch.setattr("erdkreis.balances.views.report.can_make_pdf", lambda: False)

    page = as_ada.get(f"/balances/{sheet.pk}/print.pdf").content.decode()

    assert "libpango" in page
    assert f"/balances/{sheet.pk}/print/" in page


def test_a_weight_chosen_by_hand_is_printed_with_its_reason(circle, as_ada):
    sheet = balances.bakery(circle)
    services.choose_weight(sheet, "B", 0.5, "We own nothing.")
    services.choose_weight(sheet, "A4", 0.0, "")

    page = as_ada.get(f"/balances/{sheet.pk}/print/").content.decode()

    assert "<dt>B Owners and finance: 0.5</dt><dd>We own nothing.</dd>" in page
    assert "<dd>No reason was given.</dd>" in page


def test_no_page_calls_it_by_the_name_of_an_audited_document(circle, as_ada):
    sheet = balances.bakery(circle)
    for page in ("", "topics/A3/", "weights/A3/", "print/", "compare/", "what-if/"):
        content = as_ada.get(f"/balances/{sheet.pk}/{page}", HTTP_ACCEPT_LANGUAGE="de")
        assert "Gemeinwohl-Bilanz" not in content.content.decode()
        assert 'class="own"' in content.content.decode()
