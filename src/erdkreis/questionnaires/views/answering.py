"""What all pages of whoever answers share: who it is, what is said when it cannot be, the frame.

Every page works without JavaScript. No page reads a session. What somebody typed is never lost: it
comes back with every refusal.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from erdkreis.questionnaires import kiosk, receipt_cookie
from erdkreis.questionnaires.queries import group_at, voice_with
from erdkreis.rounds.models import RoundGroup
from erdkreis.web.errors import typed_text
from erdkreis.web.languages import speak_one_of

View = Callable[..., HttpResponse]

# Where somebody reads and thinks: a shared device waits longer there.
QUESTION_PAGES = {"question", "prediction", "check", "withdraw", "resume"}


def for_group(view: View) -> View:
    """Find the group behind the address and speak one of its round's languages."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def found(request: HttpRequest, slug: str, **captured: Any) -> HttpResponse:
        group = group_at(slug)
        if group is None:
            raise Http404
        speak_one_of(request, group.round.language_codes)
        response = view(request, group, **captured)
        add_never_cache_headers(response)
        if saves_on_the_way(request) and response.status_code >= HTTPStatus.BAD_REQUEST:
            # What went wrong takes the place of the page, not of the small word “saved”.
            response["HX-Retarget"] = response["HX-Reselect"] = "#main"
            response["HX-Reswap"] = "outerHTML"
        return response

    return found


def for_voice(view: View) -> View:
    """Find the voice of this device; without one, or after the end, say so kindly."""

    @for_group
    @wraps(view)
    def found(request: HttpRequest, group: RoundGroup, **captured: Any) -> HttpResponse:
        if not group.is_open:
            return closed(request, group)
        voice = voice_with(receipt_cookie.receipt_in(request), group)
        if voice is None:
            return unknown_device(request, group)
        return view(request, group, voice, **captured)

    return found


def closed(request: HttpRequest, group: RoundGroup) -> HttpResponse:
    """Say kindly that nobody can answer now, and give typed text back."""
    status = 409 if request.method == "POST" else 200
    context = {"typed": typed_text(request), "receipt": receipt_cookie.receipt_in(request)}
    return framed(request, group, "closed", context, status=status)


def unknown_device(request: HttpRequest, group: RoundGroup) -> HttpResponse:
    """No voice here: cookie gone, or withdrawn in another tab. Typed text comes back."""
    status = 409 if request.method == "POST" else 200
    return framed(request, group, "unknown_device", {"typed": typed_text(request)}, status=status)


def not_taken(request: HttpRequest, group: RoundGroup) -> HttpResponse:
    """What was sent came a moment too late: say which moment, and give typed text back."""
    now = group_at(group.slug)
    if now is not None and now.is_open:
        return unknown_device(request, group)
    return closed(request, now or group)


def saves_on_the_way(request: HttpRequest) -> bool:
    return request.META.get("HTTP_HX_TRIGGER_NAME") == "autosave"


def framed(
    request: HttpRequest,
    group: RoundGroup,
    template: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    round_ = group.round
    context = {
        "circle": round_.circle,
        "round": round_,
        "group": group,
        "org": round_.circle.organisation.name,
        "names": {"org": round_.circle.organisation.name},
        "languages": round_.language_codes,
        **_as_kiosk(request, group, template),
        **context,
    }
    return render(request, f"questionnaires/{template}.html", context, status=status)


def _as_kiosk(request: HttpRequest, group: RoundGroup, template: str) -> dict[str, Any]:
    """Let a shared device return to its start by itself; at the door it stays."""
    if not kiosk.is_kiosk(request) or template == "door":
        return {}
    seconds = kiosk.WHILE_ANSWERING if template in QUESTION_PAGES else kiosk.AFTER_THANKS
    return {"kiosk_seconds": seconds, "kiosk_start": kiosk.start_of(group)}
