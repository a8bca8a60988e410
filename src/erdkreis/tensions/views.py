from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import Action
from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_prepare, may_read, require
from erdkreis.conversations.about import About
from erdkreis.conversations.access import record_in as record_opened
from erdkreis.conversations.actions import OPENED
from erdkreis.conversations.asking_time import minutes_to_ask
from erdkreis.conversations.forms import ConversationForm
from erdkreis.conversations.models import Subject
from erdkreis.conversations.queries import conversations_about
from erdkreis.conversations.services import open_conversation
from erdkreis.rounds.queries import rounds_of
from erdkreis.tensions import actions, services
from erdkreis.tensions.access import record_in, tension_for
from erdkreis.tensions.candidates import candidates, chosen
from erdkreis.tensions.forms import (
    AssumptionForm,
    HandingForm,
    PoleForm,
    SettlementForm,
    TensionForm,
)
from erdkreis.tensions.models import Tension
from erdkreis.tensions.queries import tensions_of
from erdkreis.tensions.services import TensionError
from erdkreis.web.text import clean_text

Press = Callable[[HttpRequest, Tension], None]


@signed_in
@require_safe
def tensions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the tensions of a circle, and what might be one."""
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_read(circle, request.user))
    is_preparing = may_prepare(circle, request.user)
    context = {
        "circle": circle,
        "tensions": tensions_of(circle),
        "candidates": candidates(circle) if is_preparing else [],
        "may_prepare": is_preparing,
    }
    return render(request, "tensions/tensions.html", context)


@signed_in
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Turn a candidate, or something one noticed oneself, into a tension."""
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_prepare(circle, request.user))
    asked = (request.GET.get(name, "") for name in ("about", "where", "key"))
    subject = chosen(circle, *asked)
    data = request.POST if request.method == "POST" else None
    initial = {"title": subject.title} if subject else None
    form = TensionForm(data, initial=initial)
    poles = [PoleForm(circle, letter, data) for letter in "ab"]
    if data is not None and form.is_valid() & poles[0].is_valid() & poles[1].is_valid():
        tension = form.save(commit=False)
        tension.circle = circle
        tension.round = subject.round if subject else rounds_of(circle).first()
        worded = [pole.save(commit=False) for pole in poles]
        with transaction.atomic():
            services.raise_tension(tension, worded, subject.about if subject else None)
            record_in(tension, request, actions.RAISED)
        return redirect("tensions:tension", tension.pk)
    context = {"circle": circle, "form": form, "poles": poles, "subject": subject, "tension": None}
    status = 422 if data is not None else 200
    return render(request, "tensions/words.html", context, status=status)


@signed_in
@require_safe
def tension(request: HttpRequest, pk: int) -> HttpResponse:
    """A tension: its two poles as a map, its assumptions, what was settled."""
    shown = tension_for(request, pk, may_read)
    context = _context(shown) | {
        "poles": list(shown.poles.select_related("group")),
        "assumptions": list(shown.assumptions.all()),
        "settlements": list(shown.settlements.order_by("-pk")),
        "handings": list(shown.handings.all()),
        "sources": list(shown.sources.all()),
        "conversations": list(conversations_about(shown.circle, Subject.TENSION, shown.pk)),
        "treatments": [] if shown.is_red_line else Tension.Treatment.choices[1:4],
        "assumption_form": AssumptionForm(),
        "may_prepare": may_prepare(shown.circle, request.user),
    }
    return render(request, "tensions/tension.html", context)


@signed_in
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Word a tension anew; both sides then accept it anew."""
    shown = tension_for(request, pk)
    data = request.POST if request.method == "POST" else None
    form = TensionForm(data, instance=shown)
    poles = [PoleForm(shown.circle, pole.letter, data, pole) for pole in shown.poles.all()]
    if data is not None and form.is_valid() & poles[0].is_valid() & poles[1].is_valid():
        try:
            worded = [pole.save(commit=False) for pole in poles]
            with transaction.atomic():
                services.word_anew(form.save(commit=False), worded)
                record_in(shown, request, actions.WORDED)
        except TensionError as error:
            form.add_error(None, str(error))
        else:
            return redirect("tensions:tension", pk)
    context = _context(shown) | {"form": form, "poles": poles, "subject": None}
    status = 422 if data is not None else 200
    return render(request, "tensions/words.html", context, status=status)


@signed_in
@require_POST
def press(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one of the small things of the page: accept, choose, assume, set aside, take up again."""
    shown = tension_for(request, pk)
    deed = PRESSES.get(request.POST.get("deed", ""))
    try:
        if deed is not None:
            do, action = deed
            with transaction.atomic():
                do(request, shown)
                record_in(shown, request, action)
    except TensionError as error:
        messages.error(request, str(error))
    return redirect("tensions:tension", pk)


