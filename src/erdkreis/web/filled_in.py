"""Pages that are the same for hundreds but for a few words: made once, filled in for each.

What differs is the token against forged forms, the receipt code, and what is derived from it. Such
a page is made for nobody, with marks in their place, so that nothing of anyone can be kept in it.
"""

import secrets
import time
from collections.abc import Callable, Hashable
from functools import cache, wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import translation
from django.utils.html import escape

from erdkreis.web.context import TOKEN_IN_PLACE
from erdkreis.web.first_style import knows_our_style
from erdkreis.web.kept import brings_something_of_an_account, keep
from erdkreis.web.templatetags.erdkreis import own_shelf

MOST_KEPT = 300
PLAIN = {"Content-Type"}
Words = dict[str, str]
View = Callable[..., HttpResponse]

_kept: dict[Hashable, tuple[float, list[bytes]]] = {}


def may_be_filled_in(request: HttpRequest) -> bool:
    """Say whether somebody only looks, with nothing in the address that changes the page."""
    return (
        settings.SECONDS_PUBLIC_PAGES_ARE_KEPT > 0
        and request.method == "GET"
        and not request.META.get("QUERY_STRING")
    )


def filled_in(
    request: HttpRequest, of: Hashable, receipt: str, make: Callable[[Words], HttpResponse]
) -> HttpResponse:
    """Return the page with this person's words; it is made at most once in a few seconds.

    ``make`` is handed the words of its template's context that stand for everybody's own.
    """
    key = (of, request.path, translation.get_language(), knows_our_style(request))
    until, parts = _kept.get(key, (0.0, []))
    if until >= time.monotonic():
        return HttpResponse(_joined(request, receipt, parts))
    page = make({"csrf_token": _marks()[0], "receipt": _marks()[1]})
    parts = _split(page.content)
    if page.status_code == HTTPStatus.OK and not page.cookies and set(page.headers) == PLAIN:
        until = time.monotonic() + settings.SECONDS_PUBLIC_PAGES_ARE_KEPT
        keep(_kept, key, (until, parts), MOST_KEPT)
    page.content = _joined(request, receipt, parts)
    return page


def filled_in_for_visitors(view: View) -> View:
    """Make a page once for all who are not signed in; what differs is the token of its forms."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **captured: Any) -> HttpResponse:
        if not may_be_filled_in(request) or brings_something_of_an_account(request):
            return view(request, *args, **captured)

        def make(words: Words) -> HttpResponse:
            setattr(request, TOKEN_IN_PLACE, words["csrf_token"])
            try:
                return view(request, *args, **captured)
            finally:
                delattr(request, TOKEN_IN_PLACE)

        return filled_in(request, "visitors", "", make)

    return answer


def _joined(request: HttpRequest, receipt: str, parts: list[bytes]) -> bytes:
    """Put a person's words in the place of marks; a page without forms gets no token."""
    token, *_others = marks = [mark.encode() for mark in _marks()]
    own = dict(zip(marks[1:], _own(receipt), strict=True))
    if token in parts:
        own[token] = get_token(request).encode()
    return b"".join(own.get(part, part) for part in parts)


def _own(receipt: str) -> list[bytes]:
    # The code comes from a cookie, which may hold anything.
    return [text.encode() for text in (escape(receipt), own_shelf(receipt))]


@cache
def _marks() -> tuple[str, str, str]:
    """Return what stands for token, receipt and shelf; nobody who writes a text can guess it."""
    token, receipt = secrets.token_hex(16), secrets.token_hex(16)
    return token, receipt, own_shelf(receipt)


def _split(content: bytes) -> list[bytes]:
    """Cut a page at its marks, which stay as parts of their own."""
    parts = [content]
    for mark in map(str.encode, _marks()):
        cut = []
        for part in parts:
            first, *rest = part.split(mark)
            cut += [first, *(piece for after in rest for piece in (mark, after))]
        parts = cut
    return parts
