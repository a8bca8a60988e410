"""Where people answer, vote or read what is published there is no account, and none is made ready.

Sessions, users and messages belong to those who prepare and lead. For a vote they would cost more
than writing it. Whoever is signed in and comes here, to see how it looks, is known as everywhere.
"""

from collections.abc import Callable
from typing import cast

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from erdkreis.web.kept import brings_something_of_an_account

Answer = Callable[[HttpRequest], HttpResponse]
# Voting, answering, and pictures that are published: no page there asks who is signed in.
WITHOUT_ACCOUNT = ("/d/", "/e/", "/p/")


def accounts_where_needed(get_response: Answer) -> Answer:
    """Know the session, who is signed in and what is to be said to them; or pass it all by."""
    inner = AuthenticationMiddleware(MessageMiddleware(get_response))
    with_account = cast("Answer", SessionMiddleware(inner))

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(WITHOUT_ACCOUNT):
            return with_account(request)
        if brings_something_of_an_account(request):
            return with_account(request)
        return get_response(request)

    return answer
