"""Where people answer or vote there is neither session nor user, unless somebody brings them."""

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import RequestFactory

from erdkreis.web.without_account import accounts_where_needed


@pytest.fixture
def seen():
    requests = []

    def view(request):
        requests.append(request)
        return HttpResponse("")

    answer = accounts_where_needed(view)

    def ask(path, **cookies):
        request = RequestFactory().get(path)
        request.COOKIES.update(cookies)
        answer(request)
        return requests[-1]

    return ask


@pytest.mark.parametrize("path", ["/e/abc/1/", "/d/abc/vote/", "/p/abc/"])
def test_nothing_is_made_ready_for_an_account(seen, path):
    request = seen(path)

    assert not hasattr(request, "session")
    assert not hasattr(request, "user")
    assert list(get_messages(request)) == []


@pytest.mark.parametrize("path", ["/", "/circles/", "/account/login/", "/v/ABCD/", "/dialogues/1/"])
def test_everywhere_else_there_is_one(seen, path):
    request = seen(path)

    assert request.session.is_empty()
    assert not request.user.is_authenticated


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, "messages"])
def test_whoever_brings_something_of_an_account_is_known_as_everywhere(seen, cookie):
    assert hasattr(seen("/e/abc/1/", **{cookie: "x"}), "session")


@pytest.mark.django_db
def test_somebody_signed_in_is_known_on_the_pages_of_those_who_answer(client):
    from factories.circles import person

    client.force_login(person("ada"))

    page = client.get("/e/there-is-none/")

    assert page.status_code == 404
    assert page.wsgi_request.user.is_authenticated
