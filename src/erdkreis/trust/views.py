"""The trust page: of a whole installation, and of one round, also as a PDF to hand over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import days, public_codes
from erdkreis.circles.models import JournalEntry
from erdkreis.rounds.models import RoundGroup
from erdkreis.trust.about_you import data_of_account
from erdkreis.trust.facts import facts, separation
from erdkreis.trust.own_data import LastHost, delete_account, in_words
from erdkreis.trust.record import activities, protection
from erdkreis.trust.stored import lines
from erdkreis.web.languages import NAMES_FOR_VOICES, OWN_NAMES, for_voices
from erdkreis.web.pdf import can_make_pdf, make_pdf


@require_safe
def installation(request: HttpRequest) -> HttpResponse:
    with translation.override(spoken_language(request, [*OWN_NAMES])):
        return render(request, "trust/trust.html", _of_installation())


@require_safe
def installation_pdf(request: HttpRequest) -> HttpResponse:
    with translation.override(spoken_language(request, [*OWN_NAMES])):
        return _pdf(request, _of_installation(), reverse("trust:installation"))


@require_safe
def round_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Open to everyone who has the link of a group: it is read before the first question."""
    group = _group(slug)
    with translation.override(spoken_language(request, for_voices(group.round.language_codes))):
        return render(request, "trust/trust.html", _of_round(group))


@require_safe
def round_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    group = _group(slug)
    with translation.override(spoken_language(request, for_voices(group.round.language_codes))):
        return _pdf(request, _of_round(group), reverse("trust:round", args=[slug]))


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    """What is stored about the one who is signed in; and deleting it, confirmed by the address."""
    person, fault = person_of(request), ""
    if request.method == "POST":
        if request.POST.get("email", "").strip().lower() == person.email:
            try:
                delete_account(person)
            except LastHost as last:
                fault = str(last)
            else:
                logout(request)
                messages.success(request, _("Your account is deleted."))
                return redirect("home:start")
        else:
            fault = _("This is not the address of your account. Nothing was deleted.")
    context = {"tables": in_words(data_of_account(person)), "fault": fault}
    return render(request, "trust/own_data.html", context, status=422 if fault else 200)


@signed_in
@never_cache
@require_safe
def own_data_file(request: HttpRequest) -> HttpResponse:
    return as_file(data_of_account(person_of(request)))


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """The record of processing activities (Article 30), made from settings and tables."""
    with translation.override(spoken_language(request, [*OWN_NAMES])):
        return render(request, "trust/record.html", _of_record())


@require_safe
def record_pdf(request: HttpRequest) -> HttpResponse:
    with translation.override(spoken_language(request, [*OWN_NAMES])):
        return _pdf(request, _of_record(), reverse("trust:record"), "trust/record.html")


def _of_record() -> dict[str, Any]:
    return _around([*OWN_NAMES]) | {
        "facts": facts(),
        "activities": activities(),
        "protection": protection(),
        "pdf": reverse("trust:record_pdf"),
    }


def as_file(data: dict[str, Any]) -> HttpResponse:
    answer = JsonResponse(data, json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="erdkreis.json"'
    return answer


def _group(slug: str) -> RoundGroup:
    groups = RoundGroup.objects.select_related("round__circle__organisation")
    return get_object_or_404(groups, slug=slug)


def _of_installation() -> dict[str, Any]:
    return _around([*OWN_NAMES]) | {
        "facts": facts(),
        "lines": lines(),
        "pdf": reverse("trust:installation_pdf"),
    }


def _of_round(group: RoundGroup) -> dict[str, Any]:
    round_ = group.round
    deeds = JournalEntry.objects.filter(
        circle=round_.circle_id, round_id=round_.pk, action__in=public_codes()
    ).select_related("person")
    return _around(for_voices(round_.language_codes)) | {
        "facts": facts(),
        "lines": lines(round_),
        "pdf": reverse("trust:round_pdf", args=[group.slug]),
        "round": round_,
        "circle": round_.circle,
        "own_group": group,
        "groups": [(one, separation(one)) for one in round_.groups.filter(is_asked=True)],
        "days": days(deeds),
    }


def _around(codes: list[str]) -> dict[str, Any]:
    return {
        "paper_language": translation.get_language(),
        "languages": [(code, NAMES_FOR_VOICES[code]) for code in codes],
    }


def _pdf(
    request: HttpRequest, context: dict[str, Any], instead: str, template: str = "trust/trust.html"
) -> HttpResponse:
    if not can_make_pdf():
        return render(request, "web/pdf_not_possible.html", {"instead": instead})
    html = render_to_string(template, context | {"is_pdf": True})
    response = HttpResponse(make_pdf(html), "application/pdf")
    response["Content-Disposition"] = 'inline; filename="erdkreis-trust.pdf"'
    return response


def spoken_language(request: HttpRequest, codes: list[str]) -> str:
    spoken = translation.get_language() or ""
    wanted = (request.GET.get("language", spoken), spoken, spoken[:2])
    return next((code for code in wanted if code in codes), codes[0])
