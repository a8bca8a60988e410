"""Attacks on groups, and on votes weighted by chance, beside totals that change while people vote.

The attacker looks after every single vote, keeps everything she ever saw, and knows who came when,
as whom, and whether she was asked or picked the statement from the list. What she does not know is
what anybody voted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random

from erdkreis.calc.privacy import Beside, Rules, Showing, VoteCell, VoteCounts
from erdkreis.checks.attack import Tallies
from erdkreis.checks.gate import STARTS, Gate, sum_of
from erdkreis.checks.preimages_of_parts import (
    KINDS,
    Sum,
    certain_votes,
    counts_by_cell,
    differences,
    sums,
    vector,
)
from erdkreis.gate.opinion_parts import Standing

GROUPS = "totals and groups of a dialogue at different times"
CHANCE = "votes weighted by chance beside the total"
NAMES = ("first", "second")
NOBODY_KNOWN = ""
MOST_PEOPLE = 40
BETWEEN_ANALYSES = 5


@dataclass(frozen=True)
class Total:
    """A total as it was told, what it was made from, and how many of each group were in it."""

    cell: VoteCell
    counts: VoteCounts
    parts: dict[str, VoteCounts]
    n_asked: int  # all others picked the statement from the list


@dataclass
class Seen:
    """Everything she saw, in the order in which it came."""

    totals: list[Total] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    by_chance: list[tuple[VoteCell, VoteCounts]] = field(default_factory=list)


def attack_beside(gate: Gate, seed: int, number: int, tallies: Tallies) -> None:
    """Let people of two groups, and some without one, vote on a statement one after another."""
    dice = Random(f"{seed} beside {number}")  # noqa: S311 - a run must be repeatable
    rules, seen = Rules(), _watched(gate, dice, f"beside.{number}")
    totals = [one for one in seen.totals if one.cell.showing is not Showing.TOO_FEW]
    for standing in seen.standings:
        for total in totals:
            _take_groups_away(gate, rules, (totals, total), standing, tallies)
    for (old, then), (new, now) in pairwise(_with_totals(seen.standings, totals)):
        _compare(gate, rules, (old, then), (new, now), tallies)
    for cell, counts in seen.by_chance:
        for total in totals:
            _take_chance_away(gate, rules, total, (cell, counts), tallies)


def _take_groups_away(
    gate: Gate,
    rules: Rules,
    told: tuple[Sequence[Total], Total],
    standing: Standing,
    tallies: Tallies,
) -> None:
    totals, total = told
    shown, n_left = standing.parts, total.counts.n
    in_total = {part: total.parts.get(part, VoteCounts()).n for part in shown}
    newer = {part: one.counts.n - in_total[part] for part, one in shown.items()}
    n_left -= sum(one.counts.n for one in shown.values())
    hidden = [counts.n for part, counts in total.parts.items() if part not in shown]
    if not n_left or (max(newer.values()) > 0 and (any(hidden) or min(newer.values()) < 0)):
        return  # both ways at once: more open than either alone
    fits = {part: _fits(gate, rules, one) for part, one in shown.items()}
    wholes, groups = _wholes(gate, rules, total), sums(fits.values())
    ways = differences(wholes, groups) if n_left > 0 else differences(groups, wholes)
    few = max((n for n in hidden if n < rules.min_group), default=0)
    certain = certain_votes(ways, abs(n_left), rules.min_group, few)
    if n_left > 0:
        earlier = [one for one in totals if one.counts.n < total.counts.n]
        least = _said_by_totals(gate, rules, (earlier, total), standing, n_left)
        said = {kind: max(at) for kind, at in zip(KINDS, zip(*least, strict=True), strict=True)}
    else:
        said = _said_of_newcomers(fits, in_total)
    beyond = {kind: n for kind, n in certain.items() if n > said.get(kind, 0)}
    tallies[GROUPS].count(
        success=bool(beyond), example=f"{total} and {shown}: of {n_left} for certain {beyond}."
    )


def _of_so_many(wholes: set[Sum], n: int) -> set[Sum]:
    """Return the least of each kind among so many of everybody, whoever they are."""
    return {
        (max(a - others, 0), max(p - others, 0), max(d - others, 0))
        for a, p, d in wholes
        for others in [a + p + d - n]
    }


def _said_by_totals(
    gate: Gate,
    rules: Rules,
    told: tuple[Sequence[Total], Total],
    standing: Standing,
    n_left: int,
) -> list[Sum]:
    """Return the least of each kind among those who are left, by totals and nothing else.

    By this total alone; and by what came since each earlier one, of which she knows how many of
    those who are left were in it, and how many came later. What totals say of any so many people
    is no number of a group, and nobody is named by it: groups may not add to it.
    """
    earlier, total = told
    wholes = _wholes(gate, rules, total)
    least = [_least(_of_so_many(wholes, n_left))]
    for old in earlier:
        n_old = sum(
            max(counts.n - standing.parts[part].counts.n, 0) if part in standing.parts else counts.n
            for part, counts in old.parts.items()
        )
        wholes_before = _wholes(gate, rules, old)
        came = differences(wholes, wholes_before)
        of_old, of_new = _of_so_many(wholes_before, n_old), _of_so_many(came, n_left - n_old)
        least.append(_plus(_least(of_old), _least(of_new)))
    return least


def _least(ways: Iterable[Sum]) -> Sum:
    agree, passed, disagree = zip(*ways, strict=True)
    return min(agree), min(passed), min(disagree)


def _plus(one: Sum, other: Sum) -> Sum:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _said_of_newcomers(
    fits: Mapping[str, Sequence[Sum]], before: Mapping[str, int]
) -> dict[str, int]:
    """Return what each cell says itself of those of its people who were not in the total."""
    return {
        kind: sum(
            max(min(fit[at] for fit in could_be) - before[part], 0)
            for part, could_be in fits.items()
        )
        for at, kind in enumerate(KINDS)
    }


def _compare(
    gate: Gate,
    rules: Rules,
    old: tuple[Standing, Total],
    new: tuple[Standing, Total],
    tallies: Tallies,
) -> None:
    """Take what groups gained from what the total gained."""
    moved = [
        (one, new[0].parts[part])
        for part, one in old[0].parts.items()
        if part in new[0].parts and new[0].parts[part].counts != one.counts
    ]
    gained = [
        list(differences(_fits(gate, rules, now), _fits(gate, rules, then))) for then, now in moved
    ]
    whole = differences(_wholes(gate, rules, new[1]), _wholes(gate, rules, old[1]))
    n_left = new[1].counts.n - old[1].counts.n
    n_left -= sum(now.counts.n - then.counts.n for then, now in moved)
    if n_left <= 0:
        return
    if _is_said_anyway(whole, n_left, rules.min_group):
        return
    certain = certain_votes(differences(whole, sums(gained)), n_left, rules.min_group)
    tallies[GROUPS].count(
        success=bool(certain), example=f"{old} → {new}: of {n_left} for certain {certain}."
    )


def _take_chance_away(
    gate: Gate, rules: Rules, total: Total, told: tuple[VoteCell, VoteCounts], tallies: Tallies
) -> None:
    cell, counts = told
    n_left = total.counts.n - counts.n
    if counts.n > total.n_asked < total.counts.n:
        return  # some are in the total alone, others newer than it: more open than either alone
    if not n_left or _is_said_anyway(_wholes(gate, rules, total), abs(n_left), rules.min_group):
        return
    weighed = counts_by_cell(gate.part, rules, counts.n).get(cell, [vector(counts)])
    wholes = _wholes(gate, rules, total)
    ways = differences(wholes, weighed) if n_left > 0 else differences(weighed, wholes)
    certain = certain_votes(ways, abs(n_left), rules.min_group)
    tallies[CHANCE].count(
        success=bool(certain), example=f"{total} and {cell}: of {n_left} for certain {certain}."
    )


def _is_said_anyway(wholes: set[Sum], n_left: int, minimum: int) -> bool:
    """Say whether so many of everybody must have voted alike, whoever they are."""
    return bool(certain_votes(_of_so_many(wholes, n_left), n_left, minimum))


def _fits(gate: Gate, rules: Rules, one: Beside) -> Sequence[Sum]:
    return counts_by_cell(gate.part, rules, one.counts.n).get(one.cell, [vector(one.counts)])


def _wholes(gate: Gate, rules: Rules, total: Total) -> set[Sum]:
    if total.cell.showing is Showing.COUNTS:
        return {vector(total.counts)}
    fits = counts_by_cell(gate.votes, rules, total.counts.n)
    return set(fits.get(total.cell, [vector(total.counts)]))


def _with_totals(
    standings: Sequence[Standing], totals: Sequence[Total]
) -> list[tuple[Standing, Total]]:
    """Lay each state of the groups beside the total that stood there then."""
    found = {one.counts: one for one in totals}
    return [(one, found[one.total]) for one in standings if one.total in found]


def _watched(gate: Gate, dice: Random, about: str) -> Seen:
    rules, seen, standing = Rules(), Seen(), Standing()
    now = dict.fromkeys((*NAMES, NOBODY_KNOWN), VoteCounts())
    asked, last_by_chance = VoteCounts(), None
    weights = {name: [dice.choice((0.05, 0.3, 1.0, 3.0)) for _kind in KINDS] for name in now}
    crowds = [dice.choice((0.2, 1.0, 3.0)), dice.choice((0.2, 1.0, 3.0)), dice.choice((0, 0.1))]
    from_list = dice.choice((0.0, 0.05, 0.2))
    for at in range(dice.randint(15, MOST_PEOPLE)):
        came_as = dice.choices(list(now), crowds)[0]
        kind = dice.choices(KINDS, weights[came_as])[0]
        now[came_as] = _one_more(now[came_as], kind)
        if dice.random() >= from_list:
            asked = _one_more(asked, kind)
        _tell_total(gate, seen, now, asked.n, about)
        if at % BETWEEN_ANALYSES or not seen.totals:
            continue
        total = seen.totals[-1]
        groups = gate.groups_at([one.parts for one in seen.totals], dict(now))
        start = dice.random()
        newer = gate.standing(standing, groups, NAMES, rules, lambda _part, start=start: start)
        if newer is not standing and newer.parts:
            standing = newer
            seen.standings.append(newer)
        cell = None
        everybody = sum_of(now.values())
        if gate.may_weigh(everybody, total.counts, rules):
            told = [one.counts for one in seen.totals]
            cell = gate.by_chance(asked, last_by_chance, told, everybody, rules, dice.random())
        if cell is not None:
            last_by_chance = asked
            seen.by_chance.append((cell, asked))
    return seen


def _tell_total(
    gate: Gate, seen: Seen, now: dict[str, VoteCounts], n_asked: int, about: str
) -> None:
    counts, rules = sum_of(now.values()), Rules()
    before = seen.totals[-1].counts if seen.totals else None
    wait = gate.wait(about, len(seen.totals) + 1)
    if gate.may_follow(counts, before, rules, secret_wait=wait):
        start = STARTS[len(seen.totals) % len(STARTS)]
        cell = gate.votes(counts, rules, start=start)
        seen.totals.append(Total(cell, counts, dict(now), n_asked))


def _one_more(counts: VoteCounts, kind: str) -> VoteCounts:
    return replace(counts, **{kind: getattr(counts, kind) + 1})
