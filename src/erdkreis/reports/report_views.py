"""The report of a round, to read, to print and to take along; and its part for other reports."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.circles.rules import may_read
from erdkreis.drawing.standalone import ON_WHITE
from erdkreis.drawing.svg import Markup
from erdkreis.pictures.figures import CHAIRS, GAPS, RUNDBILD
from erdkreis.pictures.files import alone
from erdkreis.reports.involvement import as_markdown, involvement
from erdkreis.reports.kept import pdf_of
from erdkreis.reports.report import Report, report_of
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import Round
from erdkreis.web.languages import OWN_NAMES, asked_language
from erdkreis.web.pdf import FONTS, can_make_pdf

# Of more groups than this a circle cannot be read any more; the tables say the same.
MOST_IN_A_CIRCLE = 24
SANS, SERIF = (f"'{family}'" for family in FONTS)
PALETTE = ON_WHITE | {"--sans": SANS, "--serif": SERIF}


@signed_in
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    round_, language = _round_and_language(request, pk)
    with translation.override(language):
        return HttpResponse(page_of(round_, language))


@signed_in
@require_safe
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    round_, language = _round_and_language(request, pk)
    if not can_make_pdf():
        instead = f"{reverse('reports:report', args=[pk])}?lang={language}"
        return render(request, "web/pdf_not_possible.html", {"instead": instead})
    with translation.override(language):
        made = pdf_of(round_, language, page_of(round_, language, is_pdf=True))
    response = HttpResponse(made, "application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_stem(round_, language)}.pdf"'
    return response


@signed_in
@require_safe
def involved(request: HttpRequest, pk: int) -> HttpResponse:
    """How those affected were involved: a part for a voluntary sustainability report."""
    round_, language = _round_and_language(request, pk)
    with translation.override(language):
        parts = involvement(_report(round_))
        context: dict[str, Any] = _around(round_, language) | {
            "parts": parts,
            "markdown": as_markdown(parts),
        }
        return HttpResponse(render_to_string("reports/involved.html", context))


@signed_in
@require_safe
def involved_text(request: HttpRequest, pk: int) -> HttpResponse:
    round_, language = _round_and_language(request, pk)
    with translation.override(language):
        text = as_markdown(involvement(_report(round_)))
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    name = f"{_stem(round_, language)}-involved.md"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _round_and_language(request: HttpRequest, pk: int) -> tuple[Round, str]:
    return round_for(request, pk, may_read), asked_language(request, list(OWN_NAMES))


def _report(round_: Round) -> Report:
    if (found := report_of(round_)) is None:
        raise Http404
    return found


def page_of(round_: Round, language: str, *, is_pdf: bool = False) -> str:
    """Return the whole page. No request goes into it: it is the same for everyone who reads it."""
    found = _report(round_)
    context = _around(round_, language) | {
        "report": found,
        "page": found.page,
        "figures": _drawings(found, is_pdf=is_pdf),
        "parts": involvement(found),
        "is_pdf": is_pdf,
    }
    return render_to_string("reports/report.html", context)


def _around(round_: Round, language: str) -> dict[str, Any]:
    return {
        "round": round_,
        "circle": round_.circle,
        "paper_language": language,
        "languages": OWN_NAMES.items(),
    }


def _drawings(found: Report, *, is_pdf: bool) -> dict[str, Markup]:
    """Return the drawings: with the page's styles in a browser, with their own in a PDF."""
    keys = [GAPS] if len(found.page.groups) > MOST_IN_A_CIRCLE else [CHAIRS, RUNDBILD, GAPS]
    figures = [one for key in keys if (one := found.page.figures.get(key)) is not None]
    figures += [block.figure for block in found.page.tensions]
    return {one.key: alone(one, PALETTE) if is_pdf else one.wide for one in figures}


def _stem(round_: Round, language: str) -> str:
    return f"{round_.circle.slug}-{round_.pk}-report-{language}"
