"""Find the group of a round for whoever may reach its people."""

from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import Action, record
from erdkreis.circles.rules import may_prepare, require
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import RoundGroup


def group_for(
    request: HttpRequest,
    pk: int,
    slug: str,
    may: Callable[..., bool] = may_prepare,
    *,
    is_on_record: bool = False,
) -> RoundGroup:
    """Return a group that is asked. Those who speak by name have ways of their own."""
    round_ = round_for(request, pk, may)
    group = get_object_or_404(RoundGroup, round=round_, slug=slug, is_asked=True)
    group.round = round_
    require(allowed=(group.voice_mode == "on_record") == is_on_record)
    return group


def record_for(request: HttpRequest, group: RoundGroup, action: Action, more: str = "") -> None:
    """Write into the journal what was done to reach a group."""
    record(
        group.round.circle,
        person_of(request),
        action,
        f"{group.name}{more}",
        round_id=group.round_id,
    )
