"""Before the first question: who asks, why, what is stored; by open link, by code, by name."""

import hashlib
from functools import partial, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from erdkreis.invitations.codes import readable
from erdkreis.invitations.queries import group_of_unused_code, guardian_with
from erdkreis.invitations.slips import Slip, key_of
from erdkreis.questionnaires import kiosk, receipt_cookie, services
from erdkreis.questionnaires.models import Voice
from erdkreis.questionnaires.paths import Path
from erdkreis.questionnaires.queries import group_at, group_open_by_link, voice_with
from erdkreis.questionnaires.views.answering import View, closed, for_group, framed
from erdkreis.questionnaires.views.slips import slip_in
from erdkreis.rounds.asking_time import minutes_before
from erdkreis.rounds.models import RoundGroup
from erdkreis.rounds.queries import changes_since_inviting
from erdkreis.web.filled_in import filled_in, may_be_filled_in
from erdkreis.web.languages import OWN_NAMES, speak_one_of
from erdkreis.web.throttle import count_failure, is_slowed_down


def telling_no_code(view: View) -> View:
    """Tell no page that is opened from here where it was opened from: the address holds a code.

    The origin is told, so that our own forms are still known as ours.
    """

    @wraps(view)
    def quiet(request: HttpRequest, *args: Any, **captured: Any) -> HttpResponse:
        response = view(request, *args, **captured)
        response["Referrer-Policy"] = "strict-origin"
        return response

    return quiet


def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Who asks, why, what is stored: read before the first question. Then begin."""
    return _door_of_newcomers(request, slug) or _door(request, slug=slug)


def _door_of_newcomers(request: HttpRequest, slug: str) -> HttpResponse | None:
    """Show what everybody reads who comes by the open link for the first time."""
    if not may_be_filled_in(request) or kiosk.is_kiosk(request):
        return None
    group = None if receipt_cookie.receipt_in(request) else group_open_by_link(slug)
    if group is None:
        return None
    speak_one_of(request, group.round.language_codes)
    response = filled_in(request, group.pk, "", partial(_blank_door, request, slug))
    add_never_cache_headers(response)
    return response


def _blank_door(request: HttpRequest, slug: str, words: dict[str, str]) -> HttpResponse:
    group = group_at(slug)
    assert group is not None  # noqa: S101 - was found just now
    return framed(request, group, "door", _before(group) | {"csrf_token": words["csrf_token"]})


@for_group
def _door(request: HttpRequest, group: RoundGroup) -> HttpResponse:
    if not group.is_open:
        return closed(request, group)
    if (instead := _only_with(request, group)) is not None:
        return framed(request, group, instead, {})
    if kiosk.begins_anew(request):
        return kiosk.for_the_next(framed(request, group, "door", _before(group)), group)
    receipt = receipt_cookie.receipt_in(request)
    voice = voice_with(receipt, group)
    if request.method != "POST":
        return framed(request, group, "door", _before(group, voice, receipt))
    slip = slip_in(request)
    if voice and not slip:
        # Begun in another tab, or pressed twice: go on with that voice, do not orphan it.
        return redirect("questionnaires:check", group.slug)
    return _begin_with_slip(request, group, slip) if slip else _begin(request, group)


@telling_no_code
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def personal(request: HttpRequest, code: str) -> HttpResponse:
    """Come in with a single-use code. It is used up by beginning, not by looking."""
    if is_slowed_down(request, "code"):
        return render(request, "questionnaires/slow_down.html", status=429)
    group = group_of_unused_code(code)
    if group is None:
        return _unknown_code(request)
    speak_one_of(request, group.round.language_codes)
    if not group.is_open:
        return closed(request, group)
    if request.method != "POST":
        return framed(request, group, "door", _before(group) | {"code": code})
    try:
        return _begin(request, group, code)
    except services.CodeUsed:
        return _unknown_code(request)


@telling_no_code
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest, code: str) -> HttpResponse:
    """Come in as a guardian, by name. The link works again and again."""
    if is_slowed_down(request, "code"):
        return render(request, "questionnaires/slow_down.html", status=429)
    appointed = guardian_with(code)
    if appointed is None:
        return _unknown_code(request)
    group = appointed.round_group
    speak_one_of(request, group.round.language_codes)
    if not group.is_open:
        return closed(request, group)
    if request.method != "POST":
        context = _before(group) | {"guardian": appointed, "code": readable(code)}
        return framed(request, group, "guardian_door", context)
    services.begin_guardian_voice(
        appointed, (translation.get_language() or "en")[:2], promise_digest=_promise_digest(group)
    )
    answer = redirect("questionnaires:page", group.slug, 1)
    return receipt_cookie.keep(answer, group, readable(code))


def _only_with(request: HttpRequest, group: RoundGroup) -> str | None:
    """Return what to show instead where a group has no open link, to whoever comes without."""
    if group.voice_mode == "on_record":
        return "by_invitation"
    if not group.round.is_pulse or (request.method == "POST" and slip_in(request)):
        return None
    voice = voice_with(receipt_cookie.receipt_in(request), group)
    return "by_code" if voice is None else None


def _before(group: RoundGroup, voice: Voice | None = None, receipt: str = "") -> dict[str, Any]:
    """What people read before they begin."""
    return {
        "voice": voice,
        "receipt": receipt,
        "n_pages": len(Path(group).pages),
        "moved": changes_since_inviting(group.round),
        # Whoever has begun already chose to; the page reads no more for them than it must.
        "minutes_asked": 0 if voice else minutes_before(group),
        "slip_key": None if voice else key_of(group),
    }


def _unknown_code(request: HttpRequest) -> HttpResponse:
    """Answer the same whether a code was never given out or is used already."""
    count_failure(request, "code")
    speak_one_of(request, list(OWN_NAMES))
    return render(request, "questionnaires/code_unknown.html", status=404)


def _begin_with_slip(request: HttpRequest, group: RoundGroup, slip: Slip) -> HttpResponse:
    language = (translation.get_language() or "en")[:2]
    if is_slowed_down(request, "code"):
        return render(request, "questionnaires/slow_down.html", status=429)
    try:
        receipt = services.begin_voice_with_slip(
            slip, group, language, promise_digest=_promise_digest(group)
        )
    except (services.NoSlip, services.SlipSpent) as refusal:
        count_failure(request, "code")
        is_spent = isinstance(refusal, services.SlipSpent)
        return framed(request, group, "slip_refused", {"is_spent": is_spent}, status=409)
    return receipt_cookie.keep(redirect("questionnaires:page", group.slug, 1), group, receipt)


def _begin(request: HttpRequest, group: RoundGroup, code: str = "") -> HttpResponse:
    language = (translation.get_language() or "en")[:2]
    told = _promise_digest(group)
    try:
        receipt = (
            services.begin_voice_with_code(code, group, language, promise_digest=told)
            if code
            else services.begin_voice(group, Voice.Channel.LINK, language, promise_digest=told)
        )
    except services.AlreadyBegun:
        return framed(request, group, "already_begun", {}, status=409)
    return receipt_cookie.keep(redirect("questionnaires:page", group.slug, 1), group, receipt)


def _promise_digest(group: RoundGroup) -> str:
    """Name the version of the promise that somebody agreed to, without keeping its text again."""
    round_ = group.round
    told = [round_.purpose, round_.closes_on, round_.who_sees, round_.who_decides,
            round_.min_group, round_.retention_months, group.voice_mode]  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def short_address(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Let people leave out the last stroke of an address they typed from a poster."""
    return redirect(reverse("questionnaires:door", args=[slug]), permanent=True)
