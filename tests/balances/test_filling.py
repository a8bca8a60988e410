"""Filling in a sheet: facts section by section, ratings topic by topic, weights, versions."""

import pytest

from erdkreis.balances.analysis import assessed
from erdkreis.balances.beside import sheets_beside
from erdkreis.balances.models import Sheet
from erdkreis.balances.services import change_sheet, new_version, store_sheet
from factories import balances, commongood

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
SUPPLIERS = (
    ("40.000", "DEU", "Ca"), ("20.000", "DEU", "A"), ("15.000", "AUT", "D"),
    ("10.000", "ITA", "Ch"), ("5.000", "DEU", "M"),
)  # fmt: skip


def suppliers(rows=SUPPLIERS, **fields):
    data = {
        "totalPurchaseFromSuppliers": "120.000",
        "mainOriginOfOtherSuppliers": "DEU",
        "entry-TOTAL_FORMS": str(len(rows)),
        "entry-INITIAL_FORMS": "0",
    }
    for at, (costs, country, industry) in enumerate(rows):
        data |= {
            f"entry-{at}-costs": costs,
            f"entry-{at}-countryCode": country,
            f"entry-{at}-industryCode": industry,
        }
    return data | fields


def test_a_sheet_begins_with_who_and_when(circle, as_ada):
    balances.room(circle)

    answer = as_ada.post(
        f"/circles/{circle.slug}/balances/new/",
        {
            "title": "Kornblume 2025", "edition": "5.10 Full", "company": "Kornblume",
            "contact_name": "Ada", "contact_email": "ada@example.org",
            "period_start": "2025-01-01", "period_end": "2025-12-31",
        },
    )  # fmt: skip
    sheet = Sheet.objects.get()

    assert answer.headers["Location"] == f"/balances/{sheet.pk}/facts/suppliers/"
    assert sheet.general_information["period"]["start"] == "2025-01-01T00:00:00.000Z"
    assert sheet.period == "1 Jan 2025 – 31 Dec 2025"


def test_a_refused_mail_address_is_said_where_it_stands(circle, as_ada):
    balances.room(circle)

    answer = as_ada.post(
        f"/circles/{circle.slug}/balances/new/",
        {
            "title": "T", "edition": "5.10 Full", "company": "K", "contact_name": "A",
            "contact_email": "ädä@example.org",
        },
    )  # fmt: skip

    assert answer.status_code == 422
    assert "no mail address that the format can take" in answer.content.decode()
    assert "ädä@example.org" in answer.content.decode()


def test_suppliers_are_stored_as_the_official_request_has_them(circle, as_ada):
    sheet = balances.empty(circle)

    as_ada.post(f"/balances/{sheet.pk}/facts/suppliers/", suppliers(), HTTP_ACCEPT_LANGUAGE="de")
    sheet.refresh_from_db()

    assert sheet.company_facts["totalPurchaseFromSuppliers"] == 120_000
    assert sheet.company_facts["supplyFractions"][2] == {
        "countryCode": "AUT", "industryCode": "D", "costs": 15_000,
    }  # fmt: skip
    assert assessed(sheet).assessment.rating("A3").weight == 2


def test_empty_rows_are_left_out_and_faults_keep_what_was_typed(circle, as_ada):
    sheet = balances.empty(circle)
    rows = [("", "", ""), ("", "DEU", "Ca"), ("-5", "DEU", ""), ("many", "", "")]

    unread = as_ada.post(f"/balances/{sheet.pk}/facts/suppliers/", suppliers(rows))
    refused = as_ada.post(f"/balances/{sheet.pk}/facts/suppliers/", suppliers(rows[:3]))

    assert "“many” is not a number" in unread.content.decode()
    page = refused.content.decode()
    assert refused.status_code == 422
    assert 'value="-5"' in page
    assert "This field is missing." in page
    assert "The amount must be more than 0." in page
    # The empty row is left out and still counts: the third stands third on the page.
    assert "<li>Entry 2, Amount: This field is missing.</li>" in page
    assert "<li>Entry 3, Amount: The amount must be more than 0.</li>" in page
    sheet.refresh_from_db()
    assert sheet.company_facts["supplyFractions"] == []


def test_the_running_check_stores_nothing(circle, as_ada):
    sheet = balances.empty(circle)
    address = f"/balances/{sheet.pk}/facts/suppliers/"

    few = as_ada.post(address, suppliers(SUPPLIERS[:2]), headers=HTMX).content.decode()
    too_much = suppliers([("999999", "DEU", "Ca")])
    above = as_ada.post(address, too_much, headers=HTMX).content.decode()

    assert "2 of at least 5 suppliers are named: therefore A3 weighs 1." in few
    assert "<main" not in few
    assert "exceed the purchases" in above
    sheet.refresh_from_db()
    assert sheet.company_facts["totalPurchaseFromSuppliers"] == 0


