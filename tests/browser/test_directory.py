"""An entry from a suggestion over two editors to everybody, and on to “to be checked”."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from browser_checks import axe_findings, barriers, sign_in
from erdkreis.directory.models import Entry
from factories.entries import editor

pytestmark = pytest.mark.django_db(transaction=True)


def suggest(phone) -> None:
    phone.goto("/directory/")
    assert barriers(phone) == []
    phone.get_by_role("link", name="Suggest an entry").first.click()
    phone.get_by_label("Name", exact=True).fill("Mühle am Bach")
    phone.get_by_label("products made to last").check()
    phone.get_by_label("In short").fill("A green mill for grain of five farms.")
    phone.get_by_label("Place", exact=True).fill("Musterstadt")
    phone.get_by_label("customer or user").check()
    assert barriers(phone) == []
    phone.get_by_role("button", name="On to the facts").click()
    expect(phone.get_by_text("Compared with what?")).to_be_visible()
    assert barriers(phone) == []
    phone.get_by_label("In short").fill("Grinds grain of five farms in the neighbourhood.")
    phone.get_by_label("I have looked at this.").check()
    phone.get_by_role("button", name="On to the facts").click()
    expect(phone.get_by_text("No fact yet.")).to_be_visible()
    phone.get_by_label("What is so?").fill("Gives ten years on every machine.")
    phone.get_by_label("Name of the source").fill("Own site")
    phone.locator("select[name=source_kind]").select_option("own")
    phone.get_by_role("button", name="Add this fact").click()
    assert barriers(phone) == []
    phone.get_by_role("button", name="Hand in").click()
    expect(phone.get_by_text("suggested", exact=True)).to_be_visible()


def look_at(laptop, client, name: str) -> None:
    client.force_login(editor(name))
    sign_in(laptop, client)
    laptop.goto("/directory/editors/")
    assert axe_findings(laptop) == []
    laptop.get_by_role("link", name="Mühle am Bach").click()
    assert axe_findings(laptop) == []
    laptop.get_by_role("button", name="I opened the sources; it can be published").click()


def test_from_a_suggestion_to_everybody_and_to_be_checked(
    phone, laptop, client, on_day, live_server
):
    suggest(phone)
    entry = Entry.objects.get()
    assert phone.goto(f"/directory/{entry.slug}/").status == 404, "not before two have looked"

    look_at(laptop, client, "eva")
    assert phone.goto(f"/directory/{entry.slug}/").status == 404, "one is not enough"
    laptop.goto(f"/directory/editors/entries/{entry.slug}/")
    assert barriers(laptop) == []
    look_at(laptop, client, "emil")

    phone.goto(f"/directory/{entry.slug}/")
    expect(phone.get_by_text("Gives ten years on every machine.")).to_be_visible()
    expect(phone.get_by_text("not known yet").first).to_be_visible()
    expect(phone.get_by_text("customer or user").first).to_be_visible()
    assert phone.get_by_text("to be checked").count() == 0
    assert barriers(phone) == []

    today = timezone.localdate()
    on_day(today + timedelta(days=18 * 31))
    phone.reload()
    expect(phone.get_by_text("to be checked").first).to_be_visible()
    assert barriers(phone) == []
    phone.goto("/directory/?q=neighbourhood")
    expect(phone.get_by_role("link", name="Mühle am Bach")).to_be_visible()

    on_day(today + timedelta(days=24 * 31))
    phone.goto("/directory/?q=neighbourhood")
    assert phone.get_by_role("link", name="Mühle am Bach").count() == 0, "stale: not by itself"
    phone.goto(f"/directory/{entry.slug}/")
    expect(phone.get_by_text("Gives ten years on every machine.")).to_be_visible()
