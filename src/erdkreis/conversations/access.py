from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import Action, record
from erdkreis.circles.rules import may_prepare, require
from erdkreis.conversations.models import Conversation


def conversation_for(
    request: HttpRequest, pk: int, may: Callable[..., bool] = may_prepare
) -> Conversation:
    """Return a conversation with its circle, if the visitor may do this with it."""
    conversation = get_object_or_404(
        Conversation.objects.select_related("circle__organisation", "round"), pk=pk
    )
    require(allowed=may(conversation.circle, request.user))
    return conversation


def record_in(conversation: Conversation, request: HttpRequest, action: Action) -> None:
    """Write into the journal what was done with a conversation."""
    person, round_id = person_of(request), conversation.round_id
    record(conversation.circle, person, action, conversation.title, round_id=round_id)
