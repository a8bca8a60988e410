"""What the pages say of an analysis: sentences, bars and names, from released numbers only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from erdkreis.calc.privacy import Showing, VoteCell
from erdkreis.circles.models import Group
from erdkreis.dialogues.models import Dialogue, Statement
from erdkreis.dialogues.opinion_bars import (
    HIDDEN,
    GroupBar,
    bar_by_chance,
    bar_of,
    share,
    weighted_bar,
)
from erdkreis.dialogues.opinion_groups import (
    OpinionGroupRow,
    OpinionMap,
    map_of,
    opinion_groups,
)
from erdkreis.dialogues.queries import (
    counted_statements,
    groups_to_come_as,
    sizes_of_groups,
)
from erdkreis.gate.opinion import OPINION, STAKEHOLDERS, ReleasedOpinion

N_PEOPLE_MAP_ADVISED = 50
FAR_APART = 0.5
NOTABLE = 0.1


@dataclass(frozen=True)
class StatementRow:
    """One statement with everything that is said of it."""

    number: int
    wording: str
    language: str
    everybody: GroupBar
    weighted: GroupBar | None
    by_chance: GroupBar | None
    is_changed_by_chance: bool
    groups: list[GroupBar]
    ground: str
    ground_word: str
    notes: list[str]
    is_tension: bool
    agreement: float
    apart: float

    @property
    def bars(self) -> list[GroupBar]:
        """Everybody, the same weighted where groups have a weight, and each group."""
        return [bar for bar in (self.everybody, self.weighted, *self.groups) if bar]

    @property
    def cells(self) -> list[GroupBar]:
        """Return the same for the table, which also tells what weights by chance make of it."""
        return [bar for bar in (self.everybody, self.by_chance, self.weighted, *self.groups) if bar]


@dataclass(frozen=True)
class OpinionPage:
    """Everything the page of an analysis shows."""

    day: Any
    n_voters: int
    is_exact: bool
    verdict: str
    map_is_advised: bool
    map: OpinionMap | None
    rows: list[StatementRow]
    common_ground: list[StatementRow]
    perhaps: list[StatementRow]
    rejected: list[StatementRow]
    tensions: list[StatementRow]
    most_agreed: list[StatementRow]
    groups: list[OpinionGroupRow]
    spoke: list[str]
    not_heard: list[str]
    min_group: int
    weighting: str
    n_by_chance: int
    n_changed_by_chance: int
    made_with: Mapping[str, Any]


def page_of(
    dialogue: Dialogue, released: ReleasedOpinion, own: tuple[float, float] | None = None
) -> OpinionPage:
    """Lay what was let out beside the words of a dialogue as they are today."""
    groups, statements = list(groups_to_come_as(dialogue)), counted_statements(dialogue)
    sizes = sizes_of_groups(dialogue, groups)
    return opinion_page(released, statements, groups, dialogue.min_group, sizes=sizes, own=own)


def opinion_page(
    released: ReleasedOpinion,
    statements: Sequence[Statement],
    groups: Sequence[Group],
    min_group: int,
    *,
    sizes: Mapping[str, int | None],
    own: tuple[float, float] | None = None,
) -> OpinionPage:
    """Make everything that is said from what was let out.

    ``sizes`` is how many people each group has, by its code, None where nobody knows. ``own`` is
    the place of the one who looks, for the page that nobody else gets.
    """
    content = released.content
    wording = {str(s.pk): s for s in statements}
    found = opinion_groups(content, wording, min_group)
    names = _names(content, groups, found)
    cells = _cells(released)
    weights = weights_of(content["names"], sizes) if content["view"] == STAKEHOLDERS else {}
    rows = [
        _row(s, cells.get(key, NOTHING), content, names, weights, min_group)
        for key, s in wording.items()
        if key in content["findings"]
    ]
    shown = [row for row in rows if row.everybody.bar is not None]
    by_agreement = sorted(shown, key=lambda row: -row.agreement)
    known = content["view"] == STAKEHOLDERS
    called = {group.code: group.name for group in groups}
    return OpinionPage(
        day=released.day,
        n_voters=content["n_voters"],
        is_exact=content["is_exact"],
        verdict=verdict_sentence(content["verdict"], len(content["sizes"])),
        map_is_advised=content["n_voters"] >= N_PEOPLE_MAP_ADVISED,
        map=map_of(content, found, called, min_group, own),
        rows=rows,
        common_ground=[row for row in by_agreement if row.ground == "yes"],
        perhaps=[row for row in by_agreement if row.ground == "perhaps"],
        rejected=[row for row in by_agreement[::-1] if row.ground == "rejected"],
        tensions=sorted((row for row in shown if row.is_tension), key=lambda row: -row.apart),
        most_agreed=[] if names else by_agreement,
        groups=found,
        spoke=[group.name for group in groups if group.code in names] if known else [],
        not_heard=[group.name for group in groups if group.code not in names] if known else [],
        min_group=min_group,
        weighting=_weighting(rows, sizes, weights),
        n_by_chance=sum(row.by_chance is not None for row in rows),
        n_changed_by_chance=sum(row.is_changed_by_chance for row in rows),
        made_with=content["made_with"],
    )


def weights_of(names: Sequence[str], sizes: Mapping[str, int | None]) -> dict[str, float]:
    """Return the weight of each group: its size, or one voice each where a size is not known."""
    if all(sizes.get(code) for code in names):
        return {code: float(sizes[code] or 0) for code in names}
    return dict.fromkeys(names, 1.0)


def verdict_sentence(verdict: str, k: int) -> str:
    """Say in one sentence whether there are opinion groups. That it cannot be told is a result."""
    sentences = {
        "stable": ngettext(
            "There is %(k)s opinion group, and it would come back if other people were asked.",
            "There are %(k)s opinion groups, and they would come back if other people were asked.",
            k,
        ),
        "uncertain": ngettext(
            "Perhaps there is %(k)s opinion group; its border would move with other people.",
            "Perhaps there are %(k)s opinion groups; their borders would move with other people.",
            k,
        ),
        "one cloud": _("Opinions differ gradually; there are no separate groups."),
        "not stable": _("Groups could be drawn, but with other people others would come out."),
        "no pattern": _("Votes on different statements do not go together; there are no groups."),
        "too few votes": _("Too few votes to tell whether there are opinion groups."),
        "too few people": _(
            "Too few people to tell whether there are opinion groups: "
            "at least 20 with seven votes each are needed."
        ),
        "groups too small": _("Opinion groups show, but one of them is too small to be shown."),
    }
    return sentences[verdict] % {"k": k}


def _names(
    content: Mapping[str, Any], groups: Sequence[Group], found: Sequence[OpinionGroupRow]
) -> dict[str, tuple[str, str]]:
    """Return how the groups beside each other are called, and the letter on the map if any."""
    if content["view"] == STAKEHOLDERS:
        called = {group.code: group.name for group in groups}
        return {code: (called[code], "") for code in content["names"] if code in called}
    if content["view"] == OPINION and found:
        return {str(at): (group.short_name, group.letter) for at, group in enumerate(found)}
    return {}


@dataclass(frozen=True)
class Cells:
    """What was let out of the votes on one statement."""

    total: VoteCell = HIDDEN
    by_chance: VoteCell = HIDDEN
    parts: Mapping[str, VoteCell] = field(default_factory=dict)


NOTHING = Cells()


def _cells(released: ReleasedOpinion) -> dict[str, Cells]:
    totals, parts, by_chance = released.totals(), released.parts(), released.by_chance()
    return {
        key: Cells(total, by_chance.get(key, HIDDEN), parts.get(key, {}))
        for key, total in totals.items()
    }


def _row(
    statement: Statement,
    cells: Cells,
    content: Mapping[str, Any],
    names: Mapping[str, tuple[str, str]],
    weights: Mapping[str, float],
    min_group: int,
) -> StatementRow:
    found = content["findings"][str(statement.pk)]
    total, parts = cells.total, cells.parts
    everybody = bar_of(_("Everybody"), "", total, min_group)
    groups = [
        bar_of(name, letter, parts.get(code, HIDDEN), min_group)
        for code, (name, letter) in names.items()
    ]
    ground = _ground(found) if names else "open"
    by_chance = bar_by_chance(cells.by_chance) if everybody.bar is not None else None
    is_changed = by_chance is not None and abs(share(cells.by_chance) - share(total)) >= NOTABLE
    tension = _tension(found, parts, names)
    notes = [tension] if tension else []
    if by_chance is not None and is_changed:
        notes.append(
            _("Weighted by the chance of being shown: %(told)s.") % {"told": by_chance.sentence}
        )
    if content["is_exact"] and names:
        notes += _figures(found, is_ground=ground in {"yes", "perhaps"})
    return StatementRow(
        number=statement.number,
        wording=statement.wording,
        language="" if statement.starter else statement.language,
        everybody=everybody,
        weighted=weighted_bar(parts, weights),
        by_chance=by_chance,
        is_changed_by_chance=is_changed,
        groups=groups,
        ground=ground,
        ground_word=_ground_word(ground),
        notes=notes,
        is_tension=bool(tension),
        agreement=share(total),
        apart=_apart(found, parts) if tension else 0.0,
    )


def _ground(found: Mapping[str, Any]) -> str:
    """Join rule and statistics: where they do not say the same, it is open."""
    if found["ground"] == "yes":
        return "yes"
    if found["rejection"] == "yes":
        return "rejected"
    if found["ground"] == "open" and found.get("meets_rule"):
        return "perhaps"
    return "no" if found["ground"] == "no" else "open"


def _ground_word(ground: str) -> str:
    return {
        "yes": _("common ground"),
        "rejected": _("rejected by all"),
        "perhaps": _("open: too few votes to be sure"),
        "open": _("open"),
        "no": _("no"),
    }[ground]


def _tension(
    found: Mapping[str, Any],
    parts: Mapping[str, VoteCell],
    names: Mapping[str, tuple[str, str]],
) -> str:
    """Say between whom a tension lies and how far apart they are; both must be shown."""
    pull = found["tension"]
    if not pull or pull["more"] not in names or pull["less"] not in names:
        return ""
    if any(parts.get(pull[at], HIDDEN).showing is Showing.TOO_FEW for at in ("more", "less")):
        return ""
    told = {at: " ".join(reversed(names[pull[at]])).strip() for at in ("more", "less")}
    if pull.get("by_rule_only"):  # missing in what was let out earlier
        return (
            _("Open: %(more)s and %(less)s pull in opposite directions, but chance could do that.")
            % told
        )
    if pull["answer"] == "yes":
        return _("Most agree in one group (%(more)s), most disagree in another (%(less)s).") % told
    if _apart(found, parts) >= FAR_APART:
        return _("Far apart, though not in opposite directions: %(more)s and %(less)s.") % told
    return _("They differ, though not in opposite directions: %(more)s and %(less)s.") % told


def _apart(found: Mapping[str, Any], parts: Mapping[str, VoteCell]) -> float:
    pull = found["tension"]
    return share(parts[pull["more"]]) - share(parts[pull["less"]])


def _figures(found: Mapping[str, Any], *, is_ground: bool) -> list[str]:
    figures, notes = found.get("figures", {}), []
    if "effect" in figures:
        notes.append(
            _("Difference %(effect)s percentage points (%(low)s to %(high)s), q = %(q)s.") % figures
        )
    if is_ground:
        notes.append(_("Probability that every group has a majority: %(percent)s %%.") % figures)
    return notes


def _weighting(
    rows: Sequence[StatementRow], sizes: Mapping[str, int | None], weights: Mapping[str, float]
) -> str:
    """Say once what the weights are; nothing where nothing is weighted."""
    if not any(row.weighted for row in rows):
        return ""
    if all(sizes.get(code) for code in weights):
        return _(
            "Who took part is not who is affected. “Weighted” counts each group by the number of "
            "people in it, as the host stated it."
        )
    return _(
        "Who took part is not who is affected, and the size of at least one group is not known. "
        "“Weighted” gives each group one voice, however many of it voted: a choice, not a fact."
    )
