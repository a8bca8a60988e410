"""Opinion groups and the map of a dialogue: people in marks, never one by one."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from operator import sub
from typing import Any

from erdkreis.calc.privacy import (
    Rules,
    Showing,
    Tendency,
    VoteCell,
    VoteCounts,
    heard_in_steps,
    marks,
    n_marks,
)
from erdkreis.gate.models import Release
from erdkreis.gate.opinion_found import (
    EVERYBODY_ELSE,
    HIDDEN,
    OPINION,
    Place,
    RawOpinion,
    Told,
    start_of,
)
from erdkreis.gate.opinion_parts import Standing, found_standing, kinds, together
from erdkreis.gate.opinion_shapes import most_marks, n_standing, shapes_to_show

Point = tuple[float, float]
Cells = Mapping[str | None, list[Point]]
IN_WORDS = {Tendency.AGREE: 1.0, Tendency.MIDDLE: 0.0, Tendency.DISAGREE: -1.0}
ON_THE_MAP = ("verdict", "sizes", "telling", "places", "model", "map_day")


Cell = dict[str, Any]


def _telling(
    raw: RawOpinion,
    before: Release | None,
    parts: Mapping[str, Mapping[str, Any]],
    told: Told,
    rules: Rules,
) -> tuple[list[dict[str, list[Any]]], dict[str, Any]]:
    """Return what sets each opinion group apart, and of which votes its cells were made."""
    if raw.view == OPINION:
        # The very cells that stand in the list: rounded twice they could be narrowed down.
        cells = {
            (group, key): parts.get(key, {}).get(raw.names[group], asdict(HIDDEN))
            for group, keys in enumerate(raw.telling)
            for key in keys
        }
        counted: dict[str, Any] = {}
    else:
        cells, counted = _cells_of_telling(raw, before, told, rules)
    listed = [
        {
            key: [agrees, cells[group, key]]
            for key, (agrees, _counts) in keys.items()
            if cells[group, key]["showing"] != Showing.TOO_FEW
        }
        for group, keys in enumerate(raw.telling)
    ]
    return listed, counted


def _cells_of_telling(
    raw: RawOpinion, before: Release | None, told: Told, rules: Rules
) -> tuple[dict[tuple[int, str], Cell], dict[str, Any]]:
    """Lay opinion groups beside totals, where other groups stand there, too: by the same rule."""
    last = before.content.get("telling", []) if before else []
    known = ((before.made_from or {}).get("map") or {}).get("told", {}) if before else {}
    was = {(g, key): cell for g, one in enumerate(last) for key, (_agrees, cell) in one.items()}
    cells: dict[tuple[int, str], Cell] = {}
    counted: dict[str, Any] = {}
    for key in dict.fromkeys(key for keys in raw.telling for key in keys):
        in_groups = {g: keys[key][1] for g, keys in enumerate(raw.telling) if key in keys}
        then = Standing(VoteCounts(**known[key]) if key in known else None)
        now = _found(raw, key, in_groups, then, told, rules)
        for group in in_groups:
            is_kept = now is then and key in known
            kept = was.get((group, key), asdict(HIDDEN)) if is_kept else None
            cells[group, key] = kept or asdict(now.cell(str(group)))
        if now.total is not None:
            counted[key] = asdict(now.total)
    return cells, counted


def _found(
    raw: RawOpinion,
    key: str,
    in_groups: Mapping[int, VoteCounts],
    then: Standing,
    told: Told,
    rules: Rules,
) -> Standing:
    if not (totals := told.wholes(key)):
        return then
    shown, whole = together({str(g): one for g, one in in_groups.items()}), raw.parts[key]
    others = VoteCounts(*map(sub, kinds(together(whole)), kinds(shown)))
    parts = {str(group): counts for group, counts in in_groups.items()} | {EVERYBODY_ELSE: others}
    return found_standing(
        then, parts, totals, [str(group) for group in in_groups], rules,
        lambda group: start_of(raw, key, f"opinion group {group}"),
    )  # fmt: skip


def map_of(
    raw: RawOpinion,
    before: Release | None,
    parts: Mapping[str, Mapping[str, Any]],
    told: Told,
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
    telling, counted = _telling(raw, before, parts, told, rules) if names_groups else ([], {})
    drawn = {
        "verdict": raw.verdict if names_groups or not raw.sizes else "groups too small",
        "sizes": [heard_in_steps(n, rules) for n in raw.sizes] if names_groups else [],
        "telling": telling,
        "places": drawn_marks(raw.places, settled, rules, with_groups=names_groups),
        "model": _model(raw, told) if names_groups or not raw.sizes else None,
    }
    now = {code: placed[code] for code in settled}
    return drawn, {"n_voters": raw.n_voters, "placed": known | now, "told": counted}


def _model(raw: RawOpinion, told: Told) -> dict[str, Any] | None:
    """Return what places a further person, around the totals as they are told.

    Whoever looks where she stands, again and again with other votes, could work out the middle
    it is measured from: with the votes of now a total newer than the one that is told.
    """
    if raw.model is None:
        return None
    cells = [told.totals.get(str(key), HIDDEN) for key in raw.model.get("statements", ())]
    return {**raw.model, "means": [_middle_of(cell) for cell in cells]}


def _middle_of(cell: VoteCell) -> float:
    if cell.tendency is not None:
        return IN_WORDS[cell.tendency]
    n = cell.agree + cell.passed + cell.disagree
    return round((cell.agree - cell.disagree) / n, 4) if n else 0.0


def _has_settled(n: int, before: int | None, rules: Rules) -> bool:
    """Say whether nobody of a group is new on the map, or enough of it are."""
    return before is None or n == before or abs(n - before) >= rules.min_group


def drawn_marks(
    places: Sequence[Place], shaped: Collection[str], rules: Rules, *, with_groups: bool
) -> list[list[Any]]:
    """Draw people into marks, those of one opinion group and one group they came as together.

    Nobody is left out: of an opinion group, those whose group has no shape or too few people there
    share marks without a shape. There is such a mark in each, and a group never has so many marks
    that it could be certain that all of it stand in one (`shapes_to_show`).
    """
    if len(places) < rules.rounded_below:
        return []
    n_of = Counter(code for *_place, code in places)
    by_group: dict[int | None, dict[str | None, list[Point]]] = {}
    for x, y, group, code in places:
        cells = by_group.setdefault(group if with_groups else None, {})
        cells.setdefault(code, []).append((x, y))
    counted = [{code: len(own) for code, own in cells.items()} for cells in by_group.values()]
    shown = shapes_to_show(counted, shaped, rules)
    return [
        [x, y, group, 1, code]
        for group, cells in sorted(by_group.items(), key=lambda item: _none_last(item[0]))
        for code, own in sorted(_standing(cells, shown, rules).items(), key=lambda i: i[0] or "")
        for x, y in sorted(marks(own, rules, most=_most(n_of[code], len(own), rules, code, shown)))
    ]


def _most(
    n: int, n_here: int, rules: Rules, code: str | None, shown: Collection[str]
) -> int | None:
    """Return the largest number of marks; without shapes it says no more than the size does."""
    if not shown:
        return n_marks(heard_in_steps(n_here, rules), rules)
    return most_marks(n, rules, code)


def _none_last(group: int | None) -> tuple[bool, int]:
    return group is None, group or 0


def _standing(cells: Cells, shaped: Collection[str], rules: Rules) -> Cells:
    """Put small cells together; where they are no crowd, others standing near join them."""
    n_of = {code: len(own) for code, own in cells.items()}
    standing = n_standing(n_of, shaped, rules)
    large: dict[str | None, list[Point]] = {
        code: own for code, own in cells.items() if code is not None and code in standing
    }
    rest = [place for code, own in cells.items() if code not in large for place in own]
    for code, own in large.items():
        n_lent = len(own) - standing[code]
        if n_lent:
            in_order = _nearest_first(own, rest or own)
            rest, large = rest + in_order[:n_lent], large | {code: in_order[n_lent:]}
    return large | ({None: rest} if rest else {})


def _nearest_first(
    places: Sequence[tuple[float, float]], others: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    x, y = (sum(axis) / len(others) for axis in zip(*others, strict=True))
    return sorted(places, key=lambda place: ((place[0] - x) ** 2 + (place[1] - y) ** 2, place))
