"""What is sent comes whole, or not at all: half a form is no form.

When a connection is cut, the server hands on what had come by then. Read as if it were all, a form
would lose its last fields: an answer would be taken as left out, a text as its first half.
"""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Cut(ConnectionError):
    """Less came than was announced. Django makes a refusal of it wherever it reads."""


class _Whole:
    """The body of a request, which must be as long as was announced."""

    def __init__(self, stream: Any, announced: int) -> None:
        self._stream, self._missing = stream, announced

    def read(self, size: int = -1) -> bytes:
        wanted = self._missing if size < 0 else min(size, self._missing)
        parts = []
        while wanted > 0:
            part = self._counted(self._stream.read(wanted))
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)

    def readline(self, size: int = -1) -> bytes:
        return self._counted(self._stream.readline(size)) if size and self._missing else b""

    def _counted(self, part: bytes) -> bytes:
        if not part:
            raise Cut("the connection was cut before all was sent")
        self._missing -= len(part)
        return part


def only_whole_bodies(application: Application) -> Application:
    """Let an application read no body that ends too early."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length):
            environ["wsgi.input"] = _Whole(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return answer
