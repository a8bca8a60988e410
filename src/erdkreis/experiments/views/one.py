"""One experiment: what stands there, and the next step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import Action, Words
from erdkreis.circles.rules import may_host, may_prepare, require
from erdkreis.conversations.models import Subject
from erdkreis.conversations.queries import conversations_about
from erdkreis.experiments import actions
from erdkreis.experiments.access import experiment_for, record_in
from erdkreis.experiments.asking_mail import about_telling, people_to_tell, tell_by_mail
from erdkreis.experiments.forms import HaltForm, ReasonForm, ReviewForm
from erdkreis.experiments.models import Experiment, Review, Said
from erdkreis.experiments.queries import (
    field_name,
    has_room,
    missing_in_shape,
    obstacles_to_agreement,
    with_touched,
)
from erdkreis.experiments.rules import may_stop, may_work_on
from erdkreis.experiments.services import consent, reviewing, running, shaping
from erdkreis.experiments.services.looking_again import ask_again
from erdkreis.experiments.services.moving import ExperimentError
from erdkreis.experiments.watching import path_of, subject_names
from erdkreis.invitations.outbox import SMALL_BATCH, send_due_letters

State = Experiment.State
Move = tuple[Callable[[Experiment, str], Experiment], Action, Words]
MOVES: dict[str, Move] = {
    "shape": (
        shaping.shape, actions.SHAPED, _lazy("It is shaped. Now ask those who will feel it."),
    ),
    "open_again": (
        shaping.open_again, actions.OPENED_AGAIN, _lazy("It can be changed again."),
    ),
    "agree": (consent.agree, actions.AGREED, _lazy("Agreed: safe enough to try.")),
    "begin": (
        running.begin, actions.BEGUN, _lazy(
"It has begun. What you expect and what would surprise you are locked."),
    ),
    "review": (
        reviewing.start_review, actions.LOOKING_BACK, _lazy("Look back: what happened?"),
    ),
    "decide": (reviewing.decide, actions.DECIDED, _lazy("Decided. Now tell everyone.")),
}  # fmt: skip


@signed_in
@require_safe
def experiment(request: HttpRequest, pk: int) -> HttpResponse:
    shown = experiment_for(request, pk)
    return render(request, "experiments/experiment.html", around(request, shown))


@signed_in
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on to the next state, if nothing stands in the way."""
    found, step = experiment_for(request, pk, may_work_on), request.POST.get("step", "")
    if step == "agree":  # the owner does not find that nobody objects
        require(allowed=may_prepare(found.circle, request.user))
    if step not in MOVES:
        raise Http404
    service, action, said = MOVES[step]
    try:
        with transaction.atomic():
            service(found, str(person_of(request)))
            record_in(found, request, action)
    except ExperimentError as error:
        messages.error(request, str(error))
        return redirect("experiments:review" if step == "decide" else "experiments:experiment", pk)
    messages.success(request, str(said))
    return redirect("experiments:review" if step == "review" else "experiments:experiment", pk)


@signed_in
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it be before it began, with the reason."""
    found = experiment_for(request, pk)
    require(allowed=may_prepare(found.circle, request.user))
    form = ReasonForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        with transaction.atomic():
            shaping.drop(found, str(person_of(request)), reason)
            record_in(found, request, actions.DROPPED)
    except ExperimentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Dropped. The reason stands with it."))
    return redirect("experiments:experiment", pk)


@signed_in
@require_POST
def halt(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop at once. Whoever may read the circle may call for it."""
    found = experiment_for(request, pk, may_stop)
    form = HaltForm(request.POST)
    try:
        words = form.cleaned_data["words"] if form.is_valid() else ""
        with transaction.atomic():
            running.halt(found, str(person_of(request)), words)
            record_in(found, request, actions.HALTED)
    except ExperimentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Halted. Now look back at it together."))
    return redirect("experiments:experiment", pk)


