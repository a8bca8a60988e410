"""Attack on groups beside totals when somebody changes a vote, or takes it back.

The attacker looks all the time. Between two exact totals one person who was in the first changed
her vote, or went; the attacker knows who, as whom she came, and how many joined each group. She
lays what each group gained beside what the total gained, and tries every way in which that could
come about. She succeeds when all ways leave one vote that it must have been, or must be now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from erdkreis.calc.privacy import Beside, Rules, Showing, VoteCell, VoteCounts
from erdkreis.checks.attack import Tallies
from erdkreis.checks.gate import STARTS, Gate, sum_of
from erdkreis.checks.preimages_of_parts import KINDS, Sum, counts_by_cell, sums, vector
from erdkreis.gate.opinion_parts import Standing

CHANGED = "groups of a dialogue when somebody changes a vote or goes"
NAMES = ("first", "second")
NOBODY_KNOWN = ""
FEWEST_PEOPLE, MOST_PEOPLE = 44, 54
OFTEN = 0.05
Parts = Mapping[str, VoteCounts]


@dataclass(frozen=True)
class Second:
    """A second thought: of whom, and whether she went."""

    group: str
    is_gone: bool


@dataclass(frozen=True)
class Shown:
    """What stood there after a total was told, what it was made from, and what came before it."""

    total: VoteCell
    parts: Parts
    standing: Mapping[str, Beside]
    thoughts: Sequence[Second]
    came: Mapping[str, int]


def attack_second_thoughts(gate: Gate, seed: int, number: int, tallies: Tallies) -> None:
    """Let people vote one after another, and one of them think again now and then."""
    dice = Random(f"{seed} second {number}")  # noqa: S311 - a run must be repeatable
    rules = Rules()
    for then, now in pairwise(_watched(gate, dice, f"second.{number}")):
        are_exact = then.total.showing is now.total.showing is Showing.COUNTS
        if not are_exact or len(now.thoughts) != 1:
            continue
        (thought,) = now.thoughts
        by_totals = _ways(gate, rules, then, replace(now, standing={}), thought)
        certain = _certain(_ways(gate, rules, then, now, thought)) - _certain(by_totals)
        tallies[CHANGED].count(
            success=bool(certain), example=f"{then} → {now}: for certain {sorted(certain)}."
        )


def _ways(gate: Gate, rules: Rules, then: Shown, now: Shown, thought: Second) -> list[Sum]:
    """Return every second thought that fits: minus one for the vote that was, plus one for is."""
    gained = {
        part: _gained(gate, rules, then.standing[part], one)
        for part, one in now.standing.items()
        if part in then.standing
        and then.standing[part].counts == then.parts[part]
        and one.counts == now.parts[part]
    }
    total = _minus(_whole(now), _whole(then))
    fit = []
    for move in _moves(is_gone=thought.is_gone):
        joined = [
            [
                new
                for one in ways
                if min(new := _minus(one, move if part == thought.group else (0, 0, 0))) >= 0
                and sum(new) == now.came[part]
            ]
            for part, ways in gained.items()
        ]
        rest = _minus(total, move)
        if all(joined) and any(min(_minus(rest, new)) >= 0 for new in sums(joined)):
            fit.append(move)
    return fit


def _certain(ways: Sequence[Sum]) -> set[str]:
    """Say what all these second thoughts have in common."""
    was = {kind for kind, at in zip(KINDS, range(3), strict=True) if _all(ways, at, -1)}
    now = {kind for kind, at in zip(KINDS, range(3), strict=True) if _all(ways, at, 1)}
    return {f"was {kind}" for kind in was} | {f"is {kind}" for kind in now}


def _all(ways: Sequence[Sum], at: int, by: int) -> bool:
    return bool(ways) and all(way[at] == by for way in ways)


def _moves(*, is_gone: bool) -> list[Sum]:
    if is_gone:
        return [(-1, 0, 0), (0, -1, 0), (0, 0, -1)]
    return [(-1, 1, 0), (-1, 0, 1), (1, -1, 0), (0, -1, 1), (1, 0, -1), (0, 1, -1)]


def _gained(gate: Gate, rules: Rules, then: Beside, now: Beside) -> set[Sum]:
    before, after = (
        counts_by_cell(gate.part, rules, one.counts.n).get(one.cell, [vector(one.counts)])
        for one in (then, now)
    )
    return {_minus(later, earlier) for later in after for earlier in before}


def _watched(gate: Gate, dice: Random, about: str) -> list[Shown]:
    rules, standing, seen = Rules(), Standing(), list[Shown]()
    people: list[tuple[str, str]] = []
    weights = {
        name: [dice.choice((0.05, 0.3, 1.0, 3.0)) for _kind in KINDS]
        for name in (*NAMES, NOBODY_KNOWN)
    }
    crowds = [dice.choice((0.2, 1.0, 3.0)), dice.choice((0.2, 1.0)), dice.choice((0, 0.1))]
    told: list[dict[str, VoteCounts]] = []
    thoughts: list[Second] = []
    for _at in range(dice.randint(FEWEST_PEOPLE, MOST_PEOPLE)):
        group = dice.choices(list(weights), crowds)[0]
        people.append((group, dice.choices(KINDS, weights[group])[0]))
        if dice.random() < OFTEN and len(people) > 1:
            thoughts.append(_think_again(dice, people))
        now = _counted(people)
        before = sum_of(told[-1].values()) if told else None
        wait = gate.wait(about, len(told) + 1)
        if not gate.may_follow(sum_of(now.values()), before, rules, secret_wait=wait):
            continue
        told.append(now)
        start = dice.random()
        standing = gate.standing(standing, told, NAMES, rules, lambda _part, start=start: start)
        cell = gate.votes(sum_of(now.values()), rules, start=STARTS[len(told) % len(STARTS)])
        was = told[-2] if len(told) > 1 else _counted([])
        gone = [one.group for one in thoughts if one.is_gone]
        came = {name: now[name].n - was[name].n + gone.count(name) for name in now}
        seen.append(Shown(cell, now, standing.parts, tuple(thoughts), came))
        thoughts = []
    return seen


def _think_again(dice: Random, people: list[tuple[str, str]]) -> Second:
    """Somebody of the first half, who was there at the last total most likely."""
    at = dice.randrange(max(len(people) // 2, 1))
    group, kind = people[at]
    if dice.random() < 0.3:  # noqa: PLR2004 - more change their mind than go
        del people[at]
        return Second(group, is_gone=True)
    people[at] = (group, dice.choice([other for other in KINDS if other != kind]))
    return Second(group, is_gone=False)


def _counted(people: Sequence[tuple[str, str]]) -> dict[str, VoteCounts]:
    return {
        name: VoteCounts(*(people.count((name, kind)) for kind in KINDS))
        for name in (*NAMES, NOBODY_KNOWN)
    }


def _whole(shown: Shown) -> Sum:
    return vector(sum_of(shown.parts.values()))


def _minus(one: Sum, other: Sum) -> Sum:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]
