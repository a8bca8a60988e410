"""The browser asks nobody but us: the same policy with every page, put together once."""

from collections.abc import Callable
from functools import cache

from csp.constants import HEADER, SELF
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse

from erdkreis.web.first_style import digest

Answer = Callable[[HttpRequest], HttpResponse]


def one_policy_for_all(get_response: Answer) -> Answer:
    """Say what a page may load. No view has an exception, so nothing is decided per answer.

    django-csp would put the same line together anew for each answer, a tenth of what a vote costs.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(HEADER, policy())
        return response

    return answer


@cache
def policy() -> str:
    """Allow files of ours, and the one style sheet that stands inside a first page."""
    return build_policy(update={"style-src": [SELF, digest()]})
