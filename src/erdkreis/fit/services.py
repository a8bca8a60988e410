"""What two parties do in a fit conversation: begin, come in, write, delete, decide, look back.

Whoever writes holds the conversation for that moment, so that nothing is written into a record
that the other side closes at the same time.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle
from erdkreis.fit.models import Decision, FitConversation, Line, Side, Value, WillingVoice
from erdkreis.fit.queries import own_decision, whole
from erdkreis.fit.steps import BY_CODE, LAST, STEPS, Record, Step
from erdkreis.fit.wording import CURRENT_VERSION
from erdkreis.invitations.codes import digest, new_code
from erdkreis.rounds.services import EASY_TO_READ

ADDRESS_LENGTH = 10


class FitError(Exception):
    """Something a fit conversation does not allow, said in a sentence for people."""


@dataclass(frozen=True)
class Written:
    """One line as it came from the form."""

    text: str = ""
    aspect: str = ""
    choice: str = ""
    by_day: date | None = None
    is_decisive: bool = False


def begin(
    circle: Circle, provider: Person, about: str, *, seeker_name: str = "", variant: str = "first"
) -> tuple[FitConversation, str]:
    """Open a record and return the code of its invitation, of which only a digest is stored."""
    code = new_code()
    conversation = FitConversation.objects.create(
        circle=circle,
        provider=provider,
        provider_name=str(provider),
        about=about,
        seeker_name=seeker_name,
        variant=variant,
        wording=CURRENT_VERSION,
        slug="".join(secrets.choice(EASY_TO_READ) for _letter in range(ADDRESS_LENGTH)),
        invite_digest=digest(code),
    )
    return conversation, code


@transaction.atomic
def invite_again(conversation: FitConversation) -> str:
    """Make a new invitation; what opened the seeker's side before no longer does.

    If somebody had come in already, both see that it happened and when.
    """
    conversation = _held(conversation)
    code = new_code()
    if conversation.seeker_digest:
        conversation.link_renewed_on = timezone.localdate()
    conversation.invite_digest, conversation.seeker_digest = digest(code), None
    conversation.save(update_fields=["invite_digest", "seeker_digest", "link_renewed_on"])
    return code


def take_seat(code: str) -> str | None:
    """Use an invitation up and return the private code that only the seeker holds from now on.

    Whoever made the invitation knows its code. With it, nobody can write as the seeker any more.
    """
    own = new_code()
    taken = FitConversation.objects.filter(invite_digest=digest(code)).update(
        invite_digest=None, seeker_digest=digest(own), active_on=timezone.localdate()
    )
    return own if taken else None


@transaction.atomic
def write(conversation: FitConversation, side: Side, step: Step, written: Written) -> Line:
    """Add a line, or write anew what a step asks each side only once."""
    record = whole(_held(conversation))
    _require_writable(record, step, side, written)
    values: dict[str, Any] = {
        "text": written.text,
        "choice": written.choice,
        "by_day": written.by_day,
        "is_deleted": False,
        "is_decisive_for_seeker": written.is_decisive and side == Side.SEEKER,
        "is_decisive_for_provider": written.is_decisive and side == Side.PROVIDER,
        "written_on": timezone.localdate(),
    }
    named: dict[str, Any] = {"side": side, "step": step.code, "aspect": written.aspect}
    _touch(record.conversation)
    if step.code in {"do_nothing", "alternatives", "kernel"}:
        named["conversation"] = record.conversation
        line, _is_new = Line.objects.update_or_create(values, **named)
        return line
    return Line.objects.create(conversation=record.conversation, **named, **values)


@transaction.atomic
def change_line(line: Line, side: Side, written: Written) -> None:
    """Put other words in the place of one's own, until both have decided."""
    record = whole(_held(line.conversation))
    _require_own(line, side)
    _require_writable(record, BY_CODE[line.step], side, written)
    line.text, line.choice, line.by_day = written.text, written.choice, written.by_day
    line.is_deleted, line.written_on = False, timezone.localdate()
    line.save(update_fields=["text", "choice", "by_day", "is_deleted", "written_on"])
    _touch(record.conversation)


@transaction.atomic
def delete_words(line: Line, side: Side) -> None:
    """Delete one's own words, at any time. That something stood there stays to be seen."""
    conversation = _held(line.conversation)
    _require_own(line, side)
    Line.objects.filter(pk=line.pk).update(text="", is_deleted=True)
    _touch(conversation)


@transaction.atomic
def call_decisive(line: Line, side: Side, *, is_decisive: bool) -> None:
    """Say for one's own side whether an edge decides."""
    conversation = _held(line.conversation)
    _require_open(conversation)
    field = f"is_decisive_for_{side.value}"
    conversation.lines.filter(pk=line.pk, step="solution_space").update(**{field: is_decisive})
    _touch(conversation)


@transaction.atomic
def answer_mirror(line: Line, side: Side, choice: str) -> None:
    """Say as the seeker whether the provider has understood."""
    conversation = _held(line.conversation)
    _require_open(conversation)
    if side != Side.SEEKER or line.aspect != "mirror" or choice not in {"right", "not_quite"}:
        raise FitError(_("Only the seeking side can say whether it was understood."))
    conversation.lines.filter(pk=line.pk).update(choice=choice)
    _touch(conversation)


