"""From the link to the first question, on a slow phone: seen at once, one press away, still."""

import pytest
from playwright.sync_api import expect

from browser_checks import PHONE, wait_until
from factories.rounds import group

SLOW = {
    "offline": False, "latency": 400, "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}  # fmt: skip
# Shifts are counted from the first moment on; those within half a second of a press are its answer.
WATCH = """() => {
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shift += one.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').length"
FILES_HERE = "performance.getEntriesByType('resource').filter((r) => r.responseEnd > 0).length"


@pytest.fixture
def door(asking) -> str:
    return f"/e/{group(asking, 'employees').slug}/"


@pytest.fixture
def slow_phone(open_page):
    page = open_page(PHONE)
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")
    cdp.send("Network.emulateNetworkConditions", SLOW)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(f"({WATCH})()")
    return page


def test_the_page_alone_is_enough_to_be_seen(phone, door):
    """Every file is held back: what is painted then has come in the one round trip of the page."""
    held = []

    def hold(route):
        held.append(route)

    phone.route("**/static/**", hold)
    phone.goto(door, wait_until="commit")

    wait_until(phone, PAINTED)
    assert phone.evaluate(FILES_HERE) == 0
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    assert phone.evaluate(paper) == "rgb(246, 241, 230)"  # styled, not bare
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Your view of")
    for route in held:
        route.continue_()


def test_one_press_leads_to_the_first_question_and_nothing_moves(slow_phone, door):
    slow_phone.goto(door)
    assert round(slow_phone.evaluate("window.shift"), 2) == 0

    slow_phone.get_by_role("button", name="I have read this").click()

    expect(slow_phone.get_by_text("1 of 12")).to_be_visible()
    expect(slow_phone.get_by_text("about 5 minutes left")).to_be_visible()
    slow_phone.get_by_text("rather true").click()
    expect(slow_phone.locator("#saved")).to_have_text("saved")
    slow_phone.get_by_role("button", name="Next").click()
    expect(slow_phone.get_by_text("2 of 12")).to_be_visible()
    assert round(slow_phone.evaluate("window.shift"), 2) == 0


def test_a_question_says_to_a_screen_reader_what_it_shows(phone, door):
    phone.goto(door)
    phone.get_by_role("button", name="I have read this").click()
    expect(phone.get_by_text("1 of 12")).to_be_visible()

    expect(phone.get_by_role("main")).to_match_aria_snapshot("""
      - paragraph: /1 of 12 about 5 minutes left/
      - paragraph: Good work
      - group "I have a good place to work at Kornblume.":
        - heading "I have a good place to work at Kornblume." [level=1]
        - radio "not true at all"
        - radio "rather not true"
        - radio "partly true"
        - radio "rather true"
        - radio "completely true"
        - radio "I don’t know."
        - radio "I would rather not say."
      - button "Next"
    """)
    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_have_accessible_description("1 of 12 about 5 minutes left")
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_text("2 of 12")).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).to_be_focused()
    expect(phone).to_have_title("Question 2 of 12 – Kornblume")
