"""The gate as an attack meets it. A weakened twin takes its place to show that an attack works."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from erdkreis.calc.privacy import (
    Cell,
    Rules,
    Showing,
    VoteCell,
    VoteCounts,
    hidden_parts,
    may_follow,
    released_cell,
    released_votes,
    released_words,
    votes_of_part,
)
from erdkreis.calc.privacy.rules import NARROWEST_BAND
from erdkreis.gate.opinion import EVERYBODY_ELSE
from erdkreis.gate.services import released_table, secret_wait
from erdkreis.gate.tables import ReleasedTable


def shown_parts(parts: Mapping[str, VoteCounts], rules: Rules, start: float) -> dict[str, VoteCell]:
    """Return what groups show beside the total of a statement, as the gate of opinions does."""
    hidden = hidden_parts(parts, rules, lambda _part: start)
    return {
        name: VoteCell(Showing.TOO_FEW)
        if name in hidden or name == EVERYBODY_ELSE
        else votes_of_part(counts, rules, start=start)
        for name, counts in parts.items()
    }


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
