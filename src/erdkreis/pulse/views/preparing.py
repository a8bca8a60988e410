"""What hosts do with a pulse: set up, bring lists, start, pause, end."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.circles.journal import Action
from erdkreis.circles.rules import may_host
from erdkreis.invitations import paper
from erdkreis.invitations.forms import CodesForm, ListForm, TakenListForm, preview
from erdkreis.invitations.services import issue_codes
from erdkreis.pulse import actions, services
from erdkreis.pulse.access import circle_for, pulse_for, record_for, team_for
from erdkreis.pulse.forms import PulseForm
from erdkreis.pulse.models import Pulse, Team
from erdkreis.pulse.queries import open_date, pulses_of, teams_of, told_dates, words_of
from erdkreis.pulse.rotation import IN_TURN, items_of_date
from erdkreis.questionnaires.catalogue import catalogue
from erdkreis.questionnaires.services import overwrite_own_words
from erdkreis.rounds.asking_time import MANY_MINUTES, minutes_by_group
from erdkreis.rounds.models import PULSE_MINUTES
from erdkreis.web.pdf import can_make_pdf, make_pdf

UNPROCESSABLE = 422
WEEKS_OF_YEAR = 52


@signed_in
@require_safe
def pulses(request: HttpRequest, slug: str) -> HttpResponse:
    circle = circle_for(request, slug)
    context = {
        "circle": circle,
        "pulses": pulses_of(circle),
        "may_host": may_host(circle, request.user),
    }
    return render(request, "pulse/pulses.html", context)


@signed_in
def new(request: HttpRequest, slug: str) -> HttpResponse:
    circle = circle_for(request, slug, may_host)
    form = PulseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = services.prepare(circle, form.save(commit=False), form.cleaned_data["teams"])
            record_for(request, made, actions.PREPARED)
        return redirect("pulse:pulse", made.pk)
    context = {"circle": circle, "form": form}
    return render(request, "pulse/form.html", context, status=UNPROCESSABLE if form.errors else 200)


@signed_in
def change(request: HttpRequest, pk: int) -> HttpResponse:
    pulse = pulse_for(request, pk, may_host)
    if pulse.state != Pulse.State.DRAFT and request.method != "POST":
        return redirect("pulse:pulse", pk)
    form = PulseForm(request.POST if request.method == "POST" else None, instance=pulse)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                services.change(form.save(commit=False), form.cleaned_data["teams"])
                record_for(request, pulse, actions.CHANGED)
        except services.PulseError as error:
            messages.error(request, str(error))
        return redirect("pulse:pulse", pk)
    context = {"circle": pulse.circle, "pulse": pulse, "form": form}
    return render(request, "pulse/form.html", context, status=UNPROCESSABLE if form.errors else 200)


@signed_in
@require_safe
def pulse(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a pulse stands, who is on its lists, and the next step. No count of who answered."""
    shown = pulse_for(request, pk)
    teams = teams_of(shown)
    today = timezone.localdate()
    asked = minutes_by_group(shown.circle).get(shown.whom, 0)
    context = {
        "circle": shown.circle,
        "pulse": shown,
        "teams": teams,
        "n_listed": sum(_n(team) for team in teams),
        "small": [team for team in teams if 0 < _n(team) < shown.min_group],
        "empty": [team for team in teams if not _n(team)],
        "open_date": open_date(shown),
        "dates": shown.dates.select_related("round"),
        "next_day": shown.next_day(today) if shown.first_on <= today else shown.first_on,
        "address": services.address_of(shown),
        "minutes": PULSE_MINUTES,
        "minutes_a_year": WEEKS_OF_YEAR // shown.every_weeks * PULSE_MINUTES,
        "minutes_asked": asked,
        "is_much": asked + WEEKS_OF_YEAR // shown.every_weeks * PULSE_MINUTES > MANY_MINUTES,
        "may_host": may_host(shown.circle, request.user),
    }
    return render(request, "pulse/pulse.html", context)


def _n(team: Team) -> int:
    n: int = getattr(team, "n_members", 0)
    return n


@signed_in
@require_safe
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything a pulse can ask, in the order of its dates: to be printed and handed over."""
    shown = pulse_for(request, pk)
    texts = catalogue(shown.item_version)
    of = {one.code: one for one in texts.closing}
    context = {
        "circle": shown.circle,
        "pulse": shown,
        "dates": [(n, [of[code] for code in items_of_date(n)]) for n in range(1, len(IN_TURN) + 1)],
        "scales": list(texts.scales.values()),
        "labels": texts.labels,
    }
    return render(request, "pulse/questions.html", context)


@signed_in
@never_cache
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written freely on the last date, as far as it was let out; and taking it out."""
    shown = pulse_for(request, pk)
    told = told_dates(shown)
    teams = [(team, words_of(told[-1], team)) for team in shown.teams.all()] if told else []
    if request.method == "POST":
        wanted = request.POST.get("words", "")
        found = (one for _team, all_ in teams for one in all_ if str(one.pk) == wanted)
        if (chosen := next(found, None)) is not None:
            with transaction.atomic():
                overwrite_own_words(chosen, services.TAKEN_OUT)
                record_for(request, shown, actions.TAKEN_OUT)
        return redirect("pulse:words", pk)
    context = {"circle": shown.circle, "pulse": shown, "teams": teams, "mark": services.TAKEN_OUT}
    return render(request, "pulse/words.html", context)


