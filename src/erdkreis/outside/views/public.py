"""The public pages: no account, no cookie, the same for everyone who reads the same language."""

from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from erdkreis.outside.cards import card_of, has_cards
from erdkreis.outside.models import CirclePage, RoundPage
from erdkreis.outside.queries import circle_shown_at, origins_of, round_shown_at
from erdkreis.outside.shown import (
    Shown,
    ShownCircle,
    ShownRound,
    address_of,
    shown_circle,
    shown_round,
)
from erdkreis.web.caching import known_again, tag_of
from erdkreis.web.languages import OWN_NAMES, asked_language
from erdkreis.web.policy import let_frame

# Anyone may keep it, and asks each time whether it still holds: what is taken back is gone at once.
ASK_AGAIN = "public, no-cache"
# Other sites fetch a card when a link is posted; for so long it may stay after a page has gone.
FOR_A_WHILE = "public, max-age=300"
Page = TypeVar("Page", CirclePage, RoundPage)


@require_safe
def circle(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The circle, as everyone may know it."""
    return _answer(request, _circle(request, slug))


@require_safe
def round_(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One round: answer, picture, what is tried, and whether the promise was kept."""
    return _answer(request, _round(request, slug))


@require_safe
def circle_embed(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _framed(request, _circle(request, slug))


@require_safe
def round_embed(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _framed(request, _round(request, slug))


@require_safe
def circle_card(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _card(request, _circle(request, slug))


@require_safe
def round_card(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _card(request, _round(request, slug))


def context_of(shown: Shown, *, is_embedded: bool = False) -> dict[str, Any]:
    """Return what the page of a circle or of a round needs, the same for everyone."""
    codes = _languages(shown)
    return {
        "shown": shown,
        "circle": shown.circle,
        "org": shown.circle.organisation.name,
        "is_round": isinstance(shown, ShownRound),
        "is_embedded": is_embedded,
        "address": address_of(shown),
        "card": address_of(shown, "_card") if has_cards() else "",
        "codes": [(code, OWN_NAMES[code]) for code in codes],
        "language": (translation.get_language() or codes[0])[:2],
    }


def _circle(request: HttpRequest, slug: str) -> ShownCircle:
    return shown_circle(_there(request, circle_shown_at(slug), list(OWN_NAMES)))


def _round(request: HttpRequest, slug: str) -> ShownRound:
    page = round_shown_at(slug)
    return shown_round(_there(request, page, page.round.language_codes if page else []))


def _there(request: HttpRequest, page: Page | None, codes: list[str]) -> Page:
    """Return the page, and speak its language; what is not shown is not there."""
    if page is None:
        raise Http404
    language = asked_language(request, codes)
    translation.activate(language)
    request.LANGUAGE_CODE = language
    return page


def _languages(shown: Shown) -> list[str]:
    return shown.languages if isinstance(shown, ShownRound) else list(OWN_NAMES)


def _answer(request: HttpRequest, shown: Shown) -> HttpResponseBase:
    html = render_to_string("outside/page.html", context_of(shown), request)
    return _kept(request, HttpResponse(html), ASK_AGAIN)


def _framed(request: HttpRequest, shown: Shown) -> HttpResponseBase:
    """Let the sites that the host has named show it in a frame, and nobody else."""
    origins = origins_of(shown.circle)
    context = context_of(shown, is_embedded=True) | {"origins": " ".join(origins)}
    response = HttpResponse(render_to_string("outside/embed.html", context, request))
    answer = _kept(request, response, ASK_AGAIN)
    let_frame(answer, origins)
    return answer


def _card(request: HttpRequest, shown: Shown) -> HttpResponseBase:
    if not has_cards():
        raise Http404
    return _kept(request, HttpResponse(card_of(shown), content_type="image/png"), FOR_A_WHILE)


def _kept(request: HttpRequest, response: HttpResponse, how_long: str) -> HttpResponseBase:
    """Say how long it may be kept, and by what it is known again."""
    response["Cache-Control"] = how_long
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return known_again(request, response, tag_of(response.content))
