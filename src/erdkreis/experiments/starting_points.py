"""Where an experiment can come from: what the form offers, and what was chosen."""

from django.utils.translation import gettext as _

from erdkreis.circles.models import Circle
from erdkreis.dialogues.models import Statement
from erdkreis.experiments.models import Experiment
from erdkreis.experiments.queries import last_round_with_picture, tensions_to_try
from erdkreis.experiments.services.shaping import StartingPoint
from erdkreis.pictures.analysis import subjects_of
from erdkreis.pictures.page import names_of
from erdkreis.questionnaires.catalogue import catalogue

Start = Experiment.Start
Choices = list[tuple[str, str | list[tuple[str, str]]]]
# What cannot be chosen anew: it was written by somebody, or is an experiment itself.
GIVEN = {Start.WORDS, Start.MEETING, Start.EXPERIMENT}


def start_choices(circle: Circle) -> Choices:
    """Return what can be chosen: questions of the last picture, and statements that are in."""
    choices: Choices = [(Start.OWN, str(Start.OWN.label))]
    if offered := [(f"tension:{t.pk}", str(t)) for t in tensions_to_try(circle)]:
        choices.append((_("Tensions"), offered))
    if round_ := last_round_with_picture(circle):
        texts = catalogue(round_.item_version)
        names = names_of(list(round_.groups.all()), texts)
        offered = [(f"item:{round_.pk}:{s}", names.subject(s)) for s in subjects_of(texts)]
        choices.append((_("Questions of the round"), offered))
    accepted = Statement.objects.filter(
        dialogue__circle=circle, status=Statement.Status.ACCEPTED
    ).order_by("dialogue", "number")
    if offered := [(f"statement:{one.pk}", one.wording[:140]) for one in accepted]:
        choices.append((_("Statements of a dialogue"), offered))
    return choices


def chosen_key(experiment: Experiment) -> str:
    """Return what was chosen, as the form names it."""
    if experiment.start_kind == Start.ITEM and experiment.start_round_id:
        return f"item:{experiment.start_round_id}:{experiment.start_subject}"
    if experiment.start_kind == Start.TENSION and experiment.start_tension_id:
        return f"tension:{experiment.start_tension_id}"
    if experiment.start_kind == Start.STATEMENT and experiment.start_statement_id:
        return f"statement:{experiment.start_statement_id}"
    return Start.OWN


def start_of_key(circle: Circle, key: str) -> StartingPoint:
    """Return the starting point behind a choice of the form."""
    kind, _colon, rest = key.partition(":")
    if kind == Start.ITEM:
        pk, _colon, subject = rest.partition(":")
        round_ = circle.rounds.get(pk=pk)
        return StartingPoint(Start.ITEM, round=round_, subject=subject)
    if kind == Start.TENSION:
        return StartingPoint(Start.TENSION, tension=circle.tensions.get(pk=rest))
    if kind == Start.STATEMENT:
        statement = Statement.objects.get(pk=rest, dialogue__circle=circle)
        return StartingPoint(Start.STATEMENT, statement=statement)
    return StartingPoint()
