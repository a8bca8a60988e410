from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import Action, record
from erdkreis.circles.models import Circle
from erdkreis.circles.rules import Visitor, may_read, require
from erdkreis.experiments.models import Experiment


def circle_for(
    request: HttpRequest, slug: str, may: Callable[[Circle, Visitor], bool] = may_read
) -> Circle:
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may(circle, request.user))
    return circle


def _reads(experiment: Experiment, person: Visitor) -> bool:
    return may_read(experiment.circle, person)


def experiment_for(
    request: HttpRequest, pk: int, may: Callable[[Experiment, Visitor], bool] = _reads
) -> Experiment:
    """Return an experiment with its circle, if the visitor may do this with it."""
    found = get_object_or_404(
        Experiment.objects.select_related("circle__organisation", "watch_round", "follow_up"),
        pk=pk,
    )
    require(allowed=may(found, request.user))
    return found


def record_in(experiment: Experiment, request: HttpRequest, action: Action) -> None:
    """Write into the journal what was done with an experiment."""
    record(experiment.circle, person_of(request), action, experiment.title)
