"""The first picture as a page shows it: one row per group, one cell per question."""

from dataclasses import dataclass, replace

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from erdkreis.calc.picture import Distribution, distribution, is_split, summary
from erdkreis.calc.privacy import Cell, Heard, Showing, Tendency
from erdkreis.gate.tables import ReleasedGroup, ReleasedTable, Spoken
from erdkreis.pictures.sentences import satisfaction_names
from erdkreis.questionnaires.catalogue import OBSERVER, Item, Question, catalogue
from erdkreis.questionnaires.paths import asks_about, is_asked
from erdkreis.questionnaires.steps import core_item
from erdkreis.rounds.models import RoundGroup

NOT_ASKED = "not_asked"
TOO_FEW_FILL, ENOUGH_FILL = 0.12, 0.3


@dataclass(frozen=True)
class PictureCell:
    """One group on one question, in the only form in which it may be shown."""

    kind: str
    sentence: str = ""
    distribution: Distribution | None = None
    spoken: tuple[Spoken, ...] = ()
    is_observer: bool = False
    tendency: str = ""
    is_split: bool = False
    # On a phone, where a table has no columns, each cell says its question itself.
    question: str = ""


@dataclass(frozen=True)
class PictureRow:
    """One group: how it was heard, and its cells in the order of the questions."""

    group: RoundGroup
    heard: Heard
    heard_sentence: str
    cells: tuple[PictureCell, ...]
    # The four satisfactions, in their order.
    satisfactions: tuple[PictureCell, ...] = ()
    is_open_link: bool = False
    # How these people came, where that is told.
    way: str = ""
    # Whether those who came another way are a row of their own.
    is_part: bool = False

    @property
    def name(self) -> str:
        """Return what tells this row from all others."""
        return f"{self.group.name} ({self.way})" if self.is_part else self.group.name

    @property
    def is_chosen_part(self) -> bool:
        """Say whether these are the ones apart who chose to come: no drawing speaks of them."""
        return self.is_part and self.is_open_link


@dataclass(frozen=True)
class Chair:
    """One group around the circle: how full its chair is, and what stands below."""

    name: str
    fill: float
    sentence: str
    is_asked: bool


def picture_rows(table: ReleasedTable, groups: list[RoundGroup]) -> list[PictureRow]:
    rows = []
    for group in groups:
        released = table.group(group.code)
        if not group.is_asked or released is None:
            continue
        for part, way in parts(released):
            is_by_link = part is not released
            row = _row(group, part, table.min_group, size=None if is_by_link else group.size)
            is_open_link = is_by_link or part.is_open_link
            rows.append(
                replace(row, is_open_link=is_open_link, way=way, is_part=bool(released.by_link))
            )
    return rows


def parts(released: ReleasedGroup) -> list[tuple[ReleasedGroup, str]]:
    """Return the group, or those invited and those of the open link apart, and how they came."""
    if released.by_link is None:
        way = _("partly by open link: not representative") if released.is_open_link else ""
        return [(released, way)]
    by_link = ReleasedGroup(released.code, released.by_link.heard, released.by_link.cells)
    return [
        (released, _("by invitation")),
        (by_link, _("by open link: not representative")),
    ]


def _row(
    group: RoundGroup, released: ReleasedGroup, min_group: int, *, size: int | None
) -> PictureRow:
    texts = catalogue(group.round.item_version)
    satisfied, language = satisfaction_names(), get_language() or "en"
    return PictureRow(
        group=group,
        heard=released.heard,
        heard_sentence=heard_sentence(released, size, min_group),
        cells=tuple(
            replace(
                _cell(question, group, released),
                question=question.title.in_language(language),
            )
            for question in texts.questions
        ),
        satisfactions=tuple(
            replace(_satisfaction_cell(item, group, released), question=satisfied[item.subject])
            for item in texts.satisfaction_of(group.code)
        ),
    )


def chairs(table: ReleasedTable, groups: list[RoundGroup]) -> list[Chair]:
    """Return the chairs around the circle, in the order of the groups."""
    found = []
    for group in groups:
        released = table.group(group.code)
        if not group.is_asked or released is None:
            reason = _("Not asked, because: %(reason)s") % {"reason": group.not_asked_reason}
            found.append(Chair(group.name, 0, reason, is_asked=False))
            continue
        released = replace(released, heard=released.heard_in_all)
        sentence = heard_sentence(released, group.size, table.min_group)
        found.append(Chair(group.name, _fill(released, group.size), sentence, is_asked=True))
    return found


