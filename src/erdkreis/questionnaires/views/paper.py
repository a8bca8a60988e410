"""The questionnaire of a group on paper: printed by the browser, or as a PDF."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.invitations.access import group_for
from erdkreis.questionnaires.catalogue import Item, catalogue
from erdkreis.questionnaires.forms import scale_choices
from erdkreis.questionnaires.models import Answer
from erdkreis.questionnaires.paths import Path
from erdkreis.rounds.models import RoundGroup
from erdkreis.web.languages import NAMES_FOR_VOICES, for_voices
from erdkreis.web.pdf import can_make_pdf, make_pdf

LINES = range(4)  # to write on, below an open question


@dataclass(frozen=True)
class PrintedItem:
    """One numbered item with its boxes; without boxes there are lines to write on."""

    number: int
    title: str
    sentence: str
    boxes: tuple[str, ...]


@signed_in
@require_safe
def paper(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    group = group_for(request, pk, slug)
    language = _language(request, group)
    with translation.override(language):
        context = _form(group, language) | {
            "round": group.round,
            "group": group,
            "languages": [(code, NAMES_FOR_VOICES[code]) for code in _languages(group)],
        }
        return render(request, "questionnaires/paper_form.html", context)


@signed_in
@require_safe
def paper_pdf(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    group = group_for(request, pk, slug)
    if not can_make_pdf():
        instead = reverse("questionnaires:paper", args=[pk, slug])
        return render(request, "web/pdf_not_possible.html", {"instead": instead})
    language = _language(request, group)
    with translation.override(language):
        context = _form(group, language) | {"is_pdf": True, "group": group, "round": group.round}
        html = render_to_string("questionnaires/paper_form.html", context)
    response = HttpResponse(make_pdf(html), "application/pdf")
    response["Content-Disposition"] = f'inline; filename="{group.slug}-{language}.pdf"'
    return response


def printed_items(group: RoundGroup, language: str) -> list[PrintedItem]:
    """Return what a group is asked, numbered as on its paper. Predictions are made on screen."""
    names = {"org": group.round.circle.organisation.name}
    asked = [page for page in Path(group).pages if page.item]
    return [
        PrintedItem(
            number=page.number,
            title=page.question.title.in_language(language) if page.question else "",
            sentence=item.wording.in_language(language, **names),
            boxes=_boxes(item),
        )
        for page in asked
        if (item := page.item)
    ]


def _boxes(item: Item) -> tuple[str, ...]:
    """Return the steps of the scale and “don't know”. Left out means: no cross."""
    if not item.is_rated:
        return ()
    choices = scale_choices(catalogue(item.version), item.scale, "dont_know")
    return tuple(label for value, label in choices if value != Answer.Status.SKIPPED)


def _form(group: RoundGroup, language: str) -> dict[str, Any]:
    return {
        "items": printed_items(group, language),
        "lines": LINES,
        "org": group.round.circle.organisation.name,
        "paper_language": language,
    }


def _language(request: HttpRequest, group: RoundGroup) -> str:
    codes = _languages(group)
    wanted = request.GET.get("language", "")
    return wanted if wanted in codes else codes[0]


def _languages(group: RoundGroup) -> list[str]:
    return for_voices(group.round.language_codes)
