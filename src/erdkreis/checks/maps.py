"""Attack on the map of a dialogue: where a group stands, read from shapes and numbers of marks.

The attacker knows how many people of each group stand on the map, and the rules. She tries every
way in which the groups can be spread over two or three opinion groups, and keeps those that give
the same marks. She succeeds when all of a group, or all but the one who looks, must stand on one
side, or when one to four of it must.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product
from random import Random

from erdkreis.calc.privacy import Rules, heard_in_steps
from erdkreis.checks.attack import Tallies
from erdkreis.checks.gate import Gate

SHAPES = "shapes on the map of a dialogue"
UNNAMED = None
Sizes = Mapping[str | None, int]
# A group, and how many of it stand on each side.
Spread = Mapping[str | None, tuple[int, ...]]
Drawn = tuple[tuple[int, ...], tuple[tuple[tuple[int, str | None], int], ...]]


def attack_map(gate: Gate, seed: int, number: int, tallies: Tallies) -> None:
    """Draw one map, and try to say where a group stands."""
    dice = Random(f"{seed} map {number}")  # noqa: S311 - a run must be repeatable
    rules, n_sides = Rules(), dice.choice((2, 2, 2, 3))
    sizes = _sizes(dice, n_sides)
    truth = {code: _sides(dice, n, n_sides) for code, n in sizes.items()}
    shown = _drawn(gate, rules, sizes, truth)
    if shown is None:
        return
    worlds = list(_worlds(gate, rules, sizes, n_sides, shown))
    for code, n in sizes.items():
        if code is UNNAMED or not n:
            continue
        found = [_said_of(worlds, code, n, side, rules) for side in range(n_sides)]
        tallies[SHAPES].count(
            success=any(found),
            example=f"{sizes} drawn as {shown}: {[said for said in found if said]}.",
        )


def _said_of(worlds: list[Spread], code: str | None, n: int, side: int, rules: Rules) -> str:
    """Say what is certain of a group and one side, if that names anybody."""
    could_be = {world[code][side] for world in worlds}
    least = min(could_be)
    is_few = len(could_be) == 1 and 0 < min(least, n - least) < rules.min_group
    return f"of {code} {least} or more on side {side}" if least >= n - 1 or is_few else ""


def _worlds(gate: Gate, rules: Rules, sizes: Sizes, n_sides: int, shown: Drawn) -> Iterator[Spread]:
    for at in product(*(_ways(n, n_sides) for n in sizes.values())):
        spread = dict(zip(sizes, at, strict=True))
        same_steps = _in_steps(rules, spread) == shown[0]
        if same_steps and _drawn(gate, rules, sizes, spread) == shown:
            yield spread


def _ways(n: int, n_sides: int) -> list[tuple[int, ...]]:
    """Return every way in which so many people can stand on so many sides."""
    if n_sides == 1:
        return [(n,)]
    return [(at, *rest) for at in range(n + 1) for rest in _ways(n - at, n_sides - 1)]


def _drawn(gate: Gate, rules: Rules, sizes: Sizes, spread: Spread) -> Drawn | None:
    """Return what the map tells: sizes in steps, and how many marks of each shape on each side."""
    steps = _in_steps(rules, spread)
    if min(steps) < rules.min_group:
        return None  # then no opinion groups are told at all
    places = [
        (float(at), 0.0, side, code)
        for code, sides in spread.items()
        for side, here in enumerate(sides)
        for at in range(here)
    ]
    large = {code for code, n in sizes.items() if code and n >= 2 * rules.min_group}
    marks = gate.marks(places, large, rules, with_groups=True)
    found = Counter((side, code) for _x, _y, side, _n, code in marks)
    return steps, tuple(sorted(found.items(), key=repr))


def _in_steps(rules: Rules, spread: Spread) -> tuple[int, ...]:
    on_sides = map(sum, zip(*spread.values(), strict=True))
    return tuple(map(partial(heard_in_steps, rules=rules), on_sides))


def _sizes(dice: Random, n_sides: int) -> dict[str | None, int]:
    if n_sides > 2:  # noqa: PLR2004 - fewer people, or there are too many ways to try
        return {"a": dice.randint(18, 26), "b": dice.randint(5, 7), UNNAMED: dice.choice((0, 1))}
    return {
        "a": dice.randint(10, 24), "b": dice.randint(5, 16), UNNAMED: dice.choice((0, 0, 1, 6)),
    }  # fmt: skip


def _sides(dice: Random, n: int, n_sides: int) -> tuple[int, ...]:
    share = dice.choice((0.0, 0.0, 0.05, 0.3, 0.5, 0.95, 1.0, 1.0))
    first = sum(dice.random() < share for _person in range(n))
    if n_sides == 1:
        return (n,)
    return first, *_sides(dice, n - first, n_sides - 1)
