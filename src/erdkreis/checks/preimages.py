"""Everything that fits what was published: the attacker's side of rounding.

She knows the rules, since they are published too, and tries every number behind a cell.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

from erdkreis.calc.privacy import Cell, Counts, Rules, Showing, VoteCell, VoteCounts
from erdkreis.checks.gate import STARTS, Gate

MOST_TRIED = 9  # people up to which all numbers are tried, not only those nearby
Six = tuple[int, int, int, int, int, int]


@dataclass(frozen=True)
class Known:
    """A cell, and between which numbers of answers the truth must lie."""

    cell: Cell
    at_least: int
    at_most: int


def fitting(gate: Gate, rules: Rules, known: Known, truth: Six) -> Iterator[Six]:
    """Give counts (five steps and don't know) that show this very cell, the truth first.

    Those near the truth come first, since they settle most questions quickly. Only where people
    are few is everything tried; beyond that an attacker is taken to be certain when nothing
    nearby fits, which counts against the gate. For dots every number of answers and of don’t-knows
    is tried as well, the steps by their dots.
    """
    for counts in _nearby(truth):
        if known.at_least <= sum(counts) <= known.at_most and known.cell in _cells(
            gate, counts, rules
        ):
            yield counts
    for n in range(known.at_least, min(known.at_most, MOST_TRIED) + 1):
        yield from _by_cell(gate, rules, n).get(known.cell, ())
    if known.cell.showing is Showing.DOTS:
        for counts in _of_these_dots(known):
            if known.cell in _cells(gate, counts, rules):
                yield counts


def six(counts: Counts) -> Six:
    return (*counts.steps, counts.dont_know)


def _cells(gate: Gate, counts: Six, rules: Rules) -> list[Cell]:
    """Return what these counts may show, wherever rounding began: nobody outside knows."""
    of = Counts(counts[:5], counts[5])
    first = gate.cell(of, rules, start=STARTS[0])
    if first.showing not in {Showing.DOTS, Showing.CANNOT_SEE}:
        return [first]
    return [first, *(gate.cell(of, rules, start=start) for start in STARTS[1:])]


def _nearby(truth: Six) -> Iterator[Six]:
    yield truth
    places = range(6)
    singles = [(i, d) for i, d in product(places, (-1, 1))]
    for i, d in singles:
        yield _moved(truth, ((i, d),))
    for one, other in product(singles, singles):
        if one[0] != other[0]:
            yield _moved(truth, (one, other))
    # The whole of one step may have chosen another one: it turns the words for one mind around.
    for i, j in product(places, places):
        if i != j:
            yield _moved(truth, ((i, -truth[i]), (j, truth[i])))


def _of_these_dots(known: Known) -> Iterator[Six]:
    """Give counts that could show these dots: behind no dot may be as many as behind nearly one."""
    dots = known.cell.steps
    for n in range(known.at_least, known.at_most + 1):
        for dont_know in range(n):
            up_to = [sum(dots[:at]) * (n - dont_know) / max(sum(dots), 1) for at in range(1, 6)]
            for nudge in (-0.5, 0.0, 0.5):
                edges = [0, *(round(at + nudge) for at in up_to[:-1]), n - dont_know]
                a, b, c, d, e = (high - low for low, high in pairwise(edges))
                if min(a, b, c, d, e) >= 0:
                    yield (a, b, c, d, e, dont_know)


def _moved(truth: Six, moves: tuple[tuple[int, int], ...]) -> Six:
    there = list(truth)
    for i, d in moves:
        there[i] += d
    if min(there) < 0:
        return truth
    a, b, c, d_, e, f = there
    return (a, b, c, d_, e, f)


@lru_cache(maxsize=256)
def _by_cell(gate: Gate, rules: Rules, n: int) -> dict[Cell, list[Six]]:
    found: dict[Cell, list[Six]] = {}
    for counts in _shared(n, 6):
        a, b, c, d, e, f = counts
        for cell in set(_cells(gate, (a, b, c, d, e, f), rules)):
            found.setdefault(cell, []).append((a, b, c, d, e, f))
    return found


def _shared(n: int, places: int) -> Iterator[tuple[int, ...]]:
    if places == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in _shared(n - first, places - 1):
            yield (first, *rest)


@lru_cache(maxsize=64)
def votes_by_cell(
    gate: Gate, rules: Rules, most: int
) -> dict[tuple[VoteCell, int], list[VoteCounts]]:
    """Return every possible count of votes up to a number of people, by what it shows and n."""
    found: dict[tuple[VoteCell, int], list[VoteCounts]] = {}
    for n in range(rules.min_group, most + 1):
        for a, p, d in _shared(n, 3):
            counts = VoteCounts(a, p, d)
            first = gate.votes(counts, rules, start=STARTS[0])
            starts = STARTS if first.showing is Showing.DOTS else STARTS[:1]
            for cell in {gate.votes(counts, rules, start=start) for start in starts}:
                found.setdefault((cell, n), []).append(counts)
    return found
