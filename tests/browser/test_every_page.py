"""Every page there is, as host, as operator, as a voice and as a stranger: nothing in the way.

The walk begins at every address of the table of access and follows all links of a furnished house,
so a new page cannot escape it. Forms are sent empty, too: errors are pages as well.
"""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page

from browser_checks import RULES, SMALLEST_PHONE, barriers
from erdkreis.accounts.models import Person
from factories.house import Shown, furnished, pages
from factories.screens import Screen
from shown_forms import read
from test_access_rules import addresses, voice

__all__ = ["addresses", "voice"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdfs")]

TYPED = {"text", "textarea", "email", "number", "date", "url", "search", "tel"}


@pytest.fixture
def window(browser):
    screen = Screen(browser, viewport=SMALLEST_PHONE, reduced_motion="reduce")
    screen.page.add_init_script(RULES)
    yield screen
    screen.close()


def findings(screen: Screen, shown: Shown, *, by_tab: bool = False) -> list[str]:
    """Say what stands in somebody's way on one page, with all unfolded that can be."""
    screen.show(shown.address, shown.answer)
    screen.page.evaluate("ourRules.unfold()")
    return [*(tabbing(screen.page) if by_tab else []), *barriers(screen.page)]


def tabbing(page: Page) -> list[str]:
    """Press Tab until each control had its turn, and say which had none."""
    for _stop in range(page.evaluate("ourRules.watchTabs()")):
        page.keyboard.press("Tab")
    return page.evaluate("ourRules.tabs()")


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


def scripts_of(shown: Shown) -> frozenset[str]:
    return frozenset(re.findall(r'<script src="([^"]+)"', shown.text))


@pytest.mark.long
def test_nothing_stands_in_the_way(window, circle, ada, as_ada, voice, addresses):
    furnished(circle)
    circle.roles.create(person=ada, kind="entry_helper")
    operator = Client()
    operator.force_login(Person.objects.create_user("olga@example.org", name="Olga", is_staff=True))
    walks = {"host": as_ada, "operator": operator, "voice": voice, "stranger": Client()}
    seen, pressed, found = set(), set(), {}

    for who, client in walks.items():
        for shown in pages(client, list(addresses.values()), most=1):
            if not shown.is_page or form_of(shown) in seen:
                continue
            for page in [shown, *with_errors(client, shown)]:
                seen.add(form_of(page))
                # Where no script listens to keys, Tab goes to whatever takes the focus.
                scripts = scripts_of(page)
                if what := findings(window, page, by_tab=scripts not in pressed):
                    found[f"{who}: {page.kind} {page.address}"] = what
                pressed.add(scripts)

    assert not found, "\n".join(f"{page}: {what}" for page, what in found.items())
    assert len(seen) > 200, "pages and what comes of sending their forms empty"


def test_the_look_finds_what_stands_in_the_way(window, client):
    """The same look at a page that keeps somebody out, and in the dark somebody else."""
    answer = client.get("/healthz")
    answer["Content-Type"] = "text/html"
    del answer["Content-Security-Policy"]
    answer.content = b"""<!doctype html><html lang="en"><title>x</title><style>
      @media (prefers-color-scheme: dark) { p { color: #eee } }
      a { display: block; padding: 12px; outline-width: 2px }
      .faint:focus { outline: 2px solid #eee }
      .moving { transition: opacity 1s }
      .bar { position: fixed; inset: auto 0 0; height: 40vh; background: white }
      .far { margin-top: 200vh }
      </style><script>addEventListener("keydown", (e) => {
        if (e.target.id === "trap") e.preventDefault() })</script>
      <main><h1>x</h1><img src="/x.png"><p>Hardly to be read in the dark</p>
      <table><tr><th>x</th><td>y</td></tr></table>
      <a href="/a">More</a><a href="/b">More</a><a class="faint moving" href="/c">Faint</a>
      <button>Low</button><a id="trap" href="/d">Trap</a><a class="far" href="/e">Covered</a>
      </main><div class="bar">x</div></html>"""

    found = findings(window, Shown("x", "/", answer), by_tab=True)

    for what in (
        "Tab does not lead to <a class='far'", "image-alt", "without a name: table",
        "one name, several places: 'More'", "faint moving", "px high",
        "focus cannot be seen on <a class='faint", "out of sight with the focus: <a class='far",
        "dark: color-contrast",
    ):  # fmt: skip
        assert any(what in one.replace('"', "'") for one in found), what
