"""The page of all components answers only while developing, and forgets none."""

import re
from pathlib import Path

import pytest

from erdkreis.drawing.rundbild import CellKind

pytestmark = pytest.mark.django_db
BUTTONS = {"secondary", "danger", "link"}


@pytest.fixture
def page(client, settings):
    settings.DEBUG = True
    return client.get("/styleguide/").content.decode()


def test_an_installation_has_no_such_page(client):
    assert client.get("/styleguide/").status_code == 404


def test_it_shows_every_kind_of_button_and_of_cell(page):
    shown = {word for names in re.findall(r'class="([^"]+)"', page) for word in names.split()}

    assert shown >= BUTTONS | {"next-step", "rows", "chips", "cards", "states", "errorlist"}
    drawn = ["half" if kind == CellKind.SPLIT else kind for kind in CellKind]
    assert [kind for kind in drawn if f'class="cell {kind}' not in page] == []


def test_it_names_every_colour_of_the_style_sheet(page):
    css = Path("src/erdkreis/web/static/web/erdkreis.css").read_text()
    of_the_page = {"paper", "sheet", "ink", "quiet", "line", "edge", "forest", "clay"}

    assert of_the_page <= {*re.findall(r"--([a-z-]+): #", css)}
    assert all(f"var(--{name})" in page for name in of_the_page)


# Not pieces, but parts of a page as a whole, of a component's inside, or of one page alone.
OF_A_PAGE = {
    "account", "aside", "begin", "brand", "emblem", "foot", "hero", "languages", "links", "loop",
    "narrow", "one-sheet", "site", "skip-link", "start", "trial", "voice", "visually-hidden",
}  # fmt: skip
OF_ONE_PLACE = {
    "back", "beside", "chairs", "chairs-picture", "contribution", "deeds",
    "dont_know", "error", "explanation",
    "cells", "is-quiet", "middle", "name", "not-asked", "of-votes", "prediction", "qr", "saved",
    "seat", "skipped", "taken", "waiting", "when", "why",
    # The large table of a picture.
    "median", "observer", "one", "picture", "said-so", "too_few",
}  # fmt: skip


def test_every_piece_of_the_style_sheet_stands_there(page):
    css = Path("src/erdkreis/web/static/web/erdkreis.css").read_text()
    named = {*re.findall(r"\.([a-z][\w-]+)", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))}
    shown = {word for names in re.findall(r'class="([^"]+)"', page) for word in names.split()}

    assert named - shown - OF_A_PAGE - OF_ONE_PLACE == set()
