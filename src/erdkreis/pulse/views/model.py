"""The model of load and waiting. It knows nothing of any team, so everyone may look at it."""

import csv
import io
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from erdkreis.drawing.standalone import standalone_svg
from erdkreis.pulse.curve import Curve, curve_of
from erdkreis.pulse.sliders import CurveForm
from erdkreis.web.cells import tame

WIDTH = 1280
UNPROCESSABLE = 422


@require_safe
def curve(request: HttpRequest) -> HttpResponse:
    form = CurveForm(request.GET or None)
    # What cannot be understood is shown with its error, beside the curve of the usual values.
    context = {"form": form, "curve": curve_of(form.model()), "query": request.GET.urlencode()}
    return render(
        request, "pulse/curve.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_safe
def curve_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The curve as a drawing, or its table with every value that was set: for talks elsewhere."""
    form = CurveForm(request.GET or None)
    if form.errors:
        words = _("Nothing can be calculated with these values. Nothing was made.")
        return HttpResponse(words, status=UNPROCESSABLE, content_type="text/plain; charset=utf-8")
    made = curve_of(form.model())
    answer = _svg(made) if ending == "svg" else _csv(form, made)
    answer["Content-Disposition"] = f'attachment; filename="load.{ending}"'
    return answer


def _svg(made: Curve) -> HttpResponse:
    drawn = standalone_svg(made.wide, css=_css(), width=WIDTH)
    return HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")


def _csv(form: CurveForm, made: Curve) -> HttpResponse:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([_("Model"), *(str(field.label) for field, _value in form.shown)])
    writer.writerow(["", *(tame(value) for _field, value in form.shown)])
    writer.writerow([])
    writer.writerow(
        [_("planned load"), _("waiting time"), _("load with rework"), _("waiting with rework")]
    )
    writer.writerows(map(tame, row) for row in made.rows)
    # With a byte order mark, or spreadsheet programs spoil umlauts.
    return HttpResponse(f"\ufeff{table.getvalue()}", content_type="text/csv; charset=utf-8")


@cache
def _css() -> str:
    found = (finders.find(name) for name in ("pictures/drawings.css", "pulse/curve.css"))
    return "\n".join(Path(path or "").read_text(encoding="utf-8") for path in found)
