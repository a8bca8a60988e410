from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import Action, record
from erdkreis.circles.rules import may_read, require
from erdkreis.dialogues.models import Dialogue


def dialogue_for(request: HttpRequest, pk: int, may: Callable[..., bool]) -> Dialogue:
    """Return a dialogue with its circle, if the visitor may do this with it."""
    dialogue = get_object_or_404(
        Dialogue.objects.select_related("circle__organisation", "round"), pk=pk
    )
    require(allowed=may(dialogue.circle, request.user))
    return dialogue


def dialogue_to_look_at(request: HttpRequest, pk: int) -> Dialogue | None:
    """Return a dialogue whose votes the visitor may look at; None for one who is to sign in.

    What was published elsewhere may be looked at by everyone.
    """
    dialogue = get_object_or_404(
        Dialogue.objects.select_related("circle__organisation", "round"), pk=pk
    )
    if dialogue.is_public_source:
        return dialogue
    if not request.user.is_authenticated:
        return None
    require(allowed=may_read(dialogue.circle, request.user))
    return dialogue


def record_in(dialogue: Dialogue, request: HttpRequest, action: Action) -> None:
    """Write into the journal what was done with a dialogue."""
    person, round_id = person_of(request), dialogue.round_id
    record(dialogue.circle, person, action, dialogue.title, round_id=round_id)
