"""What an analysis found and what is told already: what the gate of opinions works with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from erdkreis.calc.privacy import Showing, VoteCell, VoteCounts
from erdkreis.gate.services import secret_start, whole_of

Parts = Mapping[str, Mapping[str, VoteCounts]]
# x, y, the number of the opinion group, and the key of the group somebody came as.
Place = tuple[float, float, int | None, str | None]
# How people are laid beside each other: by the groups they came as, by opinion, or not at all.
STAKEHOLDERS, OPINION, NOBODY = "stakeholders", "opinion", "nobody"
EVERYBODY_ELSE = ""
HIDDEN = VoteCell(Showing.TOO_FEW)


@dataclass(frozen=True)
class RawOpinion:
    """What an analysis found, before the gate. Statements and groups are named by text keys.

    ``parts`` counts votes by statement and group, the group ``""`` holding everybody else, so that
    together they are all who voted on it. ``telling`` counts the votes of each opinion group on
    the statements that set it apart. ``by_chance`` counts by statement as many votes as those with
    a known chance of being shown are worth when weighted by it. ``findings`` says per statement in
    words what holds, with ``figures`` beside; ``model`` places a further person.
    """

    n_voters: int
    fingerprint: str
    view: str
    names: tuple[str, ...]
    parts: Parts
    findings: Mapping[str, Mapping[str, Any]]
    verdict: str
    sizes: Sequence[int]
    telling: Sequence[Mapping[str, tuple[bool, VoteCounts]]]
    places: Sequence[Place]
    model: Mapping[str, Any] | None
    made_with: Mapping[str, Any]
    by_chance: Mapping[str, VoteCounts] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """The totals that are told, by statement, and what each of them was made from."""

    totals: Mapping[str, VoteCell]
    behind: Mapping[str, Sequence[Mapping[str, Any]]]

    def whole(self, key: str) -> VoteCounts | None:
        """Return everybody behind the total that is told."""
        return self.wholes(key)[-1] if key in self.behind else None

    def wholes(self, key: str) -> list[VoteCounts]:
        """Return everybody behind each total that was ever told, oldest first."""
        return [whole_of(one) for one in self.behind.get(key, ())]

    def by_group(self, key: str) -> list[dict[str, VoteCounts]]:
        """Return the groups behind each total that was ever told, oldest first."""
        return [
            {code: VoteCounts(**votes) for code, votes in one.get("parts", {}).items()}
            for one in self.behind.get(key, ())
        ]


def start_of(raw: RawOpinion, key: str, part: str) -> float:
    """Return where rounding begins for one cell; nobody outside knows it."""
    return secret_start(f"{raw.fingerprint}.{key}.{part}")
