"""What people do with conversations."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.circles.models import Group
from erdkreis.conversations.about import About
from erdkreis.conversations.models import (
    Contribution,
    Conversation,
    Side,
    Speaker,
    Subscription,
)
from erdkreis.conversations.queries import groups_heard_enough
from erdkreis.conversations.sides import invited, ways_of_showing
from erdkreis.questionnaires.traces import wipe_traces_of_order
from erdkreis.rounds.asking_time import note_asked
from erdkreis.rounds.services import short_address

# Reading, saying something in each of four phases, answering once: said before one begins.
MINUTES_TO_TALK = 20


class ConversationError(Exception):
    """Something a conversation does not allow, said in a sentence for people."""


@transaction.atomic
def open_conversation(
    conversation: Conversation, groups: Iterable[Group], about: About | None = None
) -> Conversation:
    """Open a conversation with the groups invited to it; the numbers at its head are frozen.

    Of ``conversation`` circle, round, title, question, what is open, and languages are filled in.
    Who calls has made sure that the person may prepare in this circle.
    """
    if about is not None:
        conversation.about_kind, conversation.about_key = about.kind, about.key
        conversation.about_url, conversation.about = about.url, dict(about.heads or {})
    conversation.save()
    groups = list(groups)
    ways = _ways(conversation, groups)
    Side.objects.bulk_create(
        Side(
            conversation=conversation,
            group=group,
            slug=short_address(
                group.name_de if conversation.language_codes[0] == "de" else group.name_en
            ),
            name_de=group.name_de,
            name_en=group.name_en,
            shown=ways[group.code],
        )
        for group in groups
    )
    for group in groups:
        note_asked(conversation.circle, group.code, what_is_asked(conversation), MINUTES_TO_TALK)
    return conversation


def what_is_asked(conversation: Conversation) -> str:
    """Return under which name the minutes of a conversation are added up."""
    return f"conversations.{conversation.pk}"


def _ways(conversation: Conversation, groups: list[Group]) -> dict[str, Side.Shown]:
    enough = groups_heard_enough(conversation.round)
    return ways_of_showing(
        [invited(group, enough, conversation.min_group) for group in groups],
        conversation.min_group,
    )


@transaction.atomic
def move_on(conversation: Conversation, *, seen: str) -> Conversation:
    """Begin the next phase. The leadership waits anew until the others have had their turn.

    ``seen`` is the phase the facilitator saw: two presses move on once.
    """
    held = _hold(conversation)
    if held.phase != seen or not held.next_phase:
        raise ConversationError(_("The conversation has gone on already. Nothing was changed."))
    return _to_phase(held, held.next_phase)


@transaction.atomic
def move_back(conversation: Conversation) -> Conversation:
    """Undo moving on, as long as nobody has written in the new phase."""
    held = _hold(conversation)
    if not may_move_back(held):
        raise ConversationError(
            _("Somebody has written in this phase already, so it stays. Nothing was changed.")
        )
    return _to_phase(held, held.phase_before)


def may_move_back(conversation: Conversation) -> bool:
    """Say whether the phase can be undone."""
    has_spoken = conversation.contributions.filter(phase=conversation.phase).exists()
    return bool(conversation.phase_before) and not conversation.is_closed and not has_spoken


@transaction.atomic
def give_floor_to_leadership(conversation: Conversation, *, is_open: bool) -> Conversation:
    """Let the leadership speak in this phase; or let it wait again."""
    held = _hold(conversation)
    held.is_open_to_leadership = is_open
    held.revision += 1
    held.save(update_fields=["is_open_to_leadership", "revision"])
    return held


@transaction.atomic
def close_conversation(conversation: Conversation, outcome: str, minority: str) -> Conversation:
    """End the conversation with what came of it, and with what some see differently.

    Tokens are forgotten: from now on nobody can show that words were his own.
    """
    held = _hold(conversation)
    if not outcome:
        raise ConversationError(_("Please say what came of it. “An open question” is a result."))
    held.is_closed, held.closed_on = True, timezone.localdate()
    held.outcome, held.minority = outcome, minority
    held.revision += 1
    held.save()
    held.speakers.update(token_digest=None)
    # Written anew at once: which address came when, and who came in after whom, stands nowhere.
    held.subscriptions.update(address=F("address"))
    transaction.on_commit(
        partial(wipe_traces_of_order, Speaker, Subscription, Contribution), robust=True
    )
    return held


def _hold(conversation: Conversation) -> Conversation:
    held = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("round")
        .get(pk=conversation.pk)
    )
    if held.is_closed:
        raise ConversationError(_("This conversation is closed. Nothing was changed."))
    return held


def _to_phase(held: Conversation, phase: str) -> Conversation:
    held.phase, held.is_open_to_leadership = phase, False
    held.revision += 1
    held.save(update_fields=["phase", "is_open_to_leadership", "revision"])
    return held