@transaction.atomic
def go_on(conversation: FitConversation, number: int) -> int:
    """Open the step after this one, if nothing is missing in it; return where the talk stands."""
    record = whole(_held(conversation))
    _require_open(record.conversation)
    if number != record.conversation.reached or number >= LAST.number:
        return record.conversation.reached
    if record.is_missing(STEPS[number - 1]):
        raise FitError(missing_sentence(STEPS[number - 1]))
    record.conversation.reached = number + 1
    record.conversation.save(update_fields=["reached"])
    _touch(record.conversation)
    return record.conversation.reached


@transaction.atomic
def decide(
    conversation: FitConversation,
    side: Side,
    value: Value,
    *,
    why: str = "",
    who: str = "",
    meet_on: date | None = None,
) -> Decision:
    """Decide for one side. The other sees it when both have; then it may change for 14 days."""
    conversation = _held(conversation)
    if not conversation.may_change:
        day = conversation.changeable_until
        raise FitError(
            _("Decisions could be changed until %(day)s. What both decided stays as it is.")
            % {"day": date_format(day) if day else ""}
        )
    if value == Value.YES and not whole(conversation).may_say_yes:
        raise FitError(yes_sentence())
    if not conversation.is_settled:
        # Nobody has seen the one before: it was a draft.
        conversation.decisions.filter(side=side).delete()
    decision = Decision.objects.create(
        conversation=conversation, side=side, value=value, meet_on=meet_on
    )
    for aspect, text in (("why", why), ("who", who)):
        if text:
            Line.objects.create(
                conversation=conversation, side=side, step=LAST.code, aspect=aspect, text=text,
                decision=decision,
            )  # fmt: skip
    if not conversation.is_settled and own_decision(conversation, side.other):
        conversation.settled_on = timezone.localdate()
        conversation.save(update_fields=["settled_on"])
    _touch(conversation)
    return decision


def wish_to_be_asked_again(conversation: FitConversation, email: str, language: str) -> None:
    """Keep an address for the one question after half a year; an empty one takes it back."""
    FitConversation.objects.filter(pk=conversation.pk, follow_up_digest=None).update(
        follow_up_email=email, follow_up_language=language if email else ""
    )


@transaction.atomic
def look_back(conversation: FitConversation, choice: str, text: str) -> None:
    """Answer the one question after half a year; a later answer takes the place of this one."""
    conversation = _held(conversation)
    conversation.lines.update_or_create(
        side=Side.SEEKER,
        step="follow_up",
        aspect="",
        defaults={
            "choice": choice, "text": text, "is_deleted": False,
            "written_on": timezone.localdate(),
        },
    )  # fmt: skip
    _touch(conversation)


def be_willing(circle: Circle, email: str, language: str) -> None:
    """Keep an address for the next round, apart from everything that was talked about."""
    WillingVoice.objects.update_or_create(
        circle=circle,
        email=email.lower(),
        defaults={"language": language, "month": timezone.localdate().replace(day=1)},
    )


def missing_sentence(step: Step) -> str:
    sentences: dict[str, Callable[[], str]] = {
        "interests": lambda: _(
            "First the offering side says what it gains from a yes. Then it goes on."
        ),
        "doubts": lambda: _(
            "The offering side names at least one thing that speaks against its offer. "
            "Then it goes on."
        ),
        "alternatives": lambda: _(
            "Please look at “not buying” and at least one other alternative. Then it goes on."
        ),
    }
    return sentences[step.code]()


def yes_sentence() -> str:
    return _(
        "A yes is a yes to a kernel. It becomes possible when all steps were gone through, a "
        "smallest first piece is written down, and no edge that both call decisive is unknown."
    )


def _held(conversation: FitConversation) -> FitConversation:
    return (
        FitConversation.objects.select_for_update(of=("self",))
        .select_related("circle__organisation")
        .get(pk=conversation.pk)
    )


def _touch(conversation: FitConversation) -> None:
    FitConversation.objects.filter(pk=conversation.pk).update(active_on=timezone.localdate())


def _require_open(conversation: FitConversation) -> None:
    if conversation.is_settled:
        raise FitError(
            _("Both sides have decided, so the record no longer changes. Nothing was saved.")
        )


def _require_own(line: Line, side: Side) -> None:
    if line.side != side:
        raise FitError(_("Only those who wrote a line can change it. Nothing was changed."))


def _require_writable(record: Record, step: Step, side: Side, written: Written) -> None:
    _require_open(record.conversation)
    if step.number > record.conversation.reached:
        raise FitError(_("This step comes later. Nothing was saved."))
    # The provider repeats what the seeker said; in all else each writes for itself.
    is_mirror = step.code == "real_need" and side == Side.PROVIDER
    if is_mirror != (written.aspect == "mirror") or not record.may_write(step, side):
        raise FitError(_("This side cannot write here now. Nothing was saved."))
