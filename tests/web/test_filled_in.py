"""Pages for visitors are made once; what differs is the token of their forms."""

import re

import pytest
from django.test import Client

from erdkreis.web import filled_in
from factories.circles import person

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")(\w{64})"')

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings):
    filled_in._kept.clear()

    def keep(seconds):
        settings.SECONDS_PUBLIC_PAGES_ARE_KEPT = seconds

    keep(10)
    yield keep
    filled_in._kept.clear()


def text(response):
    return TOKEN.sub(r'\1token"', response.content.decode())


@pytest.mark.parametrize("path", ["/", "/directory/", "/directory/about/"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_visitor_gets_the_page_that_would_be_made_for_her(kept, path, language):
    ask = {"headers": {"accept-language": language}}
    one, two = (Client().get(path, **ask) for _visit in range(2))
    assert len(filled_in._kept) == 1
    kept(0)

    whole = Client().get(path, **ask)

    assert text(one) == text(two) == text(whole)
    assert dict(one.headers) == dict(two.headers) == dict(whole.headers)
    tokens = [{token for _b, token in TOKEN.findall(p.content.decode())} for p in (one, two)]
    assert tokens[0]
    assert not tokens[0] & tokens[1]


def test_its_token_is_one_that_is_taken(kept):
    for _made_then_filled_in in range(2):
        strict = Client(enforce_csrf_checks=True)
        page = strict.get("/").content.decode()
        (_before, token), *_more = TOKEN.findall(page)

        sent = {"csrfmiddlewaretoken": token, "language": "de", "next": "/"}

        assert strict.post("/language/", sent).status_code == 302


def test_whoever_is_signed_in_gets_her_own_page(kept, client):
    client.get("/")
    client.force_login(person("ada"))

    assert "What is stored about you" in client.get("/").content.decode()
    assert "What is stored about you" not in Client().get("/").content.decode()


def test_what_is_not_there_is_not_kept(kept, client):
    assert client.get("/directory/no-such-entry/").status_code == 404
    assert not filled_in._kept


@pytest.mark.parametrize(
    "path",
    ["/directory/files/directory.csv", "/directory/files/directory.json", "/directory/feed/"],
)
def test_files_of_the_directory_are_handed_out_once(kept, client, path):
    first = client.get(path)

    again = client.get(path, headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=10"
    assert (again.status_code, again.content) == (304, b"")
