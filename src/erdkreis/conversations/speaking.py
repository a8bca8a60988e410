"""What those who take part do: come in, say something, hear, change, take back.

Each writing locks the conversation: places count up without a gap, and the phase cannot move on
under somebody who is just writing.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.conversations.models import (
    Contribution,
    Conversation,
    Phase,
    Side,
    Speaker,
    Version,
)
from erdkreis.conversations.pseudonyms import draw
from erdkreis.conversations.services import ConversationError
from erdkreis.invitations.codes import digest, new_code
from erdkreis.moderation import services as moderation

ROOM = "conversations"
Kind = Contribution.Kind
State = Contribution.State
TIME_TO_UNDO = timedelta(days=7)

# What can be said in which phase.
KINDS: dict[str, tuple[Contribution.Kind, ...]] = {
    Phase.HEARD: (Kind.VIEW,),
    Phase.REASONS: (Kind.PRO, Kind.CONTRA),
    Phase.CONDITIONS: (Kind.CONDITION,),
    Phase.PROPOSAL: (Kind.PROPOSAL,),
}
# What can be answered with what, in which phase.
ANSWERS = {
    Kind.PARAPHRASE: (Phase.HEARD, Kind.VIEW),
    Kind.OBJECTION: (Phase.PROPOSAL, Kind.PROPOSAL),
}


@transaction.atomic
def come_in(side: Side, mode: str, *, shows_group: bool = False, name: str = "") -> str:
    """Begin to take part and return the token that only this browser holds."""
    conversation = _locked(side.conversation_id)
    mode = Speaker.Mode.NAMED if side.speaks_by_name else Speaker.Mode(mode)
    if mode == Speaker.Mode.NAMED and not name:
        raise ConversationError(_("Please write the name by which you want to speak."))
    if mode not in {Speaker.Mode.NAMED, Speaker.Mode.ANONYMOUS}:
        raise ConversationError(_("You can come in by name or anonymously."))
    is_anonymous = mode == Speaker.Mode.ANONYMOUS
    taken = set(conversation.speakers.values_list("pseudonym", flat=True))
    token = new_code()
    Speaker.objects.create(
        conversation=conversation,
        side=side,
        mode=mode,
        shows_group=side.shows_group(wanted=shows_group) if is_anonymous else True,
        pseudonym=draw(taken) if is_anonymous else "",
        name="" if is_anonymous else name,
        token_digest=digest(token),
    )
    if not conversation.has_begun:
        Conversation.objects.filter(pk=conversation.pk).update(has_begun=True)
    return token


def speaker_with(token: str, side: Side) -> Speaker | None:
    """Return who belongs to a token, on this side of this conversation and nowhere else."""
    if not token:
        return None
    return (
        Speaker.objects.select_related("side__group")
        .filter(token_digest=digest(token), side=side)
        .first()
    )


def facilitator(conversation: Conversation, person: Person) -> Speaker:
    speaker, _is_new = Speaker.objects.get_or_create(
        conversation=conversation,
        person=person,
        mode=Speaker.Mode.FACILITATOR,
        defaults={"name": str(person)},
    )
    return speaker


def relayed(side: Side) -> Speaker:
    """Return the voice through which the facilitator passes on what a side said elsewhere."""
    shows = side.shown == Side.Shown.WITH_GROUP
    speaker, _is_new = Speaker.objects.get_or_create(
        conversation=side.conversation,
        side=side,
        mode=Speaker.Mode.RELAYED,
        defaults={"shows_group": shows},
    )
    return speaker


@transaction.atomic
def say(
    speaker: Speaker,
    kind: str,
    text: str,
    language: str,
    *,
    phase: str,
    answers: Contribution | None = None,
) -> Contribution:
    """Say something. Sent twice it stands once."""
    conversation = _locked(speaker.conversation_id)
    _require_turn(conversation, speaker, kind, phase, answers)
    known = speaker.contributions.filter(
        kind=kind, text=text, answers=answers, phase=conversation.phase
    ).exclude(state=State.TAKEN_BACK)
    if twin := known.first():
        return twin
    is_read_first = conversation.reads_first and speaker.mode == Speaker.Mode.ANONYMOUS
    place = _next(conversation)
    said = Contribution.objects.create(
        conversation=conversation,
        speaker=speaker,
        phase=conversation.phase,
        kind=kind,
        answers=answers,
        text=text,
        language=language,
        state=State.WAITING if is_read_first else State.SHOWN,
        place=place,
        changed=place,
    )
    if is_read_first:
        moderation.ask_to_read_first(ROOM, said.pk, conversation.place_of_moderation)
    return said


@transaction.atomic
def answer_paraphrase(
    author: Speaker, heard: Contribution, *, is_right: bool, correction: str = ""
) -> None:
    """Say whether one was heard rightly. Only whoever was heard can."""
    conversation = _locked(author.conversation_id)
    _require_open(conversation)
    if heard.kind != Kind.PARAPHRASE or heard.answers is None:
        raise ConversationError(_("Only what somebody heard can be accepted. Nothing was changed."))
    if heard.answers.speaker_id != author.pk:
        raise ConversationError(_("Only the one who was heard can say so. Nothing was changed."))
    if not is_right and not correction:
        raise ConversationError(_("Please say in a sentence how you mean it."))
    heard.accepted = Contribution.Accepted.YES if is_right else Contribution.Accepted.NOT_QUITE
    heard.correction = "" if is_right else correction
    _changed(heard, conversation, ["accepted", "correction"])


@transaction.atomic
def change(speaker: Speaker, said: Contribution, text: str) -> None:
    """Change one's own words. What they were before stays to be read."""
    conversation = _locked(speaker.conversation_id)
    said = _own(speaker, said, conversation)
    if said.state not in {State.SHOWN, State.WAITING}:
        raise ConversationError(_("This is not shown at the moment. Nothing was changed."))
    if text == said.text:
        return
    Version.objects.create(
        contribution=said,
        number=said.versions.count() + 1,
        text=said.text,
        day=timezone.localdate(),
    )
    said.text = text
    fields = ["text"]
    if said.kind == Kind.PARAPHRASE:  # other words have to be accepted anew
        said.accepted, said.correction = Contribution.Accepted.NOT_YET, ""
        fields += ["accepted", "correction"]
    if conversation.reads_first and speaker.mode == Speaker.Mode.ANONYMOUS:
        said.state = State.WAITING
        fields.append("state")
        moderation.ask_to_read_first(ROOM, said.pk, conversation.place_of_moderation)
    _changed(said, conversation, fields)
    # Whoever was heard in other words than these is asked again.
    for heard in said.answered_by.exclude(accepted=""):
        heard.accepted, heard.correction = Contribution.Accepted.NOT_YET, ""
        _changed(heard, conversation, ["accepted", "correction"])


