"""The room: its sheets, the matrix of one, agreeing on it, going on with a new version."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.balances import actions, services
from erdkreis.balances.access import circle_with_room, record_in, sheet_for
from erdkreis.balances.analysis import assessed
from erdkreis.balances.beside import sheets_beside
from erdkreis.balances.cells import column_titles, matrix_rows, talks
from erdkreis.balances.fact_forms import SECTIONS, GeneralForm, show_refusals
from erdkreis.balances.figures import number_shown
from erdkreis.balances.forms import NewVersionForm, SheetForm
from erdkreis.balances.queries import is_on, others_in, sheets_of
from erdkreis.balances.refusals import refusals
from erdkreis.balances.texts import say, texts
from erdkreis.balances.voices import VoicesBeside, rounds_with_picture, voices_beside
from erdkreis.calc.commongood import Refused, new_sheet
from erdkreis.circles.journal import record
from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_host, may_prepare, may_read, require
from erdkreis.rounds.models import Round


@signed_in
@require_safe
def sheets(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the sheets of a circle; while the room is closed, what it is for."""
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_read(circle, request.user))
    context = {
        "circle": circle,
        "is_on": is_on(circle),
        "sheets": sheets_of(circle),
        "may_prepare": may_prepare(circle, request.user),
        "may_host": may_host(circle, request.user),
    }
    return render(request, "balances/sheets.html", context)


@signed_in
@require_POST
def switch(request: HttpRequest, slug: str) -> HttpResponse:
    """Open or close the room for a circle."""
    circle = get_object_or_404(Circle, slug=slug)
    require(allowed=may_host(circle, request.user))
    if "off" in request.POST:
        with transaction.atomic():
            services.switch_off(circle)
            record(circle, person_of(request), actions.SHUT)
        messages.success(request, _("The room is closed. Its sheets are kept."))
    else:
        with transaction.atomic():
            services.switch_on(circle)
            record(circle, person_of(request), actions.OPENED)
        messages.success(request, _("The room is open."))
    return redirect("balances:sheets", circle.slug)


@signed_in
def new(request: HttpRequest, slug: str) -> HttpResponse:
    circle = circle_with_room(request, slug, may_prepare)
    data = request.POST if request.method == "POST" else None
    year = timezone.localdate().year - 1
    person = person_of(request)
    form = SheetForm(data, {"title": f"{circle.organisation} {year}"})
    general = GeneralForm(
        data,
        {
            "company": circle.organisation.name,
            "contact_name": str(person),
            "contact_email": person.email,
            "period_start": f"{year}-01-01",
            "period_end": f"{year}-12-31",
        },
    )
    if data is not None and (sheet := _begun(request, circle, form, general)):
        return redirect("balances:facts", sheet.pk, SECTIONS[1])
    status = 422 if data is not None else 200
    context = {"circle": circle, "form": form, "general": general}
    return render(request, "balances/new.html", context, status=status)


@signed_in
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The matrix: points by the own account, and beside them what groups said."""
    found = assessed(sheet_for(request, pk))
    rounds = rounds_with_picture(found.sheet.circle)
    chosen = _chosen_round(request, rounds)
    voices = voices_beside(chosen) if chosen else None
    rows = matrix_rows(found, voices)
    context = sheet_context(request, found.sheet) | {
        "rows": rows,
        "columns": column_titles(),
        "rounds": rounds,
        "chosen_round": chosen if voices else None,
        "talks": talks(rows),
        "total": number_shown(found.assessment.total_points, 0),
        "sections": [(code, say(texts("facts")["section"][code]["title"])) for code in SECTIONS],
        "version_form": NewVersionForm(initial={"title": found.sheet.title}),
    }
    return render(request, "balances/sheet.html", context)


@signed_in
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two sheets side by side."""
    sheet = sheet_for(request, pk)
    others = list(others_in(sheet.circle, sheet))
    wanted = request.GET.get("with", "")
    other = next((one for one in others if str(one.pk) == wanted), others[0] if others else None)
    context = sheet_context(request, sheet) | {
        "others": others,
        "other": other,
        "beside": sheets_beside(assessed(other), assessed(sheet)) if other else None,
    }
    return render(request, "balances/compare.html", context)


@signed_in
@require_POST
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree on a sheet, or open it again."""
    sheet = sheet_for(request, pk, may_prepare)
    if "open" in request.POST:
        with transaction.atomic():
            services.open_again(sheet)
            record_in(sheet, request, actions.OPENED_AGAIN)
        messages.success(request, _("The sheet can be changed again."))
    else:
        with transaction.atomic():
            services.agree(sheet)
            record_in(sheet, request, actions.AGREED)
        messages.success(request, _("Agreed. The sheet stays as it is."))
    return redirect("balances:sheet", pk)


@signed_in
@require_POST
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a new version that begins with what is there."""
    sheet = sheet_for(request, pk, may_prepare)
    form = NewVersionForm(request.POST)
    if not form.is_valid():
        messages.error(
            request,
            _(
                "A new version needs a title of 120 characters at most. Nothing was changed. "
                "Please give it a title."
            ),
        )
        return redirect("balances:sheet", pk)
    with transaction.atomic():
        newer = services.new_version(sheet, form.cleaned_data["title"])
        record_in(newer, request, actions.CONTINUED)
    messages.success(request, _("This is the new version. The old one stays as it is."))
    return redirect("balances:sheet", newer.pk)


def sheet_context(request: HttpRequest, sheet: Any) -> dict[str, Any]:
    """Return what every page of a sheet says about it."""
    is_preparing = may_prepare(sheet.circle, request.user)
    return {
        "circle": sheet.circle,
        "sheet": sheet,
        "may_prepare": is_preparing,
        "may_change": is_preparing and not sheet.is_agreed,
    }


def chosen_voices(request: HttpRequest, circle: Circle) -> VoicesBeside | None:
    """Return the voices of the round that was chosen, or of the newest."""
    chosen = _chosen_round(request, rounds_with_picture(circle))
    return voices_beside(chosen) if chosen else None


def _chosen_round(request: HttpRequest, rounds: list[Round]) -> Round | None:
    wanted = request.GET.get("round", "")
    newest = rounds[0] if rounds else None
    return next((one for one in rounds if str(one.pk) == wanted), newest)


def _begun(request: HttpRequest, circle: Circle, form: SheetForm, general: GeneralForm) -> Any:
    """Store a new sheet; on refusal the forms say why."""
    if not all([form.is_valid(), general.is_valid()]):
        return None
    edition, _space, kind = form.cleaned_data["edition"].partition(" ")
    begun = {"type": kind, "version": edition, "generalInformation": general.document()}
    try:
        with transaction.atomic():
            sheet = services.store_sheet(circle, form.cleaned_data["title"], new_sheet(begun))
            record_in(sheet, request, actions.BEGUN)
    except Refused as refused:
        show_refusals(refusals(refused), general, [])
        return None
    return sheet
