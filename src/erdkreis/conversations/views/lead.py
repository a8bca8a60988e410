"""Opening and leading a conversation: phases, the floor, what people told elsewhere, the end."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import Action
from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_prepare, may_read, require
from erdkreis.conversations import actions, moderating, services, speaking
from erdkreis.conversations.access import conversation_for, record_in
from erdkreis.conversations.asking_time import minutes_to_ask
from erdkreis.conversations.forms import CloseForm, ConversationForm, DecideForm, LeadForm
from erdkreis.conversations.listing import phases
from erdkreis.conversations.models import Contribution, Conversation
from erdkreis.conversations.moderation_log import log_of
from erdkreis.conversations.queries import conversations_of
from erdkreis.conversations.services import ConversationError
from erdkreis.conversations.subjects import cells_to_talk_about, subject_of
from erdkreis.invitations.qr import qr_svg
from erdkreis.moderation.models import Case, Outcome
from erdkreis.moderation.queries import cases_in
from erdkreis.moderation.services import ModerationError, may_decide
from erdkreis.rounds.queries import rounds_of


@signed_in
@require_safe
def conversations(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the conversations of a circle, and what one could be opened about."""
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_read(circle, request.user))
    is_preparing = may_prepare(circle, request.user)
    context = {
        "circle": circle,
        "conversations": conversations_of(circle),
        "may_prepare": is_preparing,
        "subjects": cells_to_talk_about(rounds_of(circle).first()) if is_preparing else [],
    }
    return render(request, "conversations/conversations.html", context)


@signed_in
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a conversation about a place in the picture, a statement, or a free question."""
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_prepare(circle, request.user))
    subject = subject_of(circle, request.GET)
    initial = {"title": subject.title, "groups": subject.groups} if subject else {}
    form = ConversationForm(circle, request.POST if request.method == "POST" else None, initial)
    if request.method == "POST" and form.is_valid():
        conversation = form.save(commit=False)
        conversation.circle = circle
        conversation.round = subject.round if subject else rounds_of(circle).first()
        about = subject.about if subject else None
        with transaction.atomic():
            services.open_conversation(conversation, form.cleaned_data["groups"], about)
            record_in(conversation, request, actions.OPENED)
        return redirect("conversations:conversation", conversation.pk)
    context = {
        "circle": circle, "form": form, "subject": subject, "minutes": minutes_to_ask(circle),
    }  # fmt: skip
    return render(request, "conversations/new.html", context, status=422 if form.errors else 200)


@signed_in
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """A conversation from inside: its ways in, its phases, and what the facilitator says."""
    shown = conversation_for(request, pk, may_read)
    is_preparing = may_prepare(shown.circle, request.user)
    form = LeadForm(shown, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(allowed=is_preparing)
        if form.is_valid() and _said(request, form, shown):
            return redirect("conversations:conversation", pk)
    sides = list(shown.sides.select_related("group"))
    context = _context(shown) | {
        "form": form,
        "ways_in": [(side, f"{settings.PUBLIC_URL}/t/{side.slug}/") for side in sides],
        "phases": phases(shown, None),
        "may_prepare": is_preparing,
        "may_move_back": services.may_move_back(shown),
        "has_leadership": any(side.is_leadership for side in sides),
        "n_open_cases": moderating.n_waiting(shown) if is_preparing else 0,
    }
    status = 422 if form.errors else 200
    return render(request, "conversations/conversation.html", context, status=status)


@signed_in
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on to the next phase, undo that, or let the leadership speak."""
    shown = conversation_for(request, pk)
    try:
        with transaction.atomic():
            record_in(shown, request, _moved(shown, request.POST))
    except ConversationError as error:
        messages.error(request, str(error))
    return redirect("conversations:conversation", pk)


