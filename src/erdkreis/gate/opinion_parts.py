"""Groups, and votes weighted by chance, beside the total of a statement."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from operator import ge, sub
from typing import Any

from erdkreis.calc.privacy import (
    Beside,
    Rules,
    Showing,
    VoteCell,
    VoteCounts,
    crowd_is_told,
    hidden_beside,
    may_follow,
    move_is_told,
    newcomers_are_told,
    newcomers_may_be_told,
    released_votes,
    votes_of_part,
)
from erdkreis.calc.privacy.votes import KINDS
from erdkreis.gate.models import Release
from erdkreis.gate.opinion_found import HIDDEN, STAKEHOLDERS, RawOpinion, Told, start_of
from erdkreis.gate.tables import vote_cell


def parts_beside(
    raw: RawOpinion, before: Release | None, told: Told, rules: Rules
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return the cells to show, and what each of them, and the total beside, was made from."""
    last = before if before and before.content["names"] == list(raw.names) else None
    cells: dict[str, dict[str, Any]] = {}
    counted: dict[str, dict[str, Any]] = {}
    for key in raw.parts:
        now = _standing(raw, key, told, _then(last, key), rules)
        cells[key] = {part: asdict(now.cell(part)) for part in raw.names}
        counted[key] = now.as_json()
    return cells, counted


def _standing(raw: RawOpinion, key: str, told: Told, then: "Standing", rules: Rules) -> "Standing":
    total, start = told.whole(key), partial(start_of, raw, key)
    if total is None:
        return then
    if raw.view == STAKEHOLDERS:
        return newer_standing(then, told.by_group(key), raw.names, rules, start)
    return found_standing(then, raw.parts[key], told.wholes(key), raw.names, rules, start)


def found_standing(
    then: "Standing",
    parts: Mapping[str, VoteCounts],
    totals: Sequence[VoteCounts],
    names: Collection[str],
    rules: Rules,
    start: Callable[[str], float],
) -> "Standing":
    """Lay groups that were found anew beside totals that are told: all of them, or those of then.

    Opinion groups are found anew each time: nobody knows them of the moment of an older total, and
    their last cells were those of other people. ``totals`` are all that were told, oldest first.
    Cells of a later moment than the last total must not tell who came since any total, nor who
    comes until the next; and two moments between totals are a crowd apart.
    """
    everybody, total = together(parts), totals[-1]
    if not may_stand_beside(everybody, total, rules):
        return then
    is_later = everybody != total
    if is_later and then.total and abs(everybody.n - then.total.n) < rules.min_group:
        return then
    now = newer_standing(Standing(), [parts], names, rules, start)
    shown = [one for one in now.parts.values() if one.is_shown]
    if is_later and newcomers_may_be_told(everybody, shown, rules, total):
        return then
    # From an older total that somebody of then has left nothing is certain any more.
    since = [one for one in totals[:-1] if all(map(ge, kinds(everybody), kinds(one)))]
    if any(crowd_is_told(earlier, everybody, shown, rules) for earlier in [*since, total]):
        return then
    return now


@dataclass(frozen=True)
class Standing:
    """What of the groups stands beside the total of one statement, and what it was made from."""

    total: VoteCounts | None = None
    parts: Mapping[str, Beside] = field(default_factory=dict)

    def cell(self, part: str) -> VoteCell:
        return self.parts[part].cell if part in self.parts else HIDDEN

    def as_json(self) -> dict[str, Any]:
        shown = {part: asdict(one.counts) for part, one in self.parts.items() if one.is_shown}
        return {"total": asdict(self.total) if self.total else None, "parts": shown}


def _then(last: Release | None, key: str) -> Standing:
    """Return what stood there last. Cells of releases from before totals were kept stand alone."""
    known = (last.made_from or {}).get("parts", {}).get(key, {}) if last else {}
    if not last or not known.get("total"):
        return Standing()
    return Standing(
        VoteCounts(**known["total"]),
        {
            part: Beside(vote_cell(last.content["parts"][key][part]), VoteCounts(**votes), 0)
            for part, votes in known["parts"].items()
        },
    )


