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
