"""Drawings as files of their own: SVG, PNG, and their numbers as CSV."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from erdkreis.drawing.png import png
from erdkreis.drawing.standalone import ON_WHITE, standalone_svg
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
CHAIRS_CSS = ".chairs text { font-family: var(--sans); }"
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
    return len(fonts()) == len(FONTS)


def _svg(figure: Figure) -> HttpResponse:
    return HttpResponse(alone(figure), content_type="image/svg+xml; charset=utf-8")


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
    made = png(alone(figure), fonts=fonts(), sans=SANS, serif=SERIF)
    return HttpResponse(made, content_type="image/png")


def alone(figure: Figure, palette: Mapping[str, str] = ON_WHITE) -> Markup:
    """Return a drawing that brings its colours along."""
    # The chairs carry their own colours already; the others take them from the style sheet.
    if figure.key == CHAIRS and "--sans" not in palette:
        return figure.wide
    css = CHAIRS_CSS if figure.key == CHAIRS else _css()
    return standalone_svg(figure.wide, css=css, width=WIDTH, palette=palette)


@cache
def _css() -> str:
    found = finders.find("pictures/drawings.css")
    return Path(found or "").read_text(encoding="utf-8")


@cache
def fonts() -> tuple[Path, ...]:
    return tuple(Path(found) for name in FONTS if (found := finders.find(name)))