def test_shares_above_a_hundred_are_refused_in_both_languages(circle, as_ada):
    sheet = balances.empty(circle)
    data = {
        "numberOfEmployees": "3", "totalStaffCosts": "1", "averageJourneyToWorkForStaffInKm": "0",
        "entry-TOTAL_FORMS": "2", "entry-INITIAL_FORMS": "0", "entry-0-percentage": "60",
        "entry-1-percentage": "60",
    }  # fmt: skip

    english = as_ada.post(f"/balances/{sheet.pk}/facts/staff/", data)
    german = as_ada.post(f"/balances/{sheet.pk}/facts/staff/", data, HTTP_ACCEPT_LANGUAGE="de")

    assert "add up to more than 100 %" in english.content.decode()
    assert "ergeben zusammen mehr als 100 %" in german.content.decode()


def test_ratings_are_saved_as_one_types_and_by_pressing(circle, as_ada):
    sheet = balances.bakery(circle)
    address = f"/balances/{sheet.pk}/topics/A3/"
    typed = {
        "A3.1-estimation": "7", "A3.1-weight": "", "A3.1-reason": "Grain from nearby.",
        "A3.1-evidence_link": "https://example.org/list", "A3.2-estimation": "-10",
    }  # fmt: skip

    piece = as_ada.post(address, typed, headers=HTMX)
    pressed = as_ada.post(address, typed | {"A3.1-estimation": "8"})

    assert piece.status_code == 200
    assert "Saved." in piece.content.decode()
    assert "<main" not in piece.content.decode()
    assert pressed.status_code == 302
    row = sheet.ratings.get(code="A3.1")
    assert (row.estimation, row.reason) == (8, "Grain from nearby.")
    assert sheet.ratings.get(code="A3.2").estimation == -10


