"""The result page on a laptop, a phone and a projector, by keyboard and without a script."""

import pytest
from playwright.sync_api import expect

from browser_checks import PHONE, axe_findings, barriers, sign_in
from erdkreis.pictures.services import publish_picture
from factories import circles, pictures

pytestmark = pytest.mark.django_db(transaction=True)

PROJECTOR = {"width": 1280, "height": 720}
SMALL_TEXT = """() => [...document.querySelectorAll(".is-now *, .reveal-bar *")]
  .filter((e) => e.checkVisibility())
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .filter((e) => !e.closest("svg") && parseFloat(getComputedStyle(e).fontSize) < 18)
  .map((e) => e.outerHTML.slice(0, 80))"""


@pytest.fixture
def pictured():
    return pictures.with_picture(circles.circle(circles.person("ada"), "Kornblume"))


@pytest.fixture
def as_host(pictured, client):
    client.force_login(pictured.circle.roles.get().person)
    return client


def test_everyone_can_read_the_published_picture_on_a_laptop(pictured, open_page):
    publish_picture(pictured, "Ada")
    page = open_page(PROJECTOR)

    page.goto(f"/p/{pictured.publication.slug}/")

    expect(page.get_by_role("heading", name="In short")).to_be_visible()
    expect(page.locator(".wide-form .rundbild")).to_be_visible()
    expect(page.locator(".phone-form").first).to_be_hidden()
    assert axe_findings(page) == []


def test_on_a_phone_every_drawing_has_its_phone_form(pictured, open_page):
    publish_picture(pictured, "Ada")
    page = open_page(PHONE)

    page.goto(f"/p/{pictured.publication.slug}/")

    expect(page.locator(".phone-form .rundbild")).to_be_visible()
    expect(page.locator(".wide-form .rundbild")).to_be_hidden()
    assert barriers(page) == []


def test_the_reveal_goes_by_keyboard_alone_and_without_a_network(pictured, as_host, open_page):
    page = open_page(PROJECTOR)
    sign_in(page, as_host)
    page.goto(f"/rounds/{pictured.pk}/reveal/")
    page.context.set_offline(True)

    page.keyboard.press("ArrowRight")
    # Not folded and not hidden: what has not been shown is not in the page at all.
    expect(page.locator(".answer, .scale-mark, [data-secret]")).to_have_count(0)
    assert page.evaluate(SMALL_TEXT) == []
    page.keyboard.press("Space")
    expect(page.locator(".is-now .scale-mark")).to_be_visible()
    expect(page.locator(".answer")).to_have_count(0)
    page.keyboard.press("Space")
    expect(page.locator(".is-now .answer")).to_be_visible()
    assert page.evaluate(SMALL_TEXT) == []
    # Whoever stands in front of a room does not scroll.
    assert page.evaluate("document.documentElement.scrollHeight") <= PROJECTOR["height"]
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".answer")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-secret]")).to_have_count(0)
    page.keyboard.press("End")
    expect(page.get_by_role("heading", name="Whom did we not hear?")).to_be_visible()
    page.context.set_offline(False)
    assert axe_findings(page) == []


def test_without_a_script_the_reveal_is_a_long_page(pictured, as_host, open_page):
    page = open_page(PROJECTOR, java_script_enabled=False)
    sign_in(page, as_host)

    page.goto(f"/rounds/{pictured.pk}/reveal/")

    expect(page.get_by_role("heading", name="Whom did we not hear?")).to_be_visible()
    page.locator("summary", has_text="What they say").first.click()
    expect(page.locator(".answer").first).to_be_visible()


def test_own_answers_come_from_this_browser_only(pictured, open_page):
    publish_picture(pictured, "Ada")
    group = pictured.groups.get(code="employees")
    page = open_page(PHONE)
    address = f"/p/{pictured.publication.slug}/group/employees/"
    page.goto(address)
    expect(page.locator(".own-answers")).to_be_hidden()

    page.evaluate(
        "key => localStorage.setItem(key, JSON.stringify({'q1_work.employees.core': 2}))",
        f"erdkreis.answers.{group.pk}",
    )
    page.goto(address)

    expect(page.get_by_text("your answer: 2")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Delete my answers from this device").click()
    expect(page.get_by_text("your answer: 2")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0
