from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_prepare, require
from erdkreis.jobs.queries import lines


@signed_in
@require_safe
def work(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a circle what is being done for it, what failed, and when it is tried again."""
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_prepare(circle, request.user))
    return render(request, "jobs/work.html", {"circle": circle, "lines": lines(circle)})
