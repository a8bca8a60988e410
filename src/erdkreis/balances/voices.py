"""What groups said about the cells of the matrix, as the gate let it out. Beside points, not in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from erdkreis.balances.texts import language, texts
from erdkreis.calc.picture import distribution
from erdkreis.calc.privacy import Cell, Showing, Tendency
from erdkreis.circles.models import Circle
from erdkreis.gate.services import released
from erdkreis.gate.tables import ReleasedGroup, Spoken
from erdkreis.pictures.analysis import PICTURE
from erdkreis.questionnaires.catalogue import Catalogue, Item, catalogue
from erdkreis.questionnaires.paths import is_asked
from erdkreis.questionnaires.steps import core_item
from erdkreis.rounds.models import LEADERSHIP, Round, RoundGroup

TENDENCIES = {Tendency.AGREE: 4.0, Tendency.MIDDLE: 3.0, Tendency.DISAGREE: 2.0}


@dataclass(frozen=True)
class VoiceLine:
    """One group on one sentence, in the only form in which it may be shown."""

    group_code: str
    group: str
    item_code: str
    question: str
    question_title: str
    item: str
    sentence: str
    is_core: bool
    is_hidden: bool = False
    is_observer: bool = False
    is_self_view: bool = False
    # Said to the main question as a whole, for no sentence belongs to this cell itself.
    is_general: bool = False
    # Middle answer, 1 to 5; nothing where it is hidden, silent or was spoken openly.
    middle: float | None = None


@dataclass(frozen=True)
class VoicesBeside:
    """What was said in one round, by topic of the matrix."""

    round: Round
    topics: Mapping[str, list[VoiceLine]]

    def shortly(self, topic: str) -> list[VoiceLine]:
        """Return one line per group: the core sentence where there is one."""
        lines: dict[str, VoiceLine] = {}
        for line in sorted(self.topics.get(topic, ()), key=lambda line: not line.is_core):
            lines.setdefault(line.group, line)
        return list(lines.values())


def rounds_with_picture(circle: Circle) -> list[Round]:
    """Return the rounds whose picture may have been let out, newest first."""
    reached = Round.STATES_IN_ORDER[Round.STATES_IN_ORDER.index(Round.State.PICTURE) :]
    return list(circle.rounds.filter(state__in=reached).order_by("-pk"))


def voices_beside(round_: Round) -> VoicesBeside | None:
    """Read the released picture of a round by topic; nothing if none was let out."""
    table = released(round_, PICTURE)
    if table is None:
        return None
    asked = catalogue(round_.item_version)
    items = {item.code: item for question in asked.questions for item in question.items}
    topics: dict[str, list[VoiceLine]] = {}
    for group in round_.groups.filter(is_asked=True):
        found = table.group(group.code)
        if found is None:
            continue
        for item in _items(group, found, asked, items):
            topics.setdefault(item.topic, []).append(_line(group, found, item, asked))
    return VoicesBeside(round_, _said_in_general(topics) | topics)


def _said_in_general(topics: Mapping[str, list[VoiceLine]]) -> dict[str, list[VoiceLine]]:
    """Return what was said to the main question of each cell, whichever cell its sentence has."""
    core = [line for lines in topics.values() for line in lines if line.is_core]
    found = {
        topic: [replace(line, is_general=True) for line in core if line.question == question]
        for topic, question in texts("questions").items()
    }
    return {topic: lines for topic, lines in found.items() if lines}


def _items(
    group: RoundGroup, found: ReleasedGroup, asked: Catalogue, items: Mapping[str, Item]
) -> Iterator[Item]:
    """Yield what this group was asked about a topic: core sentences, then what else came out."""
    codes: dict[str, None] = {}
    for question in asked.questions:
        core = core_item(question, group.code, extra=question.code in group.extra_questions)
        if core is not None and is_asked(question, group):
            codes[core.code] = None
            items = {**items, core.code: core}
    codes |= dict.fromkeys([*found.cells, *(spoken.item for spoken in found.spoken)])
    for code in codes:
        item = items.get(code)
        if item is not None and item.topic and item.is_rated:
            yield item


def _line(group: RoundGroup, found: ReleasedGroup, item: Item, texts: Catalogue) -> VoiceLine:
    organisation = group.round.circle.organisation.name
    cell = found.cells.get(item.code, _nothing(found))
    question = item.code.partition(".")[0]
    titles = {one.code: one.title.in_language(language()) for one in texts.questions}
    spoken = tuple(one for one in found.spoken if one.item == item.code)
    middle, sentence = _said(cell, item, texts)
    if not found.is_anonymous:
        middle, sentence = None, _spoken(spoken, item, texts)
    return VoiceLine(
        group_code=group.code,
        group=group.name,
        item_code=item.code,
        question=question,
        question_title=titles.get(question, ""),
        item=item.wording.in_language(language(), org=organisation, name=organisation),
        sentence=sentence,
        is_core=item.kind == "core",
        is_hidden=found.is_anonymous and cell.showing == Showing.TOO_FEW,
        is_observer=item.view == "observer",
        is_self_view=group.code == LEADERSHIP,
        middle=middle,
    )


def _nothing(found: ReleasedGroup) -> Cell:
    is_hidden = found.heard.is_heard and not found.heard.is_enough
    return Cell(Showing.TOO_FEW if is_hidden else Showing.SILENT)


def _said(cell: Cell, item: Item, texts: Catalogue) -> tuple[float | None, str]:
    if cell.showing == Showing.TENDENCY:
        tendency = cell.tendency or Tendency.MIDDLE
        words = {
            Tendency.AGREE: _("mostly agree"),
            Tendency.MIDDLE: _("mostly in the middle"),
            Tendency.DISAGREE: _("mostly disagree"),
        }
        return TENDENCIES[tendency], words[tendency]
    if cell.steps:
        middle = distribution(cell).median
        return middle, f"{_middle_words(middle, item, texts)}, {_n(cell)}"
    return None, {
        Showing.CANNOT_SEE: _("most cannot see this"),
        Showing.TOO_FEW: _("hidden: too few"),
    }.get(cell.showing, _("no answer"))


def _middle_words(middle: float, item: Item, texts: Catalogue) -> str:
    steps = [wording.in_language(language()) for wording in texts.scales[item.scale]]
    low, high = steps[int(middle) - 1], steps[int(middle + 0.5) - 1]
    if low == high:
        return _("in the middle “%(step)s”") % {"step": low}
    return _("in the middle between “%(low)s” and “%(high)s”") % {"low": low, "high": high}


def _n(cell: Cell) -> str:
    if cell.n_from == cell.n_to:
        return _("n = %(n)s") % {"n": cell.n_from}
    return _("n = %(low)s to %(high)s") % {"low": cell.n_from, "high": cell.n_to}


def _spoken(spoken: tuple[Spoken, ...], item: Item, texts: Catalogue) -> str:
    steps = [wording.in_language(language()) for wording in texts.scales[item.scale]]
    said = []
    for one in spoken:
        answer = f"“{steps[one.value - 1]}”" if one.value else _("does not know or did not say")
        said.append(f"{one.who}: {answer}" if one.who else answer)
    return ", ".join(said) or _("no answer")
