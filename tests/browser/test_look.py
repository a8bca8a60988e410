"""The ten most important pages look as they did when somebody last looked at them.

``make golden`` paints them anew, into docs/look; then look at the pictures before they are kept.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from PIL import ImageDraw, ImageFilter

from browser_checks import LAPTOP, PHONE
from erdkreis.circles.models import Circle
from erdkreis.rounds.models import Round
from factories import rounds
from factories.demo import always_the_same, host_of, made, speaking
from factories.screens import Screen
from golden_pictures import finding, golden, is_alike, keep, painted

pytestmark = pytest.mark.django_db

IS_RENEWED = os.environ.get("ERDKREIS_GOLDEN") == "write"


@dataclass
class Demo:
    """The invented circle, whoever hosts it, and somebody nobody knows."""

    circle: Circle
    host: Client
    voice: Client

    @property
    def asking(self) -> Round:
        return self.circle.rounds.get(state=Round.State.ASKING)

    @property
    def told(self) -> Round:
        return self.circle.rounds.get(state=Round.State.CLOSED)

    @property
    def door(self) -> str:
        return f"/e/{rounds.group(self.asking, 'customers').slug}/"


# A page is made ready by a function, which returns who looks and where.
Ready = Callable[[Demo], tuple[Client, str]]


def start(demo: Demo):
    return demo.voice, "/"


def circle(demo: Demo):
    return demo.host, reverse("home:circle", args=[demo.circle.slug])


def promise(demo: Demo):
    return demo.host, reverse("rounds:promise", args=[rounds.draft(demo.circle).pk])


def door(demo: Demo):
    return demo.voice, demo.door


def question(demo: Demo):
    demo.voice.get(demo.door)
    demo.voice.post(demo.door)
    demo.voice.post(f"{demo.door}1/", {"answer": "4"})
    return demo.voice, f"{demo.door}1/"


def thanks(demo: Demo):
    question(demo)
    sent = demo.voice.post(f"{demo.door}check/", follow=True)
    return demo.voice, sent.redirect_chain[-1][0]


def picture(demo: Demo):
    return demo.host, reverse("pictures:picture", args=[demo.told.pk])


def dialogue(demo: Demo):
    held = demo.circle.dialogues.get()
    return demo.host, reverse("dialogues:opinion", args=[held.pk]) + "#groups-title"


def experiment(demo: Demo):
    tried = demo.circle.experiments.get(state="running")
    return demo.host, reverse("experiments:experiment", args=[tried.pk])


def public(demo: Demo):
    return demo.voice, reverse("pictures:public", args=[demo.told.publication.slug])


PAGES: dict[str, list[tuple[Ready, dict[str, int], str]]] = {
    "de": [
        (circle, LAPTOP, "light"),
        (door, PHONE, "light"),
        (question, PHONE, "light"),
        (picture, LAPTOP, "light"),
        (experiment, LAPTOP, "dark"),
    ],
    "en": [
        (start, LAPTOP, "light"),
        (promise, LAPTOP, "light"),
        (thanks, PHONE, "light"),
        (dialogue, LAPTOP, "light"),
        (public, PHONE, "dark"),
    ],
}


@pytest.fixture
def window(browser):
    """Return a function that opens a window in which nothing moves."""
    screens = []

    def window(size, theme) -> Screen:
        options = {"viewport": size, "color_scheme": theme, "reduced_motion": "reduce"}
        screens.append(Screen(browser, **options))
        return screens[-1]

    yield window
    for screen in screens:
        screen.close()


@pytest.mark.parametrize("language", PAGES)
def test_a_page_looks_as_it_did(language, window):
    found = []
    with always_the_same():
        demo = Demo(invented := made(language), host_of(invented, language), speaking(language))
        for ready, size, theme in PAGES[language]:
            client, address = ready(demo)
            now = shot(window(size, theme), address, client.get(address))
            if IS_RENEWED:
                keep(ready.__name__, now)
            found.append(finding(ready.__name__, now))

    assert not any(found), "\n".join([*filter(None, found), "If it should be so: make golden"])


def shot(screen: Screen, address: str, answer):
    assert answer.status_code == 200, address
    screen.show(address, answer)
    screen.page.evaluate("document.fonts.ready")
    return painted(screen.page.screenshot(animations="disabled", caret="hide"))


def test_a_piece_that_moves_and_a_colour_that_changes_are_seen():
    before = golden("question")
    moved, tinted, missing = before.copy(), before.copy(), before.copy()
    moved.paste(before.crop((0, 300, 360, 700)), (0, 304))
    button = (140, 724, 200, 764)
    tinted.paste((60, 90, 71), button)
    ImageDraw.Draw(missing).rectangle((20, 60, 340, 90), fill=before.getpixel((2, 300)))

    assert not any(is_alike(before, now) for now in (moved, tinted, missing))


def test_other_edges_of_letters_are_not_seen():
    before = golden("question")

    assert is_alike(before, before.filter(ImageFilter.GaussianBlur(0.5)))
