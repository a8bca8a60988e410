"""Bad network in a bakery: the first question must be light."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from factories.rounds import group

pytestmark = pytest.mark.django_db

KILOBYTE = 1000
MOST_KB, MOST_STYLE_KB = 60, 12


def weight(content: bytes) -> float:
    return len(gzip.compress(content)) / KILOBYTE


def static_file(name: str) -> bytes:
    path = finders.find(name)
    assert path, f"{name} is missing; run: python3 scripts/front_end.py"
    return Path(path).read_bytes()


@pytest.fixture
def question(asking, client) -> bytes:
    address = f"/e/{group(asking, 'employees').slug}/"
    client.post(address)
    return client.get(f"{address}1/").content


def test_the_first_question_is_light(question):
    names = re.findall(rb'(?:src|href)="/static/([^"]+)"', question)
    files = [static_file(name.decode()) for name in names]

    assert len(files) == 6  # icon, two style sheets, three scripts
    assert weight(question) + sum(map(weight, files)) < MOST_KB


def test_the_style_is_light():
    assert weight(static_file("web/erdkreis.css")) < MOST_STYLE_KB


def test_a_page_asks_nobody_else(question):
    addresses = re.findall(rb'(?:src|href|action)="([^"]*)"', question)

    assert all(address.startswith((b"/", b"#")) for address in addresses)


def test_no_page_carries_styles_or_scripts_of_its_own(question):
    assert b"<style" not in question
    assert b" style=" not in question
    assert not re.search(rb"<script(?![^>]*src=)", question)
