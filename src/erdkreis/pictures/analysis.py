"""Answers of one round → counts for the gate; what the gate let out → what may be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from erdkreis.calc.picture import (
    Asked,
    CommonGround,
    Coverage,
    Difference,
    Finding,
    Gap,
    Mark,
    Pair,
    Prediction,
    Saying,
    SelfView,
    Split,
    View,
    all_common_ground,
    coverage,
    differences,
    gap,
    main_findings,
    prediction,
    satisfaction_pairs,
    splits,
    widest_first,
)
from erdkreis.calc.privacy import Cell, Showing
from erdkreis.gate import services as gate
from erdkreis.gate.tables import (
    Expected,
    RawExpected,
    RawGroup,
    RawWords,
    ReleasedGroup,
    ReleasedTable,
    Spoken,
)
from erdkreis.questionnaires.catalogue import OBSERVER, SATISFACTIONS, Catalogue, Item, catalogue
from erdkreis.questionnaires.models import OwnWords
from erdkreis.questionnaires.paths import asks_about, is_asked
from erdkreis.questionnaires.queries import (
    answers_on_record,
    counts_per_item,
    expected_per_cell,
    open_link_voices,
    own_words_in,
    own_words_per_group,
    voices_per_group,
)
from erdkreis.questionnaires.steps import core_item
from erdkreis.rounds.models import LEADERSHIP, Round, RoundGroup

PICTURE = "picture"
WORDS = "words"
# The same data give the same picture: permutations are drawn from this seed.
SEED = 2026
MOST_TENSIONS = 3


def raw_groups(round_: Round) -> list[RawGroup]:
    """Count everything once. Raw: only the gate may let it out."""
    voices, by_link = voices_per_group(round_), open_link_voices(round_)
    counts, counts_by_link = counts_per_item(round_), counts_per_item(round_, only_by_link=True)
    spoken = [
        (a.group, Spoken(a.item, a.who, a.status, a.value, a.n_evidence))
        for a in answers_on_record(round_)
    ]
    return [
        RawGroup(
            code=group.code,
            n_voices=voices.get(group.code, 0),
            counts=counts.get(group.code, {}) if group.voice_mode == "anonymous" else {},
            is_anonymous=group.voice_mode == "anonymous",
            n_by_link=by_link.get(group.code, 0),
            counts_by_link=counts_by_link.get(group.code, {}),
            spoken=tuple(s for code, s in spoken if code == group.code),
        )
        for group in round_.groups.filter(is_asked=True)
    ]


def raw_expectations(round_: Round) -> list[RawExpected]:
    """Return what the leadership expects. A large leadership is anonymous here, too."""
    leads = round_.groups.filter(code=LEADERSHIP).first()
    is_anonymous = leads is not None and leads.voice_mode == "anonymous"
    n_voices = voices_per_group(round_).get(LEADERSHIP, 0)
    return [
        RawExpected(group, question, counts, is_anonymous, n_voices)
        for (group, question), counts in expected_per_cell(round_).items()
    ]


def raw_words(round_: Round, n_writers: dict[str, int]) -> dict[str, RawWords]:
    """Gather what people wrote after they were parted from it. Raw: only the gate may tell it."""
    keys = own_words_per_group(round_)
    return {
        group.code: RawWords(
            n_people=n_writers.get(group.code, 0),
            keys=keys.get(group.code, ()),
            is_anonymous=group.voice_mode == "anonymous",
        )
        for group in round_.groups.filter(is_asked=True)
    }


def words_let_out(round_: Round) -> dict[tuple[str, str], tuple[OwnWords, ...]]:
    """Return what may be read, by group and item, in the order in which it may be shown."""
    kept, found = own_words_in(round_), dict[tuple[str, str], tuple[OwnWords, ...]]()
    for group, keys in (gate.words_let_out(round_, WORDS) or {}).items():
        for key in keys:
            if (words := kept.get(key)) is not None:  # deleted on its day, it is so everywhere
                about = group, words.item
                found[about] = (*found.get(about, ()), words)
    return found


@dataclass(frozen=True)
class Result:
    """Everything that may be said about one round."""

    views: Mapping[str, tuple[View, ...]]
    gaps: tuple[Gap, ...]
    predictions: Mapping[tuple[str, str], Prediction]
    grounds: tuple[CommonGround, ...]
    tensions: tuple[Saying, ...]
    pairs: tuple[Pair, ...]
    coverages: tuple[Coverage, ...]
    findings: tuple[Finding, ...]

    def view(self, subject: str, group: str) -> View | None:
        found = (view for view in self.views.get(subject, ()) if view.group == group)
        return next(found, None)


def result(table: ReleasedTable, groups: list[RoundGroup], version: str) -> Result:
    """Work out what the picture says, from what the gate let out and nothing else."""
    texts = catalogue(version)
    views = _views(table, groups, texts)
    cores = {question.code: views[question.code] for question in texts.questions}
    gaps = tuple(
        gap(subject, _self_view(table, subject), view)
        for subject, of_subject in cores.items()
        for view in of_subject
    )
    grounds, differ = all_common_ground(cores), differences(cores, seed=SEED)
    split = [
        found for subject, of_subject in cores.items() for found in splits(subject, of_subject)
    ]
    coverages = tuple(_coverage(table, group) for group in groups)
    return Result(
        views=views,
        gaps=widest_first(gaps),
        predictions=_predictions(table, cores),
        grounds=grounds,
        tensions=_tensions(differ, split),
        pairs=_pairs(views, groups),
        coverages=coverages,
        findings=main_findings(
            grounds=grounds, gaps=gaps, differences=differ, splits=split, coverages=coverages
        ),
    )


def subjects_of(texts: Catalogue) -> tuple[str, ...]:
    """Return what groups are compared by: the six questions and the four satisfactions."""
    return (*(question.code for question in texts.questions), *SATISFACTIONS)


def item_of(texts: Catalogue, subject: str, group: RoundGroup) -> Item | None:
    """Return the sentence a group rated on one of the questions or satisfactions."""
    if not asks_about(group, subject):
        return None
    if subject in SATISFACTIONS:
        return next((i for i in texts.satisfaction_of(group.code) if i.subject == subject), None)
    question = texts.question(subject)
    item = core_item(question, group.code, extra=subject in group.extra_questions)
    return item if item and is_asked(question, group) else None


def _views(
    table: ReleasedTable, groups: list[RoundGroup], texts: Catalogue
) -> dict[str, tuple[View, ...]]:
    """Return the other groups' views: only what is parallel is laid side by side."""
    return {
        subject: tuple(
            view_of(released, group, item)
            for group in groups
            if group.is_asked and not group.is_leadership
            if (released := table.group(group.code)) is not None and released.is_anonymous
            if (item := item_of(texts, subject, group)) is not None and item.is_parallel
        )
        for subject in subjects_of(texts)
    }


