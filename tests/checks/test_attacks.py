"""Each attack fails on the real gate, and succeeds on one that is weakened where it bites."""

import pytest
import weakened

from erdkreis.checks import (
    beside,
    circles,
    maps,
    opinions,
    parts,
    pulses,
    releases,
    second_thoughts,
    surfaces,
    tables,
    words,
)
from erdkreis.checks.attack import Tallies, Tally, hits_beyond_chance
from erdkreis.checks.gate import Gate
from erdkreis.checks.surfaces import PAGE, SURFACES, Surface, attack_surfaces, strips
from erdkreis.drawing.strip import strip_svg

SEED = 3


def over_many(attack, n):
    """Make an attack on the first circles of the seed, which returns what came of it."""

    def on_circles(gate, n=n):
        tallies = Tallies()
        for number in range(n):
            attack(gate, SEED, number, tallies)
        return tallies

    return on_circles


def attack_table(gate, seed, number, tallies):
    tables.attack_table(gate, circles.circle(seed, number), tallies)


on_tables = over_many(attack_table, 40)
on_timelines = over_many(releases.attack_timeline, 40)
on_words = over_many(words.attack_words, 12)
on_parts = over_many(parts.attack_parts, 160)
on_beside = over_many(beside.attack_beside, 40)
on_opinions = over_many(opinions.attack_opinions, 40)
# Changing alone between two exact totals is rare: it takes more circles than elsewhere.
on_second_thoughts = over_many(second_thoughts.attack_second_thoughts, 60)
on_maps = over_many(maps.attack_map, 16)
on_pulses = over_many(pulses.attack_pulse, 40)


ATTACKS = [
    (on_pulses, pulses.TOO_FEW, weakened.OF_ANY_SIZE),
    (on_pulses, pulses.JOINED, weakened.OF_ANY_SIZE),
    (on_beside, beside.GROUPS, weakened.NOW_BESIDE_THEN),
    (on_beside, beside.CHANCE, weakened.CHANCE_AT_ANY_TIME),
    (on_opinions, opinions.FOUND, weakened.FOUND_AT_ANY_TIME),
    (on_second_thoughts, second_thoughts.CHANGED, weakened.EXACT_AT_ANY_TIME),
    (on_maps, maps.SHAPES, weakened.NO_OTHERS_ON_THE_MAP),
    (on_parts, parts.REST, weakened.NO_COMPLEMENT),
    (on_tables, tables.SUBTRACTION, weakened.PLAIN_TOTAL),
    (on_tables, tables.OVERLAP, weakened.WHOLE_BESIDE_PART),
    (on_tables, tables.UNANIMITY, weakened.NO_UNANIMITY),
    (on_tables, tables.THE_ONE_WHO_DIFFERS, weakened.ONE_MAY_DIFFER),
    (on_tables, tables.ROUNDING, weakened.NO_ROUNDING),
    (on_timelines, releases.NAMED, weakened.LIVE),
    (on_timelines, releases.COUNTED, weakened.NO_WAIT),
    (on_words, words.ORDER, weakened.IN_ORDER),
    (on_words, words.TOO_FEW, weakened.WORDS_OF_ALL),
]


@pytest.mark.parametrize(("attack", "name", "twin"), ATTACKS, ids=[name for _, name, _ in ATTACKS])
def test_an_attack_succeeds_on_the_weakened_twin(attack, name, twin):
    tally = attack(twin)[name]

    assert tally.successes > 0
    assert tally.example


@pytest.mark.parametrize(
    "attack",
    [
        on_tables,
        on_timelines,
        on_parts,
        on_beside,
        on_opinions,
        on_second_thoughts,
        on_maps,
        on_pulses,
        on_words,
    ],
)
def test_no_attack_succeeds_on_the_real_gate(attack):
    for tally in attack(Gate()):
        assert (tally.name, tally.successes, tally.example) == (tally.name, 0, "")
        assert tally.tries > 0


def leaking(name, kind):
    """A surface that is made from the counts instead of the release."""

    def drawn(published):
        raw = {group.code: group for group in published.raw}

        def draw(code, item, _cell):
            counts = raw[code.removesuffix(" by link")].counts[item]
            return strip_svg(counts.steps, counts.dont_know, title="")

        return strips(published, draw)

    return Surface(name, kind, drawn)


@pytest.mark.parametrize("kind", [PAGE, surfaces.EXPORT, surfaces.API])
def test_a_surface_made_from_counts_gives_the_picture_away(kind):
    tallies = Tallies()
    for number in range(60):
        attack_surfaces(Gate(), circles.circle(SEED, number), [leaking("x", kind)], tallies)

    assert tallies[kind].successes > 0


def test_the_surfaces_of_the_house_say_nothing_more_together():
    tallies = Tallies()
    for number in range(60):
        attack_surfaces(Gate(), circles.circle(SEED, number), SURFACES[1:], tallies)

    assert {t.name for t in tallies} == {PAGE, surfaces.EXPORT, surfaces.API}
    assert [t.example for t in tallies if t.successes] == []


def test_circles_come_back_with_the_same_seed():
    assert circles.circle(1, 2) == circles.circle(1, 2) != circles.circle(2, 2)
    assert circles.timeline(1, 2) == circles.timeline(1, 2)


def test_chance_is_given_its_due():
    # Of 20 matchings of an order, about 20 hits come by chance; 60 come never.
    assert 45 < hits_beyond_chance(20) < 60
    assert 10 < hits_beyond_chance(1) < 16


def test_a_tally_tells_its_first_example_only():
    tally = Tally("x")
    tally.count(success=False, example="no")
    tally.count(success=True, example="first")
    tally.count(success=True, example="second")

    assert tally.as_json() == {"name": "x", "tries": 3, "successes": 2, "example": "first"}
