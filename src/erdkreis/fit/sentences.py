"""Lines, decisions and counts in words, for pages and paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from erdkreis.calc.privacy import Showing, Tendency, VoteCell
from erdkreis.fit.analysis import Statistics
from erdkreis.fit.models import Line, Side, Value
from erdkreis.fit.queries import Decided, Outcome
from erdkreis.fit.steps import STEPS
from erdkreis.fit.wording import wordings
from erdkreis.questionnaires.catalogue import Wording

if TYPE_CHECKING:
    from erdkreis.fit.access import Seat


@dataclass(frozen=True)
class ShownLine:
    """One line as both read it: who wrote it, what it is about, what was chosen."""

    line: Line
    who: str
    is_own: bool
    about: str
    choice: str
    text: str
    # Who calls an edge decisive, and whether this side may say so.
    decisive: tuple[str, ...] = ()
    is_decisive_here: bool = False

    @property
    def is_edge(self) -> bool:
        return self.line.step == "solution_space"

    @property
    def is_mirror(self) -> bool:
        return self.line.aspect == "mirror"

    @property
    def is_shared(self) -> bool:
        """True where each side writes in a form of its own that shows it again."""
        return self.line.step in {"do_nothing", "alternatives", "kernel"}


def shown_line(line: Line, seat: "Seat") -> ShownLine:
    texts, name_of = seat.texts, seat.conversation.name_of
    decisive = [
        name_of(side)
        for side, says in (
            (Side.SEEKER, line.is_decisive_for_seeker),
            (Side.PROVIDER, line.is_decisive_for_provider),
        )
        if says
    ]
    return ShownLine(
        line=line,
        who=name_of(line.side),
        is_own=line.side == seat.side,
        about=_said(texts.aspects.get(line.aspect)),
        choice=_said(texts.choices.get(line.choice)),
        text=line.text,
        decisive=tuple(decisive),
        is_decisive_here=name_of(seat.side) in decisive,
    )


@dataclass(frozen=True)
class ShownStep:
    """One step of the summary: what was asked, and what was written."""

    number: int
    title: str
    ask: str
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True)
class ShownDecision:
    """What one side decided, and since when."""

    who: str
    words: str
    meet_on: date | None
    is_not_yet: bool
    decided_on: date
    before: tuple[tuple[date, str], ...]
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True)
class Summary:
    """The record as both get it."""

    steps: tuple[ShownStep, ...]
    decisions: tuple[ShownDecision, ...]
    result: str
    is_yes: bool
    is_differing: bool
    follow_up: ShownLine | None


def summary_of(seat: "Seat", decided: Outcome) -> Summary:
    texts, record = seat.texts, seat.record
    follow_up = next(iter(record.of("follow_up")), None)
    return Summary(
        steps=tuple(
            ShownStep(
                step.number,
                _said(texts.steps[step.code].title),
                _said(texts.steps[step.code].ask),
                tuple(shown_line(line, seat) for line in record.of(step.code)),
            )
            for step in STEPS[:-1]
        ),
        decisions=tuple(_decision(seat, one) for one in decided.sides),
        result=_said(texts.decisions[decided.result]),
        is_yes=decided.result == Value.YES,
        is_differing=decided.is_differing,
        follow_up=shown_line(follow_up, seat) if follow_up else None,
    )


def _decision(seat: "Seat", decided: Decided) -> ShownDecision:
    words = seat.texts.decisions
    return ShownDecision(
        who=seat.conversation.name_of(decided.side),
        words=_said(words[decided.now.value]),
        meet_on=decided.now.meet_on,
        is_not_yet=decided.now.value == Value.NOT_YET,
        decided_on=decided.now.decided_on,
        before=tuple((one.decided_on, _said(words[one.value])) for one in decided.before),
        lines=tuple(shown_line(line, seat) for line in decided.lines),
    )


def _said(wording: Wording | None) -> str:
    return wording.in_language(get_language() or "en") if wording else ""


@dataclass(frozen=True)
class CountRow:
    """One row of counts over many conversations, in words."""

    title: str
    said: str


def statistics_rows(told: Statistics) -> list[tuple[str, list[CountRow]]]:
    """Say how conversations ended. A no stands beside a yes, in the same words and size."""
    ends = (_("yes"), _("not yet"), _("no, or someone else"))
    advice = (_("said “yes”"), _("said “not yet”"), _("advised against"))
    fits = (_("would fit"), _("in part, or not known"), _("does not fit"))
    rows = [
        CountRow(_("How both together ended"), _cell(told.result, ends)),
        CountRow(_("Times we advised against"), _cell(told.advice, advice)),
    ]
    aspects = wordings().aspects
    alternatives = [
        CountRow(_said(aspects[code]), _cell(cell, fits))
        for code, cell in told.alternatives.items()
        if cell.showing is not Showing.TOO_FEW
    ]
    return [(_("How conversations ended"), rows), (_("What else was looked at"), alternatives)]


def _cell(cell: VoteCell, names: Sequence[str]) -> str:
    if cell.showing is Showing.TOO_FEW:
        return _("too few to tell")
    if cell.showing is Showing.CANNOT_SEE:
        return _("too mixed to tell from so few")
    if cell.showing is Showing.TENDENCY:
        places = {Tendency.AGREE: 0, Tendency.MIDDLE: 1, Tendency.DISAGREE: 2}
        where = names[places[cell.tendency or Tendency.MIDDLE]]
        return _("almost always: %(what)s (%(n)s)") % {"what": where, "n": _number(cell)}
    parts = zip(names, (cell.agree, cell.passed, cell.disagree), strict=True)
    if cell.showing is Showing.COUNTS:
        said = ", ".join(f"{name}: {n}" for name, n in parts)
        return f"{said} ({_number(cell)})"
    dots = cell.agree + cell.passed + cell.disagree
    said = ", ".join(
        _("%(name)s: about %(n)s in %(dots)s") % {"name": name, "n": n, "dots": dots}
        for name, n in parts
        if n
    )
    return f"{said} ({_number(cell)})"


def _number(cell: VoteCell) -> str:
    if cell.n_from == cell.n_to:
        return ngettext("%(n)s conversation", "%(n)s conversations", cell.n_from) % {
            "n": cell.n_from
        }
    return _("%(low)s to %(high)s conversations") % {"low": cell.n_from, "high": cell.n_to}
