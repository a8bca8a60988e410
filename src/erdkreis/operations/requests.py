"""Counting requests and, on wish, a line in the log for each.

Where people answer, vote or speak without a name, no line is written, unless something failed or
took long: a line has a time, and the time at which somebody answered is nobody's business.
"""

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from erdkreis.operations.counts import FAILED, OK, REFUSED, SLOW, SLOW_SECONDS, Counter
from erdkreis.web.logs import REQUEST_ID, WITHOUT_A_NAME, route_of

log = logging.getLogger("erdkreis.requests")
Answer = Callable[[HttpRequest], HttpResponse]
COUNTER = Counter()
BAD_REQUEST, SERVER_ERROR = 400, 500


def counted(get_response: Answer) -> Answer:
    def answer(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        token = REQUEST_ID.set(secrets.token_hex(8))
        try:
            response = get_response(request)
            took = time.perf_counter() - began
            _count(response.status_code, took)
            _say(request, response.status_code, took)
            return response
        finally:
            REQUEST_ID.reset(token)

    return answer


def _count(status: int, took: float) -> None:
    if status >= SERVER_ERROR:
        COUNTER.add(FAILED)
    else:
        COUNTER.add(REFUSED if status >= BAD_REQUEST else OK)
    if took > SLOW_SECONDS:
        COUNTER.add(SLOW)


def _say(request: HttpRequest, status: int, took: float) -> None:
    if not settings.LOG_REQUESTS:
        return
    route = route_of(request)
    if route == WITHOUT_A_NAME and status < SERVER_ERROR and took < SLOW_SECONDS:
        return
    said = {"route": route, "status": status, "ms": round(1000 * took)}
    log.info("%(route)s %(status)s %(ms)s ms", said, extra=said)
