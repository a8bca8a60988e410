from django.db.models import QuerySet

from erdkreis.circles.models import Circle
from erdkreis.tensions.models import Tension


def tensions_of(circle: Circle) -> QuerySet[Tension]:
    """Return the tensions of a circle with their poles, newest first."""
    return circle.tensions.select_related("round").prefetch_related("poles__group").order_by("-pk")


def open_tensions(circle: Circle) -> QuerySet[Tension]:
    """Return the tensions that are neither dealt with nor set aside, newest first."""
    return circle.tensions.filter(state__in=Tension.OPEN).order_by("-pk")
