"""Attack on the groups beside the total of a statement: how those who are hidden voted.

The total is told, large groups beside it in dots and bands. The attacker knows how many people of
each group voted, tries every count that a shown cell could stand for, and takes them all from the
total. She succeeds when in every way that fits the same number of the one to four people who
are left gave a certain answer: of one person, that is how she voted. Where more are left, she
succeeds when all but two of them, or somebody of a handful among them, must have voted so.
"""

from collections.abc import Iterable
from random import Random

from erdkreis.calc.privacy import Rules, Showing, VoteCell, VoteCounts
from erdkreis.checks.attack import Tallies
from erdkreis.checks.gate import STARTS, Gate
from erdkreis.checks.preimages_of_parts import (
    KINDS,
    Sum,
    certain_votes,
    counts_by_cell,
    differences,
    sums,
    vector,
)

REST = "subtraction between total and groups of a dialogue"
MOST_IN_A_PART = 32


def attack_parts(gate: Gate, seed: int, number: int, tallies: Tallies) -> None:
    """Let everybody vote on one statement, and take the groups shown from the total."""
    dice = Random(f"{seed} parts {number}")  # noqa: S311 - a run must be repeatable
    rules, parts = Rules(), _parts(dice)
    total = VoteCounts(*_sum(parts.values()))
    told = gate.votes(total, rules, start=dice.choice(STARTS))
    cells = gate.parts(parts, rules, dice.random())
    hidden = [parts[name] for name, cell in cells.items() if cell.showing is Showing.TOO_FEW]
    n_left = sum(counts.n for counts in hidden)
    if not n_left or told.showing is Showing.TOO_FEW or len(hidden) == len(parts):
        return
    shown = [
        counts_by_cell(gate.part, rules, parts[name].n)[cell]
        for name, cell in cells.items()
        if cell.showing is not Showing.TOO_FEW
    ]
    left = differences(_totals(gate, rules, told, total), sums(shown))
    handful = max((one.n for one in hidden if one.n < rules.min_group), default=0)
    certain = certain_votes(left, n_left, rules.min_group, handful)
    tallies[REST].count(
        success=bool(certain) and _sum(hidden) in left,
        example=f"{total} less {cells}: of {n_left} people left, for certain {certain}.",
    )


def _totals(gate: Gate, rules: Rules, told: VoteCell, total: VoteCounts) -> set[Sum]:
    if told.showing is Showing.COUNTS:
        return {vector(total)}
    # Words for a large crowd fit too many totals to try: those near the truth stand for all.
    if total.n > MOST_IN_A_PART:
        return {vector(total)}
    return set(counts_by_cell(gate.votes, rules, total.n).get(told, [vector(total)]))


def _parts(dice: Random) -> dict[str, VoteCounts]:
    names = [f"group {i}" for i in range(dice.randint(1, 4))]
    sizes = [dice.choice((dice.randint(1, 4), dice.randint(5, MOST_IN_A_PART))) for _ in names]
    parts = {name: _votes(dice, n) for name, n in zip(names, sizes, strict=True)}
    return parts | {"": _votes(dice, dice.choice((0, 1, 1, 1, 2, 3, 4, 5, 6, 8)))}


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
