"""Whatever people write stays text: markup in every field, every page that shows it, every role.

What the server answers to each role is given to a real browser whose content policy is switched
off: escaping alone has to hold. That the policy is there, too, is shown in test_swapped_ids.py.
"""

import re
from hashlib import sha256
from itertools import count

import pytest
from django.db import models
from django.template import engines

from browser_checks import PHONE
from factories.house import furnished, pages
from factories.poison import NOT_TYPED, poison, typed_fields
from factories.screens import Screen
from test_access_rules import LOOKING, WHO, addresses, browsers

__all__ = ["addresses"]
pytestmark = pytest.mark.django_db

MARK = "hurt"
ATTACKS = (
    "<svg onload=hurt()>",
    "<img src=x onerror=hurt()>",
    '"><script>hurt()</script>',
    "'><img src=x onerror=hurt()>",
    "javascript:hurt()//",
    "{{191*7}}{% debug %}${hurt()}",
    "</textarea></title></style></script><script>hurt()</script>",
    "\" onfocus=hurt() autofocus x=\"' onmouseover=hurt() x='",
    "<a href=javascript:hurt()>\u202eolleh\u202c</a>",
    "]]><x:script xmlns:x='http://www.w3.org/1999/xhtml'>hurt()</x:script>",
    "<iframe srcdoc='<script>parent.hurt()</script>'>",
)
LONG_WORD = "W" * 150
ADDRESS = 'https://example.org/"><img src=x onerror=hurt()>'

TRAP = "window.hurt = () => { window.isHurt = true };"
FOUND = """() => {
  const found = window.isHurt ? ["a script ran"] : [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on")) found.push(`<${element.localName} ${name}=…>`);
      if (/^\\s*(javascript|vbscript|data:text)/i.test(value) && /href|src|action/.test(name))
        found.push(`<${element.localName} ${name}=${value}>`);
    }
  }
  if (/\\b1337\\b/.test(document.documentElement.textContent)) found.push("a template ran");
  const page = document.documentElement;
  if (page.localName === "html" && page.scrollWidth > page.clientWidth + 1)
    found.push(`${page.scrollWidth} px wide`);
  return found;
}"""


def hostile() -> callable:
    """Return what gives each field other attacks, as many as fit."""
    number = count()

    def words(field) -> str:
        if isinstance(field, models.URLField):
            return ADDRESS
        first, room, text = next(number), field.max_length or 1200, ""
        for n in range(len(ATTACKS)):
            attack = ATTACKS[(first + n) % len(ATTACKS)]
            if len(text) + len(attack) + 1 <= room:
                text += attack + " "
        return text + LONG_WORD[: room - len(text)]

    return words


class Trap(Screen):
    """A window that notices whatever an attack would do."""

    def __init__(self, browser) -> None:
        super().__init__(browser, viewport=PHONE, bypass_csp=True, reduced_motion="reduce")
        self.asked: list[str] = []
        self.page.add_init_script(TRAP)
        self.page.on("dialog", self._dialog)

    def findings(self, address: str, answer) -> list[str]:
        self.asked = []
        self.show(address, answer)
        return self.page.evaluate(FOUND) + self.asked

    def refused(self, url: str) -> None:
        if url.endswith("/x") or "example.org" in url:
            self.asked.append(f"asked for {url}")

    def _dialog(self, dialog):
        self.asked.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def screen(browser):
    trap = Trap(browser)
    yield trap
    trap.close()


def fingerprint(text: str) -> bytes:
    """Two roles that get the same page need not be looked at twice."""
    return sha256(re.sub(r'value="\w{64}"', "", text).encode()).digest()


@pytest.mark.long
def test_whatever_people_write_stays_text(screen, circle, ada, charlotte, addresses):
    clients = dict(zip(WHO, browsers(circle, ada, charlotte), strict=True))
    furnished(circle)
    filled = poison(hostile())
    # What all get alike, signed in or not, two of them look at.
    for_all = tuple(name for name, seen in LOOKING.items() if len({*seen}) == 1)
    seen, found, showing = set(), {}, set()

    for who, client in clients.items():
        client.raise_request_exception = False
        left_out = ("web:",) if who in {"anonymous", "host"} else for_all
        for shown in pages(client, list(addresses.values()), left_out):
            if shown.answer.status_code == 500:
                found[f"{who}: {shown.kind} {shown.address}"] = ["broke"]
            if not shown.is_looked_at:
                continue
            if MARK in shown.text:
                showing.add(shown.kind)
            if (print_ := fingerprint(shown.text)) in seen:
                continue
            seen.add(print_)
            what = screen.findings(shown.address, shown.answer)
            if what:
                found[f"{who}: {shown.kind} {shown.address}"] = what

    assert not found, "\n".join(f"{page}: {what}" for page, what in found.items())
    assert len(filled) > 120
    assert len(showing) > 90, "pages that show what people wrote"


def test_the_net_catches(screen, client):
    """The same look at a page that forgets to escape finds every attack."""
    careless = engines["django"].from_string("<title>x</title>{{ text|safe }}")
    careful = engines["django"].from_string("<title>x</title>{{ text }}")
    answer = client.get("/healthz")

    for attack in (ATTACKS[0], ATTACKS[2], ATTACKS[8], LONG_WORD, f'<a href="{ATTACKS[4]}">x</a>'):
        answer.content = careless.render({"text": attack}).encode()
        answer["Content-Type"] = "text/html"
        assert screen.findings("/", answer), attack
    answer.content = careful.render({"text": ATTACKS[0]}).encode()
    assert screen.findings("/", answer) == []


def test_what_is_left_out_is_there():
    """A field that was renamed must not stay left out by its old name."""
    from django.apps import apps

    for label, names in NOT_TYPED.items():
        known = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        assert names <= known, label
    assert len(list(typed_fields())) > 150
