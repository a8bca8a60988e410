"""Own questions: from a LimeSurvey survey to a round that asks them."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import record
from erdkreis.imports import actions, services
from erdkreis.imports.access import circle_to_prepare, questions_to_prepare
from erdkreis.imports.forms import (
    PublishedForm,
    RoundTitleForm,
    SurveyForm,
    TakenSurveyForm,
    from_data,
    unsealed,
)
from erdkreis.questionnaires.models import ItemSet
from erdkreis.rounds.models import Round

UNPROCESSABLE = 422


@signed_in
@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """What can be brought along, and what was."""
    circle = circle_to_prepare(request, slug)
    context = {
        "circle": circle,
        "form": SurveyForm(),
        "published": PublishedForm(),
        "sets": ItemSet.objects.filter(circle=circle),
        "rounds": Round.objects.filter(circle=circle, state=Round.State.ASKING),
    }
    return render(request, "imports/index.html", context)


@signed_in
@require_POST
@never_cache
def look_through(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a survey becomes here, and what of it has no counterpart. Nothing is stored yet."""
    circle = circle_to_prepare(request, slug)
    form = SurveyForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {"circle": circle, "form": form}
        return render(request, "imports/survey_refused.html", context, status=UNPROCESSABLE)
    found = form.cleaned_data["found"]
    taken = TakenSurveyForm(
        initial={"sealed": form.cleaned_data["sealed"], "title": found.title}, scales=found.scales
    )
    context = {
        "circle": circle,
        "found": found,
        "taken": taken,
        "scales": _scales(taken, found.scales),
    }
    return render(request, "imports/survey_preview.html", context)


@signed_in
@require_POST
def take(request: HttpRequest, slug: str) -> HttpResponse:
    circle = circle_to_prepare(request, slug)
    data = unsealed(request.POST.get("sealed", ""), "found")
    if data is None:
        messages.error(request, _("This page was too old or was changed. Nothing was stored."))
        return redirect("imports:index", slug)
    form = TakenSurveyForm(request.POST, scales=data["found"]["scales"])
    if not form.is_valid():
        found = from_data(data["found"], set())
        context = {
            "circle": circle,
            "found": found,
            "taken": form,
            "scales": _scales(form, found.scales),
        }
        return render(request, "imports/survey_preview.html", context, status=UNPROCESSABLE)
    found = from_data(data["found"], form.turned())
    found.title = form.cleaned_data["title"]
    try:
        with transaction.atomic():
            stored = services.take_questions(circle, found, source=data["name"])
            record(circle, person_of(request), actions.QUESTIONS_BROUGHT, stored.title)
    except services.NotTakenIn as error:
        messages.error(request, str(error))
        return redirect("imports:index", slug)
    messages.success(request, _("The questions are stored. A round can ask them now."))
    return redirect("imports:questions", stored.pk)


@signed_in
@require_safe
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions of a set, and a way to begin a round with them."""
    found = questions_to_prepare(request, pk)
    return render(request, "imports/questions.html", _about(found, RoundTitleForm()))


@signed_in
@require_POST
def begin_round(request: HttpRequest, pk: int) -> HttpResponse:
    found = questions_to_prepare(request, pk)
    form = RoundTitleForm(request.POST)
    if not form.is_valid():
        return render(request, "imports/questions.html", _about(found, form), status=UNPROCESSABLE)
    with transaction.atomic():
        round_ = services.prepare_round_with(found, form.cleaned_data["title"])
        about = (found.circle, person_of(request), actions.ROUND_PREPARED, round_.title)
        record(*about, round_id=round_.pk)
    return redirect("rounds:promise", round_.pk)


def _about(found: ItemSet, form: RoundTitleForm) -> dict[str, object]:
    content = found.content
    return {
        "circle": found.circle,
        "set": found,
        "questions": content["questions"],
        "open": content["open"],
        "scales": content["scales"],
        "rounds": Round.objects.filter(circle=found.circle, item_version=found.version),
        "form": form,
    }


def _scales(form: TakenSurveyForm, scales: dict[str, list[dict[str, str]]]) -> list[object]:
    return [(steps, form[f"turn_{name}"]) for name, steps in scales.items()]
