"""The twelve steps, the same pages for both sides; what was written is never lost."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from erdkreis.fit import services
from erdkreis.fit.access import Seat, code_in
from erdkreis.fit.forms import DecisionForm, LineForm, NotYetForm, form_for, own_so_far
from erdkreis.fit.models import Line, Value
from erdkreis.fit.queries import own_decision
from erdkreis.fit.sentences import shown_line
from erdkreis.fit.steps import LAST, STEPS, Step
from erdkreis.web.errors import typed_text
from erdkreis.web.languages import OWN_NAMES


def here(_request: HttpRequest, seat: Seat) -> HttpResponse:
    """Go to where the talk stands."""
    if seat.conversation.is_settled:
        return redirect(seat.url("summary"))
    return redirect(seat.url("step", seat.conversation.reached))


def step(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """One step: what is asked, what both wrote, and room to write."""
    if not 1 <= number <= LAST.number:
        raise Http404
    if seat.conversation.is_settled:
        if request.method == "POST" and number != LAST.number:
            return _closed(request, seat)
        if number != LAST.number:
            return redirect(seat.url("summary"))
    # Whoever has seen enough may decide at any time; only a yes waits for the last step.
    if number == LAST.number:
        return _decision(request, seat)
    if number > seat.conversation.reached:
        return redirect(seat.url("step", seat.conversation.reached))
    return _step(request, seat, STEPS[number - 1])


def on(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """Open the next step, if nothing is missing in this one."""
    if request.method == "POST":
        try:
            number = services.go_on(seat.conversation, number)
        except services.FitError as error:
            return _step(request, seat, STEPS[number - 1], problem=str(error))
    return redirect(seat.url("step", number))


def line(request: HttpRequest, seat: Seat, line_pk: int) -> HttpResponse:
    """Change one's own line, or delete its words."""
    own = _own_line(seat, line_pk)
    form = LineForm(own, seat.texts, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _done(form, seat, own):
        return redirect(_place(seat, own))
    context = {"line": shown_line(own, seat), "form": form, "may_change": _may_change(seat, own)}
    return _page(request, seat, "line", context, status=422 if form.errors else 200)


def delete(request: HttpRequest, seat: Seat, line_pk: int) -> HttpResponse:
    """Delete one's own words, after asking once; also long after the decision."""
    own = _own_line(seat, line_pk)
    if request.method != "POST":
        return redirect(seat.url("line", line_pk))
    services.delete_words(own, seat.side)
    return redirect(_place(seat, own))


def mark(request: HttpRequest, seat: Seat, line_pk: int) -> HttpResponse:
    """Say of an edge whether it decides, or of a repetition whether it is right."""
    marked = get_object_or_404(Line, conversation=seat.conversation, pk=line_pk, decision=None)
    if request.method == "POST":
        try:
            if "mirror" in request.POST:
                services.answer_mirror(marked, seat.side, request.POST["mirror"])
            else:
                is_decisive = request.POST.get("decisive") == "yes"
                services.call_decisive(marked, seat.side, is_decisive=is_decisive)
        except services.FitError as error:
            return _closed(request, seat, str(error))
    return redirect(_place(seat, marked))


def not_yet(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Stop here for now: offered on every page, with nothing to explain."""
    form = NotYetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _decided(form, seat, Value.NOT_YET):
        return redirect(seat.url("step", LAST.number))
    return _page(request, seat, "not_yet", {"form": form}, status=422 if form.errors else 200)


def _step(request: HttpRequest, seat: Seat, shown: Step, problem: str = "") -> HttpResponse:
    is_sent = request.method == "POST" and not problem
    lines = seat.record.of(shown.code)
    own = [one for one in lines if one.side == seat.side]
    make = form_for(shown, seat.side)
    form = make(
        seat.texts, seat.side, request.POST if is_sent else None, initial=own_so_far(shown, own)
    )
    if is_sent and form.is_valid():
        try:
            for written in form.written():
                services.write(seat.conversation, seat.side, shown, written)
        except services.FitError as error:
            form.add_error(None, str(error))
        else:
            return redirect(seat.url("step", shown.number) + "#lines")
    may_write = seat.record.may_write(shown, seat.side)
    context = {
        "step": shown,
        "asked": seat.texts.steps[shown.code],
        "lines": [shown_line(one, seat) for one in lines],
        "form": form if may_write or form.errors else None,
        "is_mirror": shown.code == "real_need" and seat.is_provider,
        "missing": services.missing_sentence(shown) if seat.record.is_missing(shown) else "",
        "blocking": [shown_line(one, seat) for one in seat.record.decisive_unknowns],
        "waits_for_provider": shown.code == "interests" and not may_write and not seat.is_provider,
        "problem": problem,
        "next_url": seat.url("step", shown.number + 1),
    }
    return _page(request, seat, "step", context, status=422 if form.errors or problem else 200)


def _decision(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Decide for one side. Of the other side nothing is told before both have."""
    conversation = seat.conversation
    if not conversation.may_change:
        if request.method == "POST":
            return _closed(request, seat)
        return redirect(seat.url("summary"))
    form = DecisionForm(seat.texts, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        value = Value(form.cleaned_data["value"])
        if _decided(form, seat, value, who=form.cleaned_data["who"]):
            return redirect(seat.url("here" if _is_settled(seat) else "step", *_at(seat)))
    own = own_decision(conversation, seat.side)
    context = {
        "step": LAST,
        "asked": seat.texts.steps[LAST.code],
        "form": form,
        "own": own,
        "own_words": seat.texts.decisions[own.value] if own else None,
        "other_has_decided": own_decision(conversation, seat.side.other) is not None,
        "may_say_yes": seat.record.may_say_yes,
        "yes_sentence": services.yes_sentence(),
    }
    return _page(request, seat, "decision", context, status=422 if form.errors else 200)


def _is_settled(seat: Seat) -> bool:
    seat.conversation.refresh_from_db()
    return seat.conversation.is_settled


def _at(seat: Seat) -> list[int]:
    return [] if seat.conversation.is_settled else [LAST.number]


def _decided(form: forms.Form, seat: Seat, value: Value, who: str = "") -> bool:
    said = form.cleaned_data
    meet_on = said["meet_on"] if value == Value.NOT_YET else None
    try:
        services.decide(
            seat.conversation, seat.side, value, why=said["why"], who=who, meet_on=meet_on
        )
    except services.FitError as error:
        form.add_error(None, str(error))
        return False
    return True


def _done(form: LineForm, seat: Seat, own: Line) -> bool:
    try:
        services.change_line(own, seat.side, form.written())
    except services.FitError as error:
        form.add_error(None, str(error))
        return False
    return True


def _own_line(seat: Seat, pk: int) -> Line:
    return get_object_or_404(
        Line.objects.select_related("conversation"),
        conversation=seat.conversation,
        side=seat.side,
        pk=pk,
    )


def _may_change(seat: Seat, own: Line) -> bool:
    is_step = own.decision_id is None and own.step in {one.code for one in STEPS}
    return is_step and not seat.conversation.is_settled


def _place(seat: Seat, one: Line) -> str:
    """Return the address at which a line stands."""
    if seat.conversation.is_settled or one.decision_id:
        return seat.url("summary") + f"#l{one.pk}"
    number = next(s.number for s in STEPS if s.code == one.step)
    return seat.url("step", number) + f"#l{one.pk}"


def _closed(request: HttpRequest, seat: Seat, problem: str = "") -> HttpResponse:
    sentence = problem or _(
        "Both sides have decided, so the record no longer changes. Nothing was saved."
    )
    context = {"problem": sentence, "typed": typed_text(request)}
    return _page(request, seat, "closed", context, status=409)


def _page(
    request: HttpRequest, seat: Seat, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(
        request, f"fit/{template}.html", page_context(request, seat) | context, status=status
    )


def page_context(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """Return what every page of a conversation shows around its content."""
    conversation = seat.conversation
    own_link = reverse("fit:own", args=[code_in(request)]) if code_in(request) else ""
    return {
        "base": seat.base,
        "seat": seat,
        "conversation": conversation,
        "circle": conversation.circle,
        "org": conversation.circle.organisation.name,
        "languages": list(OWN_NAMES),
        "texts": seat.texts,
        "names": {side: conversation.name_of(side) for side in ("seeker", "provider")},
        "own_link": "" if seat.is_provider else own_link,
        "steps": [
            (one, seat.texts.steps[one.code].title, seat.url("step", one.number)) for one in STEPS
        ],
        "at": {name: seat.url(name) for name in ("here", "not_yet", "summary", "sheet", "pdf")}
        | {"last": seat.url("step", LAST.number)},
    }
