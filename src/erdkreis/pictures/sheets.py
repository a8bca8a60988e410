"""All that was asked: per question each group's own sentence, its answers and its words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from erdkreis.gate.tables import ReleasedGroup, ReleasedTable
from erdkreis.pictures.rows import PictureCell, item_cell, parts
from erdkreis.questionnaires.catalogue import Catalogue, Wording
from erdkreis.questionnaires.steps import Step, steps
from erdkreis.rounds.models import Round, RoundGroup

# Of own words a random few stand in the whole picture; all of them on the page of their group.
AT_FIRST = 12


@dataclass(frozen=True)
class Entry:
    """One sentence of one group, with what it answered and what people of it wrote."""

    group: RoundGroup
    item: str
    wording: Wording
    cell: PictureCell | None
    words: tuple[str, ...]
    # How these people came, where that is told.
    way: str = ""
    # Which of the words stand here.
    begin: int = 0
    end: int = AT_FIRST

    @property
    def words_here(self) -> tuple[str, ...]:
        return self.words[self.begin : self.end]

    @property
    def has_more(self) -> bool:
        return len(self.words_here) < len(self.words)

    @property
    def subject(self) -> str:
        """What a conversation about it would be about: a question, or a satisfaction."""
        first, _dot, rest = self.item.partition(".")
        of_whom, _dot, last = rest.partition(".")
        if first == "satisfaction":
            return last
        return first if of_whom and last == "core" else ""


@dataclass(frozen=True)
class Sheet:
    """One of the six questions, or what was asked at the end."""

    title: str
    ask: Wording | None
    entries: tuple[Entry, ...]


def sheets(
    table: ReleasedTable,
    groups: list[RoundGroup],
    words: Mapping[tuple[str, str], tuple[str, ...]],
    texts: Catalogue,
) -> list[Sheet]:
    """Return everything that was asked, question by question."""
    asked = [
        (group, released, step)
        for group in groups
        if group.voice_mode != "on_record" and (released := table.group(group.code)) is not None
        for step in _steps(group)
    ]

    def entries(belongs: str) -> tuple[Entry, ...]:
        found = (_entries(g, r, s, words) for g, r, s in asked if _belongs_to(s) == belongs)
        return tuple(chain.from_iterable(found))

    found = [Sheet(_title(q.title), q.ask, entries(q.code)) for q in texts.questions]
    found.append(Sheet(_("Satisfaction"), None, entries("satisfaction")))
    found.append(Sheet(_("Looking ahead, in own words"), None, entries("closing")))
    return [sheet for sheet in found if sheet.entries]


def _steps(group: RoundGroup) -> tuple[Step, ...]:
    return steps(
        group.round.item_version,
        group.code,
        is_long=group.round.form == Round.Form.LONG,
        extra_questions=tuple(group.extra_questions),
    )


def _title(wording: Wording) -> str:
    return wording.in_language(get_language() or "en")


def _belongs_to(step: Step) -> str:
    return step.question.code if step.question else step.item.code.partition(".")[0]


def _entries(
    group: RoundGroup,
    released: ReleasedGroup,
    step: Step,
    words: Mapping[tuple[str, str], tuple[str, ...]],
) -> list[Entry]:
    """Return one entry, or more where invited and open link stand apart."""
    item = step.item
    said = words.get((group.code, item.code), ())
    if not item.is_rated:
        return [Entry(group, item.code, item.wording, None, said)] if said else []
    found = [
        Entry(group, item.code, item.wording, item_cell(item, part), (), way)
        for part, way in parts(released)
    ]
    if len(found) == 1:
        return [replace(found[0], words=said)]
    # Which way those came who wrote is told nowhere: their words stand on their own.
    return [*found, Entry(group, item.code, item.wording, None, said)] if said else found
