"""From a personal link to sent answers, with a slip without a name and without JavaScript."""

import pytest
from playwright.sync_api import expect

from browser_checks import PHONE, assert_axe_clean
from erdkreis.invitations.models import NO_ENVELOPE, Code
from erdkreis.invitations.services import issue_codes
from erdkreis.questionnaires.models import SpentSlip, Voice
from factories import circles, rounds

pytestmark = pytest.mark.django_db(transaction=True)
BEGIN = "I have read this and would like to take part"


@pytest.fixture
def employees():
    return rounds.group(
        rounds.asking(circles.circle(circles.person("ada"), "Kornblume")), "employees"
    )


def answer_and_send(page):
    page.get_by_role("radio").nth(3).check()
    page.get_by_role("button", name="Next").first.click()
    page.goto(page.url.rsplit("/", 2)[0] + "/check/")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def test_a_personal_link_becomes_a_slip_and_the_slip_a_voice(phone, employees):
    (code,) = issue_codes(employees, 1)
    sent = []
    phone.on("request", lambda request: sent.append(request))  # noqa: PLW0108 - it sets a mark

    phone.goto(f"/v/{code}/")
    expect(phone.get_by_text("a slip without a name for your code")).to_be_visible()
    assert_axe_clean(phone)
    phone.get_by_role("button", name=BEGIN).click()
    phone.wait_for_url("**/1/")
    answer_and_send(phone)

    assert Voice.objects.get().is_sent
    assert Voice.objects.get().channel == "code"
    assert SpentSlip.objects.count() == 1
    by_path = {request.url.split("/", 3)[3]: request for request in sent}
    assert "cookie" not in by_path[f"v/{code}/signature/"].all_headers()
    assert "cookie" not in by_path[f"e/{employees.slug}/key/"].all_headers()
    told = [r.all_headers().get("referer", "") for r in sent if f"/e/{employees.slug}" in r.url]
    assert [referer for referer in told if code in referer] == []


def test_a_slip_waits_in_the_browser_and_survives_a_lost_connection(phone, employees):
    (code,) = issue_codes(employees, 1)
    phone.goto(f"/v/{code}/")
    phone.route("**/signature/", lambda route: (route.fetch(), route.abort()))
    phone.get_by_text("How does that work?").click()
    phone.get_by_role("button", name="Only get the slip").click()
    expect(phone.get_by_text("Nothing is lost")).to_be_visible()
    assert Code.objects.get().is_used
    phone.unroute("**/signature/")

    phone.goto(f"/v/{code}/")
    phone.get_by_role("button", name="Get my slip again").click()
    expect(phone.get_by_text("Your slip without a name is in this browser")).to_be_visible()
    assert_axe_clean(phone)
    assert Voice.objects.count() == 0
    phone.get_by_role("button", name="Begin with my slip").click()
    phone.wait_for_url("**/1/")

    assert Voice.objects.get().channel == "code"


def test_without_javascript_the_code_begins_and_the_page_says_what_holds(open_page, employees):
    (code,) = issue_codes(employees, 1)
    page = open_page(PHONE, java_script_enabled=False)

    page.goto(f"/v/{code}/")
    expect(page.get_by_text("This browser runs no script")).to_be_visible()
    page.get_by_role("button", name=BEGIN).click()
    page.wait_for_url("**/1/")
    answer_and_send(page)

    assert Voice.objects.get().channel == "code"
    assert SpentSlip.objects.count() == 0
    assert Code.objects.get().envelope != NO_ENVELOPE
