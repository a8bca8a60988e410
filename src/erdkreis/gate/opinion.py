"""Let out what an opinion analysis found: groups in bands, marks for several people, no dots.

Everything about one dialogue leaves together and stays as it left. A newer release follows only
when enough new people voted, and within it the votes of a group only when enough of *its* people
did: until then its last cell stands. Groups are shown as they were when the total beside them was
let out, never some votes later: those few votes would be the difference.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from erdkreis.calc.privacy import Rules, Showing, VoteCell, VoteCounts, heard_in_steps, may_follow
from erdkreis.circles.models import Circle
from erdkreis.gate.models import Release
from erdkreis.gate.opinion_found import (
    EVERYBODY_ELSE,
    NOBODY,
    OPINION,
    STAKEHOLDERS,
    Place,
    RawOpinion,
    Told,
)
from erdkreis.gate.opinion_map import map_of
from erdkreis.gate.opinion_parts import beside_by_chance, parts_beside, together
from erdkreis.gate.services import counted_behind
from erdkreis.gate.tables import vote_cell

__all__ = ["EVERYBODY_ELSE", "NOBODY", "OPINION", "STAKEHOLDERS", "Place", "RawOpinion"]

PREFIX = "opinion:"
NOTHING_FOUND = {"ground": "open", "rejection": "open", "meets_rule": False, "tension": None}
MAP_CELLS = 60


@dataclass(frozen=True)
class ReleasedOpinion:
    """What may be known, of which day, and the cells read back."""

    day: date
    content: Mapping[str, Any]

    def totals(self) -> dict[str, VoteCell]:
        return {key: vote_cell(cell) for key, cell in self.content["totals"].items()}

    def parts(self) -> dict[str, dict[str, VoteCell]]:
        return {
            key: {part: vote_cell(cell) for part, cell in cells.items()}
            for key, cells in self.content["parts"].items()
        }

    def by_chance(self) -> dict[str, VoteCell]:
        """Return the votes weighted by the chance of being shown; of older releases nothing."""
        return {key: vote_cell(cell) for key, cell in self.content.get("by_chance", {}).items()}


def last_opinion(circle: Circle, about: str) -> ReleasedOpinion | None:
    """Return what was let out last, or nothing if nothing was."""
    found = _last(circle, about)
    return ReleasedOpinion(found.released_on, found.content) if found else None


def voters_at_last_opinion() -> dict[str, int]:
    """Return how many had voted when each dialogue was let out last. For the gatekeeper only."""
    rows = Release.objects.filter(subject__startswith=PREFIX).order_by("number")
    return {
        f"{circle}/{subject}": n
        for circle, subject, n in rows.values_list("circle_id", "subject", "made_from__n_voters")
    }


def opinion_is_due(n_voters: int, before: int | None, rules: Rules) -> bool:
    """Say whether enough people voted, for the first time or since the last release."""
    return n_voters - (before or 0) >= rules.min_group


def release_opinion(
    circle: Circle,
    about: str,
    raw: RawOpinion,
    totals: Mapping[str, VoteCell],
    rules: Rules,
    *,
    votes: str,
) -> bool:
    """Let out an analysis of votes that still come in; say whether a release was made.

    ``totals`` have passed the gate already: the same that the page of results shows. ``votes`` is
    what they were let out as (`release_votes`).
    """
    with transaction.atomic():
        Circle.objects.select_for_update().get(pk=circle.pk)
        before = _last(circle, about)
        if not _may_follow(raw, before, rules):
            return False
        behind = counted_behind(circle, votes)
        _store(circle, about, raw, before, _protected(raw, before, Told(totals, behind), rules))
    return True


def publish_opinion(
    circle: Circle, about: str, raw: RawOpinion, totals: Mapping[str, VoteCell]
) -> bool:
    """Keep an analysis that anybody can make from published data: exactly as it is."""
    with transaction.atomic():
        Circle.objects.select_for_update().get(pk=circle.pk)
        before = _last(circle, about)
        if before and (before.made_from or {}).get("fingerprint") == raw.fingerprint:
            return False
        _store(circle, about, raw, before, _published(raw, totals))
    return True


def _last(circle: Circle, about: str) -> Release | None:
    return circle.releases.filter(subject=about).order_by("-number").first()


def _may_follow(raw: RawOpinion, before: Release | None, rules: Rules) -> bool:
    known = (before.made_from or {}) if before else {}
    return known.get("fingerprint") != raw.fingerprint and opinion_is_due(
        raw.n_voters, known.get("n_voters"), rules
    )


def _store(
    circle: Circle,
    about: str,
    raw: RawOpinion,
    before: Release | None,
    let_out: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    content, counted = let_out
    written = json.dumps(content, sort_keys=True)
    Release.objects.create(
        circle=circle,
        subject=about,
        number=before.number + 1 if before else 1,
        content=content,
        made_from={"n_voters": raw.n_voters, "fingerprint": raw.fingerprint, **counted},
        fingerprint=hashlib.sha256(written.encode()).hexdigest(),
    )


def _protected(
    raw: RawOpinion, before: Release | None, told: Told, rules: Rules
) -> tuple[dict[str, Any], dict[str, Any]]:
    parts, counted = parts_beside(raw, before, told, rules)
    weighed, counted_by_chance = beside_by_chance(raw, before, told, rules)
    drawn, counted_on_map = map_of(raw, before, parts, told, rules)
    content = _frame(raw, told.totals) | {
        "is_exact": False,
        "findings": _findings(raw, before, told, rules),
        "n_voters": heard_in_steps(raw.n_voters, rules),
        "parts": parts,
        "by_chance": weighed,
        **drawn,
    }
    return content, {"parts": counted, "by_chance": counted_by_chance, "map": counted_on_map}


def _findings(
    raw: RawOpinion, before: Release | None, told: Told, rules: Rules
) -> dict[str, dict[str, Any]]:
    """Say in words what holds; where only a few votes are new, the last words stand.

    Figures are made from exact counts and could be turned back into them; and a word that changes
    with one vote, because some share passes a threshold, would tell that vote.
    """
    same_groups = before is not None and before.content["names"] == list(raw.names)
    last = before.content["findings"] if before and same_groups else {}
    let_out: dict[str, dict[str, Any]] = {}
    for key, found in raw.findings.items():
        now, then = together(raw.parts.get(key, {})), told.whole(key)
        is_told = then is not None and (now == then or may_follow(now, then, rules))
        words = found if is_told else last.get(key, NOTHING_FOUND)
        let_out[key] = {name: said for name, said in words.items() if name != "figures"}
    return let_out


def _published(
    raw: RawOpinion, totals: Mapping[str, VoteCell]
) -> tuple[dict[str, Any], dict[str, Any]]:
    content = _frame(raw, totals) | {
        "is_exact": True,
        "n_voters": raw.n_voters,
        "parts": {
            key: {part: asdict(_exact(counts)) for part, counts in parts.items()}
            for key, parts in raw.parts.items()
        },
        "by_chance": {key: asdict(_exact(counts)) for key, counts in raw.by_chance.items()},
        "verdict": raw.verdict,
        "sizes": list(raw.sizes),
        "telling": [
            {key: [agrees, asdict(_exact(counts))] for key, (agrees, counts) in one.items()}
            for one in raw.telling
        ],
        "places": _gathered(raw.places),
        "model": None,
    }
    return content, {}


def _frame(raw: RawOpinion, totals: Mapping[str, VoteCell]) -> dict[str, Any]:
    return {
        "view": raw.view,
        "names": list(raw.names),
        "findings": {key: dict(found) for key, found in raw.findings.items()},
        "totals": {key: asdict(cell) for key, cell in totals.items()},
        "made_with": dict(raw.made_with),
    }


def _gathered(places: Sequence[Place]) -> list[list[Any]]:
    """Gather people who stand all but in the same place: a page stays small, however many came."""
    if not places:
        return []
    xs, ys = [place[0] for place in places], [place[1] for place in places]
    widest = max(max(xs) - min(xs), max(ys) - min(ys))
    step = (widest or 1.0) / MAP_CELLS
    counts = Counter((round(x / step), round(y / step), group) for x, y, group, _code in places)
    return [
        [round(x * step, 3), round(y * step, 3), group, n]
        for (x, y, group), n in sorted(
            counts.items(), key=lambda item: (item[0][2] is None, item[0][2] or 0, item[0][:2])
        )
    ]


def _exact(counts: VoteCounts) -> VoteCell:
    n = counts.n
    return VoteCell(Showing.COUNTS, n, n, counts.agree, counts.passed, counts.disagree)
