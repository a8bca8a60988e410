"""The model of load and waiting. It knows nothing of any team, so everyone may look at it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from erdkreis.pulse.curve import curve_of
from erdkreis.pulse.sliders import CurveForm


@require_safe
def curve(request: HttpRequest) -> HttpResponse:
    form = CurveForm(request.GET or None)
    # What cannot be understood is shown with its error, beside the curve of the usual values.
    context = {"form": form, "curve": curve_of(form.model())}
    return render(request, "pulse/curve.html", context, status=422 if form.errors else 200)
