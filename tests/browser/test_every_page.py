"""Every page there is, as host, as operator, as a voice and as a stranger: nothing in the way.

The walk begins at every address of the table of access and follows all links of a furnished house,
so a new page cannot escape it. Forms are sent empty, too: errors are pages as well.
"""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from browser_checks import ONLY_CONTRAST, PHONE, SMALL_TARGETS, SMALLEST_PHONE, axe_findings
from erdkreis.accounts.models import Person
from factories.house import Shown, furnished, pages
from factories.screens import Screen
from shown_forms import read
from test_access_rules import addresses, voice

__all__ = ["addresses", "voice"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdfs")]

# One heading, one main part, a title, a language.
SHAPE = """() => {
  const found = [], count = (what) => document.querySelectorAll(what).length;
  if (count("h1") !== 1) found.push(`${count("h1")} main headings`);
  if (count("main") !== 1) found.push(`${count("main")} main parts`);
  if (!document.title.trim()) found.push("no title");
  if (!document.documentElement.lang) found.push("no language");
  return found;
}"""
# What is wrong with a field is read out with the field.
UNTIED = """() => [...document.querySelectorAll(".field.has-errors")]
  .filter((field) => {
    const told = field.querySelector("[id$='_error']");
    return !told || !field.querySelector(`[aria-describedby~="${CSS.escape(told.id)}"]`);
  })
  .map((field) => `errors not tied to ${field.textContent.trim().slice(0, 60)}`)"""
# Choices nobody worded: what the framework puts where nothing is chosen.
UNWORDED = """() => [...document.querySelectorAll("option")]
  .filter((e) => /^-{3,}$/.test(e.textContent.trim()))
  .map((e) => `${e.parentElement.name} offers ${e.textContent}`)"""
FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return [];
  const seen = [element, element.closest("label")].filter(Boolean).some((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  return seen ? [] : [`focus of ${element.outerHTML.slice(0, 80)} cannot be seen`];
}"""
WIDTH = "document.documentElement.scrollWidth"
TYPED = {"text", "textarea", "email", "number", "date", "url", "search", "tel"}


@pytest.fixture
def window(browser):
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield Screen(context)
    context.close()


def findings(screen: Screen, shown: Shown) -> list[str]:
    """Say what stands in somebody's way on one page."""
    page = screen.page
    page.emulate_media(color_scheme="light")
    screen.show(shown.address, shown.answer)
    found = axe_findings(page)
    for rule in (SHAPE, UNTIED, UNWORDED, SMALL_TARGETS):
        found += page.evaluate(rule)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in axe_findings(page, **ONLY_CONTRAST)]
    for _step in range(2):
        page.keyboard.press("Tab")
        found += page.evaluate(FOCUS)
    page.set_viewport_size(SMALLEST_PHONE)
    if (width := page.evaluate(WIDTH)) > SMALLEST_PHONE["width"]:
        found.append(f"{width} px wide on a phone of {SMALLEST_PHONE['width']} px")
    page.set_viewport_size(PHONE)
    return found


def with_errors(client: Client, shown: Shown) -> Iterator[Shown]:
    """Send each form of a page empty, and take back what that did."""
    for form in read(shown.address, shown.text).forms:
        typed = {name: "" for name, field in form.fields.items() if field.kind in TYPED}
        if form.method != "post" or not typed:
            continue
        with transaction.atomic():
            answer = client.post(form.action, form.data(**typed))
            transaction.set_rollback(True)
        again = Shown(f"{shown.kind}, with errors", form.action, answer)
        if answer.status_code in {200, 422} and again.is_page and "errorlist" in again.text:
            yield again


def form_of(shown: Shown) -> tuple[str, ...]:
    """Two roles that get the same page need not be looked at twice."""
    return shown.kind, *re.findall(r"<h1[^>]*>(.*?)</h1>", shown.text, re.DOTALL)


def test_nothing_stands_in_the_way(window, circle, ada, as_ada, voice, addresses):
    furnished(circle)
    circle.roles.create(person=ada, kind="entry_helper")
    operator = Client()
    operator.force_login(Person.objects.create_user("olga@example.org", name="Olga", is_staff=True))
    walks = {"host": as_ada, "operator": operator, "voice": voice, "stranger": Client()}
    seen, found = set(), {}

    for who, client in walks.items():
        for shown in pages(client, list(addresses.values()), most=1):
            if not shown.is_page or form_of(shown) in seen:
                continue
            for page in [shown, *with_errors(client, shown)]:
                seen.add(form_of(page))
                if what := findings(window, page):
                    found[f"{who}: {page.kind} {page.address}"] = what

    assert not found, "\n".join(f"{page}: {what}" for page, what in found.items())
    assert len(seen) > 200, "pages and what comes of sending their forms empty"


def test_the_look_finds_what_stands_in_the_way(window, client):
    """The same look at a page that keeps somebody out, and in the dark somebody else."""
    answer = client.get("/healthz")
    answer["Content-Type"] = "text/html"
    del answer["Content-Security-Policy"]
    answer.content = b"""<!doctype html><html lang="en"><title>x</title>
      <style>@media (prefers-color-scheme: dark) { p { color: #eee } }</style>
      <main><h1>x</h1><img src="/x.png"><p>Hardly to be read in the dark</p></main></html>"""

    first, *_rest, last = findings(window, Shown("x", "/", answer))

    assert first.startswith("image-alt")
    assert last.startswith("dark: color-contrast")
