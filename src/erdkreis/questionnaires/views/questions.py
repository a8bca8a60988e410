"""One question a page; writing an answer is one statement."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from erdkreis.questionnaires import kiosk, receipt_cookie, services
from erdkreis.questionnaires.forms import (
    EvidenceForm,
    PredictionForm,
    RatingForm,
    WordsForm,
    read_at_once,
)
from erdkreis.questionnaires.models import Answer, Voice
from erdkreis.questionnaires.paths import Page, Path, path_of_those_who_answer
from erdkreis.questionnaires.queries import (
    evidence_for,
    group_at,
    predictions_of,
)
from erdkreis.questionnaires.views.answering import (
    for_voice,
    framed,
    not_taken,
    saves_on_the_way,
)
from erdkreis.rounds.models import RoundGroup
from erdkreis.web.filled_in import filled_in, may_be_filled_in
from erdkreis.web.languages import speak_one_of


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One question. Saved with every step; “saved” is only said when it is."""
    at_once = _taken_at_once if request.method == "POST" else _asked_at_once
    return at_once(request, slug, number) or _page_of_path(request, slug=slug, number=number)


def _taken_at_once(request: HttpRequest, slug: str, number: int) -> HttpResponse | None:
    """Take an answer that is fine as it stands, which is nearly every one, with one statement.

    Where anything is to be said about it, nothing is written, and the page looks at it anew.
    """
    receipt = receipt_cookie.receipt_in(request)
    path = path_of_those_who_answer(slug, receipt)
    shown = path.page(number) if path else None
    given = read_at_once(shown.item, request.POST) if shown and shown.item else None
    if not (path and shown and shown.item and given):
        return None
    group = path.group
    if not services.give_answer(receipt, group.pk, shown.item.code, given):
        return None
    speak_one_of(request, group.round.language_codes)
    return _onward(request, group, path, shown)


def _asked_at_once(request: HttpRequest, slug: str, number: int) -> HttpResponse | None:
    """Ask what is not answered yet: the same page for a whole group, but for token and receipt."""
    if not may_be_filled_in(request) or kiosk.is_kiosk(request):
        return None
    receipt = receipt_cookie.receipt_in(request)
    path = path_of_those_who_answer(slug, receipt)
    shown = path.page(number) if path else None
    if not (path and shown and shown.item):
        return None
    group = path.group
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
        if not services.give_answer(
            receipt, group.pk, shown.item.code, form.given(),
            by_guardian=voice.guardian_id is not None,
        ):  # fmt: skip
            return not_taken(request, group)
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
            return not_taken(request, group)
        return _onward(request, group, path, shown)
    return _question_page(request, group, voice, path, shown, {"form": form})


def _onward(
    request: HttpRequest, group: RoundGroup, path: Path, shown: Page, *, wants_more: bool = False
) -> HttpResponse:
    """After saving: say so to the script that saves on the way, else go to the next page."""
    if saves_on_the_way(request):
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
    return framed(request, group, template, context, status=422 if has_errors else 200)
