"""The form of an experiment, page by page; changing it later; asking those touched."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.rules import may_prepare, require
from erdkreis.experiments import actions
from erdkreis.experiments.access import experiment_for, record_in
from erdkreis.experiments.asking_mail import about_asking, ask_by_mail, link_of, people_to_ask
from erdkreis.experiments.forms import AmendForm, AnswerForm, SayForm, ShapeForm, WithoutForm
from erdkreis.experiments.models import Experiment, Said, Touched
from erdkreis.experiments.queries import missing_in_shape, with_touched
from erdkreis.experiments.rules import may_settle, may_work_on
from erdkreis.experiments.services import consent
from erdkreis.experiments.services.moving import ExperimentError
from erdkreis.experiments.shape import N_STEPS
from erdkreis.experiments.views.one import around
from erdkreis.invitations.outbox import SMALL_BATCH, send_due_letters

State = Experiment.State
MOST_DIGITS = 19  # of a random number of this house
# Forms that came back with faults, by what was pressed and about whom.
Sent = dict[tuple[str, str], Any]


@signed_in
def shape(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """One of the four pages of the form. Each is kept on its own, also half filled in."""
    found = experiment_for(request, pk, may_work_on)
    if not 1 <= step <= N_STEPS:
        raise Http404
    if found.state not in {State.IDEA, State.SHAPED}:
        return redirect("experiments:experiment", pk)
    form = ShapeForm(found, step, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                record_in(form.save(), request, actions.WRITTEN)
        except ExperimentError as error:
            form.add_error(None, str(error))
        else:
            if step < N_STEPS and "leave" not in request.POST:
                return redirect("experiments:shape", pk, step + 1)
            return redirect("experiments:experiment", pk)
    context = {
        "circle": found.circle,
        "experiment": found,
        "form": form,
        "step": step,
        "pages": list(
            enumerate(
                (
                    _("What and why"),
                    _("What we expect"),
                    _("Who feels it, and when we stop"),
                    _("Time, effort, names"),
                ),
                start=1,
            )
        ),
        "is_last": step == N_STEPS,
        "missing": [one for one in missing_in_shape(found) if one.step == step],
    }
    return render(request, "experiments/shape.html", context, status=422 if form.errors else 200)


@signed_in
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Change something after the start, with a reason that everyone reads."""
    found = experiment_for(request, pk, may_work_on)
    if found.state != State.RUNNING:
        return redirect("experiments:experiment", pk)
    form = AmendForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                form.save(str(person_of(request)))
                record_in(found, request, actions.AMENDED)
        except ExperimentError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Changed. The first wording and the reason stay visible."))
            return redirect("experiments:experiment", pk)
    context = around(request, found) | {"form": form}
    return render(request, "experiments/amend.html", context, status=422 if form.errors else 200)


@signed_in
def touched(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask those touched, read what they say, answer it, and note what was settled."""
    found, sent = experiment_for(request, pk), Sent()
    require(allowed=may_prepare(found.circle, request.user))
    if request.method == "POST" and _is_done(request, found, sent):
        return redirect("experiments:touched", pk)
    context = around(request, found) | {
        "rows": [_row(found, one, sent) for one in with_touched(found)],
        "may_settle": may_settle(found, request.user),
        "can_say": consent.kinds_now(found),
    }
    return render(request, "experiments/touched.html", context, status=422 if sent else 200)


def _row(experiment: Experiment, one: Touched, sent: Sent) -> dict[str, Any]:
    one.experiment = experiment
    key = str(one.pk)
    why = WithoutForm(prefix=f"without{key}", initial={"without_because": one.without_because})
    told: list[Said] = one.told  # type: ignore[attr-defined]  # prefetched
    return {
        "touched": one,
        "link": link_of(one),
        "n_by_mail": len(people_to_ask(one)),
        "say_form": sent.get(("say", key)) or SayForm(one, prefix=f"say{key}"),
        "without_form": sent.get(("without", key)) or why,
        "told": [
            (
                said,
                sent.get(("answer", str(said.pk)))
                or AnswerForm(prefix=f"a{said.pk}", initial={"answer": said.answer}),
            )
            for said in told
        ],
    }


def _is_done(request: HttpRequest, experiment: Experiment, sent: Sent) -> bool:
    """Do the one thing that was pressed; a form with faults comes back as it was sent."""
    action, key = request.POST.get("action", ""), request.POST.get("key", "")
    if not key.isdecimal() or len(key) > MOST_DIGITS:
        raise Http404
    try:
        if action in {"say", "without", "mail"}:
            about = get_object_or_404(Touched, experiment=experiment, pk=key)
            return _is_done_with_group(request, about, action, sent)
        said = get_object_or_404(Said, touched__experiment=experiment, pk=key)
        if action == "settle":
            require(allowed=may_settle(experiment, request.user))
            with transaction.atomic():
                consent.settle_in_talk(said, str(person_of(request)))
                record_in(experiment, request, actions.SETTLED)
            messages.success(request, _("Noted as settled. Whoever objected sees this, too."))
            return True
    except ExperimentError as error:
        messages.error(request, str(error))
        return True
    form = AnswerForm(request.POST, prefix=f"a{said.pk}")
    if not form.is_valid():
        sent["answer", key] = form
        return False
    with transaction.atomic():
        consent.answer(said, form.cleaned_data["answer"])
        record_in(experiment, request, actions.ANSWERED)
    messages.success(request, _("Your answer stands beside it."))
    return True


def _is_done_with_group(request: HttpRequest, about: Touched, action: str, sent: Sent) -> bool:
    key = str(about.pk)
    if action == "mail":
        with transaction.atomic():
            n = ask_by_mail(about)
            consent.mark_asked(about)
            record_in(about.experiment, request, actions.ASKED)
        send_due_letters(about_asking(about), SMALL_BATCH)
        said = ngettext("%(n)d mail is on its way.", "%(n)d mails are on their way.", n)
        messages.success(request, said % {"n": n})
        return True
    if action == "without":
        without = WithoutForm(request.POST, prefix=f"without{key}")
        if not without.is_valid():
            sent["without", key] = without
            return False
        with transaction.atomic():
            consent.go_on_without(about, without.cleaned_data["without_because"])
            record_in(about.experiment, request, actions.WITHOUT)
        messages.success(request, _("The reason stands with the experiment."))
        return True
    form = SayForm(about, request.POST, prefix=f"say{key}")
    if not form.is_valid():
        sent["say", key] = form
        return False
    given = form.cleaned_data
    with transaction.atomic():
        consent.say(about, given["kind"], given["words"], noted_by=str(person_of(request)))
        record_in(about.experiment, request, actions.SAID)
    messages.success(request, _("Noted, with your name as the one who typed it in."))
    return True