@signed_in
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a conversation with what came of it."""
    shown = conversation_for(request, pk)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            with transaction.atomic():
                services.close_conversation(shown, said["outcome"], said["minority"])
                _tell(request, shown, said["outcome"])
                record_in(shown, request, actions.CLOSED)
        except ConversationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Closed. Whoever left an address hears what came of it."))
            return redirect("conversations:conversation", pk)
    context = _context(shown) | {"form": form}
    return render(request, "conversations/close.html", context, status=422 if form.errors else 200)


@signed_in
def moderation(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at what was reported and decide; on an appeal somebody else decides."""
    shown, person = conversation_for(request, pk), person_of(request)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        known = [case.pk for case, _said_ in _cases(shown)]
        case = get_object_or_404(Case, pk=said["case"], pk__in=known)
        try:
            with transaction.atomic():
                moderating.decide(
                    case, person, said["outcome"], reason=said["reason"], note=said["note"]
                )
                is_hidden = said["outcome"] == Outcome.HIDDEN
                record_in(shown, request, actions.HIDDEN if is_hidden else actions.SHOWN)
        except ModerationError as error:
            form.add_error(None, str(error))
        else:
            return redirect("conversations:moderation", pk)
    sent = form.data.get("case", "") if form.is_bound else ""
    rows = [(case, said, _form_for(case, form, sent)) for case, said in _cases(shown)]
    context = _context(shown) | {
        "waiting": [
            (case, said, case_form, may_decide(case, person))
            for case, said, case_form in rows
            if case.is_open
        ],
        "decided": [(case, said) for case, said, _form in rows if not case.is_open],
    }
    status = 422 if form.errors else 200
    return render(request, "conversations/moderation.html", context, status=status)


@signed_in
@require_safe
def moderation_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The log of reports, decisions and appeals, to take along."""
    shown = conversation_for(request, pk)
    answer = HttpResponse(log_of(shown), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="moderation-{shown.pk}.csv"'
    return answer


@signed_in
@require_safe
def qr(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    shown = conversation_for(request, pk, may_read)
    side = get_object_or_404(shown.sides, slug=slug)
    drawn = qr_svg(f"{settings.PUBLIC_URL}/t/{side.slug}/")
    response = HttpResponse(drawn, "image/svg+xml")
    response["Content-Disposition"] = f'inline; filename="{side.slug}.svg"'
    return response


def _moved(shown: Conversation, pressed: Mapping[str, str]) -> Action:
    """Do what was pressed, and return what it is called."""
    if "back" in pressed:
        services.move_back(shown)
        return actions.MOVED_BACK
    if "floor" in pressed:
        is_open = pressed["floor"] == "open"
        services.give_floor_to_leadership(shown, is_open=is_open)
        return actions.FLOOR_GIVEN if is_open else actions.FLOOR_TAKEN
    services.move_on(shown, seen=pressed.get("on", ""))
    return actions.MOVED_ON


def _tell(request: HttpRequest, shown: Conversation, outcome: str) -> None:
    """Let what came of it go out with the next mails, too."""
    speaker = speaking.facilitator(shown, person_of(request))
    language, news = (translation.get_language() or "en")[:2], Contribution.Kind.NEWS
    speaking.say(speaker, news, outcome, language, phase=shown.phase)


def _said(request: HttpRequest, form: LeadForm, shown: Conversation) -> bool:
    said, side = form.cleaned_data, form.cleaned_data.get("side")
    person = person_of(request)
    speaker = speaking.relayed(side) if side else speaking.facilitator(shown, person)
    language = (translation.get_language() or "en")[:2]
    try:
        with transaction.atomic():
            speaking.say(speaker, said["kind"], said["text"], language, phase=shown.phase)
            record_in(shown, request, actions.PASSED_ON if side else actions.WRITTEN)
    except ConversationError as error:
        form.add_error(None, str(error))
        return False
    return True


def _cases(shown: Conversation) -> list[tuple[Case, Contribution]]:
    """Return the cases about what was said here, with the words. Who reported is not known."""
    said = {str(one.pk): one for one in shown.contributions.all()}
    cases = cases_in(shown.place_of_moderation, speaking.ROOM)
    return [(case, said[case.key]) for case in cases if case.key in said]


def _form_for(case: Case, sent: DecideForm, key: str) -> DecideForm:
    if key == str(case.pk):
        return sent
    return DecideForm(initial={"case": case.pk}, auto_id=f"id_{case.pk}_%s")


def _context(shown: Conversation) -> dict[str, Any]:
    return {"circle": shown.circle, "conversation": shown}
