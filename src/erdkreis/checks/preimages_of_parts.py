"""Every count a cell beside a total could stand for, and what is left of a total without them."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from erdkreis.calc.privacy import Rules, Showing, VoteCell, VoteCounts

KINDS = ("agree", "passed", "disagree")
ALMOST_ALL_BUT = 2
Sum = tuple[int, int, int]


@lru_cache(maxsize=128)
def counts_by_cell(
    cell_of: Callable[..., VoteCell], rules: Rules, n: int
) -> dict[VoteCell, list[Sum]]:
    """Return what each cell of so many people could stand for, wherever rounding began.

    Dots change only where rounding begins at whole parts of n: one between each is enough.
    """
    found: dict[VoteCell, list[Sum]] = {}
    for agree in range(n + 1):
        for passed in range(n + 1 - agree):
            one = (agree, passed, n - agree - passed)
            first = cell_of(VoteCounts(*one), rules, start=0.5 / n)
            starts = [(i + 0.5) / n for i in range(n)] if first.showing is Showing.DOTS else []
            cells = {cell_of(VoteCounts(*one), rules, start=start) for start in starts}
            for cell in {first, *cells}:
                found.setdefault(cell, []).append(one)
    return found


def sums(choices: Iterable[Sequence[Sum]]) -> set[Sum]:
    """Return every sum of one of each."""
    together: set[Sum] = {(0, 0, 0)}
    for could_be in choices:
        together = {(a + x, p + y, d + z) for a, p, d in together for x, y, z in could_be}
    return together


def differences(wholes: Iterable[Sum], parts: Iterable[Sum]) -> set[Sum]:
    """Return everything that can be left, nobody being there less than no times."""
    taken = list(parts)
    ways = {(a - x, p - y, d - z) for a, p, d in wholes for x, y, z in taken}
    return {way for way in ways if min(way) >= 0}


def certain_votes(ways: set[Sum], n_left: int, minimum: int, handful: int = 0) -> dict[str, int]:
    """Return the kinds of vote that name somebody of those who are left.

    Of fewer people than the minimum any that is certain; of more only what all but two gave, or
    all but fewer than a handful among them whose number is known.
    """
    least = {kind: min(way[at] for way in ways) for at, kind in enumerate(KINDS)} if ways else {}
    needed = 1 if n_left < minimum else n_left - max(ALMOST_ALL_BUT, handful - 1)
    return {kind: n for kind, n in least.items() if n >= needed}


def vector(counts: VoteCounts) -> Sum:
    return counts.agree, counts.passed, counts.disagree
