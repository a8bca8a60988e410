"""A sheet as a workbook: facts, matrix, ratings with reasons. Formulas only add up and divide."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from erdkreis.balances.analysis import Assessed
from erdkreis.balances.fact_rows import fact_rows
from erdkreis.balances.figures import number_shown
from erdkreis.balances.texts import titled
from erdkreis.balances.weighing import title_of
from erdkreis.calc.commongood import level_of
from erdkreis.calc.commongood.tables import FIGURES

# What people typed stays text: a reason that begins with = is no formula, an address no link.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LOWEST = FIGURES.total_lowest
A4 = 9  # as the file format numbers sizes of paper
# Widths of columns in characters. Rows with longer texts are made as high as their lines need:
# not every program does so by itself.
WIDTHS_ABOUT, WIDTHS_FACTS = (48, 48), (36, 78, 16)
WIDTHS_MATRIX = (22, 46, 10, 10, 18, 18)
WIDTHS_RATINGS = (9, 46, 11, 18, 9, 9, 18, 50, 50, 30)
LINE_HEIGHT = 15


def workbook_of(found: Assessed) -> bytes:
    """Write the workbook."""
    import xlsxwriter  # noqa: PLC0415 - heavy, and most processes never need it

    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        _write(book, _("About"), _about(found), WIDTHS_ABOUT, bold, wrap)
        _write(book, _("Company facts"), _facts(found), WIDTHS_FACTS, bold, wrap)
        _matrix(book, found, bold, wrap)
        _write(book, _("Ratings"), _ratings(found), WIDTHS_RATINGS, bold, wrap, parts=_parts(book))
    return content.getvalue()


def _parts(book: Any) -> Any:
    """Show one decimal of points; the cell keeps every digit."""
    return book.add_format({"num_format": "0.0", "valign": "top"})


def _write(
    book: Any,
    name: str,
    rows: Sequence[Sequence[object]],
    widths: Sequence[int],
    bold: Any,
    wrap: Any,
    *,
    parts: Any = None,
) -> Any:
    page = book.add_worksheet(name[:31])
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for at, row in enumerate(rows):
        page.set_row(at, LINE_HEIGHT * _lines(row, widths))
        for column, value in enumerate(row):
            is_part = isinstance(value, float) and not value.is_integer()
            style = parts if parts and is_part else wrap
            page.write(at, column, value, bold if at == 0 else style)
    page.freeze_panes(1, 0)
    return page


def _lines(row: Sequence[object], widths: Sequence[int]) -> int:
    """Return how many lines the longest text of a row needs, roughly: long words break early."""
    pairs = zip(row, widths, strict=False)
    texts = [(text, width * 0.95) for text, width in pairs if isinstance(text, str)]
    return max(
        (sum(max(1, ceil(len(line) / w)) for line in text.split("\n")) for text, w in texts),
        default=1,
    )


def _about(found: Assessed) -> list[list[object]]:
    sheet = found.sheet
    return [
        [_("Own assessment along the matrix, not audited."), sheet.title],
        [_("Organisation"), sheet.general_information["company"]["name"]],
        [_("Edition of the matrix"), f"{sheet.version} {sheet.get_kind_display()}"],
        [_("Time"), sheet.period],
        [_("Version"), sheet.number],
        [_("State"), _("agreed") if sheet.is_agreed else _("draft")],
    ]


def _facts(found: Assessed) -> list[list[object]]:
    rows: list[list[object]] = [[_("Name in the official format"), _("Fact"), _("Value")]]
    return rows + [
        [row.name, row.label, row.shown if isinstance(row.value, bool) else row.value]
        for row in fact_rows(found)
    ]


def _matrix(book: Any, found: Assessed, bold: Any, wrap: Any) -> None:
    assessment = found.assessment
    rows: list[list[object]] = [
        [_("Topic"), _("Title"), _("Weight"), _("Points"), _("Points at most"), _("Share reached")]
    ]
    rows += [
        [t.code, title_of(assessment, t.code), t.weight, t.points, t.max_points]
        for t in assessment.topics
    ]
    page = _write(book, _("Matrix"), rows, WIDTHS_MATRIX, bold, wrap, parts=_parts(book))
    share = book.add_format({"num_format": "0 %", "valign": "top"})
    for at, topic in enumerate(assessment.topics, start=2):
        reached = topic.points / topic.max_points if topic.max_points else ""
        page.write_formula(at - 1, 5, f'=IF(E{at}=0,"",D{at}/E{at})', share, reached)
    last = len(rows)
    page.write(last, 0, _("All topics added up"), bold)
    page.write(last, 1, _("never below %(lowest)s") % {"lowest": number_shown(LOWEST)}, wrap)
    total = f"=MAX({LOWEST:g},SUM(D2:D{last}))"
    sums = book.add_format({"bold": True, "num_format": "0.0", "valign": "top"})
    page.write_formula(last, 3, total, sums, assessment.total_points)
    page.write_formula(last, 4, f"=SUM(E2:E{last})", bold, 1000)


def _ratings(found: Assessed) -> list[list[object]]:
    heads = (
        _("Aspect"), _("Title"), _("Rating"), _("Level"), _("Weight"), _("Points"),
        _("Points at most"), _("Reason"), _("Evidence"), _("Link to the evidence"),
    )  # fmt: skip
    rows: list[list[object]] = [list(heads)]
    for kind in found.assessment.sheet.edition.rating_kinds:
        result, row = found.assessment.rating(kind.code), found.rows.get(kind.code)
        is_level = kind.is_positive and not kind.is_topic
        rows.append(
            [
                kind.code,
                titled(kind.titles),
                "" if kind.is_topic else result.estimation,
                titled(level_of(result.estimation).titles) if is_level else "",
                result.weight,
                result.points,
                result.max_points,
                *((row.reason, row.evidence, row.evidence_link) if row else ("", "", "")),
            ]
        )
    return rows
