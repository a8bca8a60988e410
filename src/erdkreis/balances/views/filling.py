"""Filling in a sheet: company facts, ratings, single views, chosen weights, what if."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.balances import actions, services
from erdkreis.balances.access import record_in, sheet_for
from erdkreis.balances.analysis import Assessed, assessed
from erdkreis.balances.cells import matrix_rows
from erdkreis.balances.fact_forms import SECTIONS
from erdkreis.balances.fact_page import FactPage
from erdkreis.balances.figures import number_shown
from erdkreis.balances.forms import ChosenWeightForm, ViewForm, WhatIfForm
from erdkreis.balances.models import Sheet
from erdkreis.balances.refusals import refusals
from erdkreis.balances.texts import say, texts, titled
from erdkreis.balances.topic_page import AspectShown, aspects_shown
from erdkreis.balances.trying import steps_to_take, tried
from erdkreis.balances.views.sheets import chosen_voices, sheet_context
from erdkreis.balances.weighing import why
from erdkreis.calc.commongood import Refused, levels, stakeholder_titles
from erdkreis.circles.journal import Action
from erdkreis.circles.rules import may_prepare


@signed_in
def facts(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """One section of the company facts; while it is typed, what follows from it."""
    sheet = sheet_for(request, pk, may_prepare)
    if section not in SECTIONS:
        raise Http404
    data = request.POST if request.method == "POST" else None
    page = FactPage(sheet, section, data)
    if data is not None and request.htmx:  # type: ignore[attr-defined]
        return render(request, "balances/_check.html", page.check())
    if data is not None and _saved(request, page.save, sheet, actions.FACTS_CHANGED, section):
        onward = page.following if "onward" in request.POST else section
        return redirect("balances:facts", pk, onward or section)
    words = texts("facts")["section"]
    context = sheet_context(request, sheet) | {
        "page": page,
        "title": say(words[section]["title"]),
        "intro": say(words[section]["intro"]),
        "sections": [(code, say(words[code]["title"])) for code in SECTIONS],
        "check": page.checked() if data is None else page.check(),
    }
    return render(request, "balances/facts.html", context, status=200 if data is None else 422)


@signed_in
def topic(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One topic: its aspects, agreed and single ratings, and what was said."""
    writes = request.method == "POST"
    found = assessed(sheet_for(request, pk, *([may_prepare] if writes else [])))
    cell = _cell(found, code)
    data = request.POST if writes else None
    context = sheet_context(request, found.sheet)
    shown = aspects_shown(found, code, data=data, may_change=context["may_change"] or writes)
    faults = _rated(request, found, shown, code) if writes else []
    if writes and not faults and not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, _("Saved."))
        return redirect("balances:topic", pk, code)
    if writes and not faults:
        found = assessed(found.sheet)
        shown, cell = aspects_shown(found, code, views={}), _cell(found, code)
    voices = chosen_voices(request, found.sheet.circle) if not writes else None
    context |= {"cell": cell, "aspects": shown, "faults": faults, "is_saved": writes}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "balances/_points.html", context)
    context |= {
        "levels": [(x.points_from, x.points_to, titled(x.titles)) for x in levels()],
        "voices": voices.topics.get(code, ()) if voices else (),
        "chosen_round": voices.round if voices else None,
        "neighbours": _neighbours(found, code),
    }
    return render(request, "balances/topic.html", context, status=422 if faults else 200)


