"""What may come in at all: usual methods, and no more than the largest file that any page takes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponse]

LARGEST_BODY = 8 * 1024 * 1024
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


def only_usual_requests(get_response: Answer) -> Answer:
    """Refuse what is too large before any of it is read: whoever sends it fills no disk of ours.

    What Django limits itself are the fields of a form; files it would write down, however large.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:  # TRACE would say back what nobody should see
            return HttpResponseNotAllowed(METHODS)
        if _announced(request) > LARGEST_BODY:
            return render(request, "web/errors/too_big.html", status=413)
        try:
            return get_response(request)
        finally:
            _leave_no_half_file(request)

    return answer


def _leave_no_half_file(request: HttpRequest) -> None:
    """Delete what came of a file when its connection was cut; Django forgets only whole ones."""
    if request.content_type == "multipart/form-data":
        for handler in request.upload_handlers:
            if (file := getattr(handler, "file", None)) is not None:
                file.close()


def _announced(request: HttpRequest) -> int:
    # No more than this is ever read: a body that does not say its length counts as empty.
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0