def _moves(request: HttpRequest, pk: int, state: Pulse.State, action: Action) -> HttpResponse:
    shown = pulse_for(request, pk, may_host)
    try:
        with transaction.atomic():
            shown = services.move(shown, state)
            record_for(request, shown, action)
    except services.PulseError as error:
        messages.error(request, str(error))
    else:
        if state == Pulse.State.RUNNING:
            services.begin_due(shown)
    return redirect("pulse:pulse", pk)


@signed_in
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    return _moves(request, pk, Pulse.State.RUNNING, actions.STARTED)


@signed_in
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    return _moves(request, pk, Pulse.State.PAUSED, actions.PAUSED)


@signed_in
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    return _moves(request, pk, Pulse.State.RUNNING, actions.GONE_ON)


@signed_in
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    return _moves(request, pk, Pulse.State.ENDED, actions.ENDED)


@signed_in
@require_safe
def team(request: HttpRequest, pk: int, team_pk: int) -> HttpResponse:
    """Who is invited to each date, as a number; a list is brought here."""
    shown = team_for(request, pk, team_pk)
    form = ListForm(shown.pulse.language_codes)
    return render(request, "pulse/team.html", _around(shown) | {"list_form": form})


@signed_in
@require_POST
@never_cache
def look_through(request: HttpRequest, pk: int, team_pk: int) -> HttpResponse:
    """Show how a list was understood. Nothing is stored yet."""
    shown = team_for(request, pk, team_pk)
    form = ListForm(shown.pulse.language_codes, request.POST, request.FILES)
    if not form.is_valid():
        context = _around(shown) | {"list_form": form}
        return render(request, "pulse/team.html", context, status=UNPROCESSABLE)
    understood = form.understood
    context = _around(shown) | preview(understood, shown.pulse.language_codes)
    return render(request, "pulse/list_preview.html", context)


@signed_in
@require_POST
def take_list(request: HttpRequest, pk: int, team_pk: int) -> HttpResponse:
    shown = team_for(request, pk, team_pk)
    form = TakenListForm(request.POST)
    if shown.pulse.state == Pulse.State.ENDED:
        messages.error(request, _("This pulse has ended. Nothing was stored."))
    elif form.is_valid():
        with transaction.atomic():
            entries = form.understood(shown.pulse.language_codes).entries
            n = services.take_list(shown, entries)
            record_for(request, shown.pulse, actions.LIST_TAKEN, f" · {shown}")
        said = ngettext(
            "%(n)d person is new on the list. Nobody is in two teams.",
            "%(n)d people are new on the list. Nobody is in two teams.",
            n,
        )
        messages.success(request, said % {"n": n})
    else:
        messages.error(request, _("There was nothing on this list. Nothing was stored."))
    return redirect("pulse:team", pk, team_pk)


@signed_in
@require_POST
def clear_list(request: HttpRequest, pk: int, team_pk: int) -> HttpResponse:
    shown = team_for(request, pk, team_pk)
    with transaction.atomic():
        n = services.clear_list(shown)
        record_for(request, shown.pulse, actions.LIST_CLEARED, f" · {shown}")
    said = ngettext("%(n)d address was deleted.", "%(n)d addresses were deleted.", n)
    messages.success(request, said % {"n": n})
    return redirect("pulse:team", pk, team_pk)


@signed_in
@never_cache
def codes(request: HttpRequest, pk: int, team_pk: int) -> HttpResponse:
    """Slips with codes for those without mail, for the date that is being asked. Shown once."""
    shown = team_for(request, pk, team_pk)
    dated = open_date(shown.pulse)
    if dated is None:
        messages.error(request, _("Slips are made for a date that is being asked. None is now."))
        return redirect("pulse:team", pk, team_pk)
    group = dated.round.groups.get(code=shown.code)
    group.round = dated.round
    form = CodesForm(group, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = _around(shown) | {"form": form, "date": dated}
        return render(request, "pulse/codes.html", context)
    wants_pdf = request.POST.get("as") == "pdf"
    if wants_pdf and not can_make_pdf():
        # Before any code is made: otherwise they would be lost.
        return render(request, "web/pdf_not_possible.html", {"instead": request.path})
    with transaction.atomic():
        made = issue_codes(group, form.cleaned_data["number"])
        more = f" · {shown} · {len(made)}"
        record_for(request, shown.pulse, actions.CODES_MADE, more, round_id=dated.round_id)
    context = paper.slips(group, form.cleaned_data["language"], made) | {
        "group": group,
        "round": dated.round,
        "back": reverse("pulse:team", args=[pk, team_pk]),
    }
    if not wants_pdf:
        return render(request, "invitations/slips.html", context)
    with translation.override(context["paper_language"]):
        html = render_to_string("invitations/slips.html", context | {"is_pdf": True})
    response = HttpResponse(make_pdf(html, "A4"), "application/pdf")
    response["Content-Disposition"] = f'inline; filename="codes-{group.slug}.pdf"'
    return response


def _around(team: Team) -> dict[str, Any]:
    return {
        "circle": team.pulse.circle,
        "pulse": team.pulse,
        "team": team,
        "n_members": team.members.count(),
    }
