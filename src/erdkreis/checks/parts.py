"""Attack on the groups beside the total of a statement: how the hidden handful voted.

The total is told, large groups beside it in dots and bands. The attacker knows how many people of
each group voted, tries every count that a shown cell could stand for, and takes them all from the
total. She succeeds when in every way that fits the same number of the one to four people who
are left gave a certain answer: of one person, that is how she voted.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from random import Random

from erdkreis.calc.privacy import Rules, Showing, VoteCell, VoteCounts
from erdkreis.checks.attack import Tallies
from erdkreis.checks.gate import STARTS, Gate
from erdkreis.checks.preimages import votes_by_cell

REST = "subtraction between total and groups of a dialogue"
MOST_IN_A_PART = 32
KINDS = ("agree", "passed", "disagree")
Sum = tuple[int, int, int]


def attack_parts(gate: Gate, seed: int, number: int, tallies: Tallies) -> None:
    """Let everybody vote on one statement, and take the groups shown from the total."""
    dice = Random(f"{seed} parts {number}")  # noqa: S311 - a run must be repeatable
    rules, parts = Rules(), _parts(dice)
    total = VoteCounts(*_sum(parts.values()))
    told = gate.votes(total, rules, start=dice.choice(STARTS))
    cells = gate.parts(parts, rules, dice.choice(STARTS))
    hidden = [parts[name] for name, cell in cells.items() if cell.showing is Showing.TOO_FEW]
    n_left = sum(counts.n for counts in hidden)
    if not n_left or told.showing is Showing.TOO_FEW:
        return
    if n_left >= rules.min_group:
        tallies[REST].count(success=False)  # the next smallest group is hidden with the handful
        return
    shown = {name: cell for name, cell in cells.items() if cell.showing is not Showing.TOO_FEW}
    left = _ways_left(gate, rules, _totals(gate, rules, told, total), parts, shown)
    certain = {
        kind: at_least
        for at, kind in enumerate(KINDS)
        if (at_least := min(way[at] for way in left)) and at_least == max(way[at] for way in left)
    }
    tallies[REST].count(
        success=bool(certain) and _sum(hidden) in left,
        example=f"{total} less {shown}: of {n_left} people left, for certain {certain}.",
    )


def _ways_left(
    gate: Gate,
    rules: Rules,
    totals: set[Sum],
    parts: Mapping[str, VoteCounts],
    shown: Mapping[str, VoteCell],
) -> set[Sum]:
    """Return every way in which those who are left could have voted."""
    together: set[Sum] = {(0, 0, 0)}
    for name, cell in shown.items():
        could_be = _by_cell(gate, rules, parts[name].n)[cell]
        together = {
            (a + b.agree, p + b.passed, d + b.disagree) for a, p, d in together for b in could_be
        }
    ways = {(a - x, p - y, d - z) for a, p, d in totals for x, y, z in together}
    return {way for way in ways if min(way) >= 0}


def _totals(gate: Gate, rules: Rules, told: VoteCell, total: VoteCounts) -> set[Sum]:
    if told.showing is Showing.COUNTS:
        return {_sum([total])}
    # Words for a large crowd fit too many totals to try: those near the truth stand for all.
    fitting = votes_by_cell(gate, rules, MOST_IN_A_PART).get((told, total.n), [total])
    return {_sum([one]) for one in fitting}


@lru_cache(maxsize=64)
def _by_cell(gate: Gate, rules: Rules, n: int) -> dict[VoteCell, list[VoteCounts]]:
    """Return what each cell of so many people could stand for, wherever rounding began."""
    found: dict[VoteCell, list[VoteCounts]] = {}
    for agree in range(n + 1):
        for passed in range(n + 1 - agree):
            counts = VoteCounts(agree, passed, n - agree - passed)
            for cell in {gate.part(counts, rules, start=start) for start in STARTS}:
                found.setdefault(cell, []).append(counts)
    return found


def _parts(dice: Random) -> dict[str, VoteCounts]:
    names = [f"group {i}" for i in range(dice.randint(1, 4))]
    sizes = [dice.choice((dice.randint(1, 4), dice.randint(5, MOST_IN_A_PART))) for _ in names]
    parts = {name: _votes(dice, n) for name, n in zip(names, sizes, strict=True)}
    return parts | {"": _votes(dice, dice.choice((0, 1, 1, 1, 2, 3, 4)))}


def _votes(dice: Random, n: int) -> VoteCounts:
    weights = [dice.choice((0.01, 0.1, 1.0, 10.0)) for _kind in KINDS]
    cast = dice.choices(range(3), weights, k=n)
    return VoteCounts(*(cast.count(kind) for kind in range(3)))


def _sum(parts: Iterable[VoteCounts]) -> Sum:
    counted = list(parts)
    return (
        sum(c.agree for c in counted), sum(c.passed for c in counted),
        sum(c.disagree for c in counted),
    )  # fmt: skip
