"""Pages for when something went wrong: in both languages, without database or session."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.test import Client, RequestFactory
from django.utils import translation

from erdkreis.web import errors

LONG = "A sentence that somebody typed with care."


def pages(request):
    return {
        400: errors.bad_request(request),
        403: errors.permission_denied(request, PermissionDenied("No role.")),
        404: errors.page_not_found(request),
        413: errors.bad_request(request, RequestDataTooBig()),
        500: errors.server_error(request),
    }


def test_an_address_of_a_form_is_no_empty_page():
    """Somebody opens it from the history, or reloads after an error."""
    page = Client().get(
        "/directory/mine/AAAA-BBBB-CCCC-DDDD/fact/", headers={"accept-language": "de"}
    )

    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "nimmt nur an, was ein Formular schickt" in page.content.decode()
    assert 'href="/"' in page.content.decode()


# No database fixture here: a page that asked for one would fail.
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("status", [400, 403, 404, 413, 500])
def test_an_error_page_needs_neither_database_nor_session(language, status):
    request = RequestFactory().get("/")

    with translation.override(language):
        page = pages(request)[status]

    assert page.status_code == status
    assert f'<html lang="{language}">' in page.content.decode()
    assert 'href="/"' in page.content.decode()


@pytest.mark.parametrize("language", ["de", "en"])
def test_an_expired_form_speaks_both_languages(language):
    with translation.override(language):
        page = errors.form_expired(RequestFactory().post("/", {"words": LONG}))

    assert page.status_code == 403
    assert LONG in page.content.decode()


@pytest.mark.parametrize(
    ("posted", "kept"),
    [
        ({"words": LONG}, [LONG]),
        ({"words": "Noise."}, ["Noise."]),
        ({"words": "  "}, []),
        ({"answer": "4", "back": "1", "language": "de"}, []),
        ({"title": "Autumn", "purpose": LONG}, [LONG]),
        ({"csrfmiddlewaretoken": "t" * 64, "words": LONG}, [LONG]),
        ({"a": "short one", "b": "a longer one", "c": "short one"}, ["a longer one", "short one"]),
        ({f"f{i}": f"text {i:02}" for i in range(30)}, None),
    ],
)
def test_what_was_typed_is_kept_and_what_was_pressed_is_not(posted, kept):
    texts = errors.typed_text(RequestFactory().post("/", posted))

    assert len(texts) == 10 if kept is None else texts == kept


def test_typed_text_is_offered_as_text(client):
    page = errors.page_not_found(RequestFactory().post("/", {"words": "</textarea><script>x y"}))

    assert "<script>" not in page.content.decode()


@pytest.mark.django_db
def test_a_crash_is_told_kindly(monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("erdkreis.questionnaires.views.answering.group_at", broken)
    page = Client(raise_request_exception=False).get("/e/anybody/")

    assert page.status_code == 500
    assert "It is not your fault" in page.content.decode()
    assert "secret detail" not in page.content.decode()


@pytest.mark.django_db
def test_health_is_ok_when_tables_are_up_to_date(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_the_language_is_remembered_in_a_cookie_and_no_session(client):
    answer = client.post("/language/", {"language": "de", "next": "/"})

    assert answer.headers["Location"] == "/"
    assert answer.cookies["django_language"].value == "de"
    assert "sessionid" not in answer.cookies
    assert '<html lang="de">' in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "goal", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_the_choice_of_language_leads_nowhere_else(client, goal):
    answer = client.post("/language/", {"language": "de", "next": goal})

    assert answer.headers["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/", "/e/nobody/", "/account/login/"])
def test_every_page_tells_the_browser_to_ask_nobody_else(client, page):
    headers = client.get(page).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "http" not in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_where_it_broke_on_our_side_the_text_comes_back():
    request = RequestFactory().post("/e/x/1/", {"words": "Less noise at night, please."})

    answer = errors.server_error(request)

    assert answer.status_code == 500
    assert "Less noise at night, please." in answer.content.decode()
