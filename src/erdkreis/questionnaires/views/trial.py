"""A test run: the questionnaire as each group meets it, in each language, as wide as a phone.

It can be walked from the first draft on. Nothing pressed here is sent, so nothing has to be
deleted afterwards, and no test answer can get into a picture.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.circles.models import VoiceMode
from erdkreis.circles.rules import may_prepare
from erdkreis.questionnaires.forms import EvidenceForm, PredictionForm, RatingForm, WordsForm
from erdkreis.questionnaires.paths import Page, Path
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import Round, RoundGroup
from erdkreis.rounds.services import groups_to_be
from erdkreis.web.languages import NAMES_FOR_VOICES, for_voices

DOOR = 0


@signed_in
@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose whose way to walk, and in which language."""
    round_ = round_for(request, pk, may_prepare)
    groups = _groups(round_)
    context = {
        "circle": round_.circle,
        "round": round_,
        "groups": [(group, len(Path(group, groups).pages)) for group in groups],
        "languages": _languages(round_),
    }
    return render(request, "questionnaires/trial.html", context)


@signed_in
@require_safe
def page(request: HttpRequest, pk: int, code: str, number: int) -> HttpResponse:
    """Show one page of the way: the door, or a question."""
    round_ = round_for(request, pk, may_prepare)
    groups = _groups(round_)
    group = next((one for one in groups if one.code == code), None)
    pages = Path(group, groups).pages if group else ()
    if group is None or number > len(pages):
        raise Http404
    languages = _languages(round_)
    wanted = request.GET.get("language", "")
    with translation.override(wanted if wanted in dict(languages) else languages[0][0]):
        context = _context(group, pages, number) | {"languages": languages}
        return render(request, "questionnaires/trial_page.html", context)


def _context(group: RoundGroup, pages: tuple[Page, ...], number: int) -> dict[str, Any]:
    round_ = group.round
    org = round_.circle.organisation.name
    context = {
        "circle": round_.circle,
        "round": round_,
        "group": group,
        "org": org,
        "names": {"org": org},
        "n_pages": len(pages),
        "number": number,
        "following": number + 1 if number < len(pages) else None,
        "language": translation.get_language(),
    }
    if number == DOOR:
        return context
    shown = pages[number - 1]
    context |= {"page": shown, "item": shown.item}
    if shown.item is None:
        assert shown.question is not None  # noqa: S101 - tells the type checker
        scale = shown.question.items[0].scale
        return context | {"form": PredictionForm(shown.targets, {}, scale=scale)}
    shows_evidence = shown.item.is_rated and group.voice_mode == VoiceMode.ON_RECORD
    return context | {
        "form": (RatingForm if shown.item.is_rated else WordsForm)(shown.item, None),
        "evidence_form": EvidenceForm() if shows_evidence else None,
    }


def _groups(round_: Round) -> tuple[RoundGroup, ...]:
    """Return who is asked; before the links are made, who would be."""
    stored = list(round_.groups.select_related("round__circle__organisation"))
    return tuple(group for group in stored or groups_to_be(round_) if group.is_asked)


def _languages(round_: Round) -> list[tuple[str, str]]:
    return [(code, NAMES_FOR_VOICES[code]) for code in for_voices(round_.language_codes)]
