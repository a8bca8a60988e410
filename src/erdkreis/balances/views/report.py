"""A sheet on paper: facts, weights, ratings, reasons, evidence; printed, or as a PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.balances.access import sheet_for
from erdkreis.balances.analysis import Assessed, assessed
from erdkreis.balances.cells import column_titles, matrix_rows
from erdkreis.balances.fact_rows import fact_rows
from erdkreis.balances.figures import number_shown
from erdkreis.balances.models import Sheet
from erdkreis.balances.texts import language
from erdkreis.balances.topic_page import aspects_shown
from erdkreis.balances.weighing import title_of
from erdkreis.circles.services import readable_slug
from erdkreis.web.pdf import can_make_pdf, make_pdf


@signed_in
@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything on paper, to be printed by the browser."""
    return render(request, "balances/print.html", _report(sheet_for(request, pk)))


@signed_in
@require_safe
def printed_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = sheet_for(request, pk)
    if not can_make_pdf():
        instead = reverse("balances:print", args=[pk])
        return render(request, "web/pdf_not_possible.html", {"instead": instead})
    html = render_to_string("balances/print.html", _report(sheet) | {"is_pdf": True})
    response = HttpResponse(make_pdf(html), "application/pdf")
    name = readable_slug(sheet.title) or "matrix"
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _report(sheet: Sheet) -> dict[str, Any]:
    found = assessed(sheet)
    rows = matrix_rows(found)
    cells = (cell for row in rows for cell in row.cells)
    return {
        "sheet": sheet,
        "paper_language": language(),
        "rows": rows,
        "columns": column_titles(),
        "facts": list(fact_rows(found)),
        "chosen": _chosen_weights(found),
        "topics": [(cell, aspects_shown(found, cell.code, views={})) for cell in cells],
        "total": number_shown(found.assessment.total_points, 0),
    }


def _chosen_weights(found: Assessed) -> list[tuple[str, str, str, str]]:
    """Return what weighs otherwise than the facts say: code, title, weight, reason."""
    assessment = found.assessment
    weights = dict(reversed(assessment.sheet.stakeholder_weights))
    weights |= {topic.code: topic.weight for topic in assessment.topics if topic.is_weight_chosen}
    return [
        (
            code,
            title_of(assessment, code),
            number_shown(weights[code]),
            found.rows[code].reason if code in found.rows else "",
        )
        for code in sorted(weights)
    ]