def newer_standing(
    then: Standing,
    totals: Sequence[Mapping[str, VoteCounts]],
    names: Collection[str],
    rules: Rules,
    start: Callable[[str], float],
) -> Standing:
    """Lay the groups beside the total: each anew, or as it was last where too few of it are new.

    ``totals`` are the groups behind every total that was told, oldest first. What was shown is
    remembered by those who saw it, so that hiding it later is of no use: where something would be
    told, newer cells do not come.
    """
    parts, total = totals[-1], together(totals[-1])
    if total == then.total:
        return then
    beside = {part: Beside.hidden(counts.n) for part, counts in parts.items()}
    for part in names:
        counts, last = parts.get(part, VoteCounts()), then.parts.get(part)
        if may_follow(counts, last.counts if last else None, rules):
            cell = votes_of_part(counts, rules, start=start(part))
            beside[part] = Beside(cell, counts, counts.n)
        elif last:
            beside[part] = replace(last, n=counts.n)
    hidden = hidden_beside(total, beside, rules)
    now = Standing(total, {part: one for part, one in beside.items() if part not in hidden})
    would_tell = (
        bool(hidden & then.parts.keys())
        or _tells_who_moved(then, now, rules)
        or any(newcomers_are_told(earlier, now.parts, rules) for earlier in totals[:-1])
    )
    return then if would_tell else now


def _tells_who_moved(then: Standing, now: Standing, rules: Rules) -> bool:
    if then.total is None or now.total is None:
        return False
    pairs = [(one, now.parts[part]) for part, one in then.parts.items()]
    moves = [(old, new) for old, new in pairs if old.counts != new.counts]
    return move_is_told((then.total, now.total), moves, rules)


def may_stand_beside(now: VoteCounts, total: VoteCounts, rules: Rules) -> bool:
    """Say whether what is made from the votes of now may stand beside a total told earlier.

    Of the very same votes; or of so many more that they are a crowd, and so few that a crowd is
    still to come before the next exact total. After a total in words that may come sooner.
    """
    n_new, few = now.n - total.n, rules.min_group
    is_exact = released_votes(total, rules).showing is Showing.COUNTS
    return now == total or (is_exact and few <= n_new <= rules.exact_from - few)


def cell_by_chance(
    counts: VoteCounts,
    last: VoteCounts | None,
    totals: Sequence[VoteCounts],
    now: VoteCounts,
    rules: Rules,
    start: float,
) -> VoteCell | None:
    """Return votes weighted by chance in dots, where enough are new and nothing would be told.

    Exact totals stand beside them: ``totals`` are all that were told, oldest first, and others will
    follow. Who comes between two totals does not vote alike; but those who come between ``now`` and
    the next one may, and must not be told by it, whoever of now is without a chance. Where all
    chances are alike, weighted votes are plain ones: those without a chance (picked from the list)
    and those that came since a total are the difference. Where some kind of vote is more and some
    less than in the total, weights moved it, or both of these at once, and nothing follows.
    """
    if counts.n < rules.rounded_below or not may_follow(counts, last, rules):
        return None
    cell = votes_of_part(counts, rules, start=start)
    total, part = totals[-1], Beside(cell, counts, counts.n)
    beside = {"by chance": part, "rest": Beside.hidden(max(total.n - counts.n, 0))}
    moves = list(map(sub, kinds(total), kinds(counts)))
    is_mixed = min(moves) < 0 < max(moves)
    if not is_mixed and "by chance" in hidden_beside(total, beside, rules):
        return None
    if now != total and newcomers_may_be_told(now, [part], rules):
        return None
    of_all = {"by chance": part}
    if any(newcomers_are_told({"by chance": one}, of_all, rules) for one in totals[:-1]):
        return None
    return cell


def kinds(votes: VoteCounts) -> tuple[int, ...]:
    return tuple(getattr(votes, kind) for kind in KINDS)


def together(parts: Mapping[str, VoteCounts]) -> VoteCounts:
    votes = parts.values()
    return VoteCounts(
        sum(v.agree for v in votes), sum(v.passed for v in votes), sum(v.disagree for v in votes)
    )


def beside_by_chance(
    raw: RawOpinion, before: Release | None, told: Told, rules: Rules
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return weighted votes to show, each with its counts: the last where none may follow."""
    cells = dict(before.content.get("by_chance", {})) if before else {}
    counted = dict((before.made_from or {}).get("by_chance", {})) if before else {}
    for key, counts in raw.by_chance.items():
        total = told.whole(key)
        now = together(raw.parts.get(key, {}))
        if total is None or not may_stand_beside(now, total, rules):
            continue
        last = VoteCounts(**counted[key]) if key in counted else None
        start = start_of(raw, key, "by chance")
        cell = cell_by_chance(counts, last, told.wholes(key), now, rules, start)
        if cell is not None:
            cells[key], counted[key] = asdict(cell), asdict(counts)
    return cells, counted
