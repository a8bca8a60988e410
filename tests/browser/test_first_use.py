"""A new host, without documentation: from the link of ``erdkreis init`` to an open round.

Presses and fields are counted, so that the way does not grow longer unnoticed; on every page on it
the next step is to be seen without scrolling.
"""

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from erdkreis.cli import init
from erdkreis.rounds.models import Round
from factories.phones import Phone, at
from factories.rounds import group

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a-long-word-for-rolls"
THREE = {"leadership", "employees", "customers"}
MOST_PRESSES, MOST_FIELDS = 20, 10


class Newcomer:
    """Somebody who reads the page and presses what it offers."""

    def __init__(self, page: Page) -> None:
        self.page, self.done = page, Counter()

    def press(self, name: str) -> None:
        main = self.page.get_by_role("main")
        offered = main.get_by_role("button", name=name, exact=True).or_(
            main.get_by_role("link", name=name, exact=True)
        )
        offered.first.click()
        self.page.wait_for_load_state()
        self.done["presses"] += 1

    def fill(self, **typed: str) -> None:
        for name, text in typed.items():
            self.page.locator(f"main [name={name}]").first.fill(text)
            self.done["fields"] += 1

    def is_told(self, step: str) -> None:
        """The next step is in sight, and the only thing in its colour."""
        expect(self.page.locator(".next-step")).to_have_count(1)
        told = self.page.locator(".next-step").get_by_text(step)
        expect(told).to_be_in_viewport()


@pytest.fixture
def link(capsys, settings, live_server) -> str:
    settings.PUBLIC_URL = live_server.url
    init._make_host("nora@example.org", "Nora Neu")
    return re.search(r"http\S+", capsys.readouterr().out)[0]


def test_a_new_host_opens_a_round_with_three_groups(laptop, link):
    nora = Newcomer(laptop)
    laptop.goto(link)
    nora.fill(password1=PASSWORD, password2=PASSWORD)
    nora.press("Save the password")
    nora.press("Found a circle")
    nora.fill(organisation="Kornblume")
    nora.press("Found the circle")

    nora.is_told("Check whether the eight groups fit")
    nora.press("Choose the groups")
    laptop.get_by_text("Ask only some of them at first").click()
    for box in laptop.locator("[name=asked]").all():
        if box.get_attribute("value") not in THREE:
            box.set_checked(False)
            nora.done["presses"] += box.is_visible()
    nora.fill(reason="The first round is small.")
    nora.press("Ask these groups")
    nora.press("Begin a round")
    nora.fill(title="How we are seen")
    nora.press("On to the promise")
    # Days, person and way to reach her are there; what only she can know is missing.
    expect(laptop.locator("[name=contact]")).to_have_value("nora@example.org")
    nora.fill(
        purpose="We want to know how we touch you.", who_sees="Everyone who was asked.",
        who_decides="All of us together.", what_is_open="Everything but the place.",
    )  # fmt: skip
    laptop.get_by_label("Works council").select_option("none")
    nora.press("Save the promise")

    nora.is_told("The promise is complete")
    see_as_customers(laptop)
    nora.press("Make the links")
    nora.is_told("The leadership answers first")
    round_ = Round.objects.get()
    lead(round_)
    laptop.reload()
    nora.press("Seal the leadership’s view")
    nora.press("Open the round")

    nora.is_told("Spread the links")
    round_.refresh_from_db()
    asked = round_.groups.filter(is_asked=True).values_list("code", flat=True)
    assert (round_.state, {*asked}) == (Round.State.ASKING, THREE)
    assert nora.done["presses"] <= MOST_PRESSES
    assert nora.done["fields"] <= MOST_FIELDS


def see_as_customers(page: Page) -> None:
    """Walk into the test run of one group in German, and come back."""
    here = page.url
    page.get_by_role("link", name="Test run: see it as each group sees it").click()
    page.get_by_role("link", name="Customers: Deutsch").click()
    page.get_by_role("link", name="Ich habe das gelesen und möchte mitmachen").click()
    expect(page.get_by_text("1 von 11")).to_be_visible()
    assert page.locator("main").bounding_box()["width"] <= 360
    page.goto(here)


def lead(round_: Round) -> None:
    """Answer as the leadership, on a phone of its own."""
    phone, leadership = Phone(), group(round_, "leadership")
    phone.post(at(leadership))
    number, page = 1, phone.get(at(leadership, 1))
    while page.status_code == 200:
        names = re.findall(r'name="(answer|group_\d+)"', page.content.decode())
        phone.post(at(leadership, number), dict.fromkeys(names, "4"))
        number += 1
        page = phone.get(at(leadership, number))
    phone.post(at(leadership, "check"))
