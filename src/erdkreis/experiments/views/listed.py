from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import record
from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_host, may_prepare
from erdkreis.experiments import actions
from erdkreis.experiments.access import circle_for, record_in
from erdkreis.experiments.forms import IdeaForm, first_sentence
from erdkreis.experiments.models import Experiment
from erdkreis.experiments.queries import (
    by_state,
    has_room,
    ideas_of_meetings,
    ideas_people_wrote,
    overdue,
    tensions_to_try,
)
from erdkreis.experiments.services.looking_again import ask_the_whole_round_again
from erdkreis.experiments.services.shaping import StartingPoint, note_idea
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import Round


@signed_in
def experiments(request: HttpRequest, slug: str) -> HttpResponse:
    """List experiments by state, the ideas people had, and take down a new one."""
    circle = circle_for(request, slug)
    form = IdeaForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = note_idea(circle, str(person_of(request)), form.cleaned_data["title"])
            record_in(made, request, actions.NOTED)
        messages.success(request, _("The idea is noted. It holds nobody to anything."))
        return redirect("experiments:experiment", made.pk)
    context = {
        "circle": circle,
        "states": by_state(circle),
        "overdue": overdue(circle),
        "has_room": has_room(circle),
        "form": form,
        "wrote": ideas_people_wrote(circle),
        "of_meetings": ideas_of_meetings(circle),
        "may_prepare": may_prepare(circle, request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "experiments/experiments.html", context, status=status)


@signed_in
@require_POST
def take_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Make an idea of what somebody wrote, a meeting found, or a tension asks for."""
    circle = circle_for(request, slug, may_prepare)
    title, start = _chosen(circle, request)
    with transaction.atomic():
        made = note_idea(circle, str(person_of(request)), title, start)
        record_in(made, request, actions.NOTED)
    return redirect("experiments:shape", made.pk, 1)


@signed_in
@require_POST
def round_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare a round that asks everything of an earlier one again."""
    round_ = round_for(request, pk, may_host)
    if not round_.has_reached(Round.State.PICTURE):
        messages.error(request, _("This round has no picture yet. Nothing was made."))
        return redirect("home:round", pk)
    with transaction.atomic():
        made = ask_the_whole_round_again(round_)
        about = (round_.circle, person_of(request), actions.ASKED_AGAIN, round_.title)
        record(*about, round_id=made.pk)
    messages.success(request, _("The round is prepared. Look through its promise once more."))
    return redirect("rounds:promise", made.pk)


def _chosen(circle: Circle, request: HttpRequest) -> tuple[str, StartingPoint]:
    """Find what is taken up, among what this circle may read."""
    start, key = Experiment.Start, request.POST.get("key", "")
    kind = request.POST.get("kind", "")
    if kind == start.WORDS:
        # What was written stays where it was let out: no copy, not even as a title.
        for _round, words in ideas_people_wrote(circle):
            if str(words.pk) == key:
                return "", StartingPoint(start.WORDS, words=words)
    if kind == start.MEETING:
        for idea in ideas_of_meetings(circle):
            if str(idea.pk) == key:
                return first_sentence(idea.text), StartingPoint(start.MEETING, idea=idea)
    if kind == start.TENSION:
        for tension in tensions_to_try(circle):
            if str(tension.pk) == key:
                return "", StartingPoint(start.TENSION, tension=tension)
    raise Http404
