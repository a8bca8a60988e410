"""The result page: everything on it, in the order in which it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from erdkreis.calc.picture import Finding, Gap, Kind, Pair
from erdkreis.calc.privacy import Heard
from erdkreis.circles.default_groups import default_groups
from erdkreis.gate.services import released
from erdkreis.gate.tables import ReleasedTable
from erdkreis.pictures.analysis import PICTURE, Result, result, words_let_out
from erdkreis.pictures.apart import Advocacy, advocacies
from erdkreis.pictures.figures import (
    GAPS,
    Figure,
    bars_figure,
    chairs_figure,
    gap_figure,
    rundbild_figure,
)
from erdkreis.pictures.models import Publication
from erdkreis.pictures.queries import publication_of, replies_in
from erdkreis.pictures.rows import Chair, PictureRow, chairs, picture_rows
from erdkreis.pictures.sentences import Names, satisfaction_names, sentence, short_sentence
from erdkreis.pictures.sheets import Sheet, sheets
from erdkreis.pictures.topics import TopicRow, topic_rows
from erdkreis.questionnaires.catalogue import Catalogue, Question, catalogue
from erdkreis.questionnaires.queries import guarded
from erdkreis.rounds.models import Round, RoundGroup

AT_FIRST_SIGHT = 7


@dataclass(frozen=True)
class Told:
    """One main finding: what it is about, and its sentence."""

    kind: str
    about: str
    sentence: str


@dataclass(frozen=True)
class Block:
    """A sentence with the groups' bars beneath."""

    sentence: str
    figure: Figure
    note: str = ""
    # What a conversation about it would be about: a question or a satisfaction.
    subject: str = ""


@dataclass(frozen=True)
class ToldGap:
    """One row of the gap chart in words."""

    question: str
    group: str
    sentence: str
    expectation: str
    could_be_chance: bool
    is_observer: bool


@dataclass(frozen=True)
class ResultPage:
    """What the page shows of one round. Whoever may see it sees all of it."""

    groups: list[RoundGroup]
    names: Names
    questions: tuple[Question, ...]
    satisfactions: tuple[str, ...]
    table: ReleasedTable
    result: Result
    rows: list[PictureRow]
    seats: list[Chair]
    publication: Publication | None
    words: Mapping[tuple[str, str], tuple[str, ...]]
    advocacies: list[Advocacy]
    sheets: list[Sheet]
    topics: list[TopicRow]
    figures: Mapping[str, Figure] = field(default_factory=dict)
    grounds: list[Block] = field(default_factory=list)
    tensions: list[Block] = field(default_factory=list)

    @property
    def heard(self) -> Heard:
        return self.table.heard

    @property
    def min_group(self) -> int:
        return self.table.min_group

    @property
    def findings(self) -> list[Told]:
        return [_told(finding, self.names) for finding in self.result.findings]

    @property
    def gaps(self) -> list[ToldGap]:
        return [_told_gap(gap, self) for gap in first_gaps(self.result)]

    @property
    def pairs(self) -> list[str]:
        return [_told_pair(pair, self.names) for pair in self.result.pairs]

    @property
    def with_people(self) -> list[PictureRow]:
        return [row for row in self.rows if row.group.voice_mode != "on_record"]

    @property
    def not_asked(self) -> list[RoundGroup]:
        return [group for group in self.groups if not group.is_asked]

    @property
    def hidden(self) -> list[str]:
        """Groups that were heard but cannot be shown: said to everyone in the same words."""
        return [r.group.name for r in self.rows if r.heard.is_heard and not r.heard.is_enough]

    @property
    def rest_of_gaps(self) -> Figure | None:
        return self.figures.get(f"{GAPS}-all")

    @property
    def missing_seats(self) -> list[Chair]:
        """Groups that nobody heard enough of, or nobody asked."""
        shown = {row.group.name for row in self.rows if row.heard.is_enough}
        return [seat for seat in self.seats if seat.name not in shown]

    @property
    def is_matrix_without_owners(self) -> bool:
        return not any(group.code == "owners" and group.is_asked for group in self.groups)


def result_page(round_: Round) -> ResultPage | None:
    """Gather the page of a round, or nothing while there is no picture."""
    table = released(round_, PICTURE)
    if table is None:
        return None
    groups = list(round_.groups.select_related("round__circle__organisation"))
    texts = catalogue(round_.item_version)
    names = names_of(groups, texts)
    found = result(table, groups, round_.item_version)
    rows, seats = picture_rows(table, groups), chairs(table, groups)
    guardians = guarded(round_)
    words = {about: tuple(w.text for w in said) for about, said in words_let_out(round_).items()}
    grounds = [
        _ground(one.item, sentence(one.saying, names), found, names) for one in found.grounds
    ]
    tensions = [
        _tension(str(one["item"]), sentence(one, names), found, names) for one in found.tensions
    ]
    return ResultPage(
        groups=groups,
        names=names,
        questions=texts.questions,
        satisfactions=tuple(satisfaction_names().values()) if texts.satisfaction else (),
        table=table,
        result=found,
        rows=rows,
        seats=seats,
        publication=publication_of(round_),
        words=words,
        advocacies=advocacies(round_, groups, guardians, replies_in(round_), texts),
        sheets=sheets(table, groups, words, texts),
        topics=topic_rows(rows, texts),
        figures=_figures(rows, seats, table, found, names, texts, grounds + tensions),
        grounds=grounds,
        tensions=tensions,
    )


