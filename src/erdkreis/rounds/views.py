from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import Action, record
from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_host, may_prepare, require
from erdkreis.rounds import actions, services
from erdkreis.rounds.access import round_for
from erdkreis.rounds.forms import ExtendForm, NewRoundForm, PromiseForm
from erdkreis.rounds.models import Round
from erdkreis.rounds.queries import obstacles_to_inviting

ITEM_VERSION = "2026-1"


@signed_in
def new(request: HttpRequest, slug: str) -> HttpResponse:
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_prepare(circle, request.user))
    form = NewRoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        with transaction.atomic():
            round_ = services.prepare_round(
                circle, title, item_version=ITEM_VERSION, host=person_of(request)
            )
            _record(request, round_, actions.PREPARED)
        return redirect("rounds:promise", round_.pk)
    return render(request, "rounds/new.html", {"circle": circle, "form": form})


@signed_in
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the promise and the settings of a round."""
    round_ = round_for(request, pk)
    form = PromiseForm(request.POST or None, instance=round_)
    if request.method == "POST" and form.is_valid():
        stored = Round.objects.get(pk=pk)
        try:
            with transaction.atomic():
                services.change_promise(stored, str(person_of(request)), form.cleaned_data)
                _record(request, stored, actions.PROMISE_CHANGED)
        except services.RoundError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The promise is saved."))
            return redirect("home:round", pk)
    context = {
        "circle": round_.circle,
        "round": round_,
        "form": form,
        "obstacles": obstacles_to_inviting(round_) if request.method == "GET" else [],
    }
    return render(request, "rounds/promise.html", context)


@signed_in
@require_POST
def start_inviting(request: HttpRequest, pk: int) -> HttpResponse:
    step = services.start_inviting
    return _go_on(request, pk, step, actions.INVITING, _("The links are ready."))


@signed_in
@require_POST
def start_asking(request: HttpRequest, pk: int) -> HttpResponse:
    return _go_on(
        request,
        pk,
        services.start_asking,
        actions.ASKING,
        _("The round is open: people can answer from its first day on."),
    )


@signed_in
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = round_for(request, pk, may_host)
    form = ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, reason = str(person_of(request)), form.cleaned_data["reason"]
        try:
            with transaction.atomic():
                services.extend(round_, form.new_day, by, reason)
                _record(request, round_, actions.EXTENDED)
        except services.RoundError as error:
            form.add_error("closes_on", str(error))
        else:
            messages.success(request, _("The last day has moved. Everyone can see why."))
            return redirect("home:round", pk)
    context = {"circle": round_.circle, "round": round_, "form": form}
    return render(request, "rounds/extend.html", context)


def _go_on(
    request: HttpRequest,
    pk: int,
    step: Callable[[Round, str], Round],
    action: Action,
    said: str,
) -> HttpResponse:
    round_ = round_for(request, pk, may_host)
    try:
        with transaction.atomic():
            step(round_, str(person_of(request)))
            _record(request, round_, action)
    except services.RoundError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("home:round", pk)


def _record(request: HttpRequest, round_: Round, action: Action) -> None:
    record(round_.circle, person_of(request), action, round_.title, round_id=round_.pk)
