"""Answering on a phone: consent, one question per page, check, thanks.

Every page works without JavaScript. No page here reads a session; writing an answer is one
statement. What somebody typed is never lost: it comes back with every refusal.
"""

import hashlib
from collections.abc import Callable
from functools import partial, wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
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
from erdkreis.questionnaires.forms import (
    EvidenceForm,
    PredictionForm,
    RatingForm,
    ReceiptForm,
    WordsForm,
    read_at_once,
)
from erdkreis.questionnaires.models import Answer, Voice
from erdkreis.questionnaires.paths import Page, Path
from erdkreis.questionnaires.queries import (
    answers_of,
    evidence_for,
    group_answering,
    group_at,
    group_open_by_link,
    predictions_of,
    rated_by,
    voice_with,
)
from erdkreis.questionnaires.slip_views import slip_in
from erdkreis.rounds.asking_time import minutes_before
from erdkreis.rounds.models import RoundGroup
from erdkreis.rounds.queries import changes_since_inviting
from erdkreis.web.errors import typed_text
from erdkreis.web.filled_in import filled_in, may_be_filled_in
from erdkreis.web.languages import OWN_NAMES, speak_one_of
from erdkreis.web.throttle import count_failure, is_slowed_down

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
        if _saves_on_the_way(request) and response.status_code >= HTTPStatus.BAD_REQUEST:
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
    return _page(request, group, "door", _before(group) | {"csrf_token": words["csrf_token"]})


