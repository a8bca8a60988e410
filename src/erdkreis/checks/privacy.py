"""The whole suite of attacks, and its run over many invented circles."""

from collections.abc import Callable
from functools import partial

from erdkreis.checks import (
    beside,
    circles,
    dumps,
    interface,
    maps,
    opinions,
    parts,
    pulses,
    releases,
    roll,
    second_thoughts,
    slips,
    surfaces,
    tables,
    words,
)
from erdkreis.checks.attack import Tallies
from erdkreis.checks.gate import Gate

# Of all circles: half are attacked by their table, some by what follows, by groups, by words.
TABLES, TIMELINES, PARTS, BESIDE, OPINIONS, CHANGES, MAPS, PULSES, WORDS, ROLLS = (
    0.50, 0.24, 0.06, 0.03, 0.03, 0.01, 0.01, 0.02, 0.09, 0.005,
)  # fmt: skip
PROGRAMS = 0.001
ALL_KINDS = (
    tables.SUBTRACTION, releases.NAMED, releases.COUNTED, tables.OVERLAP, tables.UNANIMITY,
    tables.THE_ONE_WHO_DIFFERS, tables.ROUNDING, surfaces.PAGE, surfaces.EXPORT, surfaces.API,
    words.ORDER, words.TOO_FEW, roll.BY_COUNT, roll.BY_ORDER, roll.BY_TIME, roll.BY_KEY,
    parts.REST, beside.GROUPS, beside.CHANCE, opinions.FOUND, second_thoughts.CHANGED,
    maps.SHAPES, pulses.TOO_FEW, pulses.JOINED, slips.BY_SLIP, dumps.WHILE_ASKING,
)  # fmt: skip


def run(
    gate: Gate, *, seed: int, n_circles: int, show: Callable[[int, int], None] = lambda *_: None
) -> Tallies:
    """Try every attack; needs a database of its own for the attacks on the roll.

    Circles are shared out among the attacks, and every kind gets at least some.
    """
    tallies = Tallies()
    for name in ALL_KINDS:
        tallies[name]
    done, leaning = 0, dumps.Leaning()
    for share, attack in (
        (TABLES, _attack_table),
        (TIMELINES, releases.attack_timeline),
        (PARTS, parts.attack_parts),
        (BESIDE, beside.attack_beside),
        (OPINIONS, opinions.attack_opinions),
        (CHANGES, second_thoughts.attack_second_thoughts),
        (MAPS, maps.attack_map),
        (PULSES, pulses.attack_pulse),
        (WORDS, words.attack_words),
        (PROGRAMS, interface.attack_interface),
        (ROLLS, partial(_attack_roll, leaning)),
    ):
        for number in range(max(round(n_circles * share), 4)):
            attack(gate, seed, number, tallies)
            done += 1
            show(done, max(n_circles, done))
    leaning.judge(tallies)
    return tallies


def _attack_table(gate: Gate, seed: int, number: int, tallies: Tallies) -> None:
    circle = circles.circle(seed, number)
    tables.attack_table(gate, circle, tallies)
    surfaces.attack_surfaces(gate, circle, surfaces.SURFACES[1:], tallies)


def _attack_roll(
    leaning: dumps.Leaning, _gate: Gate, seed: int, number: int, tallies: Tallies
) -> None:
    taken: list[dumps.Dump] = []
    roll.attack_roll(roll.real_round(seed, number, taken), tallies)
    for dump in taken:
        dumps.attack_dump(dump, leaning, tallies)
