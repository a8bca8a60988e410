"""Bad network in a bakery: every page of whoever answers must be light."""

import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from erdkreis.invitations.services import issue_codes
from factories import dialogues, pulses
from factories.rounds import group

pytestmark = pytest.mark.django_db

KILOBYTE = 1000
MOST_KB, MOST_STYLE_KB = 40, 12
# What arrives in the first answer of a server, before it waits to hear from the browser: ten
# packets. A page of which the browser must see something at once fits into them, headers and all.
MOST_FIRST_KB = 13.5
MOST_PAGE_KB = 9


def weight(content: bytes) -> float:
    return len(gzip.compress(content)) / KILOBYTE


def static_file(name: str) -> bytes:
    path = finders.find(name)
    assert path, f"{name} is missing; run: python3 scripts/front_end.py"
    return Path(path).read_bytes()


@pytest.fixture
def begun(asking, client) -> str:
    """Somebody who has read the door of employees and begun."""
    address = f"/e/{group(asking, 'employees').slug}/"
    client.get(address)
    client.post(address)
    return address


@pytest.fixture
def question(begun, client) -> bytes:
    return client.get(f"{begun}1/").content


@pytest.fixture
def talk(circle) -> str:
    return f"/d/{dialogues.dialogue(circle).slug}/"


def test_the_first_question_is_light(question):
    names = re.findall(rb'(?:src|href)="/static/([^"]+)"', question)
    files = [static_file(name.decode()) for name in names]

    assert len(files) == 6  # icon, two style sheets, three scripts
    assert weight(question) + sum(map(weight, files)) < MOST_KB


def test_every_page_of_the_way_is_light(begun, client, talk):
    client.get(talk)
    client.post(talk, {"group": ""})
    pages = [*(f"{begun}{n}/" for n in (1, 7, 11)), f"{begun}check/", begun]
    pages += [talk, f"{talk}vote/", f"{talk}statements/", f"{talk}write/"]

    too_heavy = {page: weight(client.get(page).content) for page in pages}

    assert {page: kb for page, kb in too_heavy.items() if kb > MOST_PAGE_KB} == {}


def test_the_questions_of_a_pulse_are_light(client, circle):
    team = pulses.team_of(pulses.asked(pulses.running(circle)), "Bakery")
    [code] = issue_codes(team, 1)
    client.get(f"/v/{code}/")
    client.post(f"/v/{code}/")

    page = client.get(f"/e/{team.slug}/1/").content
    assert b"Please think of the last two weeks." in page
    assert weight(page) < MOST_PAGE_KB


@pytest.mark.parametrize("door", ["begun", "talk"])
def test_a_first_page_can_be_painted_when_it_has_arrived(request, door):
    address, stranger = request.getfixturevalue(door), Client()
    first = stranger.get(address)
    head = first.content.partition(b"</head>")[0]
    style = re.search(rb"<style>(.*?)</style>", head, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style).digest()).decode()

    assert b'rel="stylesheet"' not in head
    assert first.content.count(b"<style") == 1
    assert f"'sha256-{digest}'" in first.headers["Content-Security-Policy"]
    assert "unsafe" not in first.headers["Content-Security-Policy"]
    assert weight(first.content) < MOST_FIRST_KB
    assert b"<style" not in stranger.get(address).content  # from then on the files are there


def test_the_style_is_light():
    assert weight(static_file("web/erdkreis.css")) < MOST_STYLE_KB


def test_a_page_asks_nobody_else(question):
    addresses = re.findall(rb'(?:src|href|action)="([^"]*)"', question)

    assert all(address.startswith((b"/", b"#")) for address in addresses)


def test_no_page_carries_styles_or_scripts_of_its_own(question):
    assert b"<style" not in question
    assert b" style=" not in question
    assert not re.search(rb"<script(?![^>]*src=)", question)
