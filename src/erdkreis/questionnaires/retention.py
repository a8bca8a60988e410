"""Deletion dates that act: single answers go when it was promised. What was released stays."""

import calendar
from datetime import date

from django.db import transaction
from django.utils import timezone

from erdkreis.invitations.roll import delete_roll
from erdkreis.questionnaires.models import EntryBatch, OwnWords, SpentSlip, Voice
from erdkreis.rounds.models import Round


def deletion_day(round_: Round) -> date | None:
    """Return the first day on which single answers of a round are no longer kept."""
    if round_.closes_on is None:
        return None
    return months_after(round_.closes_on, round_.retention_months)


def months_after(day: date, n: int) -> date:
    """Return the same day so many months later; where a month is too short, its last day."""
    months = day.month - 1 + n
    year, month = day.year + months // 12, months % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day.day, last))


def delete_what_is_due() -> list[tuple[str, int]]:
    """Delete single answers, texts, piles and the roll of rounds whose day has come.

    Return the rounds of which something was deleted, and how many rows. Doing it twice changes
    nothing. A round that was never brought to its picture keeps its promise, too.
    """
    today = timezone.localdate()
    done = []
    for round_ in Round.of_any_kind.exclude(closes_on=None).order_by("pk"):
        day = deletion_day(round_)
        if day is not None and day <= today and (n := _delete_answers(round_)):
            done.append((str(round_), n))
    return done


@transaction.atomic
def _delete_answers(round_: Round) -> int:
    voices, _by_model = Voice.objects.filter(round_group__round=round_).delete()
    words, _by_model = OwnWords.objects.filter(round_group__round=round_).delete()
    piles, _by_model = EntryBatch.objects.filter(round_group__round=round_).delete()
    slips, _by_model = SpentSlip.objects.filter(round_group__round=round_).delete()
    return voices + words + piles + slips + delete_roll(round_)
