"""Deletion dates that act: single votes go as long after the end as single answers do.

What was let out of them stays, and the statements that were taken in: they are everybody's words.
"""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from erdkreis.dialogues.models import Dialogue, Statement, Vote, Voter
from erdkreis.dialogues.services import (
    close_dialogue,
    forget_what_was_counted,
    heard_so_far,
    released_votes,
)
from erdkreis.questionnaires.retention import months_after

MONTHS_WITHOUT_A_ROUND = 24


def deletion_day(dialogue: Dialogue) -> date | None:
    """Return the first day on which single votes are no longer kept; none while it is open."""
    if dialogue.closed_on is None:
        return None
    return months_after(dialogue.closed_on, _months(dialogue))


def delete_what_is_due() -> list[tuple[str, int]]:
    """Delete voters with their votes, and statements never taken in; return dialogues and rows."""
    today = timezone.localdate()
    _close_forgotten_ones(today)
    ended = Dialogue.objects.filter(
        state=Dialogue.State.CLOSED, is_public_source=False, votes_deleted_on=None
    ).select_related("circle", "round")
    due = [one for one in ended if (day := deletion_day(one)) is not None and day <= today]
    return [(dialogue.title, _delete_votes(dialogue, today)) for dialogue in due]


def _close_forgotten_ones(today: date) -> None:
    """Close what nobody voted in for as long as votes are kept: left open, it would keep them."""
    open_ones = Dialogue.objects.filter(state=Dialogue.State.OPEN, is_public_source=False)
    for dialogue in open_ones.annotate(last=Max("voters__day")).select_related("round"):
        if dialogue.last and months_after(dialogue.last, _months(dialogue)) <= today:
            close_dialogue(dialogue)


def _months(dialogue: Dialogue) -> int:
    return dialogue.round.retention_months if dialogue.round else MONTHS_WITHOUT_A_ROUND


@transaction.atomic
def _delete_votes(dialogue: Dialogue, today: date) -> int:
    # The last word on them, before there is nothing left to count.
    released_votes(dialogue)
    heard_so_far(dialogue)
    forget_what_was_counted(dialogue)
    votes, _by_model = Vote.objects.filter(statement__dialogue=dialogue).delete()
    voters, _by_model = Voter.objects.filter(dialogue=dialogue).delete()
    unread = dialogue.statements.exclude(status=Statement.Status.ACCEPTED)
    statements, _by_model = unread.delete()
    Dialogue.objects.filter(pk=dialogue.pk).update(votes_deleted_on=today)
    return votes + voters + statements
