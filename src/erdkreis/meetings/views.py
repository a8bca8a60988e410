"""Circle meetings: plan one, print what lies on the table, write what came of it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import Action, record
from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_prepare, may_read, require
from erdkreis.meetings import actions
from erdkreis.meetings.calendar import calendar_of
from erdkreis.meetings.forms import MeetingForm, MinutesForm
from erdkreis.meetings.models import Meeting
from erdkreis.meetings.plan import plan_of
from erdkreis.meetings.queries import meetings_of
from erdkreis.web.languages import OWN_NAMES
from erdkreis.web.pdf import can_make_pdf, make_pdf

SHEETS = ("cards", "script", "minutes")
LINES = range(4)


@signed_in
@require_safe
def meetings(request: HttpRequest, slug: str) -> HttpResponse:
    circle = _circle(request, slug, may_read)
    context = {
        "circle": circle,
        "meetings": meetings_of(circle),
        "may_prepare": may_prepare(circle, request.user),
    }
    return render(request, "meetings/meetings.html", context)


@signed_in
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan a meeting from a picture, or with six questions on paper."""
    circle = _circle(request, slug, may_prepare)
    form = MeetingForm(circle, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        made.circle = circle
        with transaction.atomic():
            made.save()
            _record(request, made, actions.PLANNED)
        return redirect("meetings:meeting", made.pk)
    status = 422 if form.errors else 200
    return render(request, "meetings/new.html", {"circle": circle, "form": form}, status=status)


@signed_in
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the plan, what to print, and the minutes once they are written."""
    shown = _meeting(request, pk)
    context = _context(request, shown) | {
        "plan": plan_of(shown, (get_language() or "en")[:2]),
        "languages_of_sheets": list(OWN_NAMES.items()),
        "may_prepare": may_prepare(shown.circle, request.user),
    }
    return render(request, "meetings/meeting.html", context)


@signed_in
@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The day of the meeting for a calendar."""
    answer = HttpResponse(calendar_of(_meeting(request, pk)), "text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return answer


@signed_in
@require_safe
def sheet(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A sheet to be printed by the browser: cards, script or empty minutes."""
    shown, language = _meeting(request, pk), _language(request)
    context = _context(request, shown) | _on_paper(shown, language)
    with translation.override(language):
        return render(request, f"meetings/{kind}_sheet.html", context | {"kind": kind})


@signed_in
@require_safe
def sheet_pdf(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    shown, language = _meeting(request, pk), _language(request)
    if not can_make_pdf():
        instead = reverse("meetings:sheet", args=[pk, kind])
        return render(request, "web/pdf_not_possible.html", {"instead": instead})
    context = _context(request, shown) | _on_paper(shown, language) | {"is_pdf": True}
    with translation.override(language):
        html = render_to_string(f"meetings/{kind}_sheet.html", context)
    response = HttpResponse(make_pdf(html), "application/pdf")
    response["Content-Disposition"] = f'inline; filename="{kind}-{language}.pdf"'
    return response


@signed_in
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes, or type in what stands on paper."""
    shown = _meeting(request, pk)
    require(allowed=may_prepare(shown.circle, request.user))
    data = request.POST if request.method == "POST" else None
    form = MinutesForm(data, instance=Meeting.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.keep(str(person_of(request)))
            _record(request, shown, actions.MINUTES_WRITTEN)
        messages.success(request, _("The minutes are saved. Ideas can become experiments now."))
        return redirect("meetings:meeting", pk)
    context = _context(request, shown) | {"form": form}
    return render(request, "meetings/minutes.html", context, status=422 if form.errors else 200)


def _circle(request: HttpRequest, slug: str, may: Any) -> Circle:
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may(circle, request.user))
    return circle


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    found = get_object_or_404(
        Meeting.objects.select_related("circle__organisation", "round__circle"), pk=pk
    )
    require(allowed=may_read(found.circle, request.user))
    return found


def _record(request: HttpRequest, meeting: Meeting, action: Action) -> None:
    person, round_id = person_of(request), meeting.round_id
    record(meeting.circle, person, action, meeting.title, round_id=round_id)


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("language", (get_language() or "en")[:2])
    if wanted not in OWN_NAMES:
        raise Http404
    return wanted


def _context(request: HttpRequest, shown: Meeting) -> dict[str, Any]:
    return {
        "circle": shown.circle,
        "meeting": shown,
        "ideas": shown.ideas.all(),
        "request": request,
    }


def _on_paper(shown: Meeting, language: str) -> dict[str, Any]:
    return {
        "plan": plan_of(shown, language),
        "paper_language": language,
        "languages": list(OWN_NAMES.items()),
        "lines": LINES,
    }
