"""The picture of a dialogue in a real browser: readable on a phone, with and without script."""

import pytest

from browser_checks import barriers, sign_in
from erdkreis.cli import main
from erdkreis.dialogues.models import Dialogue
from erdkreis.dialogues.services import refresh_opinion
from factories.dialogues import two_camps
from shared_data import shared

PHONE = {"width": 360, "height": 780}


@pytest.fixture
def talk(circle) -> Dialogue:
    talk = two_camps(circle)
    refresh_opinion(talk)
    return talk


def open_all(page):
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def test_the_page_stands_in_nobodys_way(phone, talk, as_bela):
    sign_in(phone, as_bela)
    phone.goto(f"/dialogues/{talk.pk}/opinion/")
    assert barriers(phone) == []
    open_all(phone)

    assert barriers(phone) == []


def test_the_page_of_a_published_conversation_stands_in_nobodys_way(phone, tmp_path):
    folder = shared("data", "polis", "scoop-hivemind.biodiversity")
    path = tmp_path / "page.html"
    assert main(["calculate", "opinion", str(folder), "--html", str(path), "--language", "de"]) == 0

    phone.goto(path.as_uri())

    assert barriers(phone) == []


@pytest.mark.parametrize("with_script", [True, False])
def test_all_can_be_shown_also_without_script(open_page, talk, as_bela, with_script):
    page = open_page(PHONE, java_script_enabled=with_script)
    sign_in(page, as_bela)
    page.goto(f"/dialogues/{talk.pk}/opinion/")
    last = page.locator("#tensions-title ~ details li").last
    assert not last.is_visible()
    page.get_by_text("Show all 12").click()

    assert last.is_visible()


def test_a_voter_finds_her_place(phone, talk):
    phone.goto(f"/d/{talk.slug}/")
    phone.get_by_role("button", name="I have read this").click()
    for left in range(15, 8, -1):
        phone.get_by_role("button", name="Agree", exact=True).click()
        phone.get_by_text(f"{left} statements left").wait_for()
    phone.get_by_role("link", name="Where you stand").click()
    phone.get_by_role("heading", name="Where you stand").wait_for()

    assert phone.locator(".opinion-map__own").count() == 1
    assert barriers(phone) == []
