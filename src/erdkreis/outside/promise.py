"""What was promised to everyone who was asked, and whether it was kept."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from erdkreis.answerback.models import AnswerBack
from erdkreis.rounds.models import Round


class Kept(StrEnum):
    """How a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Promise:
    """We said we would answer by a day."""

    kept: Kept
    by: date
    answered: date | None = None


def promise_of(round_: Round, answer: AnswerBack | None) -> Promise | None:
    """Say how the promise of a round stands today; nothing where no day was named."""
    by = round_.answer_back_on
    if by is None:
        return None
    if answer is not None and answer.published_at is not None:
        day = timezone.localdate(answer.published_at)
        return Promise(Kept.KEPT if day <= by else Kept.LATE, by, day)
    return Promise(Kept.OVERDUE if by < timezone.localdate() else Kept.OPEN, by)
