"""What somebody may look at or bring along."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_prepare, require
from erdkreis.questionnaires.models import ItemSet


def circle_to_prepare(request: HttpRequest, slug: str) -> Circle:
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_prepare(circle, request.user))
    return circle


def questions_to_prepare(request: HttpRequest, pk: int) -> ItemSet:
    found = get_object_or_404(ItemSet.objects.select_related("circle__organisation"), pk=pk)
    require(allowed=may_prepare(found.circle, request.user))
    return found