@transaction.atomic
def take_back(speaker: Speaker, said: Contribution) -> None:
    """Take one's own words back. For some days that can be undone; then they are gone."""
    conversation = _locked(speaker.conversation_id)
    said = _own(speaker, said, conversation)
    if said.state not in {State.SHOWN, State.WAITING}:
        raise ConversationError(_("This is not shown at the moment. Nothing was changed."))
    said.state, said.taken_back_on = State.TAKEN_BACK, timezone.localdate()
    _changed(said, conversation, ["state", "taken_back_on"])


@transaction.atomic
def put_back(speaker: Speaker, said: Contribution) -> None:
    """Undo that one's own words were taken back."""
    conversation = _locked(speaker.conversation_id)
    said = _own(speaker, said, conversation)
    if said.state != State.TAKEN_BACK or not said.text:
        raise ConversationError(_("These words are gone already. You can write them anew."))
    is_read_first = conversation.reads_first and speaker.mode == Speaker.Mode.ANONYMOUS
    said.state = State.WAITING if is_read_first else State.SHOWN
    said.taken_back_on = None
    if is_read_first:
        moderation.ask_to_read_first(ROOM, said.pk, conversation.place_of_moderation)
    _changed(said, conversation, ["state", "taken_back_on"])


def erase_what_was_taken_back() -> int:
    """Delete the words that were taken back some days ago, and how they read before."""
    due = Contribution.objects.filter(
        state=State.TAKEN_BACK, taken_back_on__lte=timezone.localdate() - TIME_TO_UNDO
    ).exclude(text="")
    Version.objects.filter(contribution__in=due).delete()
    return due.update(text="")


def next_change(conversation: Conversation) -> int:
    """Count one change on, within a transaction that holds the conversation."""
    return _next(conversation)


def _require_turn(
    conversation: Conversation,
    speaker: Speaker,
    kind: str,
    phase: str,
    answers: Contribution | None,
) -> None:
    if kind == Kind.NEWS and speaker.mode == Speaker.Mode.FACILITATOR:
        return  # what became of it is told after the end, too
    _require_open(conversation)
    if phase != conversation.phase:
        raise ConversationError(
            _("The conversation has gone on: “%(phase)s”. Your words are here, nothing is lost.")
            % {"phase": conversation.get_phase_display()}
        )
    if speaker.mode == Speaker.Mode.FACILITATOR:
        if kind != Kind.NOTE:
            raise ConversationError(_("The facilitator leads the talk and takes no side."))
        return
    if answers is not None:
        where, what = ANSWERS.get(Kind(kind), ("", ""))
        is_here = answers.conversation_id == conversation.pk and answers.state == State.SHOWN
        if where != conversation.phase or answers.kind != what or not is_here:
            raise ConversationError(_("This cannot be answered now. Nothing was saved."))
        if kind == Kind.PARAPHRASE and answers.speaker_id == speaker.pk:
            raise ConversationError(_("Say what you heard from somebody else."))
    elif kind not in KINDS[conversation.phase]:
        raise ConversationError(_("This does not belong to the present phase. Nothing was saved."))
    if speaker.side and speaker.side.is_leadership and not conversation.is_open_to_leadership:
        raise ConversationError(
            _("The leadership speaks last. The facilitator opens the floor to you in each phase.")
        )


def _locked(pk: int) -> Conversation:
    found = Conversation.objects.select_for_update(of=("self",))  # not every one has a round
    return found.select_related("round").get(pk=pk)


def _require_open(conversation: Conversation) -> None:
    if conversation.is_closed:
        raise ConversationError(_("This conversation is closed. Nothing was changed."))


def _own(speaker: Speaker, said: Contribution, conversation: Conversation) -> Contribution:
    _require_open(conversation)
    own = speaker.contributions.filter(pk=said.pk).first()
    if own is None:
        raise ConversationError(_("These are not your words. Nothing was changed."))
    return own


def _changed(said: Contribution, conversation: Conversation, fields: list[str]) -> None:
    said.changed = _next(conversation)
    said.save(update_fields=[*fields, "changed"])


def _next(conversation: Conversation) -> int:
    conversation.revision += 1
    Conversation.objects.filter(pk=conversation.pk).update(revision=conversation.revision)
    return conversation.revision
