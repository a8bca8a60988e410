"""The circle, its groups, rounds and questions."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query
from ninja.params.functions import Path

from erdkreis.api.scopes import Scope
from erdkreis.api.v1 import schemas, shown
from erdkreis.api.v1.access import circle_of, group_of, one, round_of, token_of
from erdkreis.api.v1.description import needs, router
from erdkreis.api.v1.fields import LARGEST, Page
from erdkreis.api.v1.paging import Part, by_key, by_place

READS = needs(Scope.READ_STRUCTURE)
ROUND = Path(..., ge=1, le=LARGEST, description="Number of the round.")
CODE = Path(..., pattern="^[-a-zA-Z0-9_]{1,40}$", description="Code of the group.")


@router.get("/circle", response=schemas.CircleOut, **READS)
def circle(request: HttpRequest) -> Any:
    """Read the circle of the token, and what the token may do."""
    token, own = token_of(request), circle_of(request)
    return {
        "name": own.name,
        "organisation": own.organisation.name,
        "place": own.organisation.place,
        "is_invented": own.is_invented,
        "address": settings.PUBLIC_URL + reverse("home:circle", args=[own.slug]),
        "scopes": token.scopes,
        "expires_on": token.expires_on,
    }


@router.get("/groups", response=schemas.page_of(schemas.GroupOut), **READS)
def groups(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> Part:
    """List the groups of the circle, as the next round will take them."""
    rows = [shown.group_shown(group) for group in circle_of(request).groups.all()]
    return by_place(request, response, page, rows)


@router.get("/groups/{slug:code}", response=schemas.GroupOut, **READS)
def group(request: HttpRequest, code: str = CODE) -> Any:
    """Read one group."""
    return shown.group_shown(one(circle_of(request).groups.all(), code=code))


@router.get("/rounds", response=schemas.page_of(schemas.RoundOut), **READS)
def rounds(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> Part:
    """List the rounds, the oldest first."""
    rows = circle_of(request).rounds.select_related("publication")
    return by_key(request, response, page, rows, shown.round_shown)


@router.get("/rounds/{int:round_id}", url_name="round", response=schemas.RoundOut, **READS)
def round_(request: HttpRequest, round_id: int = ROUND) -> Any:
    """Read one round with its promise."""
    return shown.round_shown(round_of(request, round_id))


@router.get(
    "/rounds/{int:round_id}/groups", response=schemas.page_of(schemas.RoundGroupOut), **READS
)
def round_groups(
    request: HttpRequest, response: HttpResponse, page: Query[Page], round_id: int = ROUND
) -> Part:
    """List the groups of a round, as they were frozen. A round in preparation has none yet."""
    rows = round_of(request, round_id).groups.select_related("round")
    return by_place(request, response, page, [shown.round_group_shown(group) for group in rows])


@router.get(
    "/rounds/{int:round_id}/groups/{slug:code}/questions",
    response=schemas.page_of(schemas.ItemOut),
    **READS,
)
def questions(
    request: HttpRequest,
    response: HttpResponse,
    page: Query[Page],
    round_id: int = ROUND,
    code: str = CODE,
) -> Part:
    """List what a group is asked, in both languages."""
    group = group_of(round_of(request, round_id), code)
    return by_place(request, response, page, shown.items_shown(group))
