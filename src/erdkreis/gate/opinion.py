"""Let out what an opinion analysis found: groups in bands, marks for several people, no dots.

Everything about one dialogue leaves together and stays as it left. A newer release follows only
when enough new people voted, and within it the votes of a group only when enough of *its* people
did: until then its last cell stands.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
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
# x, y, the number of the opinion group, and the key of the group somebody came as.
Place = tuple[float, float, int | None, str | None]
PREFIX = "opinion:"
# How people are laid beside each other: by the groups they came as, by opinion, or not at all.
STAKEHOLDERS, OPINION, NOBODY = "stakeholders", "opinion", "nobody"
EVERYBODY_ELSE = ""
MAP_CELLS = 60
ON_THE_MAP = ("verdict", "sizes", "telling", "places", "model", "map_day")


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
        made_from={"n_voters": raw.n_voters, "fingerprint": raw.fingerprint, **counted},
        fingerprint=hashlib.sha256(written.encode()).hexdigest(),
    )


def _protected(
    raw: RawOpinion, before: Release | None, totals: Mapping[str, VoteCell], rules: Rules
) -> tuple[dict[str, Any], dict[str, Any]]:
    # Opinion groups are found anew each time: their last cells were those of other people.
    parts, counted = _parts(raw, before if raw.view == STAKEHOLDERS else None, rules)
    weighed, counted_by_chance = _by_chance(raw, before, rules)
    drawn, counted_on_map = _map(raw, before, rules)
    content = _frame(raw, totals) | {
        "is_exact": False,
        "findings": {
            # Figures are made from exact counts and could be turned back into them.
            key: {name: told for name, told in found.items() if name != "figures"}
            for key, found in raw.findings.items()
        },
        "n_voters": heard_in_steps(raw.n_voters, rules),
        "parts": parts,
        "by_chance": weighed,
        **drawn,
    }
    return content, {"parts": counted, "by_chance": counted_by_chance, "map": counted_on_map}


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


def _by_chance(
    raw: RawOpinion, before: Release | None, rules: Rules
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Let out weighted votes in dots, each newer than the last only where enough votes are new.

    Exact totals stand beside them, and the weights are known to nobody outside; dots of twenty are
    all that is told, from twenty votes' worth on.
    """
    shown = before.content.get("by_chance", {}) if before else {}
    known = ((before.made_from or {}).get("by_chance", {})) if before else {}
    cells, counted = dict(shown), dict(known)
    for key, counts in raw.by_chance.items():
        last = known.get(key)
        is_enough = counts.n >= rules.rounded_below
        if is_enough and may_follow(counts, VoteCounts(**last) if last else None, rules):
            start = secret_start(f"{raw.fingerprint}.{key}.by chance")
            cells[key] = asdict(votes_of_part(counts, rules, start=start))
            counted[key] = asdict(counts)
    return cells, counted


def _telling(raw: RawOpinion, group: int, rules: Rules) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {}
    for key, (agrees, counts) in raw.telling[group].items():
        if counts.n >= rules.min_group:
            start = secret_start(f"{raw.fingerprint}.{key}.opinion group {group}")
            told[key] = [agrees, asdict(votes_of_part(counts, rules, start=start))]
    return told


def _map(
    raw: RawOpinion, before: Release | None, rules: Rules
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return opinion groups and map, and how many of each group stood on it when it was drawn.

    A mark may tell which group its people came as. Two maps can be laid beside each other, so where
    only some few of a group are new, its last map stands; for twenty people at most, then the group
    is drawn without a shape of its own until enough of it are new.
    """
    placed = Counter(code for *_place, code in raw.places if code is not None)
    last = ((before.made_from or {}).get("map") or {}) if before else {}
    known = last.get("placed", {})
    large = {code for code, n in placed.items() if n >= rules.unanimous_below}
    settled = {code for code in large if _has_settled(placed[code], known.get(code), rules)}
    is_new = raw.n_voters - last.get("n_voters", 0) >= rules.rounded_below
    if before is not None and large - settled and before.content["places"] and not is_new:
        kept = {key: before.content[key] for key in ON_THE_MAP if key in before.content}
        return {"map_day": before.released_on.isoformat(), **kept}, last
    names_groups = bool(raw.sizes) and min(raw.sizes) >= rules.min_group
    drawn = {
        "verdict": raw.verdict if names_groups or not raw.sizes else "groups too small",
        "sizes": [heard_in_steps(n, rules) for n in raw.sizes] if names_groups else [],
        "telling": [_telling(raw, group, rules) for group in range(len(raw.telling))]
        if names_groups
        else [],
        "places": _marks(raw.places, settled, rules, with_groups=names_groups),
        "model": raw.model if names_groups or not raw.sizes else None,
    }
    now = {code: placed[code] for code in settled}
    return drawn, {"n_voters": raw.n_voters, "placed": known | now}


def _has_settled(n: int, before: int | None, rules: Rules) -> bool:
    """Say whether nobody of a group is new on the map, or enough of it are."""
    return before is None or n == before or abs(n - before) >= rules.min_group


def _marks(
    places: Sequence[Place], shaped: Collection[str], rules: Rules, *, with_groups: bool
) -> list[list[Any]]:
    """Draw people into marks, those of one opinion group and one group they came as together.

    Nobody is left out: of an opinion group, those whose group has no shape or too few people there
    share marks without a shape.
    """
    if len(places) < rules.rounded_below:
        return []
    by_group: dict[int | None, dict[str | None, list[tuple[float, float]]]] = {}
    for x, y, group, code in places:
        cells = by_group.setdefault(group if with_groups else None, {})
        cells.setdefault(code if code in shaped else None, []).append((x, y))
    return [
        [x, y, group, 1, code]
        for group, cells in sorted(by_group.items(), key=lambda item: _none_last(item[0]))
        for code, own in sorted(_large_enough(cells, rules).items(), key=lambda i: i[0] or "")
        for x, y in sorted(marks(own, rules))
    ]


def _none_last(group: int | None) -> tuple[bool, int]:
    return group is None, group or 0


def _large_enough(
    cells: Mapping[str | None, list[tuple[float, float]]], rules: Rules
) -> dict[str | None, list[tuple[float, float]]]:
    """Put small cells together; a handful that is left over is joined by others standing near."""
    large = {
        code: own for code, own in cells.items() if code is not None and len(own) >= rules.min_group
    }
    rest = [place for code, own in cells.items() if code not in large for place in own]
    if large and 0 < len(rest) < rules.min_group:
        lending = max(large, key=lambda code: (len(large[code]), code or ""))
        own = _nearest_first(large.pop(lending), rest)
        n_lent = rules.min_group - len(rest)
        if len(own) - n_lent < rules.min_group:
            n_lent = len(own)
        rest += own[:n_lent]
        if own[n_lent:]:
            large[lending] = own[n_lent:]
    return large | ({None: rest} if rest else {})


def _nearest_first(
    places: Sequence[tuple[float, float]], others: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    x, y = (sum(axis) / len(others) for axis in zip(*others, strict=True))
    return sorted(places, key=lambda place: ((place[0] - x) ** 2 + (place[1] - y) ** 2, place))


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