def view_of(released: ReleasedGroup, group: RoundGroup, item: Item) -> View:
    """Return what one group says to one sentence, as the gate let it out."""
    is_too_small = released.heard.is_heard and not released.heard.is_enough
    nothing = Cell(Showing.TOO_FEW if is_too_small else Showing.SILENT)
    return View(
        group=group.code,
        cell=released.cells.get(item.code, nothing),
        size=group.size,
        is_observer=item.view == OBSERVER,
    )


def _self_view(table: ReleasedTable, subject: str) -> SelfView:
    """Return the leadership's own view: one mark where it speaks as one, else a distribution."""
    code = f"{subject}.{LEADERSHIP}.core"
    released = table.group(LEADERSHIP)
    if released is None:
        return Mark(None)
    if released.is_anonymous:
        return View(LEADERSHIP, released.cells.get(code, Cell(Showing.SILENT)))
    return Mark(next((s.value for s in released.spoken if s.item == code), None))


def _predictions(
    table: ReleasedTable, cores: Mapping[str, tuple[View, ...]]
) -> dict[tuple[str, str], Prediction]:
    expected = {(one.question, one.group): _expected_step(one) for one in table.expected}
    found = {}
    for subject, views in cores.items():
        own = _self_view(table, subject)
        mark = own if isinstance(own, Mark) else Mark(None)
        for view in views:
            predicted = expected.get((subject, view.group))
            found[subject, view.group] = prediction(subject, mark, predicted, view)
    return found


def _expected_step(expected: Expected) -> int | None:
    """Return one expected step. A larger leadership expects its median, if that is a step."""
    if expected.cell is None:
        return expected.value
    middle = View(LEADERSHIP, expected.cell).middle()
    if middle is None or middle.low != middle.high or middle.low != int(middle.low):
        return None
    return int(middle.low)


def _tensions(differ: tuple[Difference, ...], split: list[Split]) -> tuple[Saying, ...]:
    """Return the few things people want to talk about: opposed first, an item once."""
    between = sorted(
        (d for d in differ if d.is_shown), key=lambda d: (not d.are_opposed, -d.effect, d.item)
    )
    within = sorted((s for s in split if not s.is_dots), key=lambda s: (-s.smaller_end, s.item))
    opposed = [d.saying for d in between if d.are_opposed]
    others = [d.saying for d in between if not d.are_opposed]
    chosen: dict[object, Saying] = {}
    for saying in (*opposed, *(s.saying for s in within), *others):
        chosen.setdefault(saying["item"], saying)
    return tuple(chosen.values())[:MOST_TENSIONS]


def _pairs(views: Mapping[str, tuple[View, ...]], groups: list[RoundGroup]) -> tuple[Pair, ...]:
    found: list[Pair] = []
    for group in groups:
        of_group = {
            subject: view
            for subject in SATISFACTIONS
            for view in views[subject]
            if view.group == group.code
        }
        found += satisfaction_pairs(of_group)
    return tuple(found)


def _coverage(table: ReleasedTable, group: RoundGroup) -> Coverage:
    released = table.group(group.code)
    is_asked = group.is_asked and released is not None
    heard = released.heard_in_all if released else gate.NOBODY
    return coverage(Asked(group.code, is_asked=is_asked, size=group.size), heard)
