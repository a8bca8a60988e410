from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle
from erdkreis.fit.models import Decision, FitConversation, Line, Side, Value
from erdkreis.fit.result import result_of
from erdkreis.fit.steps import Record
from erdkreis.invitations.codes import digest
from erdkreis.rounds.models import Round, RoundGroup

NON_CUSTOMERS = "non_customers"


def conversations_of(circle: Circle, person: Person) -> QuerySet[FitConversation]:
    """Return what this person leads. A colleague's conversations are the colleague's."""
    return circle.fit_conversations.filter(provider=person)


def whole(conversation: FitConversation) -> Record:
    return Record(conversation, conversation.lines.filter(decision=None))


def seeker_conversation(slug: str, code: str) -> FitConversation | None:
    """Return the conversation behind an address, if the code is the seeker's own."""
    found = _with_circle().filter(slug=slug, seeker_digest=digest(code))
    return found.first() if code else None


def invited_to(code: str) -> FitConversation | None:
    return _with_circle().filter(invite_digest=digest(code)).first()


def owned_with(code: str) -> FitConversation | None:
    return _with_circle().filter(seeker_digest=digest(code)).first()


def asked_again_with(code: str) -> FitConversation | None:
    return _with_circle().filter(follow_up_digest=digest(code)).first()


def _with_circle() -> QuerySet[FitConversation]:
    return FitConversation.objects.select_related("circle__organisation")


@dataclass(frozen=True)
class Decided:
    """What one side decided, with the words to it and what it had decided before."""

    side: Side
    now: Decision
    lines: tuple[Line, ...]
    before: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Both decisions, once both are there."""

    seeker: Decided
    provider: Decided
    result: Value

    @property
    def sides(self) -> tuple[Decided, Decided]:
        return self.provider, self.seeker

    @property
    def is_differing(self) -> bool:
        return self.seeker.now.value != self.provider.now.value


def own_decision(conversation: FitConversation, side: Side) -> Decision | None:
    return conversation.decisions.filter(side=side).last()


def outcome(conversation: FitConversation) -> Outcome | None:
    """Return what both decided. As long as one is missing, nothing of the other is told."""
    if not conversation.is_settled:
        return None
    decisions = list(conversation.decisions.prefetch_related("lines"))
    seeker, provider = _decided(Side.SEEKER, decisions), _decided(Side.PROVIDER, decisions)
    return Outcome(seeker, provider, result_of(Value(seeker.now.value), Value(provider.now.value)))


def _decided(side: Side, decisions: Iterable[Decision]) -> Decided:
    *before, now = [one for one in decisions if one.side == side]
    # What was said with an earlier decision stays in the record as well, until it is deleted.
    lines = tuple(line for one in (*before, now) for line in one.lines.all())
    return Decided(side, now, lines, tuple(before))


def open_door_for_non_customers(circle: Circle) -> RoundGroup | None:
    """Return the group of those who do not buy, in a round in which they can answer today."""
    today = timezone.localdate()
    return (
        RoundGroup.objects.filter(
            Q(round__opens_on__lte=today, round__closes_on__gte=today),
            round__circle=circle,
            round__state=Round.State.ASKING,
            code=NON_CUSTOMERS,
            is_asked=True,
        )
        .select_related("round__circle__organisation")
        .order_by("-round")
        .first()
    )
