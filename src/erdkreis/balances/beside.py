"""Two sheets side by side, two years or two versions: topics, and what made them differ."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from erdkreis.balances.analysis import Assessed
from erdkreis.balances.fact_rows import fact_rows
from erdkreis.balances.figures import number_shown
from erdkreis.balances.texts import titled
from erdkreis.balances.weighing import title_of, why
from erdkreis.calc.commongood import MatrixCell, level_of, matrix, stakeholder_titles


@dataclass(frozen=True)
class Side:
    """One topic in one of the two sheets."""

    weight: str
    points: str
    max_points: str
    percentage: int | None
    is_not_applicable: bool


@dataclass(frozen=True)
class TopicBeside:
    """One topic in both sheets."""

    code: str
    title: str
    left: Side
    right: Side

    @property
    def is_changed(self) -> bool:
        return self.left != self.right


@dataclass(frozen=True)
class WeightBeside:
    """A weight that differs, and in each sheet the sentence that says why it is what it is."""

    code: str
    title: str
    left: tuple[str, str]
    right: tuple[str, str]


@dataclass(frozen=True)
class Said:
    """The rating of one aspect in one sheet, with its reason."""

    code: str
    rating: str
    level: str = ""
    reason: str = ""


_UNRATED = Said("", "0")


@dataclass(frozen=True)
class AspectBeside:
    """An aspect rated otherwise; nothing on a side whose edition does not have it."""

    topic: str
    title: str
    left: Said | None
    right: Said | None

    @property
    def code(self) -> str:
        """Return its code in the sheet on the right, else in the other."""
        said = self.right or self.left
        return said.code if said else self.topic


@dataclass(frozen=True)
class FactBeside:
    """A company fact that differs; nothing on a side that does not name it."""

    label: str
    left: str
    right: str


@dataclass(frozen=True)
class SheetsBeside:
    """Everything two sheets differ in, and all topics."""

    topics: list[TopicBeside]
    weights: list[WeightBeside]
    aspects: list[AspectBeside]
    facts: list[FactBeside]


def sheets_beside(left: Assessed, right: Assessed) -> SheetsBeside:
    """Lay two sheets side by side."""
    return SheetsBeside(
        topics_beside(left, right),
        list(_weights(left, right)),
        list(_aspects(left, right)),
        list(_facts(left, right)),
    )


def topics_beside(left: Assessed, right: Assessed) -> list[TopicBeside]:
    """Lay the topics side by side. Every edition has the same twenty."""
    edition = right.assessment.sheet.edition
    pairs = zip(matrix(left.assessment), matrix(right.assessment), strict=True)
    return [
        TopicBeside(
            one.code,
            titled(edition.rating_kind(one.code).titles),
            _side(left, one),
            _side(right, other),
        )
        for one, other in pairs
    ]


def _side(found: Assessed, cell: MatrixCell) -> Side:
    percentage = cell.percentage_reached
    return Side(
        number_shown(found.assessment.topic_weights[cell.code]),
        number_shown(cell.points, 0),
        number_shown(cell.max_points, 0),
        None if percentage is None else round(percentage),
        cell.is_not_applicable,
    )


def _weights(left: Assessed, right: Assessed) -> Iterator[WeightBeside]:
    before, after = _weights_of(left), _weights_of(right)
    for code, weight in after.items():
        if before[code] != weight:
            title = title_of(right.assessment, code)
            yield WeightBeside(code, title, _because(left, code), _because(right, code))


def _weights_of(found: Assessed) -> dict[str, float]:
    weights = found.assessment.stakeholder_weights | found.assessment.topic_weights
    order = [*stakeholder_titles(), *found.assessment.topic_weights]
    return {code: weights[code] for code in order}


def _because(found: Assessed, code: str) -> tuple[str, str]:
    told = why(found.assessment, code)
    chosen = found.rows[code].reason if told.is_chosen and code in found.rows else ""
    return told.answer, chosen if told.is_chosen else told.measured


def _aspects(left: Assessed, right: Assessed) -> Iterator[AspectBeside]:
    # By topic and title: the codes of aspects moved from one edition to the next.
    before, after = _said_by_aspect(left), _said_by_aspect(right)
    for topic, title in sorted(dict.fromkeys([*after, *before]), key=lambda at: at[0]):
        one, other = before.get((topic, title)), after.get((topic, title))
        if (one or _UNRATED).rating != (other or _UNRATED).rating:
            yield AspectBeside(topic, title, one, other)


def _said_by_aspect(found: Assessed) -> dict[tuple[str, str], Said]:
    kinds = [kind for kind in found.assessment.sheet.edition.rating_kinds if not kind.is_topic]
    said = {}
    for kind in kinds:
        estimation = found.assessment.sheet.rating(kind.code).estimation
        level = titled(level_of(estimation).titles) if kind.is_positive else ""
        reason = found.rows[kind.code].reason if kind.code in found.rows else ""
        said[kind.topic, titled(kind.titles)] = Said(
            kind.code, number_shown(estimation), level, reason
        )
    return said


def _facts(left: Assessed, right: Assessed) -> Iterator[FactBeside]:
    before, after = _facts_by_label(left), _facts_by_label(right)
    for label, at in dict.fromkeys([*after, *before]):
        one, other = before.get((label, at), ""), after.get((label, at), "")
        if one != other:
            yield FactBeside(label, one, other)


def _facts_by_label(found: Assessed) -> dict[tuple[str, int], str]:
    """Return each fact by its label; entries of a list that are called alike are counted."""
    seen: Counter[str] = Counter()
    shown = {}
    for row in fact_rows(found):
        shown[row.label, seen[row.label]] = row.shown
        seen[row.label] += 1
    return shown
