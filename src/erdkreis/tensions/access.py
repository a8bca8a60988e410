from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import Action, record
from erdkreis.circles.rules import may_prepare, require
from erdkreis.tensions.models import Tension


def tension_for(request: HttpRequest, pk: int, may: Callable[..., bool] = may_prepare) -> Tension:
    """Return a tension with its circle, if the visitor may do this with it."""
    tension = get_object_or_404(
        Tension.objects.select_related("circle__organisation", "round"), pk=pk
    )
    require(allowed=may(tension.circle, request.user))
    return tension


def record_in(tension: Tension, request: HttpRequest, action: Action) -> None:
    """Write into the journal what was done with a tension."""
    person, round_id = person_of(request), tension.round_id
    record(tension.circle, person, action, tension.title, round_id=round_id)
