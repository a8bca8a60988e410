"""The pages one voice goes through, for its group in its round."""

import time
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from erdkreis.questionnaires.catalogue import Item, Question, Wording, catalogue
from erdkreis.questionnaires.queries import group_answering
from erdkreis.questionnaires.steps import core_item, steps
from erdkreis.rounds.models import Round, RoundGroup
from erdkreis.web.kept import keep
from erdkreis.web.time_left import TimeLeft, time_left

# A step is chosen quickly; own words take longer. Only their relation matters.
EFFORT_OF_A_STEP, EFFORT_OF_WORDS = 2, 5


@dataclass(frozen=True)
class Page:
    """One page: an item to rate or to answer in own words, or a prediction about other groups."""

    number: int
    question: Question | None
    item: Item | None = None
    targets: tuple[RoundGroup, ...] = ()

    @property
    def is_prediction(self) -> bool:
        return self.item is None

    @property
    def effort(self) -> int:
        """Return how much this page asks, compared with the others."""
        if self.item is None:
            return EFFORT_OF_A_STEP * len(self.targets)
        return EFFORT_OF_A_STEP if self.item.is_rated else EFFORT_OF_WORDS

    @property
    def explanation(self) -> Wording | None:
        """What must be explained before this page can be answered."""
        if self.item is None:
            return None
        if self.item.kind == "pulse":
            return catalogue(self.item.version).labels["intro"] if self.item.is_rated else None
        if not self.item.code.endswith(".goal_conflicts"):
            return None
        return catalogue(self.item.version).explain_conflict


@dataclass(frozen=True)
class Path:
    """All pages of one group in order."""

    group: RoundGroup
    # Of a round whose groups are not made yet: who will be asked.
    groups: tuple[RoundGroup, ...] | None = None

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        round_ = self.group.round
        own = steps(
            round_.item_version,
            self.group.code,
            is_long=round_.form == Round.Form.LONG,
            extra_questions=tuple(self.group.extra_questions),
        )
        if self.group.only_items is not None:
            own = tuple(step for step in own if asks_about(self.group, step.item.subject))
        pages: list[Page] = [
            Page(i, step.question, step.item) for i, step in enumerate(own, start=1)
        ]
        if self.group.is_leadership:
            pages += self._predictions(first_number=len(pages) + 1)
        return tuple(pages)

    def time_left(self, number: int) -> TimeLeft:
        """Return what is left with this page still to do."""
        return time_left([page.effort for page in self.pages], number - 1, self.group.minutes)

    def page(self, number: int) -> Page | None:
        return self.pages[number - 1] if 1 <= number <= len(self.pages) else None

    def _predictions(self, first_number: int) -> list[Page]:
        groups = self.group.round.groups.all() if self.groups is None else self.groups
        others = [g for g in groups if g.is_asked and not g.is_leadership]
        pages: list[Page] = []
        for question in catalogue(self.group.round.item_version).questions:
            targets = tuple(g for g in others if is_asked(question, g))
            if targets:
                pages.append(Page(first_number + len(pages), question, targets=targets))
        return pages


def is_asked(question: Question, group: RoundGroup) -> bool:
    """Say whether a group is asked this question in its round."""
    is_extra = question.code in group.extra_questions
    item = core_item(question, group.code, extra=is_extra)
    return item is not None and asks_about(group, question.code)


def asks_about(group: RoundGroup, subject: str) -> bool:
    """Say whether a round asks this group about it at all: one that looks again asks only a few."""
    return group.only_items is None or subject in group.only_items


MOST_KEPT = 300
_kept: dict[str, tuple[float, Path]] = {}


def path_of_those_who_answer(slug: str, receipt: str) -> Path | None:
    """Return the path of a group, if this voice or another one just before answers in it.

    What is asked is frozen as soon as the first voice has begun, so the path is kept for some
    seconds. Whether this voice may answer, the statement that reads or writes for it asks.
    """
    until, path = _kept.get(slug, (0.0, None))
    if path is not None and until > time.monotonic():
        return path
    group = group_answering(slug, receipt)
    if group is None:
        return None
    path = Path(group)
    until = time.monotonic() + settings.SECONDS_PUBLIC_PAGES_ARE_KEPT
    keep(_kept, slug, (until, path), MOST_KEPT)
    return path