@for_group
def _door(request: HttpRequest, group: RoundGroup) -> HttpResponse:
    if not group.is_open:
        return closed(request, group)
    if (instead := _only_with(request, group)) is not None:
        return _page(request, group, instead, {})
    if kiosk.begins_anew(request):
        return kiosk.for_the_next(_page(request, group, "door", _before(group)), group)
    receipt = receipt_cookie.receipt_in(request)
    voice = voice_with(receipt, group)
    if request.method != "POST":
        return _page(request, group, "door", _before(group, voice, receipt))
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
        return _page(request, group, "door", _before(group) | {"code": code})
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
        return _page(request, group, "guardian_door", context)
    services.begin_guardian_voice(
        appointed, (translation.get_language() or "en")[:2], promise_digest=_promise_digest(group)
    )
    answer = redirect("questionnaires:page", group.slug, 1)
    return receipt_cookie.keep(answer, group, readable(code))


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One question. Saved with every step; “saved” is only said when it is."""
    at_once = _taken_at_once if request.method == "POST" else _asked_at_once
    return at_once(request, slug, number) or _page_of_path(request, slug=slug, number=number)


def _taken_at_once(request: HttpRequest, slug: str, number: int) -> HttpResponse | None:
    """Take an answer that is fine as it stands, which is nearly every one: one read, one write.

    Where anything is to be said about it, nothing is written, and the page looks at it anew.
    """
    receipt = receipt_cookie.receipt_in(request)
    group = group_answering(slug, receipt)
    path = Path(group) if group else None
    shown = path.page(number) if path else None
    given = read_at_once(shown.item, request.POST) if shown and shown.item else None
    if not (group and path and shown and shown.item and given):
        return None
    if not services.give_answer(receipt, group.pk, shown.item.code, given):
        return None
    speak_one_of(request, group.round.language_codes)
    return _onward(request, group, path, shown)


def _asked_at_once(request: HttpRequest, slug: str, number: int) -> HttpResponse | None:
    """Ask what is not answered yet: the same page for a whole group, but for token and receipt."""
    if not may_be_filled_in(request) or kiosk.is_kiosk(request):
        return None
    receipt = receipt_cookie.receipt_in(request)
    group = group_answering(slug, receipt)
    shown = Path(group).page(number) if group else None
    if not (group and shown and shown.item):
        return None
    if not services.has_yet_to_answer(receipt, group.pk, shown.item.code):
        return None
    speak_one_of(request, group.round.language_codes)
    response = filled_in(request, group.pk, receipt, partial(_blank_question, request, slug, shown))
    add_never_cache_headers(response)
    return response


def _blank_question(
    request: HttpRequest, slug: str, shown: Page, words: dict[str, str]
) -> HttpResponse:
    """Make the page of a question for nobody."""
    group = group_at(slug)
    assert group is not None and shown.item is not None  # noqa: S101, PT018 - was found just now
    form = (RatingForm if shown.item.is_rated else WordsForm)(shown.item, None)
    context = {"form": form, "item": shown.item, **words}
    return _question_page(request, group, Voice(), Path(group), shown, context)


@for_voice
def _page_of_path(
    request: HttpRequest, group: RoundGroup, voice: Voice, number: int
) -> HttpResponse:
    path = Path(group)
    shown = path.page(number)
    if shown is None:
        return redirect("questionnaires:check", group.slug)
    if shown.is_prediction:
        return _prediction(request, group, voice, path, shown)
    return _question(request, group, voice, path, shown)


@for_voice
def check(request: HttpRequest, group: RoundGroup, voice: Voice) -> HttpResponse:
    """Look at everything once more, then send."""
    if request.method == "POST":
        if not services.send_voice(voice):
            return _not_taken(request, group)
        return redirect("questionnaires:thanks", group.slug)
    answers = answers_of(voice)
    path = Path(group)
    said = [(p, answers.get(p.item.code)) for p in path.pages if p.item]
    context = {
        "voice": voice,
        "said": said,
        "predictions": [p for p in path.pages if p.is_prediction],
        "receipt": receipt_cookie.receipt_in(request),
        "n_answered": sum(1 for _page, a in said if a and a.status != Answer.Status.SKIPPED),
    }
    return _page(request, group, "check", context)


@for_voice
def thanks(request: HttpRequest, group: RoundGroup, voice: Voice) -> HttpResponse:
    """Thank, say what happens when, and hand out the receipt code."""
    if not voice.is_sent:
        return redirect("questionnaires:check", group.slug)
    context = {
        "voice": voice,
        "receipt": receipt_cookie.receipt_in(request),
        # In a pulse there is no picture to find oneself in.
        "kept": {} if group.round.is_pulse else rated_by(voice),
    }
    answer = _page(request, group, "thanks", context)
    # Not on a reload: then somebody else may stand there already, and sees nothing.
    return kiosk.for_the_next(answer, group) if kiosk.is_kiosk(request) else answer


@for_voice
def withdraw(request: HttpRequest, group: RoundGroup, voice: Voice) -> HttpResponse:
    """Take everything back, after asking once."""
    if request.method != "POST":
        receipt = receipt_cookie.receipt_in(request)
        return _page(request, group, "withdraw", {"voice": voice, "receipt": receipt})
    if not services.withdraw_voice(voice):
        return _not_taken(request, group)
    return receipt_cookie.forget(_page(request, group, "withdrawn", {}), group)


@for_group
def forget(request: HttpRequest, group: RoundGroup) -> HttpResponse:
    """Leave no trace on a shared device. The voice stays; the receipt code finds it again."""
    if request.method != "POST":
        return redirect("questionnaires:door", group.slug)
    return receipt_cookie.forget(redirect("questionnaires:door", group.slug), group)


@for_group
def resume(request: HttpRequest, group: RoundGroup) -> HttpResponse:
    """Go on, on another device, with the receipt code."""
    if not group.is_open:
        return closed(request, group)
    form = ReceiptForm(request.POST or None)
    if request.method == "POST":
        if is_slowed_down(request, "receipt"):
            return render(request, "questionnaires/slow_down.html", status=429)
        if form.is_valid():
            receipt = form.cleaned_data["receipt"]
            if voice_with(receipt, group):
                answer = redirect("questionnaires:check", group.slug)
                return receipt_cookie.keep(answer, group, readable(receipt))
            count_failure(request, "receipt")
            form.add_error("receipt", translation.gettext(
                "We know no voice with this code here. Please compare it letter by letter. "
                "Perhaps it belongs to another group, or the voice was withdrawn."
            ))  # fmt: skip
    return _page(request, group, "resume", {"form": form})


def closed(request: HttpRequest, group: RoundGroup) -> HttpResponse:
    """Say kindly that nobody can answer now, and give typed text back."""
    status = 409 if request.method == "POST" else 200
    context = {"typed": typed_text(request), "receipt": receipt_cookie.receipt_in(request)}
    return _page(request, group, "closed", context, status=status)


def unknown_device(request: HttpRequest, group: RoundGroup) -> HttpResponse:
    """No voice here: cookie gone, or withdrawn in another tab. Typed text comes back."""
    status = 409 if request.method == "POST" else 200
    return _page(request, group, "unknown_device", {"typed": typed_text(request)}, status=status)


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


def _not_taken(request: HttpRequest, group: RoundGroup) -> HttpResponse:
    """What was sent came a moment too late: say which moment, and give typed text back."""
    now = group_at(group.slug)
    if now is not None and now.is_open:
        return unknown_device(request, group)
    return closed(request, now or group)


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
        return _page(request, group, "slip_refused", {"is_spent": is_spent}, status=409)
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
        return _page(request, group, "already_begun", {}, status=409)
    return receipt_cookie.keep(redirect("questionnaires:page", group.slug, 1), group, receipt)


def _question(
    request: HttpRequest, group: RoundGroup, voice: Voice, path: Path, shown: Page
) -> HttpResponse:
    assert shown.item is not None  # noqa: S101 - tells the type checker
    data = request.POST if request.method == "POST" else None
    answer = voice.answers.filter(item=shown.item.code).first()
    form = (RatingForm if shown.item.is_rated else WordsForm)(shown.item, answer, data)
    needs_evidence = shown.item.is_rated and voice.guardian_id is not None
    evidence_form = EvidenceForm(data) if needs_evidence else None
    if data is not None and _is_valid(form, evidence_form, voice):
        receipt = receipt_cookie.receipt_in(request)
        if not services.give_answer(receipt, group.pk, shown.item.code, form.given()):
            return _not_taken(request, group)
        if evidence_form and evidence_form.has_changed():
            services.add_evidence(voice, shown.item.code, evidence_form.save(commit=False))
        return _onward(request, group, path, shown, wants_more="more_evidence" in data)
    context = {
        "form": form,
        "item": shown.item,
        "evidence_form": evidence_form,
        "evidence": evidence_for(voice, shown.item.code) if needs_evidence else [],
    }
    return _question_page(request, group, voice, path, shown, context)


def _is_valid(form: WordsForm, evidence_form: EvidenceForm | None, voice: Voice) -> bool:
    """A guardian rates only what is shown by evidence; without it, “no evidence” is the answer."""
    if not (form.is_valid() & (evidence_form is None or evidence_form.is_valid())):
        return False
    if evidence_form is None or evidence_form.has_changed():
        return True
    is_rated = form.given().status == Answer.Status.RATED
    if is_rated and not evidence_for(voice, form.item.code):
        form.add_error(
            "answer",
            translation.gettext(
                "A rating needs at least one piece of evidence. Please add it below, or choose "
                "“We have no evidence on this.” Nothing you typed is lost."
            ),
        )
        return False
    return True


def _prediction(
    request: HttpRequest, group: RoundGroup, voice: Voice, path: Path, shown: Page
) -> HttpResponse:
    assert shown.question is not None  # noqa: S101 - tells the type checker
    question = shown.question.code
    data = request.POST if request.method == "POST" else None
    stored = predictions_of(voice)
    known = {pk: p for (about, pk), p in stored.items() if about == question}
    form = PredictionForm(shown.targets, known, data, scale=shown.question.items[0].scale)
    if data is not None and form.is_valid():
        receipt = receipt_cookie.receipt_in(request)
        if not services.give_predictions(receipt, group.pk, question, form.given()):
            return _not_taken(request, group)
        return _onward(request, group, path, shown)
    return _question_page(request, group, voice, path, shown, {"form": form})


def _onward(
    request: HttpRequest, group: RoundGroup, path: Path, shown: Page, *, wants_more: bool = False
) -> HttpResponse:
    """After saving: say so to the script that saves on the way, else go to the next page."""
    if _saves_on_the_way(request):
        return render(request, "questionnaires/_saved.html")
    if wants_more:
        number = shown.number
    elif "back" in request.POST:
        number = max(shown.number - 1, 1)
    elif "to_check" in request.POST or shown.number == len(path.pages):
        return HttpResponseRedirect(reverse("questionnaires:check", args=[group.slug]))
    else:
        number = shown.number + 1
    return HttpResponseRedirect(reverse("questionnaires:page", args=[group.slug, number]))


def _saves_on_the_way(request: HttpRequest) -> bool:
    return request.META.get("HTTP_HX_TRIGGER_NAME") == "autosave"


def _question_page(
    request: HttpRequest,
    group: RoundGroup,
    voice: Voice,
    path: Path,
    shown: Page,
    context: dict[str, Any],
) -> HttpResponse:
    context = {
        "page": shown,
        "n_pages": len(path.pages),
        "time": path.time_left(shown.number),
        "voice": voice,
        "receipt": receipt_cookie.receipt_in(request),
    } | context
    template = "prediction" if shown.is_prediction else "question"
    has_errors = request.method == "POST"
    return _page(request, group, template, context, status=422 if has_errors else 200)


def _page(
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


def _promise_digest(group: RoundGroup) -> str:
    """Name the version of the promise that somebody agreed to, without keeping its text again."""
    round_ = group.round
    told = [round_.purpose, round_.closes_on, round_.who_sees, round_.who_decides,
            round_.min_group, round_.retention_months, group.voice_mode]  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def short_address(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Let people leave out the last stroke of an address they typed from a poster."""
    return redirect(reverse("questionnaires:door", args=[slug]), permanent=True)
