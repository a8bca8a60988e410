"""Conversations, as everyone who reads the circle reads them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query
from ninja.params.functions import Path

from erdkreis.api.scopes import Scope
from erdkreis.api.v1 import schemas, shown
from erdkreis.api.v1.access import circle_of, one
from erdkreis.api.v1.description import needs, router
from erdkreis.api.v1.fields import LARGEST, Page
from erdkreis.api.v1.paging import Part, by_key, by_place
from erdkreis.conversations.listing import said_in

READS = needs(Scope.READ_TALK)
NUMBER = Path(..., ge=1, le=LARGEST)


@router.get("/conversations", response=schemas.page_of(schemas.ConversationOut), **READS)
def conversations(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> Part:
    """List the conversations of the circle, the oldest first."""
    rows = circle_of(request).conversations.all()
    return by_key(request, response, page, rows, shown.conversation_shown)


@router.get(
    "/conversations/{int:conversation_id}",
    url_name="conversation",
    response=schemas.ConversationOut,
    **READS,
)
def conversation(request: HttpRequest, conversation_id: int = NUMBER) -> Any:
    """Read one conversation: what it is about, where it stands, what came of it."""
    found = one(circle_of(request).conversations.all(), pk=conversation_id)
    return shown.conversation_shown(found)


@router.get(
    "/conversations/{int:conversation_id}/contributions",
    response=schemas.page_of(schemas.ContributionOut),
    **READS,
)
def contributions(
    request: HttpRequest, response: HttpResponse, page: Query[Page], conversation_id: int = NUMBER
) -> Part:
    """List what was said, in the order of the talk. What waits to be read is not there yet."""
    found = one(circle_of(request).conversations.all(), pk=conversation_id)
    rows = [shown.contribution_shown(said) for said in said_in(found, None)]
    return by_place(request, response, page, rows)