@signed_in
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the review, kept as one goes; deciding is a press of its own."""
    found = experiment_for(request, pk, may_work_on)
    if found.state != State.REVIEWING:
        return redirect("experiments:experiment", pk)
    form = ReviewForm(found, with_touched(found), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                form.keep()
                record_in(found, request, actions.REVIEWED)
        except ExperimentError as error:  # it was decided meanwhile
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The review is saved."))
            return redirect("experiments:review", pk)
    context = around(request, found) | {
        "form": form,
        "missing": reviewing.missing_in_review(found),
        "path": path_of(found),
    }
    status = 422 if form.errors else 200
    return render(request, "experiments/review.html", context, status=status)


@signed_in
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the short round that asks the watched questions again."""
    found = experiment_for(request, pk)
    require(allowed=may_host(found.circle, request.user))
    try:
        with transaction.atomic():
            made = ask_again(found)
            record_in(found, request, actions.ASKED_AGAIN)
    except ExperimentError as error:
        messages.error(request, str(error))
        return redirect("experiments:experiment", pk)
    messages.success(request, _("The short round is ready: the same questions, the same groups."))
    return redirect("home:round", made.pk)


@signed_in
@require_POST
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell those who were asked what became of it, once."""
    found = experiment_for(request, pk)
    require(allowed=may_host(found.circle, request.user))
    try:
        with transaction.atomic():
            n = tell_by_mail(found)
            record_in(found, request, actions.TOLD)
    except ExperimentError as error:
        messages.error(request, str(error))
    else:
        send_due_letters(about_telling(found), SMALL_BATCH)
        said = ngettext("%(n)d mail is on its way.", "%(n)d mails are on their way.", n)
        messages.success(request, said % {"n": n})
    return redirect("experiments:experiment", pk)


@signed_in
@require_safe
def path_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The path of an experiment on one sheet: before, change, after, decision."""
    shown = experiment_for(request, pk)
    context = around(request, shown) | {"path": path_of(shown)}
    return render(request, "experiments/path.html", context)


def around(request: HttpRequest, shown: Experiment) -> dict[str, Any]:
    """Return what the pages of one experiment need."""
    groups, names = with_touched(shown), subject_names(shown)
    told: list[Said] = [said for group in groups for said in group.told]  # type: ignore[attr-defined]  # prefetched
    return {
        "circle": shown.circle,
        "experiment": shown,
        "missing_shape": missing_in_shape(shown) if shown.state == State.IDEA else [],
        "obstacles": obstacles_to_agreement(shown) if shown.is_before_start else [],
        "has_room": has_room(shown.circle),
        "groups": groups,
        "is_heard": any(said.kind != Said.Kind.LOOKING_BACK for said in told),
        "watches": [
            (watch, names.subject(watch.subject)) for watch in shown.watches.select_related("group")
        ],
        "review": Review.objects.filter(experiment=shown).first(),
        "amendments": [(one, field_name(one.field)) for one in shown.amendments.all()],
        "steps": shown.steps.all(),
        "next_ones": shown.followed_by.all(),
        "conversations": conversations_about(shown.circle, Subject.EXPERIMENT, shown.pk),
        "looked_back": [said for said in told if said.kind == Said.Kind.LOOKING_BACK],
        "reason_form": ReasonForm(auto_id="drop_%s"),
        "halt_form": HaltForm(auto_id="halt_%s"),
        "may_work_on": may_work_on(shown, request.user),
        "may_prepare": may_prepare(shown.circle, request.user),
        "may_host": may_host(shown.circle, request.user),
        "may_stop": may_stop(shown, request.user),
        "n_to_tell": _n_to_tell(shown),
    }


def _n_to_tell(experiment: Experiment) -> int:
    """Return to how many a mail would go; none before it is decided, or once they were told."""
    if experiment.state not in reviewing.AFTER.values() or experiment.told_on:
        return 0
    return sum(len(people) for people in people_to_tell(experiment).values())
