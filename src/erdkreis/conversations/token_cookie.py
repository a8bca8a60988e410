"""The token of a voice in the browser, one per conversation and group. No session."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from erdkreis.conversations.models import Side

NAME = "__Secure-talk" if settings.IS_HTTPS else "talk"
KEPT = timedelta(days=180)


def token_in(request: HttpRequest) -> str:
    return request.COOKIES.get(NAME, "")[:40]


def keep(response: HttpResponse, side: Side, token: str) -> HttpResponse:
    response.set_cookie(
        NAME,
        token,
        max_age=KEPT,
        path=f"/t/{side.slug}/",
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
