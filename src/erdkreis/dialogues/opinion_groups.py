"""Opinion groups and the map: what was let out of them, in words, a drawing and a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from erdkreis.dialogues.models import Statement
from erdkreis.dialogues.opinion_bars import bar_of
from erdkreis.drawing import opinion_map as chart
from erdkreis.drawing.svg import Markup
from erdkreis.gate.opinion import STAKEHOLDERS
from erdkreis.gate.tables import vote_cell

N_CHARACTERS_NAME, N_CHARACTERS_SHORT = 70, 28
CLEARLY_NEAREST = 0.75
MARK_OF_SEVERAL = 7.0


class Placed(Protocol):
    """Where one person stands on the map."""

    @property
    def group(self) -> int | None: ...
    @property
    def probability(self) -> float: ...


@dataclass(frozen=True)
class Telling:
    """A statement that sets an opinion group apart, and how the group voted on it."""

    sentence: str
    wording: str
    language: str
    votes: str


@dataclass(frozen=True)
class OpinionGroupRow:
    """One opinion group: its mark on the map, its size, and the statements that name it."""

    letter: str
    icon: Markup
    name: str
    short_name: str
    size: str
    telling: list[Telling]


@dataclass(frozen=True)
class ShapeRow:
    """One shape on the map and the group whose people it stands for."""

    icon: Markup
    name: str


@dataclass(frozen=True)
class WhereRow:
    """One opinion group, and about how many of each shape stand in it."""

    group: OpinionGroupRow | None
    cells: list[str]


@dataclass(frozen=True)
class OpinionMap:
    """The drawing with its legend, and the same as a table.

    ``day`` only where the map is older than the rest of the page.
    """

    drawing: Markup
    is_line: bool
    shapes: list[ShapeRow]
    table: list[WhereRow]
    day: date | None


def opinion_groups(
    content: Mapping[str, Any], wording: Mapping[str, Statement], min_group: int
) -> list[OpinionGroupRow]:
    icon = chart.hull_icon if content["view"] == STAKEHOLDERS else chart.shape_icon
    rows = []
    for at, (size, told) in enumerate(zip(content["sizes"], content["telling"], strict=True)):
        telling = [
            Telling(
                _("mostly agrees with") if agrees else _("mostly disagrees with"),
                wording[key].wording,
                "" if wording[key].starter else wording[key].language,
                bar_of("", "", vote_cell(cell), min_group).sentence,
            )
            for key, (agrees, cell) in told.items()
            if key in wording
        ]
        rows.append(
            OpinionGroupRow(
                chart.letter(at),
                Markup(icon(at)),
                _name(telling, N_CHARACTERS_NAME),
                _name(telling, N_CHARACTERS_SHORT),
                _size(size, is_exact=content["is_exact"]),
                telling,
            )
        )
    return rows


def _name(telling: Sequence[Telling], n_characters: int) -> str:
    if not telling:
        return _("no statement sets this group apart")
    first = telling[0]
    wording = shortened(first.wording, n_characters)
    return _("%(sentence)s “%(wording)s”") % {"sentence": first.sentence, "wording": wording}


def _size(n: int, *, is_exact: bool) -> str:
    if is_exact:
        return ngettext("%(n)s person", "%(n)s people", n) % {"n": n}
    return _("at least %(n)s people") % {"n": n}


def shortened(text: str, n_characters: int) -> str:
    """Cut a text, at a word where it has any, so that it can be a name."""
    if len(text) <= n_characters:
        return text
    return text[:n_characters].rsplit(" ", 1)[0].rstrip(".,;:") + "…"


def map_of(
    content: Mapping[str, Any],
    groups: Sequence[OpinionGroupRow],
    called: Mapping[str, str],
    min_group: int,
    own: tuple[float, float] | None,
) -> OpinionMap | None:
    """Draw the map, if there is one. ``called`` names the groups people came as."""
    if not content["places"]:
        return None
    # Older releases do not tell what people came as.
    places = [(*place, None)[:5] for place in content["places"]]
    codes = [code for code in content["names"] if any(code == place[4] for place in places)]
    shape = {code: at for at, code in enumerate(codes) if code in called and at < len(chart.SHAPES)}
    people = [chart.Person(x, y, at, n, shape.get(code)) for x, y, at, n, code in places]
    words = chart.Words(
        _("Opinion map"),
        _(
            "Those who voted alike stand close together. The lists on this page say the same in "
            "words."
        ),
        _("You"),
    )
    smallest = chart.SMALLEST_MARK if content["is_exact"] else MARK_OF_SEVERAL
    by_stakeholder = content["view"] == STAKEHOLDERS
    drawn = chart.opinion_map(
        people, words, own=own, smallest=smallest, by_stakeholder=by_stakeholder
    )
    shown = [(at, called[code]) for code, at in shape.items()] if by_stakeholder else []
    rows = [*((at, name) for at, name in shown), (None, _("several groups, or none"))]
    return OpinionMap(
        drawing=Markup(drawn),
        is_line=chart.is_line(people),
        shapes=[ShapeRow(Markup(chart.stakeholder_icon(at)), name) for at, name in rows]
        if shown
        else [],
        table=_where(people, groups, [at for at, _name in rows], min_group) if shown else [],
        day=date.fromisoformat(content["map_day"]) if "map_day" in content else None,
    )


def _where(
    people: Sequence[chart.Person],
    groups: Sequence[OpinionGroupRow],
    shapes: Sequence[int | None],
    min_group: int,
) -> list[WhereRow]:
    """Count marks: each stands for the minimum of people or more."""
    marks = Counter((person.group, person.shape) for person in people)
    rows: list[tuple[int | None, OpinionGroupRow | None]] = [*enumerate(groups), (None, None)]
    return [
        WhereRow(group, [_at_least(marks[at, shape] * min_group) for shape in shapes])
        for at, group in rows
        if any(marks[at, shape] for shape in shapes)
    ]


def _at_least(n: int) -> str:
    return _("at least %(n)s") % {"n": n} if n else "–"


@dataclass(frozen=True)
class Standing:
    """Where the one who looks stands, in words."""

    nearest: OpinionGroupRow | None
    is_clear: bool


def own_standing(place: Placed, groups: Sequence[OpinionGroupRow]) -> Standing:
    """Name the nearest opinion group; between two of them it is said that it is not clear."""
    if place.group is None or place.group >= len(groups):
        return Standing(None, is_clear=False)
    return Standing(groups[place.group], is_clear=place.probability >= CLEARLY_NEAREST)
