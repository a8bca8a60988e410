from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from erdkreis.circles.rules import may_prepare, require
from erdkreis.tensions.models import Tension


def tension_for(request: HttpRequest, pk: int, may: Callable[..., bool] = may_prepare) -> Tension:
    """Return a tension with its circle, if the visitor may do this with it."""
    tension = get_object_or_404(
        Tension.objects.select_related("circle__organisation", "round"), pk=pk
    )
    require(allowed=may(tension.circle, request.user))
    return tension
