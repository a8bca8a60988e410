"""Drawings as files of their own: SVG, PNG, and their numbers as CSV."""

import csv
import io
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from erdkreis.drawing.png import png
from erdkreis.drawing.standalone import standalone_svg
from erdkreis.drawing.svg import Markup
from erdkreis.pictures.figures import CHAIRS, Figure
from erdkreis.web.cells import tame

WIDTH = 1280
# The fonts of the pages, as the renderer reads them; set-up makes them beside the others.
FONTS = tuple(
    f"vendor/{font}-{subset}-wght-normal.ttf"
    for font in ("atkinson-hyperlegible-next", "source-serif-4")
    for subset in ("latin", "latin-ext")
)
SANS, SERIF = "Atkinson Hyperlegible Next", "Source Serif 4"


def file_of(figures: dict[str, Figure], key: str, ending: str) -> HttpResponse:
    """Return one drawing in one of three forms."""
    figure = figures.get(key)
    makers = {"svg": _svg, "csv": _csv, "png": _png}
    if figure is None or ending not in makers:
        raise Http404
    answer = makers[ending](figure)
    answer["Content-Disposition"] = f'attachment; filename="{key}.{ending}"'
    return answer


def has_png() -> bool:
    return len(_fonts()) == len(FONTS)


def _svg(figure: Figure) -> HttpResponse:
    return HttpResponse(_alone(figure), content_type="image/svg+xml; charset=utf-8")


def _csv(figure: Figure) -> HttpResponse:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(map(tame, figure.head))
    writer.writerows(map(tame, row) for row in figure.rows)
    # With a byte order mark, or spreadsheet programs spoil umlauts.
    return HttpResponse(f"\ufeff{table.getvalue()}", content_type="text/csv; charset=utf-8")


def _png(figure: Figure) -> HttpResponse:
    if not has_png():
        words = _(
            "PNG needs fonts that are missing on this server: “make setup” fetches them. SVG and "
            "CSV work without."
        )
        return HttpResponse(words, status=501, content_type="text/plain; charset=utf-8")
    made = png(_alone(figure), fonts=_fonts(), sans=SANS, serif=SERIF)
    return HttpResponse(made, content_type="image/png")


def _alone(figure: Figure) -> Markup:
    # The chairs carry their own colours already; the others take them from the style sheet.
    return (
        figure.wide
        if figure.key == CHAIRS
        else standalone_svg(figure.wide, css=_css(), width=WIDTH)
    )


@cache
def _css() -> str:
    found = finders.find("pictures/drawings.css")
    return Path(found or "").read_text(encoding="utf-8")


@cache
def _fonts() -> tuple[Path, ...]:
    return tuple(Path(found) for name in FONTS if (found := finders.find(name)))