def heard_sentence(released: ReleasedGroup, size: int | None, min_group: int) -> str:
    """Say how many were heard, of how many, and no more than may be said."""
    heard = released.heard
    if not heard.is_heard:
        return _("Asked, but nobody answered.")
    if not released.is_anonymous:
        return _spoken_sentence(released)
    if not heard.is_enough:
        return _("Heard, but fewer than %(n)s: too few for a picture.") % {"n": min_group}
    number = str(heard.n_from) if heard.n_from == heard.n_to else f"{heard.n_from}–{heard.n_to}"
    if size:
        return _("%(number)s of about %(size)s heard") % {"number": number, "size": size}
    return ngettext("%(number)s voice", "%(number)s voices", heard.n_to) % {"number": number}


def n_sentence(cell: Cell) -> str:
    """Say how many answers a cell stands on."""
    if cell.n_from == cell.n_to:
        return _("n = %(n)s") % {"n": cell.n_from}
    return _("n = %(low)s to %(high)s") % {"low": cell.n_from, "high": cell.n_to}


def _cell(question: Question, group: RoundGroup, released: ReleasedGroup) -> PictureCell:
    item = core_item(question, group.code, extra=question.code in group.extra_questions)
    if item is None or not is_asked(question, group):
        return PictureCell(NOT_ASKED, _("not asked"))
    return item_cell(item, released)


def _satisfaction_cell(item: Item, group: RoundGroup, released: ReleasedGroup) -> PictureCell:
    if not asks_about(group, item.subject):
        return PictureCell(NOT_ASKED, _("not asked"))
    return item_cell(item, released)


def item_cell(item: Item, released: ReleasedGroup) -> PictureCell:
    """Show one group's answers to one item in the only form in which they may be shown."""
    if not released.is_anonymous:
        spoken = tuple(s for s in released.spoken if s.item == item.code)
        if not spoken:
            return PictureCell(Showing.SILENT, _sentence(Cell(Showing.SILENT)))
        return PictureCell("spoken", spoken=spoken)
    is_too_small = released.heard.is_heard and not released.heard.is_enough
    nothing = Cell(Showing.TOO_FEW if is_too_small else Showing.SILENT)
    cell = released.cells.get(item.code, nothing)
    shown = distribution(cell) if cell.steps else None
    return PictureCell(
        cell.showing,
        _sentence(cell),
        shown,
        is_observer=item.view == OBSERVER,
        tendency=str(cell.tendency or ""),
        is_split=shown is not None and is_split(summary(shown)),
    )


def _sentence(cell: Cell) -> str:
    if cell.showing == Showing.TENDENCY:
        words = {
            Tendency.AGREE: _("mostly agree"),
            Tendency.MIDDLE: _("mostly in the middle"),
            Tendency.DISAGREE: _("mostly disagree"),
        }
        return f"{words[cell.tendency or Tendency.MIDDLE]}, {n_sentence(cell)}"
    return {
        Showing.COUNTS: n_sentence(cell),
        Showing.DOTS: n_sentence(cell),
        Showing.CANNOT_SEE: _("most cannot see this"),
        Showing.TOO_FEW: _("too few"),
        Showing.SILENT: _("no answer"),
    }[cell.showing]


def _spoken_sentence(released: ReleasedGroup) -> str:
    names = {spoken.who for spoken in released.spoken if spoken.who}
    if not names:
        return _("One agreed answer for all.")
    n = len(names)
    return ngettext("%(n)s person spoke by name.", "%(n)s people spoke by name.", n) % {"n": n}


def _fill(released: ReleasedGroup, size: int | None) -> float:
    """Return how full a chair is: against the size of the group, or simply taken.

    A chair in which enough people sit never looks emptier than one in which too few do.
    """
    heard = released.heard
    if not heard.is_heard:
        return 0.0
    if not released.is_anonymous:
        return 1.0
    if not heard.is_enough:
        return TOO_FEW_FILL
    return max(ENOUGH_FILL, min(heard.n_from / size, 1.0)) if size else 1.0
