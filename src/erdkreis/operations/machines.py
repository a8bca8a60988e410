"""What machines ask: whether this lives, is ready, and how it goes.

Answered before anything else: a probe comes without a host name of ours and without encryption.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from erdkreis.operations.health import readiness
from erdkreis.operations.metrics import TYPE, metrics

Answer = Callable[[HttpRequest], HttpResponse]
PLAIN = "text/plain; charset=utf-8"


def answer_machines(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        if request.path not in ANSWERS or request.method not in {"GET", "HEAD"}:
            return get_response(request)
        response = ANSWERS[request.path](request)
        if response is None:
            return get_response(request)
        response["Cache-Control"] = "no-store"
        return response

    return answer


def _live(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type=PLAIN)


def _ready(_request: HttpRequest) -> HttpResponse:
    found = readiness()
    said = "".join(f"{name}: {word}\n" for name, word in found.says.items())
    return HttpResponse(said, content_type=PLAIN, status=200 if found.is_ready else 503)


def _metrics(request: HttpRequest) -> HttpResponse | None:
    """Answer whoever knows the token; for everybody else there is no such page."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    if not token or not constant_time_compare(given, token):
        return None
    return HttpResponse(metrics(), content_type=TYPE)


ANSWERS: dict[str, Callable[[HttpRequest], HttpResponse | None]] = {
    "/health/live": _live,
    "/health/ready": _ready,
    "/metrics": _metrics,
}
