"""The map beside the list: dots in step with it, outlines from Natural Earth."""

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.translation import ngettext

from erdkreis.directory.models import Entry
from erdkreis.drawing.outlines import Point, Window, rings
from erdkreis.drawing.place_map import Mark, outline_path, place_map_svg, window_of
from erdkreis.drawing.svg import Markup

OUTLINES = "vendor/countries-50m.json"


def map_of(entries: Sequence[Entry]) -> Markup | None:
    """Draw the entries whose position is known; the numbers are those of the list."""
    marks = [
        Mark(number, entry.name, entry.longitude, entry.latitude, f"#entry-{entry.pk}")
        for number, entry in enumerate(entries, start=1)
        if entry.longitude is not None and entry.latitude is not None
    ]
    if not marks:
        return None
    window = window_of([(mark.longitude, mark.latitude) for mark in marks])
    title = ngettext(
        "Map of %(n)d entry. The list has the same number.",
        "Map of %(n)d entries. The list has the same numbers.",
        len(marks),
    ) % {"n": len(marks)}
    return place_map_svg(marks, window=window, outlines=_outlines(window), title=title)


@lru_cache(maxsize=64)
def _outlines(window: Window) -> str:
    return outline_path(_countries(), window)


@cache
def _countries() -> list[list[Point]]:
    """Read the outlines; without them (set-up not finished) the dots stand on plain ground."""
    found = finders.find(OUTLINES)
    if not isinstance(found, str):
        return []
    return rings(json.loads(Path(found).read_text(encoding="utf-8")), "countries")
