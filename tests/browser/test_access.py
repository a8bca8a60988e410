"""What comes after a press, in both themes: axe finds nothing, all is large enough.

Pages that an address alone leads to are walked by test_every_page.py.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from browser_checks import PHONE, SMALLEST_PHONE, assert_axe_clean, barriers, sign_in
from erdkreis.dialogues.models import Dialogue
from erdkreis.rounds.models import Round
from factories import dialogues, pictures, rounds
from factories.rounds import group

TOO_LONG = "word " * 500


@dataclass
class World:
    """One circle with rounds in every state, and the addresses that lead into them."""

    draft: Round
    asking: Round
    pictured: Round
    inviting: Round
    dialogue: Dialogue
    guardian_code: str

    def door(self, round_: Round, code: str) -> str:
        return f"/e/{group(round_, code).slug}/"


@pytest.fixture
def world(circle) -> World:
    asking = rounds.asking(circle)
    _guardian, code = pictures.guardian(group(asking, "environment"), "Hanna")
    inviting = rounds.inviting(circle)
    draft = rounds.draft(circle)
    held = dialogues.dialogue(circle)
    dialogues.voters(held, 1, [1, 1, 0, -1, 1, -1, 1])
    dialogues.written(dialogues.voter(held)[0])
    pictured = pictures.with_picture(circle)
    return World(draft, asking, pictured, inviting, held, code)


def pages_of_host(page: Page, world: World):
    """Press what Ada presses, and stop at what comes."""
    asking, draft = world.asking, world.draft
    environment = group(asking, "environment").slug
    employees = f"/rounds/{asking.pk}/links/{group(asking, 'employees').slug}/"
    page.goto(f"{employees}mail/")
    page.get_by_label("Or pasted here").fill("mail;name\nanna@example.org;Anna\nnobody;Ben")
    page.get_by_role("button", name="Look through the list").click()
    expect(page.get_by_text("Line 3")).to_be_visible()
    yield "a list looked through"
    page.get_by_role("button", name="Take this list").click()
    expect(page.get_by_role("button", name="Send the invitations")).to_be_visible()
    yield "a list taken"

    page.goto(f"{employees}codes/")
    page.get_by_role("button", name="Make slips to print").click()
    expect(page.locator(".slips li")).to_have_count(20)
    yield "slips with codes"

    page.goto(f"/rounds/{asking.pk}/guardians/{environment}/")
    page.get_by_label("Name").fill("Ivo Imhof")
    page.get_by_label("Own interests").fill("None.")
    page.get_by_role("button", name="Appoint").click()
    expect(page.get_by_text("shown only now")).to_be_visible()
    yield "the personal link of a guardian"

    page.goto("/circles/kornblume/groups/employees/")
    yield "a group"
    page.locator("[name=is_on]").uncheck()
    page.locator("[name=off_reason]").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("never disappears silently")
    yield "a group with errors"

    page.goto(f"/rounds/{draft.pk}/promise/")
    page.locator("[name=opens_on]").fill("2030-02-01")
    page.locator("[name=closes_on]").fill("2030-01-01")
    page.get_by_role("button", name="Save the promise").click()
    expect(page.get_by_role("alert")).to_contain_text("before the first day")
    yield "the promise with errors"


def pages_of_everyone(page: Page, world: World):
    """Go where nothing is, or no longer, and type what is wrong."""
    employees = world.door(world.asking, "employees")
    for path in (
        "/nothing-here/", "/v/XXXX-XXXX-XXXX-XXXX/", world.door(world.pictured, "employees"),
        world.door(world.asking, "environment"), f"{employees}3/",
    ):  # fmt: skip
        page.goto(path)
        yield path

    page.goto(f"{employees}resume/")
    page.get_by_label("Your receipt code").fill("ABCD-1234-EFGH-5678")
    page.get_by_role("button", name="Find my answers").click()
    expect(page.get_by_role("alert")).to_contain_text("We know no voice")
    yield "a wrong receipt code"

    page.goto("/account/login/")
    page.get_by_label("Mail address", exact=True).fill("nobody@example.org")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "a wrong password"


def pages_of_answering(page: Page, world: World):
    """Walk the way of somebody who answers, then of the leadership and of a guardian."""
    employees = world.door(world.asking, "employees")
    page.goto(employees)
    page.locator("summary", has_text="Who sees what").click()
    yield "the door"
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("1 of 12")).to_be_visible()
    yield "a question"
    page.get_by_text("rather true").click()
    expect(page.locator("#saved")).to_have_text("saved")
    yield "a question, answered"
    page.locator("summary", has_text="say why").click()
    page.get_by_role("textbox").fill(TOO_LONG)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "a question with an error"
    page.goto(f"{employees}11/")
    yield "own words"
    page.goto(f"{employees}check/")
    page.locator("summary", has_text="Go on later").click()
    yield "the check page"
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    yield "thanks"
    for path in (employees, f"{employees}1/", f"{employees}withdraw/"):
        page.goto(path)
        yield f"{path}, after sending"

    leadership = world.door(world.inviting, "leadership")
    page.goto(leadership)
    page.get_by_role("button", name="I have read this").click()
    page.goto(f"{leadership}13/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("What do you think the others")
    yield "a prediction"

    page.goto(f"/g/{world.guardian_code}/")
    yield "the door of a guardian"
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_role("heading", name="Evidence", exact=True)).to_be_visible()
    yield "a question with evidence"
    page.get_by_text("rather true").first.click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    yield "a rating without evidence"


def pages_of_dialogue(page: Page, world: World):
    """Begin and vote as a participant."""
    held = world.dialogue
    door = f"/d/{held.slug}/"
    page.goto(door)
    yield "the door of a dialogue"
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(".")
    yield "a statement"
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.locator("#saved")).to_have_text("saved")
    yield "a statement, voted on"


WALKS = [pages_of_everyone, pages_of_answering, pages_of_dialogue, pages_of_host]


@pytest.mark.parametrize("walk", WALKS)
def test_nothing_stands_in_the_way(walk, open_page, world, as_ada):
    phone = open_page(SMALLEST_PHONE)
    if walk is pages_of_host:
        sign_in(phone, as_ada)
    found = []

    for place in walk(phone, world):
        found += [f"{place}: {barrier}" for barrier in barriers(phone)]

    assert not found, "\n".join(found)


def test_the_picture_shows_every_kind_of_cell(laptop, world, as_ada):
    sign_in(laptop, as_ada)
    laptop.goto(f"/rounds/{world.pictured.pk}/picture/")

    kinds = {
        name
        for cell in laptop.locator("td.cell").all()
        for name in re.split(r"\s+", cell.get_attribute("class"))
    }

    assert kinds >= {
        "counts", "dots", "tendency", "cannot_see", "too_few", "silent", "not_asked", "spoken",
    }  # fmt: skip


def test_somebody_else_meets_a_closed_door_kindly(laptop, world, as_charlotte):
    sign_in(laptop, as_charlotte)
    laptop.goto(f"/rounds/{world.asking.pk}/")

    expect(laptop.get_by_role("heading", level=1)).to_have_text("This is not open to you")
    assert_axe_clean(laptop)


def test_what_is_chosen_is_seen_without_our_colours(open_page, world):
    page = open_page(PHONE, forced_colors="active")
    outline = "getComputedStyle(document.querySelector('{}')).outlineStyle"
    page.goto(world.door(world.asking, "employees"))
    page.get_by_role("button", name="I have read this").click()
    page.get_by_text("rather true").click()
    assert page.evaluate(outline.format(".choice:has(:checked)")) == "solid"

    page.goto(f"/d/{world.dialogue.slug}/")
    page.get_by_role("button", name="I have read this").click()
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.locator("#saved")).to_have_text("saved")
    page.goto(f"/d/{world.dialogue.slug}/statements/")
    assert page.evaluate(outline.format("[aria-pressed=true]")) == "solid"


def test_a_dark_screen_prints_on_light_paper(open_page):
    page = open_page(PHONE, color_scheme="dark")
    page.goto("/")
    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
