"""Find a pulse, or one of its teams, for whoever may work on it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import Action, record
from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_host, may_prepare, require
from erdkreis.pulse.models import Pulse, Team


def circle_for(request: HttpRequest, slug: str, may: Callable[..., bool] = may_prepare) -> Circle:
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may(circle, request.user))
    return circle


def pulse_for(request: HttpRequest, pk: int, may: Callable[..., bool] = may_prepare) -> Pulse:
    pulse = get_object_or_404(Pulse.objects.select_related("circle__organisation"), pk=pk)
    require(allowed=may(pulse.circle, request.user))
    return pulse


def team_for(request: HttpRequest, pk: int, team_pk: int) -> Team:
    """Return a team. Addresses are the host's matter, as with rounds the preparing people's."""
    pulse = pulse_for(request, pk, may_host)
    team = get_object_or_404(Team, pulse=pulse, pk=team_pk)
    team.pulse = pulse
    return team


def record_for(
    request: HttpRequest,
    pulse: Pulse,
    action: Action,
    more: str = "",
    *,
    round_id: int | None = None,
) -> None:
    """Write into the journal what was done with a pulse, or with one date of it."""
    record(pulse.circle, person_of(request), action, f"{pulse}{more}", round_id=round_id)
