"""The gate as an attack meets it. A weakened twin takes its place to show that an attack works."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from erdkreis.calc.privacy import (
    Beside,
    Cell,
    Rules,
    VoteCell,
    VoteCounts,
    hidden_beside,
    may_follow,
    released_cell,
    released_votes,
    released_words,
    votes_of_part,
)
from erdkreis.calc.privacy.rules import NARROWEST_BAND
from erdkreis.calc.privacy.votes import KINDS
from erdkreis.gate.deciding import released_table
from erdkreis.gate.opinion import EVERYBODY_ELSE
from erdkreis.gate.opinion_map import drawn_marks
from erdkreis.gate.opinion_parts import (
    Standing,
    cell_by_chance,
    found_standing,
    may_stand_beside,
    newer_standing,
)
from erdkreis.gate.services import secret_wait
from erdkreis.gate.tables import ReleasedTable

Totals = Sequence[Mapping[str, VoteCounts]]


def shown_parts(parts: Mapping[str, VoteCounts], rules: Rules, start: float) -> dict[str, VoteCell]:
    """Return what groups show beside the total of a statement, as the gate of opinions does."""
    beside = {
        name: Beside.hidden(counts.n)
        if name == EVERYBODY_ELSE
        else Beside(votes_of_part(counts, rules, start=start), counts, counts.n)
        for name, counts in parts.items()
    }
    hidden = hidden_beside(sum_of(parts.values()), beside, rules)
    return {
        name: Beside.hidden(0).cell if name in hidden else one.cell for name, one in beside.items()
    }


def sum_of(parts: Iterable[VoteCounts]) -> VoteCounts:
    votes = list(parts)
    return VoteCounts(*(sum(getattr(one, kind) for one in votes) for kind in KINDS))


def as_told(totals: Totals, _now: object) -> Totals:
    """Return groups as they were when totals were let out, as the gate of opinions does."""
    return totals


@dataclass(frozen=True)
class Gate:
    """What stands between counts and the public. By default the real one.

    ``waits`` is what everybody may know of the secret wait: which numbers it can be.
    """

    table: Callable[..., ReleasedTable] = released_table
    cell: Callable[..., Cell] = released_cell
    votes: Callable[..., VoteCell] = released_votes
    part: Callable[..., VoteCell] = votes_of_part
    parts: Callable[..., dict[str, VoteCell]] = shown_parts
    groups_at: Callable[..., Totals] = as_told
    standing: Callable[..., Standing] = newer_standing
    found: Callable[..., Standing] = found_standing
    by_chance: Callable[..., VoteCell | None] = cell_by_chance
    may_weigh: Callable[[VoteCounts, VoteCounts, Rules], bool] = may_stand_beside
    marks: Callable[..., list[list[Any]]] = drawn_marks
    may_follow: Callable[..., bool] = may_follow
    wait: Callable[[str, int], int] = secret_wait
    waits: range = range(NARROWEST_BAND)
    words: Callable[[Sequence[str], int, Rules, Random], tuple[str, ...]] = released_words


# Where rounding may begin; nobody outside knows where it did.
STARTS = [(i + 0.5) / 12 for i in range(12)]


@dataclass(frozen=True)
class Shown:
    """A release of one statement: after how many events it was first seen, and what it showed."""

    after: int
    cell: VoteCell


def watched(gate: Gate, rules: Rules, counts: Sequence[VoteCounts], about: str) -> list[Shown]:
    """Return the releases seen by somebody who looks after every single event."""
    before: VoteCounts | None = None
    seen: list[Shown] = []
    for at, now in enumerate(counts):
        wait = gate.wait(about, len(seen) + 1)
        if gate.may_follow(now, before, rules, secret_wait=wait):
            start = STARTS[len(seen) % len(STARTS)]
            seen.append(Shown(at, gate.votes(now, rules, start=start)))
            before = now
    return seen
