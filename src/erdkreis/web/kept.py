"""Public pages, the same for everyone: made once, then handed out for some seconds.

Kept in the memory of each process and by browsers; whoever is signed in always gets a fresh page. A
page with a form is never kept: its token against forged forms belongs to one visitor.
"""

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from erdkreis.web.caching import known_again, tag_of

View = Callable[..., HttpResponse]
Key = TypeVar("Key")
Value = TypeVar("Value")

MOST_KEPT = 200
HAS_TOKEN = "CSRF_COOKIE_NEEDS_UPDATE"  # noqa: S105 - where Django notes that a form was made
MESSAGES = "messages"  # the cookie in which Django holds what is to be said once
VARIES_BY = ("Accept-Encoding", "Accept-Language", "Cookie")


@dataclass(frozen=True)
class Page:
    """A page as it is handed out."""

    until: float
    tag: str
    content: bytes
    packed: bytes
    headers: dict[str, str]


_kept: dict[tuple[str, str], Page] = {}


def kept_for_everyone(view: View) -> View:
    """Make a public page at most once in a few seconds, for each language."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **captured: Any) -> HttpResponse:
        seconds = settings.SECONDS_PUBLIC_PAGES_ARE_KEPT
        if not seconds or _is_personal(request):
            return view(request, *args, **captured)
        key = (request.path, translation.get_language() or "")
        page = _kept.get(key)
        if page is None or page.until < time.monotonic():
            response = view(request, *args, **captured)
            if not _is_for_everyone(request, response):
                return response
            page = _page(response, seconds)
            keep(_kept, key, page, MOST_KEPT)
        return _handed_out(request, page, seconds)

    return answer


def _is_personal(request: HttpRequest) -> bool:
    return (
        request.method not in {"GET", "HEAD"}
        or bool(request.GET)
        or brings_something_of_an_account(request)
    )


def brings_something_of_an_account(request: HttpRequest) -> bool:
    """Say whether there may be a session, or something to be said to somebody."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or MESSAGES in request.COOKIES


def _is_for_everyone(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == HTTPStatus.OK
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
        and HAS_TOKEN not in request.META
    )


def _page(response: HttpResponse, seconds: int) -> Page:
    content = response.content
    headers = dict(response.items()) | {"Content-Language": translation.get_language() or "en"}
    return Page(
        until=time.monotonic() + seconds,
        tag=f"W/{tag_of(content)}",  # weak: packed or not, it is the same page
        content=content,
        packed=gzip.compress(content, 6, mtime=0),
        headers=headers,
    )


def keep(kept: dict[Key, Value], key: Key, value: Value, most: int) -> None:
    """Keep one more, and let those go that were kept first, so that memory has an end."""
    while len(kept) >= most:
        kept.pop(next(iter(kept)), None)
    kept[key] = value


def _handed_out(request: HttpRequest, page: Page, seconds: int) -> HttpResponse:
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    whole = HttpResponse(page.packed if is_packed else page.content, headers=page.headers)
    if is_packed:
        whole["Content-Encoding"] = "gzip"
    whole["Cache-Control"] = f"public, max-age={seconds}"
    patch_vary_headers(whole, VARIES_BY)
    return known_again(request, whole, page.tag)
