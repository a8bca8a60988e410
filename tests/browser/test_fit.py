"""Two people find out whether an offer fits: one at a laptop, one on a phone without account."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser_checks import axe_findings, barriers, sign_in
from erdkreis.fit.models import Decision, FitConversation
from factories import fits

pytestmark = pytest.mark.django_db(transaction=True)


def begin(laptop: Page, phone: Page, circle, as_ada, settings, live_server) -> FitConversation:
    settings.PUBLIC_URL = live_server.url
    sign_in(laptop, as_ada)
    laptop.goto(f"/circles/{circle.slug}/fit/new/")
    laptop.get_by_label("What is it about?").fill("A new oven")
    laptop.get_by_label("With whom?").fill("Emil")
    laptop.get_by_label("Before a sale").check()
    laptop.get_by_role("button", name="Begin").click()
    link = laptop.locator(".receipt").inner_text()
    laptop.get_by_role("link", name="To the first step").click()
    phone.goto(link)
    assert barriers(phone) == []
    phone.get_by_role("button", name="Come in").click()
    expect(phone.get_by_text("Step 1 of 12")).to_be_visible()
    return FitConversation.objects.get()


def write(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("#lines")).to_contain_text(text)


def on(page: Page, title: str) -> None:
    page.get_by_role("button", name="On to the next step").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_both_sides_end_in_not_yet(laptop, open_page, circle, as_ada, settings, live_server):
    phone = open_page({"width": 360, "height": 780}, java_script_enabled=True)
    talk = begin(laptop, phone, circle, as_ada, settings, live_server)
    write(phone, "Your words", "Your leaflet brought me here.")
    on(phone, "What each side gains")
    expect(phone.get_by_text("First the offering side says here")).to_be_visible()
    expect(phone.get_by_label("Your words", exact=True)).to_have_count(0)
    laptop.goto(f"/fit/{talk.pk}/")
    write(laptop, "Your words", "A bonus of 50 euros hangs on it.")
    phone.reload()
    write(phone, "Your words", "Quiet mornings.")
    expect(phone.locator("#lines")).to_contain_text("A bonus of 50 euros hangs on it.")
    assert barriers(phone) == []

    phone.get_by_role("link", name="Not yet.").click()
    assert barriers(phone) == []
    phone.get_by_role("button", name="Not yet.").click()
    expect(phone.get_by_text("What you decided")).to_be_visible()
    laptop.reload()
    laptop.get_by_role("link", name="Decide", exact=True).click()
    expect(laptop.get_by_text("The other side has decided.")).to_be_visible()
    assert laptop.locator("main").inner_text().count("Not yet.") == 1, "only as a choice"
    assert laptop.locator("input:checked").count() == 0
    sizes = laptop.evaluate(
        "[...document.querySelectorAll('.choice')].map(e => { const r = e.getBoundingClientRect();"
        "const s = getComputedStyle(e);"
        "return [r.width, r.height, s.backgroundColor, s.color].join() })"
    )
    assert len(sizes) == 4
    assert len(set(sizes)) == 1, "no answer is larger or brighter"
    laptop.get_by_label("Not yet.").check()
    laptop.get_by_role("button", name="Decide", exact=True).click()

    expect(laptop.get_by_role("heading", level=1)).to_have_text("What came out")
    phone.goto(f"/f/{talk.slug}/")
    for page in (laptop, phone):
        expect(page.locator("section", has_text="Together").first).to_contain_text("Not yet.")
        expect(page.get_by_text("You bought nothing here and did nothing wrong.")).to_be_visible()
    assert barriers(phone) == []
    assert axe_findings(laptop) == []


def test_the_sides_differ_and_both_are_shown(laptop, phone, circle, as_ada, settings, live_server):
    talk = begin(laptop, phone, circle, as_ada, settings, live_server)
    fits.whole(talk)
    laptop.goto(f"/fit/{talk.pk}/12/")
    laptop.get_by_label("Yes, it fits.").check()
    laptop.get_by_role("button", name="Decide", exact=True).click()
    phone.goto(f"/f/{talk.slug}/8/")
    assert barriers(phone) == []
    phone.goto(f"/f/{talk.slug}/6/")
    assert barriers(phone) == []
    phone.goto(f"/f/{talk.slug}/12/")
    assert barriers(phone) == []
    phone.get_by_label("Someone else can help better.").check()
    phone.get_by_label("If someone else can help better: who?").fill("The stove fitter")
    phone.get_by_role("button", name="Decide", exact=True).click()

    record = phone.locator("section", has_text="Together").first
    expect(record).to_contain_text("Yes, it fits.")
    expect(record).to_contain_text(re.compile("Together.*Someone else can help better", re.DOTALL))
    expect(record).to_contain_text("The more cautious word counts".replace("The", "the"))
    assert {one.value for one in Decision.objects.all()} == {"yes", "someone_else"}
