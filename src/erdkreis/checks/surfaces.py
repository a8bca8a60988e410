"""Attacks on one surface against another: what two of them say together.

A surface is any way out: a page, an export, an interface. Each is read back into ranges: between
which two numbers the truth must lie, by what it is about. A new surface is added to `SURFACES`
and is attacked from then on together with all others of the house.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from erdkreis.calc.picture import distribution
from erdkreis.calc.privacy import Cell, Heard, Rules, Showing, heard_in_steps
from erdkreis.checks.attack import Tallies
from erdkreis.checks.circles import Circle
from erdkreis.checks.gate import Gate
from erdkreis.drawing.chairs import chairs_svg
from erdkreis.drawing.strip import WIDTH, strip_svg
from erdkreis.gate.tables import RawGroup, ReleasedTable
from erdkreis.reports.rows import cell_row

PAGE, EXPORT, API = "pages against pages", "exports against pages", "API against pages"
MOST = 10_000  # more than anybody asks
About = tuple[str, str, str]  # group, item, what is counted
Ranges = dict[About, tuple[int, int]]
PUBLIC_SIZE = 80
TAKEN = re.compile(r'height="([0-9.]+)"[^>]*class="taken"')
BAR = re.compile(r'<g class="(s[1-5]|dk)"><rect [^>]*?width="([0-9.]+)"')


@dataclass(frozen=True)
class Published:
    """What a surface is made from: the released table, and nothing that was counted."""

    table: ReleasedTable
    rules: Rules
    raw: list[RawGroup]  # only a weakened twin looks at it; the live page hands it to the gate


@dataclass(frozen=True)
class Surface:
    """A way out, and how an attacker reads it."""

    name: str
    kind: str
    read: Callable[[Published], Ranges]


def attack_surfaces(gate: Gate, circle: Circle, surfaces: list[Surface], tallies: Tallies) -> None:
    """Lay every other surface over the page of the picture and see what is left of the ranges."""
    raw = circle.raw()
    published = Published(gate.table(raw, circle.rules, circle.start_at), circle.rules, raw)
    real = truth(published)
    page = SURFACES[0].read(published)
    for surface in surfaces:
        for about, (low, high) in both(page, surface.read(published)).items():
            first = page.get(about, (0, MOST))
            if first[0] == first[1]:
                continue  # plainly said on the page
            tallies[surface.kind].count(
                success=low == high == real[about] > 0,
                example=f"{surface.name} and the picture together: {about} is {low}.",
            )


def strips(published: Published, draw: Callable[[str, str, Cell], str] | None = None) -> Ranges:
    """Measure the bars of every strip, and find the smallest whole numbers that fit them."""
    found: Ranges = {}
    for code, _heard, cells in published.table.parts:
        for item, cell in cells.items():
            if cell.steps:
                drawn = draw(code, item, cell) if draw else _strip(cell)
                found |= _measured(code, item, cell, drawn)
    return found


def _picture_page(published: Published) -> Ranges:
    found: Ranges = {}
    for code, heard, cells in published.table.parts:
        found[code, "", "heard"] = _range_of(heard, published.rules)
        for item, cell in cells.items():
            if cell.n_to:
                found[code, item, "n"] = (cell.n_from, cell.n_to)
            if cell.showing is Showing.COUNTS:
                for step, n in enumerate((*cell.steps, cell.dont_know), start=1):
                    found[code, item, f"s{step}"] = (n, n)
    return found


def _chairs(published: Published) -> Ranges:
    """Read the height to which each chair is filled: a share of a size that is public."""
    full = _height(1.0)
    found: Ranges = {}
    for code, heard, _cells in published.table.parts:
        if heard.is_enough:
            height = _height(min(heard.n_from / PUBLIC_SIZE, 1.0))
            found[code, "", "heard"] = (round(height / full * PUBLIC_SIZE), MOST)
    return found


def _live_page(published: Published) -> Ranges:
    """Read the last number told while people still answered: at least so many."""
    return {
        (group.code, "", "heard"): (heard_in_steps(group.n_voices, published.rules), MOST)
        for group in published.raw
        if (told := published.table.group(group.code)) is not None and told.by_link is None
    }


def _total(published: Published) -> Ranges:
    """Take all groups from the total but one."""
    total, parts = published.table.heard, published.table.parts
    known = {code: _range_of(heard, published.rules) for code, heard, _cells in parts}
    is_exact = total.n_from == total.n_to
    found: Ranges = {}
    for code in known:
        others = [bounds for name, bounds in known.items() if name != code]
        low = total.n_from - sum(high for _low, high in others)
        high = total.n_from - sum(low for low, _high in others) if is_exact else MOST
        found[code, "", "heard"] = (max(low, 0), high)
    return found


def _stored_release(published: Published) -> Ranges:
    """Read the stored release: what exports are written from."""
    table = json.loads(json.dumps(published.table.as_json()))
    found: Ranges = {}
    for group in table["groups"]:
        for item, cell in group["cells"].items():
            if cell["n_to"]:
                found[group["code"], item, "n"] = (cell["n_from"], cell["n_to"])
        for number in ("n_from", "n_to"):
            if group["heard"][number]:
                old = found.get((group["code"], "", "heard"), (0, MOST))
                low, high = group["heard"]["n_from"], group["heard"]["n_to"]
                found[group["code"], "", "heard"] = (max(old[0], low), min(old[1], high))
    return found


def _rows(published: Published) -> Ranges:
    """Read what stands in the rows of which files and answers of the interface are made."""
    found: Ranges = {}
    for code, _heard, cells in published.table.parts:
        for item, cell in cells.items():
            row = json.loads(json.dumps(cell_row(cell)))
            if "n_from" in row:
                found[code, item, "n"] = (row["n_from"], row["n_to"])
            if row.get("unit") == "people":
                told = [row[f"step_{step}"] for step in range(1, 6)] + [row["dont_know"]]
                found |= {(code, item, f"s{at}"): (n, n) for at, n in enumerate(told, start=1)}
    return found


def _released_again(published: Published) -> Ranges:
    """Ask once more, as an interface would: what comes back is what is stored."""
    again = ReleasedTable.from_json(json.loads(json.dumps(published.table.as_json())))
    return _picture_page(Published(again, published.rules, published.raw))


SURFACES = [
    Surface("the page of the picture", PAGE, _picture_page),
    Surface("the strips", PAGE, strips),
    Surface("the empty chairs", PAGE, _chairs),
    Surface("the page of the round", PAGE, _live_page),
    Surface("the total", PAGE, _total),
    Surface("the stored release", EXPORT, _stored_release),
    Surface("the files of the round", EXPORT, _rows),
    Surface("the rows of the interface", API, _rows),
    Surface("the release read again", API, _released_again),
]


def _height(fill: float) -> float:
    drawn = chairs_svg([("", fill, "", True)], title="")
    return float(TAKEN.findall(drawn)[0])


def _strip(cell: Cell) -> str:
    shown = distribution(cell)
    return strip_svg(shown.steps, shown.dont_know, title="")


def _measured(code: str, item: str, cell: Cell, drawn: str) -> Ranges:
    """Find the number of people a strip was drawn from, if it was drawn from people."""
    widths = {name: float(width) for name, width in BAR.findall(drawn)}
    room = sum(widths.values())
    shares = {name: width / room for name, width in widths.items()}
    n = next((n for n in range(1, 60) if _fits(shares, n)), 0)
    n_dots = sum(cell.steps) + cell.dont_know
    if n <= n_dots or not cell.n_from <= n <= cell.n_to:
        return {}  # dots, as the page says itself
    places = {name: int(name[1:]) if name != "dk" else 6 for name in shares}
    found = {(code, item, f"s{places[k]}"): (round(s * n), round(s * n)) for k, s in shares.items()}
    return found | {(code, item, "n"): (n, n)}


def _fits(shares: Mapping[str, float], n: int) -> bool:
    return all(abs(share * n - round(share * n)) < n * 0.02 / WIDTH for share in shares.values())


def _range_of(heard: Heard, rules: Rules) -> tuple[int, int]:
    if heard.is_enough:
        return heard.n_from, heard.n_to
    return (1, rules.min_group - 1) if heard.is_heard else (0, 0)


def both(one: Ranges, other: Ranges) -> Ranges:
    """Return what is left of the ranges when two surfaces are laid over each other."""
    found: Ranges = {}
    for about in {**one, **other}:
        a, b = one.get(about, (0, MOST)), other.get(about, (0, MOST))
        found[about] = (max(a[0], b[0]), min(a[1], b[1]))
    return found


def truth(published: Published) -> dict[About, int]:
    """Return what was really counted, by what it is about."""
    found: dict[About, int] = {}
    for group in published.raw:
        told = published.table.group(group.code)
        apart = told is not None and told.by_link is not None
        invited = group.n_voices - (group.n_by_link if apart else 0)
        found[group.code, "", "heard"] = invited
        found[f"{group.code} by link", "", "heard"] = group.n_by_link
        for item, counts in group.counts.items():
            link = group.counts_by_link.get(item)
            own = counts.without(link) if apart and link else counts
            for code, of in ((group.code, own), (f"{group.code} by link", link)):
                if of is None:
                    continue
                found[code, item, "n"] = of.answered
                for step, n in enumerate((*of.steps, of.dont_know), start=1):
                    found[code, item, f"s{step}"] = n
    return found
