"""Attack on the map of a dialogue: where a group stands, read from shapes and numbers of marks.

The attacker knows how many people of each group stand on the map, and the rules. She tries every
way in which the groups can be spread over two opinion groups, and keeps those that give the same
marks. She succeeds when all of a group, or all but the one who looks, must stand on one side, or
when one to four of it must.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product
from random import Random

from erdkreis.calc.privacy import Rules, heard_in_steps
from erdkreis.checks.attack import Tallies
from erdkreis.checks.gate import Gate

SHAPES = "shapes on the map of a dialogue"
SIDES = (0, 1)
UNNAMED = None
# A group, and how many of it stand on the first side.
Spread = Mapping[str | None, int]
Drawn = tuple[tuple[int, int], tuple[tuple[tuple[int, str | None], int], ...]]


def attack_map(gate: Gate, seed: int, number: int, tallies: Tallies) -> None:
    """Draw one map, and try to say where a group stands."""
    dice = Random(f"{seed} map {number}")  # noqa: S311 - a run must be repeatable
    rules = Rules()
    sizes: dict[str | None, int] = {
        "a": dice.randint(10, 24), "b": dice.randint(5, 16), UNNAMED: dice.choice((0, 0, 1, 6)),
    }  # fmt: skip
    truth = {code: _on_the_first_side(dice, n) for code, n in sizes.items()}
    shown = _drawn(gate, rules, sizes, truth)
    if shown is None:
        return
    worlds = list(_worlds(gate, rules, sizes, shown))
    for code, n in sizes.items():
        if code is UNNAMED or not n:
            continue
        could_be = {world[code] for world in worlds}
        least, most = min(could_be), max(could_be)
        few = {k for k in could_be if len(could_be) == 1 and 0 < min(k, n - k) < rules.min_group}
        tallies[SHAPES].count(
            success=least >= n - 1 or most <= 1 or bool(few),
            example=f"{sizes} drawn as {shown}: of {code} {least} to {most} on the first side.",
        )


def _worlds(
    gate: Gate, rules: Rules, sizes: Mapping[str | None, int], shown: Drawn
) -> Iterator[Spread]:
    for at in product(*(range(n + 1) for n in sizes.values())):
        spread = dict(zip(sizes, at, strict=True))
        same_steps = _in_steps(rules, sizes, spread) == shown[0]
        if same_steps and _drawn(gate, rules, sizes, spread) == shown:
            yield spread


def _drawn(
    gate: Gate, rules: Rules, sizes: Mapping[str | None, int], spread: Spread
) -> Drawn | None:
    """Return what the map tells: sizes in steps, and how many marks of each shape on each side."""
    steps = _in_steps(rules, sizes, spread)
    if min(steps) < rules.min_group:
        return None  # then no opinion groups are told at all
    places = [
        (float(at), 0.0, side, code)
        for code, n in sizes.items()
        for side, here in zip(SIDES, (spread[code], n - spread[code]), strict=True)
        for at in range(here)
    ]
    large = {code for code, n in sizes.items() if code and n >= 2 * rules.min_group}
    marks = gate.marks(places, large, rules, with_groups=True)
    found = Counter((side, code) for _x, _y, side, _n, code in marks)
    return steps, tuple(sorted(found.items(), key=repr))


def _in_steps(rules: Rules, sizes: Mapping[str | None, int], spread: Spread) -> tuple[int, int]:
    first, everybody = sum(spread.values()), sum(sizes.values())
    return heard_in_steps(first, rules), heard_in_steps(everybody - first, rules)


def _on_the_first_side(dice: Random, n: int) -> int:
    share = dice.choice((0.0, 0.0, 0.05, 0.3, 0.5, 0.95, 1.0, 1.0))
    return sum(dice.random() < share for _person in range(n))
