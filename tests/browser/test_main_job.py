"""The whole main job: a host opens a round, twelve voices of three groups answer, a picture comes.

One voice answers without JavaScript, one with the keyboard alone. Every page passed is checked for
access. A group of five is shown, a group of two is not.
"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from browser_checks import axe_findings
from factories import circles

PHONE = {"width": 360, "height": 780}

pytestmark = pytest.mark.django_db(transaction=True)

PROMISE = {
    "Why do you ask?": "We want to know how we touch you.",
    "Who is responsible for this round?": "Dora Dorn",
    "How can this person be reached?": "dora@example.org",
    "Who sees the results?": "Everyone who was asked.",
    "Who decides what happens with them?": "Leadership and team together.",
    "What is open, and what is already decided?": "Everything but the opening hours.",
}


@pytest.mark.long
def test_a_host_opens_a_round_and_sees_the_picture(laptop, open_page):
    ada = circles.person("ada")
    host = Walk(laptop, is_checked=True)

    def phone(*, is_checked=False, **options) -> Walk:
        return Walk(open_page(PHONE, **options), is_checked=is_checked)

    addresses = prepare_round(host, ada)
    lead(phone(is_checked=True), addresses["Leadership"])
    host.press("Seal the leadership’s view", start=host.round)
    host.press("Open the round")
    answer(phone(java_script_enabled=False), addresses["Employees"], "1")
    answer_by_keyboard(phone(), addresses["Employees"])
    answer(phone(is_checked=True), addresses["Employees"], "2")
    for group, said in (("Employees", "34"), ("Customers", "12345"), ("Community", "14")):
        for step in said:
            answer(phone(), addresses[group], step)
    host.open(host.round)
    host.page.get_by_text("End the answering before the last day").click()
    host.press("End it and make the picture")

    rows = {
        name: laptop.get_by_role("row").filter(has=laptop.get_by_role("rowheader", name=name))
        for name in ("Employees", "Customers", "Community", "Suppliers")
    }
    expect(rows["Employees"].last.locator("svg.strip").first).to_be_visible()
    expect(rows["Customers"].last.locator("svg.strip").first).to_be_visible()
    expect(rows["Community"].last.locator("svg.strip")).to_have_count(0)
    expect(rows["Community"].last).to_contain_text("too few")
    expect(rows["Suppliers"].last).to_contain_text("nobody answered")
    host.check()


class Walk:
    """One device going through pages; on each page it can be checked for access."""

    def __init__(self, page: Page, *, is_checked: bool) -> None:
        self.page, self.is_checked, self.round = page, is_checked, ""

    def open(self, path: str) -> None:
        self.page.goto(path)
        self.check()

    def press(self, name: str, start: str = "") -> None:
        if start:
            self.open(start)
        self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        ).first.click()
        self.check()

    def check(self) -> None:
        self.page.wait_for_load_state()
        if self.is_checked:
            assert axe_findings(self.page) == []


def prepare_round(host: Walk, ada) -> dict[str, str]:
    """Found a circle, promise, make the links; return the address of each group."""
    page = host.page
    host.open(reverse("account_login"))
    page.get_by_label("Mail address", exact=True).fill(ada.email)
    page.get_by_label("Password", exact=True).fill(circles.PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    host.press("Found a circle")
    page.get_by_label("Name of the organisation").fill("Kornblume")
    host.press("Found the circle")
    host.press("Begin a round")
    page.get_by_label("Title").fill("How we are seen")
    host.press("On to the promise")
    for label, text in PROMISE.items():
        page.get_by_label(label).fill(text)
    today = page.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Europe/Berlin'})")
    page.get_by_label("First day to answer").fill(today)
    page.get_by_label("Works council").select_option("none")
    host.press("Save the promise")
    host.round = page.url
    host.press("Make the links")
    host.press("Links and QR codes")
    cards = page.locator(".links .card")
    found = {}
    for card in cards.all():
        address = card.locator("a.address")
        if address.count():
            found[card.locator("h2").inner_text()] = address.get_attribute("href")
    return found


def begin(walk: Walk, address: str) -> None:
    walk.open(address)
    walk.press("I have read this and would like to take part")
    expect(walk.page.get_by_text(re.compile(r"^1 of \d+$"))).to_be_visible()


def lead(walk: Walk, address: str) -> None:
    """Answer as the leadership: own view, then what the others are expected to say."""
    begin(walk, address)
    while not walk.page.url.endswith("/check/"):
        for fieldset in walk.page.locator("fieldset").all():
            fieldset.locator("input[value='4']").check(force=True)
        go_on(walk)
    walk.press("Send my answers")
    expect(walk.page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def answer(walk: Walk, address: str, step: str) -> None:
    begin(walk, address)
    while not walk.page.url.endswith("/check/"):
        radio = walk.page.locator(f"input[value='{step}']")
        if radio.count():
            radio.check(force=True)
        go_on(walk)
    walk.press("Send my answers")
    expect(walk.page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    expect(walk.page.locator("code.receipt").first).to_be_visible()


def answer_by_keyboard(walk: Walk, address: str) -> None:
    """Answer without ever touching the screen."""
    page = walk.page
    walk.open(address)
    press_by_keyboard(page, "I have read this and would like to take part")
    page.wait_for_url("**/1/")
    while not page.url.endswith("/check/"):
        before = page.url
        if page.locator("input[type=radio]").count():
            tab_to(page, "input[type=radio]")
            page.keyboard.press("5")
            expect(page.locator("input[value='5']")).to_be_checked()
        press_by_keyboard(page, re.compile("^(Next|Check my answers)$"))
        page.wait_for_url(lambda url, before=before: url != before)
    press_by_keyboard(page, "Send my answers")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def press_by_keyboard(page: Page, name) -> None:
    button = page.get_by_role("button", name=name)
    for _ in range(60):
        if button.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")


def go_on(walk: Walk) -> None:
    """Press on, and wait until the next page really stands there."""
    page = walk.page
    number, last = re.findall(r"\d+", page.locator(".progress").inner_text())[:2]
    page.get_by_role("button", name=re.compile("^(Next|Check my answers)$")).click()
    if number == last:
        page.wait_for_url("**/check/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    else:
        expect(page.locator(".progress")).to_contain_text(f"{int(number) + 1} of {last}")
        page.wait_for_url(f"**/{int(number) + 1}/")
    walk.check()