def names_of(groups: list[RoundGroup], texts: Catalogue) -> Names:
    language = get_language() or "en"
    titles = {q.code: q.title.in_language(language) for q in texts.questions}
    called = {group.code: group.name for group in groups}
    return Names(called, titles | satisfaction_names(), _inside(called, language))


def _inside(called: Mapping[str, str], language: str) -> dict[str, str]:
    """Return names that start small inside an English sentence: ours. Those of hosts stay."""
    if language.startswith("de"):
        return {}
    ours = {group.name["en"] for group in default_groups()}
    return {code: name[0].lower() + name[1:] for code, name in called.items() if name in ours}


def first_gaps(found: Result) -> list[Gap]:
    """Return the gaps at first sight: differences, the firm and own experience before the rest."""
    ordered = sorted(
        (gap for gap in found.gaps if gap.is_difference),
        key=lambda gap: (gap.could_be_chance, -gap.steps_apart, gap.is_observer, gap.item),
    )
    return ordered[:AT_FIRST_SIGHT]


def heard_words(heard: Heard) -> tuple[str, ...]:
    """Return what stands in the middle of the circle."""
    words = (str(heard.n_from), ngettext("voice", "voices", heard.n_from))
    return words if heard.n_from == heard.n_to else (*words, _("or more"))


def _figures(
    rows: list[PictureRow],
    seats: list[Chair],
    table: ReleasedTable,
    found: Result,
    names: Names,
    texts: Catalogue,
    blocks: list[Block],
) -> dict[str, Figure]:
    titles = [names.subject(question.code) for question in texts.questions]
    seated = {row.group.name for row in rows}
    without = [seat.name for seat in seats if seat.name not in seated]
    shown = [rundbild_figure(rows, without, titles, heard_words(table.heard)), chairs_figure(seats)]
    if first := first_gaps(found):
        title = _("Where views differ most")
        shown.append(gap_figure(found, first, names, key=GAPS, title=title))
    if rest := [gap for gap in found.gaps if gap not in first and gap.you and gap.they]:
        title = _("All other views beside the leadership’s")
        shown.append(gap_figure(found, rest, names, key=f"{GAPS}-all", title=title))
    return {figure.key: figure for figure in (*shown, *(block.figure for block in blocks))}


def _ground(subject: str, said: str, found: Result, names: Names) -> Block:
    ground = next(one for one in found.grounds if one.item == subject)
    notes = []
    if ground.could_be_chance:
        notes.append(_("So few people carry this in some group that it could be chance."))
    if ground.cannot_see:
        notes.append(_("Most cannot see it: %s.") % names.all(ground.cannot_see))
    if ground.not_heard:
        notes.append(_("Not heard on this: %s.") % names.all(ground.not_heard))
    figure = bars_figure(
        found.views[subject], names, key=f"ground-{subject}", title=names.subject(subject)
    )
    return Block(said, figure, " ".join(notes))


def _tension(subject: str, said: str, found: Result, names: Names) -> Block:
    figure = bars_figure(
        found.views[subject], names, key=f"tension-{subject}", title=names.subject(subject)
    )
    return Block(said, figure, subject=subject)


def _told(finding: Finding, names: Names) -> Told:
    about = {
        Kind.COMMON_GROUND: _("What is shared"),
        Kind.GAP: _("Seen differently"),
        Kind.TENSION: _("A tension"),
        Kind.INVISIBLE: _("Cannot be seen"),
        Kind.NOT_HEARD: _("Who is missing"),
    }
    return Told(str(finding.kind), about[finding.kind], sentence(finding.saying, names))


def _told_gap(gap: Gap, page: ResultPage) -> ToldGap:
    expected = page.result.predictions[gap.item, gap.group]
    return ToldGap(
        question=page.names.subject(gap.item),
        group=page.names.group(gap.group),
        sentence=short_sentence(gap.saying),
        expectation=short_sentence(expected.saying),
        could_be_chance=gap.could_be_chance,
        is_observer=gap.is_observer,
    )


def _told_pair(pair: Pair, names: Names) -> str:
    said = sentence(pair.saying, names)
    return f"{said} {_('This could be chance.')}" if pair.could_be_chance else said
