"""A conversation about an experiment, between the groups that feel it."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from erdkreis.accounts.access import signed_in
from erdkreis.circles.rules import may_prepare, require
from erdkreis.conversations.about import About, Figure, Head, frozen
from erdkreis.conversations.access import record_in
from erdkreis.conversations.actions import OPENED
from erdkreis.conversations.asking_time import minutes_to_ask
from erdkreis.conversations.forms import ConversationForm
from erdkreis.conversations.models import Subject
from erdkreis.conversations.services import open_conversation
from erdkreis.conversations.subjects import Chosen
from erdkreis.experiments.access import experiment_for
from erdkreis.experiments.models import Experiment
from erdkreis.experiments.watching import path_of, subject_names
from erdkreis.pictures.look_again import Compared
from erdkreis.pictures.rows import n_sentence


@signed_in
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a conversation about an experiment; what it is about stands frozen at its head."""
    found = experiment_for(request, pk)
    circle = found.circle
    require(allowed=may_prepare(circle, request.user))
    url = reverse("experiments:experiment", args=[pk])
    about = About(Subject.EXPERIMENT, str(pk), url, frozen(lambda: _head(found)))
    groups = [one.group for one in found.touched.select_related("group")]
    subject = Chosen(str(found), about, found.watch_round, groups)
    data = request.POST if request.method == "POST" else None
    form = ConversationForm(circle, data, {"title": subject.title, "groups": groups})
    if data is not None and form.is_valid():
        made = form.save(commit=False)
        made.circle, made.round = circle, subject.round
        with transaction.atomic():
            open_conversation(made, form.cleaned_data["groups"], about)
            record_in(made, request, OPENED)
        return redirect("conversations:conversation", made.pk)
    context = {
        "circle": circle, "form": form, "subject": subject, "minutes": minutes_to_ask(circle),
    }  # fmt: skip
    return render(request, "conversations/new.html", context, status=422 if form.errors else 200)


def _head(experiment: Experiment) -> Head:
    """What is tried, and what was let out before and after, as it stands today."""
    path, names = path_of(experiment), subject_names(experiment)
    figures = [
        Figure(f"{names.subject(one.subject)} – {one.group.name}", _heard(one), said)
        for one, said in (path.changes if path else ())
    ]
    return Head(str(experiment), experiment.change, figures, experiment.get_state_display())


def _heard(one: Compared) -> str:
    before, after = (n_sentence(m.view.cell) for m in (one.change.before, one.change.after))
    return _("before: %(before)s; after: %(after)s") % {"before": before, "after": after}
