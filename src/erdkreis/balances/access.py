from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from erdkreis.accounts.queries import person_of
from erdkreis.balances.models import Sheet
from erdkreis.balances.queries import is_on
from erdkreis.circles.journal import Action, record
from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_read, require


def circle_with_room(
    request: HttpRequest, slug: str, may: Callable[..., bool] = may_read
) -> Circle:
    """Return a circle whose balance room is open, if the visitor may do this in it."""
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may(circle, request.user))
    if not is_on(circle):
        raise Http404
    return circle


def sheet_for(request: HttpRequest, pk: int, may: Callable[..., bool] = may_read) -> Sheet:
    """Return a sheet with its circle, if the visitor may do this with it."""
    found = get_object_or_404(Sheet.objects.select_related("circle__organisation"), pk=pk)
    require(allowed=may(found.circle, request.user))
    if not is_on(found.circle):
        raise Http404
    return found


def record_in(sheet: Sheet, request: HttpRequest, action: Action, place: str = "") -> None:
    """Write into the journal what was done with a sheet, and in which part of it."""
    subject = f"{sheet.title} · {place}" if place else sheet.title
    record(sheet.circle, person_of(request), action, subject)
