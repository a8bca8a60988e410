"""Reaching a group on paper: posters, and slips with one-time codes."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.invitations import actions, paper, services
from erdkreis.invitations.access import group_for, record_for
from erdkreis.invitations.forms import CodesForm
from erdkreis.rounds.models import Round, RoundGroup
from erdkreis.web.languages import NAMES_FOR_VOICES, for_voices
from erdkreis.web.pdf import can_make_pdf, make_pdf

SIZES = {"a4": "A4", "a3": "A3"}
ABOUT = {Round.Form.SHORT.value: 12, Round.Form.LONG.value: 40}  # questions, said roughly


@signed_in
@require_safe
def poster(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A poster to be printed by the browser."""
    group = group_for(request, pk, slug)
    context = _poster(request, group) | {"languages": _languages(group)}
    return render(request, "invitations/poster.html", context)


@signed_in
@require_safe
def poster_pdf(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    group = group_for(request, pk, slug)
    if not can_make_pdf():
        instead = reverse("invitations:poster", args=[pk, slug])
        return render(request, "web/pdf_not_possible.html", {"instead": instead})
    context = _poster(request, group)
    html = _sheet("invitations/poster.html", context)
    return _pdf(html, f"{group.slug}-{context['size']}", SIZES[context["size"]])


@signed_in
@never_cache
def codes(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Sheets of one-time codes. They are shown once: we keep only digests."""
    group = group_for(request, pk, slug)
    form = CodesForm(group, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"circle": group.round.circle, "round": group.round, "group": group, "form": form}
        return render(request, "invitations/codes.html", context)
    wants_pdf = request.POST.get("as") == "pdf"
    if wants_pdf and not can_make_pdf():
        # Before any code is made: otherwise they would be lost.
        return render(request, "web/pdf_not_possible.html", {"instead": request.path})
    with transaction.atomic():
        made = services.issue_codes(group, form.cleaned_data["number"])
        record_for(request, group, actions.CODES_MADE, f" · {len(made)}")
    context = paper.slips(group, form.cleaned_data["language"], made) | {"group": group}
    if wants_pdf:
        return _pdf(_sheet("invitations/slips.html", context), f"codes-{group.slug}", "A4")
    return render(request, "invitations/slips.html", context | {"round": group.round})


def _poster(request: HttpRequest, group: RoundGroup) -> dict[str, Any]:
    codes = for_voices(group.round.language_codes)
    wanted, size = request.GET.get("language", ""), request.GET.get("size", "")
    language = wanted if wanted in codes else codes[0]
    context = paper.poster(group, language, ABOUT[group.round.form])
    return context | {
        "group": group,
        "round": group.round,
        "size": size if size in SIZES else "a4",
        "sizes": SIZES,
    }


def _languages(group: RoundGroup) -> list[tuple[str, str]]:
    return [(code, NAMES_FOR_VOICES[code]) for code in for_voices(group.round.language_codes)]


def _sheet(template: str, context: dict[str, Any]) -> str:
    with translation.override(context["paper_language"]):
        return render_to_string(template, context | {"is_pdf": True})


def _pdf(html: str, name: str, size: str) -> HttpResponse:
    response = HttpResponse(make_pdf(html, size), "application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
