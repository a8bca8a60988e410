"""Public pages are made once for everyone; what is personal is never among them."""

import gzip
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.utils import translation

from erdkreis.web import kept

PAGE = "A page for everyone. " * 20


@pytest.fixture(autouse=True)
def _ten_seconds(settings):
    settings.SECONDS_PUBLIC_PAGES_ARE_KEPT = 10
    kept._kept.clear()
    yield
    kept._kept.clear()


@pytest.fixture
def clock(monkeypatch):
    now = SimpleNamespace(seconds=100.0)
    monkeypatch.setattr(kept.time, "monotonic", lambda: now.seconds)
    return now


@pytest.fixture
def view():
    made = []

    @kept.kept_for_everyone
    def page(request):
        made.append(request)
        return HttpResponse(f"{PAGE}{len(made)} {translation.get_language()}")

    page.made = made
    return page


def ask(view, **headers):
    cookies = headers.pop("cookies", {})
    request = RequestFactory().get(headers.pop("path", "/p/x/"), headers=headers)
    request.COOKIES.update(cookies)
    return view(request)


def test_it_is_made_once_and_again_after_its_seconds(view, clock):
    first, second = ask(view), ask(view)
    clock.seconds += 11

    third = ask(view)

    assert first.content == second.content
    assert third.content != first.content
    assert len(view.made) == 2


def test_browsers_may_keep_it_and_ask_whether_it_is_still_the_same(view, clock):
    first = ask(view)

    again = ask(view, if_none_match=first["ETag"])

    assert first["Cache-Control"] == "public, max-age=10"
    assert (again.status_code, again.content) == (304, b"")
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= set(first["Vary"].split(", "))


def test_it_is_packed_for_those_who_can_unpack(view, clock):
    packed = ask(view, accept_encoding="gzip, br")

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == ask(view).content


def test_each_language_has_its_own(view, clock):
    with translation.override("de"):
        german = ask(view)
    english = ask(view)

    assert german.content != english.content
    assert (german["Content-Language"], english["Content-Language"]) == ("de", "en")


@pytest.mark.parametrize(
    "personal",
    [{"cookies": {"sessionid": "x"}}, {"cookies": {"messages": "x"}}, {"path": "/p/x/?page=2"}],
)
def test_whoever_is_known_gets_a_fresh_page_that_nobody_else_gets(view, clock, personal):
    ask(view, **personal)
    fresh = ask(view, **personal)

    assert len(view.made) == 2
    assert not fresh.has_header("Cache-Control")
    assert kept._kept == {}


@pytest.mark.parametrize("status", [404, 302, 500])
def test_only_what_is_there_is_kept(clock, status):
    view = kept.kept_for_everyone(lambda _request: HttpResponse("x", status=status))

    assert ask(view).status_code == status
    assert kept._kept == {}


def test_a_page_with_a_form_or_a_cookie_is_never_kept(clock):
    def with_form(request):
        return HttpResponse(get_token(request))

    def with_cookie(_request):
        response = HttpResponse("x")
        response.set_cookie("language", "de")
        return response

    for view in map(kept.kept_for_everyone, (with_form, with_cookie)):
        ask(view)
        assert kept._kept == {}


def test_memory_has_an_end(view, clock):
    for number in range(kept.MOST_KEPT + 20):
        ask(view, path=f"/p/{number}/")

    assert len(kept._kept) == kept.MOST_KEPT
