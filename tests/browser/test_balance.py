"""A small bakery fills in a sheet, and understands why A3 weighs what it weighs."""

import pytest
from playwright.sync_api import Page, expect

from browser_checks import PHONE, assert_axe_clean, barriers, sign_in
from erdkreis.balances.models import Sheet
from erdkreis.balances.services import give_view
from factories import balances, circles, pictures

LAPTOP = {"width": 1280, "height": 800}
SUPPLIERS = (
    ("40,000", "Germany", "Ca"), ("20,000", "Germany", "A"), ("15,000", "Austria", "D"),
    ("10,000", "Italy", "Ch"), ("5,000", "Germany", "M"),
)  # fmt: skip


def fill_suppliers(page: Page) -> None:
    page.get_by_label("Purchases together").fill("120,000")
    page.get_by_label("Where does the rest mainly come from?").select_option("DEU")
    for at, (costs, country, industry) in enumerate(SUPPLIERS):
        row = page.locator("ol.entries > li").nth(at)
        row.get_by_label("Amount").fill(costs)
        row.get_by_label("Country").select_option(label=country)
        row.get_by_label("Industry").select_option(industry)


def fill_money(page: Page) -> None:
    for label, amount in (
        ("Turnover", "480,000"), ("Profit", "9,000"), ("Total assets", "200,000"),
        ("Financial assets and cash", "30,000"), ("Additions to fixed assets", "20,000"),
        ("Costs of finance", "3,000"),
    ):  # fmt: skip
        page.get_by_label(label, exact=True).fill(amount)


def fill_staff(page: Page) -> None:
    page.get_by_label("Employees in full-time equivalents").fill("7.5")
    page.get_by_label("Staff costs").fill("160,000")
    page.get_by_label("Way to work on average").fill("6")
    row = page.locator("ol.entries > li").first
    row.get_by_label("Share in per cent").fill("100")
    row.get_by_label("Country").select_option("DEU")


def fill_customers(page: Page) -> None:
    for at, (share, industry) in enumerate((("80", "Ca"), ("20", "G"))):
        row = page.locator("ol.entries > li").nth(at)
        row.get_by_label("Share of turnover in per cent").fill(share)
        row.get_by_label("Industry").select_option(industry)


@pytest.mark.parametrize("with_script", [True, False])
def test_a_bakery_fills_a_sheet_and_understands_why_a3_weighs_2(
    open_page, circle, as_ada, with_script
):
    page = open_page(LAPTOP, java_script_enabled=with_script)
    sign_in(page, as_ada)
    page.goto(f"/circles/{circle.slug}/")
    page.get_by_role("link", name="What is it?").click()
    page.get_by_role("button", name="Open the room").click()
    page.get_by_role("link", name="Begin a sheet").click()
    page.get_by_role("button", name="Begin").click()

    fill_suppliers(page)
    if with_script:
        expect(page.locator("#check")).to_contain_text("30,000 are left for all other suppliers.")
    page.get_by_role("button", name="Save and go on").click()
    fill_money(page)
    page.get_by_role("button", name="Save and go on").click()
    fill_staff(page)
    page.get_by_role("button", name="Save and go on").click()
    fill_customers(page)
    page.get_by_role("button", name="Save these facts").click()
    page.get_by_role("link", name="On to the ratings: A1").click()
    page.goto(page.url.replace("A1", "A3"))

    page.get_by_label("Level").select_option("4")
    page.get_by_label("Harm from 0 to −200").fill("-5")
    page.get_by_label("Why do we see it like this?").first.fill("Most grain is from nearby.")
    if with_script:
        expect(page.locator("#points")).to_contain_text("32 of 107 points by our own account.")
        expect(page.locator("#points")).to_contain_text("Saved.")
    else:
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("#points")).to_contain_text("32 of 107 points by our own account.")

    page.get_by_role("link", name="Why does it weigh what it weighs?").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text(
        "A3 weighs 2, because: Ecological risk of the supply chain is above 1.5."
    )
    expect(main).to_contain_text("Ecological risk of the supply chain is 1.9447 here.")
    expect(main).to_contain_text("40,000 · 1.1179 = 44,715.21")
    expect(main).to_contain_text("at most 106.67 of 1000 points")
    expect(main).to_contain_text("not audited")
    assert Sheet.objects.get().ratings.get(code="A3.1").reason == "Most grain is from nearby."
    if with_script:
        assert_axe_clean(page)


def test_two_who_rate_differently_stand_side_by_side_until_one_is_agreed(open_page, circle, as_ada):
    sheet = balances.bakery(circle)
    bela = circles.member(circle, "bela", "facilitator")
    give_view(sheet, bela, "C1.1", 3, "Nights are long.")
    page = open_page(LAPTOP)
    sign_in(page, as_ada)
    page.goto(f"/balances/{sheet.pk}/topics/C1/")

    page.get_by_text("Give my view of C1.1").click()
    page.get_by_label("My rating").first.fill("7")
    page.get_by_label("Because").first.fill("We train everyone.")
    page.get_by_role("button", name="Save my view of C1.1").click()

    views = page.locator("ul.views").first
    expect(views).to_contain_text("Agreed 6")
    expect(views).to_contain_text("Ada 7 – We train everyone.")
    expect(views).to_contain_text("Bela 3 – Nights are long.")
    page.get_by_label("Level").first.select_option("5")
    expect(page.locator("#points")).to_contain_text("Saved.")
    page.reload()
    expect(page.locator("ul.views").first).to_contain_text("Agreed 5")
    expect(page.locator("ul.views").first).to_contain_text("Bela 3 – Nights are long.")


def test_points_move_while_one_tries_and_nothing_is_stored(laptop, circle, as_ada):
    sheet = balances.bakery(circle)
    sign_in(laptop, as_ada)
    laptop.goto(f"/balances/{sheet.pk}/what-if/")

    laptop.get_by_label("A3.1 Environmental effects of purchasing").fill("8")

    expect(laptop.locator("#tried")).to_contain_text("32 → 74.7 points (+42.7)")
    assert sheet.ratings.get(code="A3.1").estimation == 4


@pytest.mark.parametrize(
    "page",
    ["", "topics/A2/", "weights/A3/", "facts/suppliers/", "facts/general/", "what-if/",
     "compare/", "print/"],
)  # fmt: skip
def test_nothing_stands_in_the_way_on_a_phone(open_page, circle, as_ada, page):
    pictures.with_picture(circle)
    balances.bakery(circle, "Kornblume 2024")
    sheet = balances.bakery(circle)
    phone = open_page(PHONE)
    sign_in(phone, as_ada)

    phone.goto(f"/balances/{sheet.pk}/{page}")

    assert barriers(phone) == []