def test_a_rating_that_does_not_fit_is_named_and_nothing_is_lost(circle, as_ada):
    sheet = balances.bakery(circle)

    answer = as_ada.post(
        f"/balances/{sheet.pk}/topics/A3/",
        {"A3.1-estimation": "5", "A3.1-reason": "My reason", "A3.2-estimation": "3"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "negative ones between −200 and 0" in page
    assert "My reason" in page
    assert sheet.ratings.get(code="A3.1").estimation == 4


def test_only_one_of_two_aspects_may_weigh(circle, as_ada):
    sheet = balances.bakery(circle)

    answer = as_ada.post(
        f"/balances/{sheet.pk}/topics/B1/", {"B1.1-weight": "1.0", "B1.2-weight": "1.0"}
    )

    assert "Only one of the two aspects B1.1 and B1.2" in answer.content.decode()


def test_a_rating_keeps_the_weight_that_was_chosen(circle, as_ada):
    sheet = balances.bakery(circle)
    address = f"/balances/{sheet.pk}/topics/C1/"

    as_ada.post(address, {"C1.1-estimation": "6", "C1.1-weight": "2.0"})
    page = as_ada.get(address).content.decode()
    as_ada.post(address, {"C1.1-estimation": "6", "C1.1-weight": ""})

    assert '<option value="2.0" selected>' in page
    assert not sheet.ratings.get(code="C1.1").is_weight_chosen


def test_a_topic_is_left_out_only_with_a_reason(circle, as_ada):
    sheet = balances.bakery(circle)
    address = f"/balances/{sheet.pk}/weights/B4/"

    silent = as_ada.post(address, {"weight": "0.0", "reason": ""})
    as_ada.post(address, {"weight": "0.0", "reason": "A foundation owns us."})

    assert "Nothing is left out silently" in silent.content.decode()
    assert assessed(sheet).assessment.rating("B4").max_points == 0
    assert "A foundation owns us." in as_ada.get(f"/balances/{sheet.pk}/print/").content.decode()


def test_leaving_everything_out_is_refused(circle, as_ada):
    sheet = balances.bakery(circle)
    for group in "ABCD":
        as_ada.post(f"/balances/{sheet.pk}/weights/{group}/", {"weight": "0.0", "reason": "x"})

    answer = as_ada.post(f"/balances/{sheet.pk}/weights/E/", {"weight": "0.0", "reason": "x"})

    assert "Every topic weighs 0" in answer.content.decode()
    assert len(Sheet.objects.get().stakeholder_weights) == 4


def test_an_agreed_sheet_does_not_change_until_it_is_opened_again(circle, as_ada):
    sheet = balances.bakery(circle)
    as_ada.post(f"/balances/{sheet.pk}/state/")

    refused = as_ada.post(f"/balances/{sheet.pk}/topics/A3/", {"A3.1-estimation": "9"})
    facts = as_ada.post(f"/balances/{sheet.pk}/facts/suppliers/", suppliers())
    as_ada.post(f"/balances/{sheet.pk}/state/", {"open": "1"})
    as_ada.post(f"/balances/{sheet.pk}/topics/A3/", {"A3.1-estimation": "9"})

    assert "This sheet is agreed" in refused.content.decode()
    assert "This sheet is agreed" in facts.content.decode()
    assert sheet.ratings.get(code="A3.1").estimation == 9


def test_a_new_version_begins_with_everything_and_leaves_the_old_one(circle, as_ada):
    sheet = balances.bakery(circle)

    as_ada.post(f"/balances/{sheet.pk}/version/", {"title": "Kornblume 2026"})
    newer = Sheet.objects.exclude(pk=sheet.pk).get()
    as_ada.post(f"/balances/{newer.pk}/topics/A3/", {"A3.1-estimation": "9"})
    page = as_ada.get(f"/balances/{newer.pk}/compare/?with={sheet.pk}").content.decode()

    assert (newer.number, newer.line) == (2, sheet.line)
    assert sheet.ratings.get(code="A3.1").estimation == 4
    assert newer.ratings.get(code="C1.1").estimation == 6
    assert "32 of 107" in page
    assert page.count('class="changed"') == 1


def test_pages_need_the_same_queries_however_much_is_filled_in(
    circle, as_ada, django_assert_num_queries
):
    empty, full = balances.empty(circle), balances.bakery(circle)
    pages = ("", "topics/A3/", "weights/A3/", "what-if/", "print/", "facts/suppliers/")
    as_ada.get(f"/balances/{full.pk}/")
    for page in pages:
        with django_assert_num_queries(_queries(as_ada, f"/balances/{empty.pk}/{page}")):
            as_ada.get(f"/balances/{full.pk}/{page}")


def _queries(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_two_years_show_facts_weights_with_reasons_and_aspects(circle, as_ada):
    before = balances.bakery(circle, "Kornblume 2025")
    after = new_version(before, "Kornblume 2026")
    after = change_sheet(after, {"companyFacts": {"profit": 60_000}})
    as_ada.post(
        f"/balances/{after.pk}/topics/A3/",
        {"A3.1-estimation": "7", "A3.1-reason": "Bought from the valley."},
    )

    beside = sheets_beside(assessed(before), assessed(after))
    page = as_ada.get(f"/balances/{after.pk}/compare/?with={before.pk}").content.decode()

    assert [(fact.label, fact.left, fact.right) for fact in beside.facts] == [
        ("Profit", "9,000", "60,000")
    ]
    weights = {one.code: (one.left[0], one.right[0]) for one in beside.weights}
    assert weights["B2"] == (
        "B2 weighs 0.5, because: Profit as a part of turnover is below 0.03.",
        "B2 weighs 1.5, because: Profit as a part of turnover is above 0.1.",
    )
    assert "Profit as a part of turnover is 0.125 here." in page
    aspect, harm = beside.aspects
    assert (aspect.code, aspect.left.rating, aspect.right.rating) == ("A3.1", "4", "7")
    assert (harm.code, harm.left.rating, harm.right.rating) == ("A3.2", "−5", "0")
    assert "Bought from the valley." in page


def test_an_aspect_of_one_edition_is_not_compared_with_another_of_the_same_code(circle):
    old = store_sheet(
        balances.room(circle),
        "2023",
        commongood.sheet(ratings={"B4.1": {"estimations": 4}}, version="5.08"),
    )
    new = store_sheet(circle, "2025", commongood.sheet(ratings={"B4.1": {"estimations": 4}}))

    aspects = sheets_beside(assessed(old), assessed(new)).aspects

    found = {one.title: (one.code, one.left, one.right) for one in aspects}
    code, left, right = found["Ownership structure"]
    assert (code, left.code, left.rating, right.code, right.rating) == (
        "B4.2", "B4.1", "4", "B4.2", "0",
    )  # fmt: skip
    code, left, right = found["Openness and shared decisions of owners"]
    assert (code, left, right.rating) == ("B4.1", None, "4")