@signed_in
@require_POST
def view(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Give one's own view of an aspect; what was agreed stays."""
    found = assessed(sheet_for(request, pk))
    codes = [kind.code for kind in found.aspects(_cell(found, code).code)]
    form = ViewForm(request.POST)
    if not form.is_valid() or form.cleaned_data["code"] not in codes:
        messages.error(
            request,
            _("Your view was not stored: it needs a number. Please give one and save once more."),
        )
        return redirect("balances:topic", pk, code)
    said = form.cleaned_data
    give = (found.sheet, person_of(request), said["code"], said["estimation"], said["reason"])
    try:
        services.give_view(*give)
        messages.success(request, _("Your view stands beside what was agreed."))
    except Refused as refused:
        messages.error(request, refusals(refused)[0].sentence)
    return redirect("balances:topic", pk, code)


@signed_in
def weight(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Why a weight is what it is; and choosing another one, with the reason."""
    writes = request.method == "POST"
    sheet = sheet_for(request, pk, *([may_prepare] if writes else []))
    found = assessed(sheet)
    if code not in stakeholder_titles():
        _cell(found, code)
    shown, row = why(found.assessment, code), found.rows.get(code)
    chosen = float(_in_force(found, code)) if shown.is_chosen else None
    initial = {"weight": chosen, "reason": row.reason if row else ""}
    form = ChosenWeightForm(request.POST if writes else None, initial=initial)
    if writes and form.is_valid():
        choose = partial(_chosen, found, code, form)
        if _saved(request, choose, sheet, actions.WEIGHTED, code):
            return redirect("balances:weight", pk, code)
    result = None if len(code) == 1 else found.assessment.rating(code)
    context = sheet_context(request, sheet) | {
        "why": shown,
        "form": form,
        "reason": row.reason if row else "",
        "max_points": number_shown(result.max_points, 2) if result else "",
        "group_weight": number_shown(found.assessment.stakeholder_weights[code[0]]),
    }
    return render(request, "balances/weight.html", context, status=422 if writes else 200)


@signed_in
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """Change facts or ratings and see points move. Nothing is stored."""
    found = assessed(sheet_for(request, pk))
    form = WhatIfForm(found, request.POST if request.method == "POST" else None)
    context = sheet_context(request, found.sheet) | {"form": form, "faults": [], "tried": None}
    if form.is_bound:
        context |= _tried(found, form)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "balances/_tried.html", context)
    return render(request, "balances/what_if.html", context | {"steps": steps_to_take(found)})


def _tried(found: Assessed, form: WhatIfForm) -> dict[str, Any]:
    if not form.is_valid():
        faults = [f"{form.fields[name].label}: {e}" for name, es in form.errors.items() for e in es]
        return {"faults": faults}
    try:
        return {"tried": tried(found, *form.changes())}
    except Refused as refused:
        return {"faults": [f"{one.place}: {one.sentence}" for one in refusals(refused)]}


def _cell(found: Assessed, code: str) -> Any:
    cells = (cell for row in matrix_rows(found) for cell in row.cells)
    cell = next((cell for cell in cells if cell.code == code), None)
    if cell is None:
        raise Http404
    return cell


def _rated(request: HttpRequest, found: Assessed, shown: list[AspectShown], code: str) -> list[str]:
    """Store the ratings of a topic; return what keeps them from being stored."""
    forms = [(aspect, aspect.form) for aspect in shown if aspect.form]
    faults = [
        f"{aspect.code} {form.fields[name].label}: {error}"
        for aspect, form in forms
        if not form.is_valid()
        for name, errors in form.errors.items()
        for error in errors
    ]
    if faults:
        return faults
    try:
        with transaction.atomic():
            services.rate(
                found.sheet,
                [form.request(aspect.code) for aspect, form in forms],
                {aspect.code: form.texts() for aspect, form in forms},
            )
            record_in(found.sheet, request, actions.RATED, code)
    except Refused as refused:
        return [f"{one.place}: {one.sentence}" for one in refusals(refused)]
    except services.SheetError as error:
        return [str(error)]
    return []


def _saved(
    request: HttpRequest, save: Callable[[], bool], sheet: Sheet, action: Action, place: str
) -> bool:
    try:
        with transaction.atomic():
            if not save():
                return False
            record_in(sheet, request, action, place)
    except services.SheetError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, _("Saved."))
    return True


def _chosen(found: Assessed, code: str, form: ChosenWeightForm) -> bool:
    said = form.cleaned_data
    try:
        services.choose_weight(found.sheet, code, said["weight"], said["reason"])
    except Refused as refused:
        form.add_error("weight", refusals(refused)[0].sentence)
        return False
    return True


def _in_force(found: Assessed, code: str) -> float:
    weights = found.assessment.stakeholder_weights
    return weights[code] if code in weights else found.assessment.rating(code).weight


def _neighbours(found: Assessed, code: str) -> tuple[str, str]:
    """Return the topics before and after this one."""
    codes = [topic.code for topic in found.assessment.topics]
    at = codes.index(code)
    return (codes[at - 1] if at else "", codes[at + 1] if at + 1 < len(codes) else "")
