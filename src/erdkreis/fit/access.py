"""Who sits where: the provider by signing in, the seeker by a private link without account."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from erdkreis.accounts.access import signed_in
from erdkreis.circles.rules import may_prepare, require
from erdkreis.fit.models import FitConversation, Side
from erdkreis.fit.queries import seeker_conversation, whole
from erdkreis.fit.steps import Record
from erdkreis.fit.wording import Wordings, wordings
from erdkreis.web.errors import typed_text

View = Callable[..., HttpResponse]
NAME = "__Secure-fit" if settings.IS_HTTPS else "fit"
# As long as the conversation itself is kept without anybody touching it.
KEPT = timedelta(days=366)


@dataclass(frozen=True)
class Seat:
    """One side of one conversation, and the addresses it goes by."""

    conversation: FitConversation
    side: Side

    @property
    def is_provider(self) -> bool:
        return self.side == Side.PROVIDER

    @property
    def base(self) -> str:
        """Return the page to stand in: inside for the provider, plain for the seeker."""
        return "web/page.html" if self.is_provider else "web/voice.html"

    @cached_property
    def record(self) -> Record:
        return whole(self.conversation)

    @property
    def texts(self) -> Wordings:
        return wordings(self.conversation.wording)

    def url(self, name: str, *args: object) -> str:
        key = self.conversation.pk if self.is_provider else self.conversation.slug
        return reverse(f"fit:{self.side.value}:{name}", args=[key, *args])


def for_provider(view: View) -> View:
    """Let in the one who leads this conversation. A colleague's is the colleague's."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @signed_in
    @wraps(view)
    def found(request: HttpRequest, pk: int, **captured: Any) -> HttpResponse:
        conversation = get_object_or_404(
            FitConversation.objects.select_related("circle__organisation"), pk=pk
        )
        is_own = conversation.provider_id == request.user.pk
        require(allowed=is_own and may_prepare(conversation.circle, request.user))
        return _uncached(view(request, Seat(conversation, Side.PROVIDER), **captured))

    return found


def for_seeker(view: View) -> View:
    """Let in whoever holds the private link; say kindly what to do without it."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def found(request: HttpRequest, slug: str, **captured: Any) -> HttpResponse:
        conversation = seeker_conversation(slug, code_in(request))
        if conversation is None:
            context = {"typed": typed_text(request)}
            status = 409 if request.method == "POST" else 200
            return _uncached(render(request, "fit/unknown_device.html", context, status=status))
        return _uncached(view(request, Seat(conversation, Side.SEEKER), **captured))

    return found


def code_in(request: HttpRequest) -> str:
    return request.COOKIES.get(NAME, "")[:40]


def keep(response: HttpResponse, conversation: FitConversation, code: str) -> HttpResponse:
    response.set_cookie(
        NAME,
        code,
        max_age=KEPT,
        path=f"/f/{conversation.slug}/",
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def _uncached(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    return response
