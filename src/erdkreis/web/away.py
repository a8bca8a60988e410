"""When the database is locked, away or without room: say so, and keep what was sent.

It passes by itself, as a rule within a minute. Until then a press on “Send it again” sends the same
form once more, so nobody types anything twice.
"""

import errno
import logging
from http import HTTPStatus

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

SECONDS_TO_TRY_AGAIN = 30
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SAID_WITHOUT_ROOM = ("disk is full", "No space left on device", "could not extend file")
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


def status_when_away(error: BaseException | None) -> HTTPStatus | None:
    """Return what to answer when storing or reading failed for a while; else nothing."""
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return HTTPStatus.INSUFFICIENT_STORAGE
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    is_full = any(words in str(error) for words in SAID_WITHOUT_ROOM)
    return HTTPStatus.INSUFFICIENT_STORAGE if is_full else HTTPStatus.SERVICE_UNAVAILABLE


def try_again_later(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """Say that it does not work just now, and hold what was sent ready for sending again."""
    if request.headers.get("HX-Trigger-Name") == "autosave":
        # The page stays as it is, with all that was typed; only the word “saved” is another.
        response = HttpResponse(_("Not saved yet. Please try again in a moment."), status=status)
    else:
        context = {"is_full": status == HTTPStatus.INSUFFICIENT_STORAGE, "sent": fields_in(request)}
        response = render(request, "web/errors/away.html", context, status=status)
        if "HX-Request" in request.headers:
            response["HX-Retarget"] = response["HX-Reselect"] = "#main"
            response["HX-Reswap"] = "outerHTML"
    response["Retry-After"] = str(SECONDS_TO_TRY_AGAIN)
    return response


def fields_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was sent, for sending it again. A password is never written into a page."""
    if request.method != "POST":
        return []
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
    except (SuspiciousOperation, MultiPartParserError, UnicodeDecodeError, OSError):
        return []
    if any("password" in name for name, _value in sent) or request.FILES:
        return []
    return [(name, value) for name, value in sent if name != TOKEN]
