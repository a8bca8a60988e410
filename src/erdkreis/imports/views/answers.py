"""Answers that were collected elsewhere: what they mean, then taken in, or not at all."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import record
from erdkreis.circles.rules import may_host
from erdkreis.imports import actions, mapping, services
from erdkreis.imports.forms import AnswersForm, table_from_data, unsealed
from erdkreis.imports.mapping import Asked, Ballots, Mapping
from erdkreis.imports.responses import Responses
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import Round

UNPROCESSABLE = 422
SHOWN_PROBLEMS = 30
SHOWN_EXAMPLES = 3
EXAMPLE_LETTERS = 40


@dataclass(frozen=True)
class Choice:
    """One question to whoever brings a file: what a column, a value or a group means."""

    field: str
    about: str
    examples: str
    chosen: str
    options: list[tuple[str, str]]


@signed_in
@never_cache
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file, say how it was understood, and let everything be corrected."""
    round_ = round_for(request, pk, may_host)
    if request.method != "POST":
        return render(request, "imports/answers.html", _around(round_) | {"form": AnswersForm()})
    carried = unsealed(request.POST.get("sealed", ""), "responses")
    if carried is None:
        form = AnswersForm(request.POST, request.FILES)
        if not form.is_valid():
            context = _around(round_) | {"form": form}
            return render(request, "imports/answers.html", context, status=UNPROCESSABLE)
        responses, sealed = form.cleaned_data["responses"], form.cleaned_data["sealed"]
    else:
        responses, sealed = table_from_data(carried["responses"]), request.POST["sealed"]
    return _looked_through(request, round_, responses, sealed)


@signed_in
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = round_for(request, pk, may_host)
    carried = unsealed(request.POST.get("sealed", ""), "responses")
    if carried is None:
        messages.error(request, _("This page was too old or was changed. Nothing was stored."))
        return redirect("imports:answers", pk)
    responses, asked = table_from_data(carried["responses"]), mapping.asked_in(round_)
    meant = _meant(request, responses, asked)
    found = mapping.ballots(responses, meant, asked)
    person = person_of(request)
    try:
        with transaction.atomic():
            n = services.take_answers(asked, found, label=carried["label"], by=person)
            record(round_.circle, person, actions.ANSWERS_BROUGHT, round_.title, round_id=pk)
    except services.NotTakenIn as error:
        messages.error(request, str(error))
        return _looked_through(request, round_, responses, request.POST["sealed"], UNPROCESSABLE)
    said = ngettext("%(n)d answer is taken in.", "%(n)d answers are taken in.", n)
    messages.success(request, said % {"n": n})
    return redirect("home:round", pk)


def _looked_through(
    request: HttpRequest, round_: Round, responses: Responses, sealed: str, status: int = 200
) -> HttpResponse:
    asked = mapping.asked_in(round_)
    meant = _meant(request, responses, asked)
    found = mapping.ballots(responses, meant, asked)
    context = _around(round_) | {
        "responses": responses,
        "sealed": sealed,
        "columns": _columns(responses, meant, asked),
        "values": _values(responses, meant, asked),
        "groups": _groups(meant, asked),
        "whole_group": _whole_group(meant, asked),
        "found": found,
        "n_groups": _counted(found, asked),
        "problems": found.problems[:SHOWN_PROBLEMS],
        "n_more": max(len(found.problems) - SHOWN_PROBLEMS, 0),
    }
    return render(request, "imports/answers_preview.html", context, status=status)


def _meant(request: HttpRequest, responses: Responses, asked: Asked) -> Mapping:
    guessed = mapping.guess(responses, asked, mapping.known_columns(asked))
    return mapping.corrected(guessed, responses, asked, request.POST.dict())


def _columns(responses: Responses, meant: Mapping, asked: Asked) -> list[Choice]:
    organisation, language = asked.round.circle.organisation.name, get_language() or "en"
    options = [
        (mapping.NOTHING, _("not taken along")),
        (mapping.GROUP, _("the group")),
        (mapping.LANGUAGE, _("the language")),
        *(
            (name, item.wording.in_language(language, org=organisation))
            for name, item in mapping.subjects(asked).items()
        ),
    ]
    return [
        Choice(
            f"column_{at}",
            name or "–",
            _examples(responses.column(at)),
            meant.columns[name],
            options,
        )
        for at, name in enumerate(responses.header)
    ]


def _values(responses: Responses, meant: Mapping, asked: Asked) -> list[Choice]:
    options = mapping.value_choices()
    return [
        Choice(
            f"value_{at}_{mapping.sign(value)}",
            value[:EXAMPLE_LETTERS] or _("(empty)"),
            "",
            meant.values.get(value, ""),
            options,
        )
        for at, value in enumerate(mapping.used_values(responses, meant, asked))
    ]


def _groups(meant: Mapping, asked: Asked) -> list[Choice]:
    options = [("", "–"), *((code, g.name) for code, g in asked.groups.items())]
    options.append((mapping.LEAVE_OUT_LINE, _("leave these lines out")))
    return [
        Choice(
            f"group_{at}_{mapping.sign(value)}",
            value[:EXAMPLE_LETTERS] or _("(empty)"),
            "",
            chosen,
            options,
        )
        for at, (value, chosen) in enumerate(meant.groups.items())
    ]


def _whole_group(meant: Mapping, asked: Asked) -> Choice | None:
    if mapping.GROUP in meant.columns.values():
        return None
    options = [("", "–"), *((code, group.name) for code, group in asked.groups.items())]
    return Choice("group", _("All lines belong to"), "", meant.group, options)


def _examples(values: list[str]) -> str:
    different = [value for value in dict.fromkeys(values) if value][:SHOWN_EXAMPLES]
    return " · ".join(value[:EXAMPLE_LETTERS] for value in different)


def _counted(found: Ballots, asked: Asked) -> list[tuple[str, int]]:
    return [(asked.groups[code].name, len(forms)) for code, forms in found.by_group.items()]


def _around(round_: Round) -> dict[str, Any]:
    return {
        "circle": round_.circle,
        "round": round_,
        "is_open": round_.is_open_for_answers,
    }
