"""Pages that are the same for hundreds but for a few words: made once, filled in for each.

What differs is the token against forged forms, the receipt code, and what is derived from it. Such
a page is made for nobody, with marks in their place, so that nothing of anyone can be kept in it.
"""

import secrets
import time
from collections.abc import Callable, Hashable
from functools import cache
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import translation
from django.utils.html import escape

from erdkreis.web.first_style import knows_our_style
from erdkreis.web.templatetags.erdkreis import own_shelf

MOST_KEPT = 300
Words = dict[str, str]

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
    if until < time.monotonic():
        page = make({"csrf_token": _marks()[0], "receipt": _marks()[1]})
        if page.status_code != HTTPStatus.OK or page.cookies:
            raise ValueError("only a page that is whole, and nobody's own, can be filled in")
        parts = _split(page.content)
        _keep(key, parts)
    own = dict(zip(map(str.encode, _marks()), _own(request, receipt), strict=True))
    return HttpResponse(b"".join(own.get(part, part) for part in parts))


def _own(request: HttpRequest, receipt: str) -> list[bytes]:
    # The code comes from a cookie, which may hold anything.
    return [text.encode() for text in (get_token(request), escape(receipt), own_shelf(receipt))]


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


def _keep(key: Hashable, parts: list[bytes]) -> None:
    while len(_kept) >= MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = time.monotonic() + settings.SECONDS_PUBLIC_PAGES_ARE_KEPT, parts