@signed_in
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a decision, who loses by it, and when it is looked at again."""
    shown = tension_for(request, pk)
    form = SettlementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        settlement = form.save(commit=False)
        settlement.noted_by = str(person_of(request))
        try:
            with transaction.atomic():
                services.settle(shown, settlement)
                record_in(shown, request, actions.SETTLED)
        except TensionError as error:
            form.add_error(None, str(error))
        else:
            return redirect("tensions:tension", pk)
    context = _context(shown) | {"form": form}
    return render(request, "tensions/settle.html", context, status=422 if form.errors else 200)


@signed_in
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a red line to whoever is responsible, at once."""
    shown = tension_for(request, pk)
    form = HandingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        handing = form.save(commit=False)
        handing.handed_by = str(person_of(request))
        try:
            with transaction.atomic():
                services.hand_over(shown, handing, (translation.get_language() or "en")[:2])
                record_in(shown, request, actions.HANDED_OVER)
        except TensionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Handed over by mail. What is done about it is noted here.")
            )
            return redirect("tensions:tension", pk)
    context = _context(shown) | {"form": form}
    return render(request, "tensions/hand_over.html", context, status=422 if form.errors else 200)


@signed_in
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a conversation about a tension, between the groups of its poles."""
    shown = tension_for(request, pk)
    groups = [pole.group for pole in shown.poles.select_related("group") if pole.group]
    initial = {"title": shown.title, "groups": groups}
    form = ConversationForm(
        shown.circle, request.POST if request.method == "POST" else None, initial
    )
    if request.method == "POST" and form.is_valid():
        conversation = form.save(commit=False)
        conversation.circle, conversation.round = shown.circle, shown.round
        url = reverse("tensions:tension", args=[shown.pk])
        about = About(Subject.TENSION, str(shown.pk), url, shown.about)
        with transaction.atomic():
            open_conversation(conversation, form.cleaned_data["groups"], about)
            record_opened(conversation, request, OPENED)
        return redirect("conversations:conversation", conversation.pk)
    context = _context(shown) | {
        "form": form,
        "subject": shown if shown.head else None,
        "minutes": minutes_to_ask(shown.circle),
    }
    return render(request, "conversations/new.html", context, status=422 if form.errors else 200)


def _typed(request: HttpRequest, name: str, longest: int) -> str:
    return clean_text(request.POST.get(name, ""))[:longest]


def _accept(request: HttpRequest, shown: Tension) -> None:
    services.accept_words(shown, request.POST.get("letter", ""), _typed(request, "by", 120))


def _treat(request: HttpRequest, shown: Tension) -> None:
    treatment = request.POST.get("treatment", "")
    if treatment not in Tension.Treatment.values:
        raise TensionError(_("Please choose one of the ways shown. Nothing was changed."))
    services.choose_treatment(shown, treatment)


def _assume(request: HttpRequest, shown: Tension) -> None:
    form = AssumptionForm(request.POST)
    if not form.is_valid():
        raise TensionError(_("Please write the assumption in at most 300 characters."))
    said = form.cleaned_data
    services.add_assumption(shown, said["text"], said["falls_because"])


def _set_aside(request: HttpRequest, shown: Tension) -> None:
    services.set_aside(shown, _typed(request, "reason", 300))


def _take_up(_request: HttpRequest, shown: Tension) -> None:
    services.take_up_again(shown)


def _answer(request: HttpRequest, shown: Tension) -> None:
    number = request.POST.get("handing", "")
    handing = shown.handings.filter(pk=number).first() if number.isdecimal() else None
    if handing is None:
        raise TensionError(_("This was not handed to anybody. Nothing was changed."))
    services.note_answer(handing, _typed(request, "answer", 1000))


PRESSES: dict[str, tuple[Press, Action]] = {
    "accept": (_accept, actions.ACCEPTED),
    "treat": (_treat, actions.TREATED),
    "assume": (_assume, actions.ASSUMED),
    "set-aside": (_set_aside, actions.SET_ASIDE),
    "take-up": (_take_up, actions.TAKEN_UP),
    "answer": (_answer, actions.ANSWERED),
}


def _context(shown: Tension) -> dict[str, Any]:
    return {"circle": shown.circle, "tension": shown}
