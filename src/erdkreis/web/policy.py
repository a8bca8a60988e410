"""The browser asks nobody but us: the same policy with every page, put together once."""

from collections.abc import Callable, Sequence
from functools import cache

from csp.constants import HEADER, NONE, SELF
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from erdkreis.web.first_style import digest

Answer = Callable[[HttpRequest], HttpResponse]


def one_policy_for_all(get_response: Answer) -> Answer:
    """Say what a page may load. Only what is made for frames says something else (`let_frame`).

    django-csp would put the same line together anew for each answer, a tenth of what a vote costs.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(HEADER, _for_all())
        return response

    return answer


def let_frame(response: HttpResponseBase, origins: Sequence[str]) -> None:
    """Let these sites, checked origins, show a page in a frame; without any, nobody may."""
    if origins:
        response[HEADER] = policy(tuple(origins))
        # The older header knows no list: it would forbid what the newer one allows.
        response.xframe_options_exempt = True  # type: ignore[attr-defined]  # Django looks for it


@cache
def _for_all() -> str:
    return policy((NONE,))


def policy(framed_by: Sequence[str]) -> str:
    """Allow files of ours, and the one style sheet that stands inside a first page."""
    own = {"style-src": [SELF, digest()]}
    return build_policy(update=own, replace={"frame-ancestors": list(framed_by)})
