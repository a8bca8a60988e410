"""Pages for when something went wrong: what happened, what was kept, what to do next.

Text that somebody typed comes back for copying, whatever went wrong.
"""

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

from erdkreis.web.away import status_when_away, try_again_later

Answer = Callable[[HttpRequest], HttpResponse]

LONG_ENOUGH_TO_KEEP = 20
MOST_KEPT_TEXTS = 10
UNREADABLE = (
    SuspiciousOperation, BadRequest, MultiPartParserError, UnicodeDecodeError, UnreadablePostError,
)  # fmt: skip
OWN_WORDS = ("words",)  # kept however short: “Noise.” is an answer


def typed_text(request: HttpRequest) -> list[str]:
    """Return what a person wrote in this request, longest first, for copying."""
    try:
        values = [value for key in request.POST for value in request.POST.getlist(key)]
    except UNREADABLE:
        return []
    texts = {v.strip() for v in values if " " in v.strip() or len(v) >= LONG_ENOUGH_TO_KEEP}
    texts |= {v.strip() for name in OWN_WORDS for v in request.POST.getlist(name)} - {""}
    texts.discard(request.POST.get("csrfmiddlewaretoken", ""))
    return sorted(texts, key=len, reverse=True)[:MOST_KEPT_TEXTS]


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The form came without its protection: cookie deleted, or the page was open for too long."""
    context = {"typed": typed_text(request)}
    return render(request, "web/errors/form_expired.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render(request, "web/errors/too_big.html", status=413)
    return render(request, "web/errors/bad_request.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    context = {"reason": str(exception or ""), "typed": typed_text(request)}
    return render(request, "web/errors/forbidden.html", context, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "web/errors/not_found.html", {"typed": typed_text(request)}, status=404)


def never_an_empty_page(get_response: Answer) -> Answer:
    """Where an address only takes what a form sends, say so to whoever opens it."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        shown = render(request, "web/errors/only_sent.html", status=response.status_code)
        shown["Allow"] = response["Allow"]
        return shown

    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault; or, where the database is away for a while, keep what was sent."""
    if status := status_when_away(sys.exception()):
        return try_again_later(request, status)
    context = {"typed": typed_text(request)}
    return render(request, "web/errors/server_error.html", context, status=500)
