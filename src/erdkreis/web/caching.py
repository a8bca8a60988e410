"""Pages are kept by nobody on the way: what one person saw must not come up for the next."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


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
