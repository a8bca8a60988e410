"""Attack on opinion groups, which are found anew at each look and are newer than the totals.

The attacker looks all the time, knows who came when, and how many people each cell was made of.
Which opinion group somebody belongs to she does not know, and neither what anybody voted. She lays
cells beside every total, of earlier and of later, and beside the cells before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from operator import gt
from random import Random

from erdkreis.calc.privacy import Beside, Rules, Showing, VoteCell, VoteCounts
from erdkreis.checks.attack import Tallies
from erdkreis.checks.gate import STARTS, Gate, sum_of
from erdkreis.checks.preimages_of_parts import (
    KINDS,
    Sum,
    certain_votes,
    counts_by_cell,
    sums,
    vector,
)
from erdkreis.gate.opinion_parts import Standing

FOUND = "opinion groups newer than the total"
IN_NONE = ""
SINCE, HIDDEN, TO_COME = "who came since", "who are in no cell", "who came later"
MOST_PEOPLE, MOST_GROUPS = 44, 3
BETWEEN_ANALYSES = 5
Total = tuple[VoteCell, VoteCounts]


@dataclass(frozen=True)
class Found:
    """Cells that were shown, of whom they were made, and how many were in none of them."""

    parts: Mapping[str, Beside]
    everybody: VoteCounts

    @property
    def n_hidden(self) -> int:
        return self.everybody.n - sum(one.counts.n for one in self.parts.values())


@dataclass
class Seen:
    totals: list[Total] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)


def attack_opinions(gate: Gate, seed: int, number: int, tallies: Tallies) -> None:
    """Let people vote one after another, and find their opinion groups anew now and then."""
    dice = Random(f"{seed} opinions {number}")  # noqa: S311 - a run must be repeatable
    rules, seen = Rules(), _watched(gate, dice, f"opinions.{number}")
    totals = [one for one in seen.totals if one[0].showing is not Showing.TOO_FEW]
    for found in seen.found:
        _lay_between(gate, rules, found, totals, tallies)
    for then, now in pairwise(seen.found):
        _lay_beside(gate, rules, then, now, tallies)


def _lay_between(
    gate: Gate, rules: Rules, found: Found, totals: Sequence[Total], tallies: Tallies
) -> None:
    """Ask what is certain of those who came since a total, before one, and of those in no cell."""
    earlier: list[Total | None] = [one for one in totals if one[1].n <= found.everybody.n]
    laters: list[Total | None] = [one for one in totals if one[1].n > found.everybody.n]
    for before, later in product([*earlier, None], [*laters, None]):
        if before is None and later is None:
            continue
        about = Between(found, before, later)
        said = about.said_by_either(gate, rules)
        for whom, certain in about.certain(gate, rules).items():
            n = about.n_of(whom)
            named = certain_votes({certain}, n, rules.min_group) if n else {}
            beyond = {kind: at for kind, at in named.items() if at > said[whom][KINDS.index(kind)]}
            tallies[FOUND].count(
                success=bool(beyond),
                example=f"{before}, {found}, {later}: of {n} {whom} for certain {beyond}.",
            )


@dataclass(frozen=True)
class Between:
    """Cells between two totals, one of which may be missing."""

    found: Found
    before: Total | None
    later: Total | None

    def n_of(self, whom: str) -> int:
        if whom == HIDDEN:
            return self.found.n_hidden
        if whom == SINCE:
            return self.found.everybody.n - (self.before[1].n if self.before else 0)
        return self.later[1].n - self.found.everybody.n if self.later else 0

    def certain(self, gate: Gate, rules: Rules) -> dict[str, Sum]:
        """Return the fewest of each kind among them, in all ways that fit cells and totals.

        Those in no cell may have voted anyhow. Of a kind there are of now no fewer than in the
        total before, and no more than in the one after.
        """
        ways: dict[str, list[Sum]] = {SINCE: [], HIDDEN: [], TO_COME: []}
        n, n_hidden = self.found.everybody.n, self.found.n_hidden
        cells = sums(_fits(gate, rules, one) for one in self.found.parts.values())
        laters = list(_wholes(gate, rules, self.later)) if self.later else [(n, n, n)]
        for old, new, cell in product(_wholes(gate, rules, self.before), laters, cells):
            low = [max(pair) for pair in zip(cell, old, strict=True)]
            high = [min(at + n_hidden, top) for at, top in zip(cell, new, strict=True)]
            if not sum(low) <= n <= sum(high) or any(map(gt, low, high)):
                continue
            least = [max(at, n - sum(high) + top) for at, top in zip(low, high, strict=True)]
            most = [min(top, n - sum(low) + at) for at, top in zip(low, high, strict=True)]
            ways[SINCE].append(_less(least, old))
            ways[HIDDEN].append(_less(least, cell))
            ways[TO_COME].append(_less(new, most) if self.later else (0, 0, 0))
        return {whom: _least(found) for whom, found in ways.items() if found}

    def said_by_either(self, gate: Gate, rules: Rules) -> dict[str, Sum]:
        """Return what totals say of so many people without cells, or cells without totals."""
        earlier, laters = _wholes(gate, rules, self.before), _wholes(gate, rules, self.later)
        between = [_less(new, old) for old, new in product(earlier, laters)]
        n_since, n_to_come = self.n_of(SINCE), self.n_of(TO_COME)
        n, n_hidden = self.found.everybody.n, self.found.n_hidden
        cells = sums(_fits(gate, rules, one) for one in self.found.parts.values())
        themselves = _least([_of_any(one, n - n_since) for one in cells])
        all_but_hidden = n - n_hidden + n_to_come if self.later else n - n_hidden
        wholes = laters if self.later else earlier
        return {
            SINCE: _most(themselves, _least([_of_any(one, n_to_come) for one in between])),
            TO_COME: _least([_of_any(one, n_since) for one in between]),
            HIDDEN: _least([_of_any(one, all_but_hidden) for one in wholes]),
        }


def _lay_beside(gate: Gate, rules: Rules, then: Found, now: Found, tallies: Tallies) -> None:
    """Take what was shown before from what is shown now: those who came in between are left."""
    n_new = now.everybody.n - then.everybody.n
    if n_new <= 0:
        return
    before, after = (
        list(sums(_fits(gate, rules, one) for one in found.parts.values())) for found in (then, now)
    )
    most = [max(at) + then.n_hidden for at in zip(*before, strict=True)]
    certain = _less(_least(after), most)
    alone = _of_any(_least(after), then.everybody.n)  # what is shown now says of any so many
    named = {
        kind: at
        for kind, at in certain_votes({certain}, n_new, rules.min_group).items()
        if at > alone[KINDS.index(kind)]
    }
    tallies[FOUND].count(
        success=bool(named), example=f"{then} → {now}: of {n_new} for certain {named}."
    )


def _watched(gate: Gate, dice: Random, about: str) -> Seen:
    rules, seen, standing = Rules(), Seen(), Standing()
    names = [f"opinion {i}" for i in range(dice.randint(2, MOST_GROUPS))]
    now = dict.fromkeys((*names, IN_NONE), VoteCounts())
    weights = {name: [dice.choice((0.01, 0.05, 0.3, 3.0)) for _kind in KINDS] for name in now}
    crowds = [dice.choice((0.3, 1.0, 3.0)) for _name in names] + [dice.choice((0, 0, 0.1))]
    fashion = dice.choice((0.0, 0.0, 0.5))  # who comes at a time comes for one reason
    leading = names[0]
    for at in range(dice.randint(24, MOST_PEOPLE)):
        if dice.random() < 0.1:  # noqa: PLR2004 - now and then another reason
            leading = dice.choice(names)
        joins = leading if dice.random() < fashion else dice.choices(list(now), crowds)[0]
        now[joins] = _one_more(now[joins], dice.choices(KINDS, weights[joins])[0])
        everybody = sum_of(now.values())
        _tell_total(gate, seen, everybody, about)
        if at % BETWEEN_ANALYSES or not seen.totals:
            continue
        start = dice.random()
        newer = gate.found(
            standing, dict(now), [one[1] for one in seen.totals], names, rules,
            lambda _part, start=start: start,
        )  # fmt: skip
        if newer is not standing and newer.parts:
            standing = newer
            seen.found.append(Found(newer.parts, everybody))
    return seen


def _tell_total(gate: Gate, seen: Seen, everybody: VoteCounts, about: str) -> None:
    rules, before = Rules(), seen.totals[-1][1] if seen.totals else None
    wait = gate.wait(about, len(seen.totals) + 1)
    if gate.may_follow(everybody, before, rules, secret_wait=wait):
        start = STARTS[len(seen.totals) % len(STARTS)]
        seen.totals.append((gate.votes(everybody, rules, start=start), everybody))


def _one_more(counts: VoteCounts, kind: str) -> VoteCounts:
    return replace(counts, **{kind: getattr(counts, kind) + 1})


def _fits(gate: Gate, rules: Rules, one: Beside) -> Sequence[Sum]:
    return counts_by_cell(gate.part, rules, one.counts.n).get(one.cell, [vector(one.counts)])


def _wholes(gate: Gate, rules: Rules, total: Total | None) -> set[Sum]:
    """Return what a total could stand for; where there is none, nobody."""
    if total is None:
        return {(0, 0, 0)}
    cell, counts = total
    if cell.showing is Showing.COUNTS:
        return {vector(counts)}
    return set(counts_by_cell(gate.votes, rules, counts.n).get(cell, [vector(counts)]))


def _of_any(whole: Sum, n_others: int) -> Sum:
    """Return the fewest of each kind among any of these people when so many others go."""
    agree, passed, disagree = (max(at - n_others, 0) for at in whole)
    return agree, passed, disagree


def _least(ways: Sequence[Sum]) -> Sum:
    agree, passed, disagree = zip(*ways, strict=True)
    return min(agree), min(passed), min(disagree)


def _most(one: Sum, other: Sum) -> Sum:
    return max(one[0], other[0]), max(one[1], other[1]), max(one[2], other[2])


def _less(one: Sequence[int], other: Sequence[int]) -> Sum:
    agree, passed, disagree = (max(a - b, 0) for a, b in zip(one, other, strict=True))
    return agree, passed, disagree
