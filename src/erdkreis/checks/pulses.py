"""Attacks on a pulse: the same teams, asked again and again, and never the same people there.

The attacker knows the team, who was away on each date and who joined in between, and looks at every
date. Teams are told alone and no total of teams is, so what could be subtracted are two dates.
"""

from collections import Counter
from random import Random

from erdkreis.calc.privacy import Counts, Rules
from erdkreis.checks.attack import Tallies
from erdkreis.checks.circles import Circle, Person
from erdkreis.checks.gate import STARTS, Gate
from erdkreis.checks.tables import SHOWN, name_everyone
from erdkreis.gate.tables import RawGroup

TOO_FEW = "a team with too few answers on a date of a pulse"
JOINED = "somebody who joins between two dates of a pulse"
N_DATES, ITEM = 4, "load"
STAYS = 0.8  # with the same answer, from date to date


def attack_pulse(gate: Gate, seed: int, number: int, tallies: Tallies) -> None:
    """Ask one team on some dates; one more person belongs to it from the second on."""
    dice = Random(f"{seed} pulse {number}")  # noqa: S311 - a run must be repeatable
    rules, own = Rules(), Tallies()
    team = [dice.randint(1, 5) for _person in range(dice.randint(3, 24))]
    is_there = dice.choice((0.6, 0.9, 1.0))
    shown_without_her = False
    for date in range(N_DATES):
        if date == 1:
            team.append(dice.randint(1, 5))
        team = [step if dice.random() < STAYS else dice.randint(1, 5) for step in team]
        said = [step for step in team if dice.random() < is_there]
        found = Counter(said)
        counts = Counts((found[1], found[2], found[3], found[4], found[5]))
        raw = RawGroup("team", counts.answered, {ITEM: counts})
        start = dice.choice(STARTS)
        told = gate.table([raw], rules, lambda _place, start=start: start).groups[0]
        cell = told.cells[ITEM]
        is_shown = cell.showing in SHOWN
        is_few = 0 < counts.answered < rules.min_group
        tallies[TOO_FEW].count(
            success=is_few and is_shown, example=f"{counts.answered} answered: {cell}."
        )
        if is_shown:
            people = tuple(Person(came_by_link=False, said={ITEM: step}) for step in said)
            name_everyone(gate, Circle(rules, {"team": people}), counts, cell, own)
        # A team that appears with her, and did not without her, has exactly the minimum.
        appears = date == 1 and is_shown and not shown_without_her and told.heard.is_enough
        exactly = appears and told.heard.n_from == told.heard.n_to
        tallies[JOINED].count(
            success=exactly or any(one.successes for one in own),
            example=f"{told.heard} and {cell}: {counts} are known.",
        )
        shown_without_her = is_shown
