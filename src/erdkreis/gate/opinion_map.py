"""Opinion groups and the map of a dialogue: people in marks, never one by one."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from erdkreis.calc.privacy import Rules, Showing, heard_in_steps, marks, votes_of_part
from erdkreis.gate.models import Release
from erdkreis.gate.opinion_found import HIDDEN, OPINION, Place, RawOpinion, start_of

ON_THE_MAP = ("verdict", "sizes", "telling", "places", "model", "map_day")


def _telling(
    raw: RawOpinion, group: int, parts: Mapping[str, Mapping[str, Any]], rules: Rules
) -> dict[str, list[Any]]:
    told: dict[str, list[Any]] = {}
    for key, (agrees, counts) in raw.telling[group].items():
        if raw.view == OPINION:
            # The very cell that stands in the list: rounded twice it could be narrowed down.
            cell = parts.get(key, {}).get(raw.names[group], asdict(HIDDEN))
            if cell["showing"] != Showing.TOO_FEW:
                told[key] = [agrees, cell]
        elif counts.n >= rules.min_group:
            start = start_of(raw, key, f"opinion group {group}")
            told[key] = [agrees, asdict(votes_of_part(counts, rules, start=start))]
    return told


def map_of(
    raw: RawOpinion,
    before: Release | None,
    parts: Mapping[str, Mapping[str, Any]],
    rules: Rules,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return opinion groups and map, and how many of each group stood on it when it was drawn.

    A mark may tell which group its people came as. Two maps can be laid beside each other, so where
    only some few of a group are new, its last map stands; for twenty people at most, then the group
    is drawn without a shape of its own until enough of it are new.
    """
    placed = Counter(code for *_place, code in raw.places if code is not None)
    last = ((before.made_from or {}).get("map") or {}) if before else {}
    known = last.get("placed", {})
    at_least = max(rules.unanimous_below, 2 * rules.min_group)
    large = {code for code, n in placed.items() if n >= at_least}
    settled = {code for code in large if _has_settled(placed[code], known.get(code), rules)}
    is_new = raw.n_voters - last.get("n_voters", 0) >= rules.rounded_below
    if before is not None and large - settled and before.content["places"] and not is_new:
        kept = {key: before.content[key] for key in ON_THE_MAP if key in before.content}
        return {"map_day": before.released_on.isoformat(), **kept}, last
    names_groups = bool(raw.sizes) and min(raw.sizes) >= rules.min_group
    drawn = {
        "verdict": raw.verdict if names_groups or not raw.sizes else "groups too small",
        "sizes": [heard_in_steps(n, rules) for n in raw.sizes] if names_groups else [],
        "telling": [_telling(raw, group, parts, rules) for group in range(len(raw.telling))]
        if names_groups
        else [],
        "places": drawn_marks(raw.places, settled, rules, with_groups=names_groups),
        "model": raw.model if names_groups or not raw.sizes else None,
    }
    now = {code: placed[code] for code in settled}
    return drawn, {"n_voters": raw.n_voters, "placed": known | now}


def _has_settled(n: int, before: int | None, rules: Rules) -> bool:
    """Say whether nobody of a group is new on the map, or enough of it are."""
    return before is None or n == before or abs(n - before) >= rules.min_group


def drawn_marks(
    places: Sequence[Place], shaped: Collection[str], rules: Rules, *, with_groups: bool
) -> list[list[Any]]:
    """Draw people into marks, those of one opinion group and one group they came as together.

    Nobody is left out: of an opinion group, those whose group has no shape or too few people there
    share marks without a shape. There is such a mark in each, and a group never has as many marks
    as five of it a mark would allow: else it could be certain that all of it stand in one.
    """
    if len(places) < rules.rounded_below:
        return []
    n_of = Counter(code for *_place, code in places)
    by_group: dict[int | None, dict[str | None, list[tuple[float, float]]]] = {}
    for x, y, group, code in places:
        cells = by_group.setdefault(group if with_groups else None, {})
        cells.setdefault(code if code in shaped else None, []).append((x, y))
    return [
        [x, y, group, 1, code]
        for group, cells in sorted(by_group.items(), key=lambda item: _none_last(item[0]))
        for code, own in sorted(_large_enough(cells, rules).items(), key=lambda i: i[0] or "")
        for x, y in sorted(marks(own, rules, most=_most_marks(n_of[code], rules, code)))
    ]


def _most_marks(n: int, rules: Rules, code: str | None) -> int | None:
    return None if code is None else n // rules.min_group - 1


def _none_last(group: int | None) -> tuple[bool, int]:
    return group is None, group or 0


def _large_enough(
    cells: Mapping[str | None, list[tuple[float, float]]], rules: Rules
) -> dict[str | None, list[tuple[float, float]]]:
    """Put small cells together; where they are no crowd, others standing near join them."""
    large = {
        code: own for code, own in cells.items() if code is not None and len(own) >= rules.min_group
    }
    rest = [place for code, own in cells.items() if code not in large for place in own]
    if large and len(rest) < rules.min_group:
        lending = max(large, key=lambda code: (len(large[code]), code or ""))
        own = large.pop(lending)
        own = _nearest_first(own, rest or own)
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
