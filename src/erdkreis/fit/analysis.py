"""Counts over many conversations for the one who offers. They leave through the gate, or not."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from erdkreis.calc.privacy import Rules, VoteCell, VoteCounts
from erdkreis.circles.models import Circle
from erdkreis.fit.models import (
    TIME_TO_CHANGE,
    FitConversation,
    Line,
    PastCounts,
    Side,
    Value,
)
from erdkreis.fit.result import result_of
from erdkreis.fit.steps import ALTERNATIVES
from erdkreis.gate import services as gate

RESULT, ADVICE, FIRST_ALTERNATIVE = 1, 2, 10
KINDS: dict[str, str] = {
    Value.YES: "agree", Value.NOT_YET: "passed", Value.NO: "disagree",
    Value.SOMEONE_ELSE: "disagree",
    "fits": "agree", "fits_partly": "passed", "fits_unknown": "passed", "fits_not": "disagree",
}  # fmt: skip


@dataclass(frozen=True)
class Statistics:
    """What may be known of all conversations of a circle."""

    result: VoteCell
    advice: VoteCell
    alternatives: dict[str, VoteCell]


def statistics(circle: Circle) -> Statistics:
    """Let out how conversations ended, once there are enough of them.

    Counted are only those whose decisions can no longer change: a number that moves when one
    person changes her mind would tell what she decided.
    """
    cells = gate.release_votes(circle, "fit", _all_counts(circle), Rules())
    return Statistics(
        result=cells[RESULT],
        advice=cells[ADVICE],
        alternatives={code: cells[_key(code)] for code in ALTERNATIVES},
    )


def counts_of(conversations: QuerySet[FitConversation]) -> dict[int, Counter[str]]:
    """Count how conversations ended. Raw: only the gate may let it out."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for conversation in conversations.filter(settled_on__isnull=False).prefetch_related(
        "decisions", "lines"
    ):
        last = {one.side: Value(one.value) for one in conversation.decisions.all()}
        provider, seeker = last[Side.PROVIDER], last[Side.SEEKER]
        counts[RESULT][KINDS[result_of(provider, seeker)]] += 1
        counts[ADVICE][KINDS[provider]] += 1
        for code, choice in _alternatives(conversation.lines.all()).items():
            counts[_key(code)][KINDS[choice]] += 1
    return counts


def keep_counts(circle: Circle, conversations: QuerySet[FitConversation]) -> None:
    """Add what is about to be deleted to the counts of what is gone already."""
    kept, _is_new = PastCounts.objects.select_for_update().get_or_create(circle=circle)
    counts = _past(kept)
    for key, of_key in counts_of(conversations).items():
        counts[key].update(of_key)
    kept.counts = {str(key): dict(of_key) for key, of_key in counts.items()}
    kept.save(update_fields=["counts"])


def _all_counts(circle: Circle) -> dict[int, VoteCounts]:
    counts = _past(PastCounts.objects.filter(circle=circle).first())
    last = timezone.localdate() - TIME_TO_CHANGE
    for key, of_key in counts_of(circle.fit_conversations.filter(settled_on__lt=last)).items():
        counts[key].update(of_key)
    return {key: VoteCounts(**counts[key]) for key in (RESULT, ADVICE, *map(_key, ALTERNATIVES))}


def _past(kept: PastCounts | None) -> dict[int, Counter[str]]:
    past = defaultdict[int, Counter[str]](Counter)
    past.update(
        {int(key): Counter(of_key) for key, of_key in (kept.counts if kept else {}).items()}
    )
    return past


def _alternatives(lines: Iterable[Line]) -> dict[str, str]:
    """Return what was thought of each alternative; the seeker knows best what would fit."""
    found: dict[str, str] = {}
    for line in sorted(lines, key=lambda line: line.side == Side.SEEKER):
        if line.step == "alternatives" and line.choice:
            found[line.aspect] = line.choice
    return found


def _key(alternative: str) -> int:
    return FIRST_ALTERNATIVE + ALTERNATIVES.index(alternative)
