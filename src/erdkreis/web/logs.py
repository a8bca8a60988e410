"""What the log must not know: the codes that people hold in their hands, and who they are."""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

# Personal addresses: /v/<code>/ of an invitation, /g/<code>/ of a guardian, /stop/<token>/, those
# that open the seeker's side of a fit conversation, and what is stored about a mail address.
_CODE_IN_ADDRESS = re.compile(
    r"(?:(?<=/[vg]/)|(?<=/stop/)|(?<=/f/in/)|(?<=/f/own/)|(?<=/f/again/)|(?<=/about-you/))"
    r"[^/?#\s\"']+"
)
_MAIL_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+\.[^\s<>\"'(),;:]+")
WITHOUT_A_NAME = "without a name"
# Where people without a name come and go; pages of hosts in these rooms are left out with them.
_OF_THE_NAMELESS = (
    "questionnaires:",
    "dialogues:",
    "conversations:",
    "fit:",
    "invitations:",
    "trust:",
    "experiments:at_group",
    "answerback:of_group",
    "pictures:public",
)
# Lines of one request belong together; the number is made for it and means nothing else.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")


class WithoutCodes(logging.Filter):
    """Leave out personal codes wherever an address is logged.

    A used code beside the time at which it was used would tell who answered when.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (clean := _CODE_IN_ADDRESS.sub("…", message)) != message:
            record.msg, record.args = clean, ()
        return True


class JsonLines(logging.Formatter):
    """One line of JSON for each record: for programs that collect logs.

    Of a request only the name of its route is written, of an error its kind and its place: a path
    can hold a code, and a message can quote what people wrote.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if request_id := REQUEST_ID.get():
            line["request"] = request_id
        line |= {name: getattr(record, name) for name in _KNOWN if hasattr(record, name)}
        if record.exc_info and record.exc_info[1]:
            line |= _error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


_KNOWN = ("route", "status", "ms")


def route_of(request: HttpRequest) -> str:
    """Return the name of the page that was asked for, never its address.

    Which of the pages it was where people answer, vote or speak without a name is not said.
    """
    found = getattr(request, "resolver_match", None)
    route = (found.view_name if found else "") or "unknown"
    return WITHOUT_A_NAME if route.startswith(_OF_THE_NAMELESS) else route


def _message(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):  # Django writes the path into its message
        status = getattr(record, "status_code", "")
        return f"{route_of(request)} {status}".strip()
    clean = _CODE_IN_ADDRESS.sub("…", record.getMessage())
    return _MAIL_ADDRESS.sub("…", clean)


def _error(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__name__, "where": where}
