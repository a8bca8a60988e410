"""The twelve steps in their order, who writes in each, and what each must hold to go on.

Pure: it reads lines that were loaded before, and nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from erdkreis.fit.models import FitConversation, Line, Side

BOTH = frozenset({Side.SEEKER, Side.PROVIDER})
SPANS = ("month", "year")
NOT_BUYING = "not_buying"
ALTERNATIVES = (
    NOT_BUYING, "using_longer", "repairing", "borrowing", "second_hand", "oneself", "smaller",
    "later", "another", "ours",
)  # fmt: skip
EDGES = ("money", "time", "people", "skills", "law", "nature", "values", "must_not")
KERNEL = ("piece", "done_when", "way_out")
FIT_CHOICES = ("fits", "fits_partly", "fits_not", "fits_unknown")
FIRMNESS = ("firm", "movable", "unknown")
BY_WHOM = ("by_seeker", "by_provider", "by_both", "by_other")


@dataclass(frozen=True)
class Step:
    """One step: its code, its place, and who writes in it."""

    code: str
    number: int
    writers: frozenset[Side] = BOTH


STEPS = tuple(
    Step(code, number, writers)
    for number, (code, writers) in enumerate(
        (
            ("occasion", BOTH),
            ("interests", BOTH),
            ("problem", frozenset({Side.SEEKER})),
            ("real_need", BOTH),
            ("do_nothing", frozenset({Side.SEEKER})),
            ("alternatives", BOTH),
            ("touched_others", BOTH),
            ("solution_space", BOTH),
            ("doubts", BOTH),
            ("kernel", BOTH),
            ("open_questions", BOTH),
            ("decision", BOTH),
        ),
        start=1,
    )
)
BY_CODE = {step.code: step for step in STEPS}
LAST = STEPS[-1]


class Record:
    """A conversation with its lines, and what follows from them."""

    def __init__(self, conversation: FitConversation, lines: Iterable[Line]) -> None:
        self.conversation, self.lines = conversation, tuple(lines)

    def of(self, step: str) -> list[Line]:
        return [line for line in self.lines if line.step == step]

    def has_written(self, step: str, side: Side) -> bool:
        return any(line.side == side and line.text for line in self.of(step))

    def may_write(self, step: Step, side: Side) -> bool:
        """Say whether this side may write here now. The provider lays its interests open first."""
        if side not in step.writers or self.conversation.is_settled:
            return False
        if step.code == "interests" and side == Side.SEEKER:
            return self.has_written("interests", Side.PROVIDER)
        return step.code != "kernel" or self.is_kernel_open

    @property
    def is_kernel_open(self) -> bool:
        return not self.decisive_unknowns

    @property
    def decisive_unknowns(self) -> list[Line]:
        """Return the edges still unknown that both call decisive: no kernel before they are."""
        return [
            line
            for line in self.of("solution_space")
            if line.choice == "unknown"
            and line.is_decisive_for_seeker
            and line.is_decisive_for_provider
        ]

    @property
    def alternatives_answered(self) -> set[str]:
        return {line.aspect for line in self.of("alternatives") if line.choice or line.text}

    def is_missing(self, step: Step) -> bool:
        """Say whether this step lacks what nobody may pass over."""
        if step.code in {"interests", "doubts"}:
            return not self.has_written(step.code, Side.PROVIDER)
        if step.code == "alternatives":
            answered = self.alternatives_answered
            return NOT_BUYING not in answered or len(answered) < 2  # noqa: PLR2004 - it and one more
        return False

    @property
    def may_say_yes(self) -> bool:
        """A yes is to a kernel, after all twelve steps. Everything else may be said at any time."""
        return (
            self.conversation.reached >= LAST.number
            and not any(self.is_missing(step) for step in STEPS)
            and self.is_kernel_open
            and any(line.aspect == "piece" and line.text for line in self.of("kernel"))
        )
