"""The path of one voice through the questionnaire: one question per page."""

from dataclasses import dataclass
from functools import cache

from erdkreis.questionnaires.catalogue import OBSERVER, Catalogue, Item, Question, catalogue

CLOSING_IN_SHORT_FORM = ("closing.better", "closing.experiment")


@dataclass(frozen=True)
class Step:
    """One page: one item, with the question it belongs to."""

    item: Item
    question: Question | None = None


@cache
def steps(
    version: str, group: str, *, is_long: bool, extra_questions: tuple[str, ...] = ()
) -> tuple[Step, ...]:
    """Return the pages of a group, in order: six questions, satisfaction, closing."""
    texts = catalogue(version)
    if not texts.questions:
        return tuple(Step(item) for item in texts.closing)
    path = [
        step
        for question in texts.questions
        for step in _about(question, group, is_long=is_long, extra=question.code in extra_questions)
    ]
    path += [Step(item) for item in _satisfaction(texts, group, is_long=is_long)]
    is_whole = is_long or texts.is_own
    path += [Step(i) for i in texts.closing if is_whole or i.code in CLOSING_IN_SHORT_FORM]
    return tuple(path)


def core_item(question: Question, group: str, *, extra: bool = False) -> Item | None:
    """Return the core item a group sees: its own wording, or the observer's, or none.

    Groups that a circle added have no wording of their own: they are asked every question as
    observers. The eight are asked what concerns them, and more where the host wants it (extra).
    """
    if group in groups_with_own_wording(question) or not (extra or _is_added(question, group)):
        return question.core(group)
    return question.core(OBSERVER)


def groups_with_own_wording(question: Question) -> frozenset[str]:
    return frozenset(item.group for item in question.items) - {OBSERVER, "any"}


def _is_added(question: Question, group: str) -> bool:
    version = question.items[0].version
    return not any(group in groups_with_own_wording(q) for q in catalogue(version).questions)


def _about(question: Question, group: str, *, is_long: bool, extra: bool) -> list[Step]:
    core = core_item(question, group, extra=extra)
    if core is None:
        return []
    items = [core]
    if is_long:
        items += [*question.of(group, "detail"), *question.of(group, "open")]
    return [Step(item, question) for item in items]


def _satisfaction(texts: Catalogue, group: str, *, is_long: bool) -> tuple[Item, ...]:
    four = texts.satisfaction_of(group)
    reasons = tuple(i for i in texts.satisfaction if i.group == "any")
    return four + reasons if is_long else four
