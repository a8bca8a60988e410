"""Let out what an opinion analysis found: groups in bands, marks for several people, no dots.

Everything about one dialogue leaves together and stays as it left. A newer release follows only
when enough new people voted, and within it the votes of a group only when enough of *its* people
did: until then its last cell stands.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from erdkreis.calc.privacy import (
    Rules,
    Showing,
    VoteCell,
    VoteCounts,
    heard_in_steps,
    hidden_parts,
    marks,
    may_follow,
    votes_of_part,
)
from erdkreis.circles.models import Circle
from erdkreis.gate.models import Release
from erdkreis.gate.services import secret_start
from erdkreis.gate.tables import vote_cell

Parts = Mapping[str, Mapping[str, VoteCounts]]
Place = tuple[float, float, int | None]
PREFIX = "opinion:"
# How people are laid beside each other: by the groups they came as, by opinion, or not at all.
STAKEHOLDERS, OPINION, NOBODY = "stakeholders", "opinion", "nobody"
EVERYBODY_ELSE = ""
MAP_CELLS = 60


@dataclass(frozen=True)
class RawOpinion:
    """What an analysis found, before the gate. Statements and groups are named by text keys.

    ``parts`` counts votes by statement and group, the group ``""`` holding everybody else, so that
    together they are all who voted on it. ``telling`` counts the votes of each opinion group on
    the statements that set it apart. ``findings`` says per statement in words what holds, with
    ``figures`` beside; ``model`` places a further person.
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
    circle: Circle, about: str, raw: RawOpinion, totals: Mapping[str, VoteCell], rules: Rules
) -> bool:
    """Let out an analysis of votes that still come in; say whether a release was made.

    ``totals`` have passed the gate already: the same that the page of results shows.
    """
    with transaction.atomic():
        Circle.objects.select_for_update().get(pk=circle.pk)
        before = _last(circle, about)
        if not _may_follow(raw, before, rules):
            return False
        _store(circle, about, raw, before, _protected(raw, before, totals, rules))
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
        made_from={"n_voters": raw.n_voters, "fingerprint": raw.fingerprint, "parts": counted},
        fingerprint=hashlib.sha256(written.encode()).hexdigest(),
    )


def _protected(
    raw: RawOpinion, before: Release | None, totals: Mapping[str, VoteCell], rules: Rules
) -> tuple[dict[str, Any], dict[str, Any]]:
    # Opinion groups are found anew each time: their last cells were those of other people.
    parts, counted = _parts(raw, before if raw.view == STAKEHOLDERS else None, rules)
    names_groups = bool(raw.sizes) and min(raw.sizes) >= rules.min_group
    content = _frame(raw, totals) | {
        "is_exact": False,
        "findings": {
            # Figures are made from exact counts and could be turned back into them.
            key: {name: told for name, told in found.items() if name != "figures"}
            for key, found in raw.findings.items()
        },
        "n_voters": heard_in_steps(raw.n_voters, rules),
        "parts": parts,
        "verdict": raw.verdict if names_groups or not raw.sizes else "groups too small",
        "sizes": [heard_in_steps(n, rules) for n in raw.sizes] if names_groups else [],
        "telling": [_telling(raw, group, rules) for group in range(len(raw.telling))]
        if names_groups
        else [],
        "places": _marks(raw.places, rules, with_groups=names_groups),
        "model": raw.model if names_groups or not raw.sizes else None,
    }
    return content, counted


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


def _parts(
    raw: RawOpinion, before: Release | None, rules: Rules
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return the cells to show, and the counts each of them was made from."""
    shown = before.content["parts"] if before else {}
    known = ((before.made_from or {}).get("parts", {})) if before else {}
    cells: dict[str, dict[str, Any]] = {}
    counted: dict[str, dict[str, Any]] = {}
    for key, parts in raw.parts.items():
        start_of = _starts(raw, key)
        hidden = hidden_parts(parts, rules, start_of)
        cells[key], counted[key] = {}, dict(known.get(key, {}))
        for part, counts in parts.items():
            last = counted[key].get(part)
            if may_follow(counts, VoteCounts(**last) if last else None, rules):
                cell = votes_of_part(counts, rules, start=start_of(part))
                counted[key][part] = asdict(counts)
            else:
                old = shown.get(key, {}).get(part)
                cell = vote_cell(old) if old else VoteCell(Showing.TOO_FEW)
            if part != EVERYBODY_ELSE:
                is_hidden = part in hidden
                cells[key][part] = asdict(VoteCell(Showing.TOO_FEW) if is_hidden else cell)
    return cells, counted


def _starts(raw: RawOpinion, key: str) -> Callable[[str], float]:
    return lambda part: secret_start(f"{raw.fingerprint}.{key}.{part}")


def _telling(raw: RawOpinion, group: int, rules: Rules) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {}
    for key, (agrees, counts) in raw.telling[group].items():
        if counts.n >= rules.min_group:
            start = secret_start(f"{raw.fingerprint}.{key}.opinion group {group}")
            told[key] = [agrees, asdict(votes_of_part(counts, rules, start=start))]
    return told


def _marks(places: Sequence[Place], rules: Rules, *, with_groups: bool) -> list[list[Any]]:
    """Draw each opinion group into marks of its own; who is in none, together."""
    if len(places) < rules.rounded_below:
        return []
    by_group: dict[int | None, list[tuple[float, float]]] = {}
    for x, y, group in places:
        by_group.setdefault(group if with_groups else None, []).append((x, y))
    return [
        [x, y, group, 1]
        for group, own in sorted(by_group.items(), key=lambda item: (item[0] is None, item[0]))
        for x, y in sorted(marks(own, rules))
    ]


def _gathered(places: Sequence[Place]) -> list[list[Any]]:
    """Gather people who stand all but in the same place: a page stays small, however many came."""
    if not places:
        return []
    xs, ys = [x for x, _y, _group in places], [y for _x, y, _group in places]
    widest = max(max(xs) - min(xs), max(ys) - min(ys))
    step = (widest or 1.0) / MAP_CELLS
    counts = Counter((round(x / step), round(y / step), group) for x, y, group in places)
    return [
        [round(x * step, 3), round(y * step, 3), group, n]
        for (x, y, group), n in sorted(
            counts.items(), key=lambda item: (item[0][2] is None, item[0][2] or 0, item[0][:2])
        )
    ]


def _exact(counts: VoteCounts) -> VoteCell:
    n = counts.n
    return VoteCell(Showing.COUNTS, n, n, counts.agree, counts.passed, counts.disagree)
