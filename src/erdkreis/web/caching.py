"""Pages are kept by nobody on the way: what one person saw must not come up for the next.

What may be kept is known again by its ETag.
"""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

Answer = Callable[[HttpRequest], HttpResponse]
Whole = TypeVar("Whole", bound=HttpResponseBase)


def kept_by_nobody(get_response: Answer) -> Answer:
    """Ask browsers and servers in between to store no page, unless a view says otherwise.

    Styles, scripts and fonts hold nothing personal; they are handed out before it comes to this.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return answer


def tag_of(content: bytes) -> str:
    """Return by what some content is known again."""
    return quote_etag(hashlib.sha256(content).hexdigest()[:32])


def known_again(request: HttpRequest, whole: Whole, tag: str) -> Whole | HttpResponse:
    """Let an answer be known again by its tag: whoever has it already does not get it twice."""
    whole["ETag"] = quoted = quote_etag(tag)
    return get_conditional_response(request, quoted, response=whole) or whole  # type: ignore[arg-type]  # also streams
