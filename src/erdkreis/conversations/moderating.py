"""Reports of contributions, and what a decision does to them."""

from django.db import transaction
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.conversations.models import Contribution, Conversation, Speaker
from erdkreis.conversations.services import ConversationError
from erdkreis.conversations.speaking import ROOM, next_change
from erdkreis.moderation import services as moderation
from erdkreis.moderation.models import Case, Outcome
from erdkreis.moderation.queries import open_cases

State = Contribution.State


def report(said: Contribution, reporter: str, *, reason: str, note: str) -> Case:
    """Ask for a second look at what somebody said. The words stay until somebody has decided."""
    if said.state != State.SHOWN:
        raise ConversationError(_("This is not shown at the moment. Nothing was changed."))
    place = said.conversation.place_of_moderation
    return moderation.report(ROOM, said.pk, place, reason=reason, note=note, reporter=reporter)


@transaction.atomic
def decide(case: Case, by: Person, outcome: str, *, reason: str, note: str) -> None:
    """Decide for the first time or, as somebody else, on the appeal."""
    if case.state == Case.State.APPEALED:
        decided = moderation.decide_appeal(case, by, outcome, note=note)
    else:
        decided = moderation.decide(case, by, outcome, reason=reason, note=note)
    _carry_out(decided)


@transaction.atomic
def appeal(speaker: Speaker, said: Contribution, words: str) -> None:
    """Ask for the decision of somebody else, about one's own words."""
    case = last_case(said)
    if said.speaker_id != speaker.pk or case is None:
        raise ConversationError(_("These are not your words. Nothing was changed."))
    moderation.appeal(case, words)


def n_waiting(conversation: Conversation) -> int:
    """Return how many contributions somebody has to look at."""
    keys = {str(pk) for pk in conversation.contributions.values_list("pk", flat=True)}
    return sum(case.key in keys for case in open_cases(conversation.place_of_moderation, ROOM))


def last_case(said: Contribution) -> Case | None:
    return Case.objects.filter(room=ROOM, key=str(said.pk)).order_by("-pk").first()


def _carry_out(case: Case) -> None:
    said = Contribution.objects.filter(pk=case.key).select_related("conversation").first()
    if said is None or said.state == State.TAKEN_BACK:
        return
    conversation = Conversation.objects.select_for_update().get(pk=said.conversation_id)
    said.state = State.HIDDEN if case.stands == Outcome.HIDDEN else State.SHOWN
    said.changed = next_change(conversation)
    said.save(update_fields=["state", "changed"])
