"""A pulse over four dates: a phone answers, a team is told, a team too small is not."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from browser_checks import axe_findings, barriers, sign_in
from erdkreis.invitations.services import issue_codes
from erdkreis.pulse import services
from erdkreis.pulse.models import Pulse
from erdkreis.pulse.rotation import OPEN, items_of_date
from factories import pulses

pytestmark = pytest.mark.django_db(transaction=True)

OTHERS = [2, 2, 3, 3, 3, 4, 4, 5, 1, 3, 4]
BEGIN = "I have read this and would like to take part"


def answer(phone, code: str) -> None:
    phone.goto(f"/v/{code}/")
    phone.get_by_role("button", name=BEGIN).click()
    phone.wait_for_url("**/1/")
    expect(phone.get_by_text("Please think of the last two weeks.")).to_be_visible()
    for n in range(1, 7):
        expect(phone.get_by_text(f"{n} of 7")).to_be_visible()
        phone.get_by_role("radio").nth(3).check()
        phone.get_by_role("button", name="Next").first.click()
    phone.get_by_role("textbox").fill("More time to think.")
    phone.get_by_role("button", name="Check my answers").first.click()
    phone.get_by_role("button", name="Send my answers").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you")


def set_up_and_start(laptop, circle) -> Pulse:
    laptop.goto(f"/circles/{circle.slug}/pulse/")
    laptop.get_by_role("link", name="Prepare a pulse").click()
    laptop.get_by_label("Why do you ask?").fill("To notice early when it gets too much.")
    laptop.get_by_label("Who decides what happens with the results?").fill("The team.")
    laptop.get_by_label("Who is responsible for it?").fill("Dora Dorn")
    laptop.get_by_label("How can this person be reached?").fill("dora@example.org")
    laptop.get_by_label("Teams", exact=True).fill("Bakery\nOffice")
    laptop.get_by_label("How often?").select_option("2")
    laptop.get_by_label("Works council").select_option("none")
    assert axe_findings(laptop) == []
    laptop.get_by_role("button", name="Save").click()
    for team, n in (("Bakery", 12), ("Office", 3)):
        laptop.get_by_role("link", name=team).click()
        listed = "\n".join(f"{team.lower()}{i}@example.org" for i in range(n))
        laptop.get_by_label("Or pasted here").fill(listed)
        laptop.get_by_role("button", name="Look through the list").click()
        laptop.get_by_role("button", name="Take this list").click()
        laptop.get_by_role("navigation").first.wait_for()
        laptop.goto(f"/pulses/{Pulse.objects.get().pk}/")
    expect(laptop.get_by_text("Too small to be shown, whoever answers")).to_be_visible()
    laptop.get_by_role("button", name="Start").click()
    return Pulse.objects.get()


def test_four_dates_and_a_team_too_small(laptop, open_page, circle, ada, as_ada, on_day):
    sign_in(laptop, as_ada)
    pulse = set_up_and_start(laptop, circle)

    for n in range(4):
        on_day(pulse.first_on + timedelta(weeks=2 * n))
        dated = pulses.asked(pulse)
        codes = [code for code in items_of_date(dated.number) if code != OPEN]
        phone = open_page({"width": 360, "height": 780})
        answer(phone, issue_codes(pulses.team_of(dated, "Bakery"), 1)[0])
        if n == 0:
            assert barriers(phone) == []
            phone.goto(f"/e/{pulses.team_of(dated, 'Bakery').slug}/1/")
            assert barriers(phone) == []
        pulses.answers(dated, "Bakery", dict.fromkeys(codes, OTHERS))
        pulses.answers(dated, "Office", {code: [5, 1, 4] for code in codes})
        on_day(pulses.after(dated))
        services.do_what_is_due()

    phone.goto(f"/pulse/{pulse.slug}/")
    assert barriers(phone) == []
    phone.get_by_role("link", name="Bakery").click()
    expect(phone.get_by_text("4 dates so far.")).to_be_visible()
    blocks = phone.locator(".pulse-block")
    expect(blocks).to_have_count(4)
    for block in blocks.all():
        expect(block.locator("> p").first).to_have_text("No clear change over 4 dates.")
        assert block.locator(".phone-form .span").count() == 4
    expect(phone.get_by_text("People here dare to be open")).to_be_visible()
    expect(phone.get_by_text("there is no target here and no comparison")).to_be_visible()
    assert barriers(phone) == []
    assert phone.get_by_text("More time to think.").count() == 0, "written by one person only"

    phone.goto(f"/pulse/{pulse.slug}/{pulse.teams.get(name='Office').pk}/")
    expect(phone.get_by_text("too few to show anything")).to_be_visible()
    assert phone.locator("svg.pulse").count() == 0
    assert "n = " not in phone.locator("main").inner_text()
    assert barriers(phone) == []
    # Six weeks on, nobody is signed in any more.
    as_ada.force_login(ada)
    sign_in(laptop, as_ada)
    laptop.goto(f"/pulses/{pulse.pk}/")
    assert axe_findings(laptop) == []
    assert "3 on the list" in laptop.locator("main").inner_text()
