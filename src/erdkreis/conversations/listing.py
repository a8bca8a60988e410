"""What stands on the page of a conversation: what was said in each phase, for this reader."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch

from erdkreis.conversations.labels import label_of
from erdkreis.conversations.models import Contribution, Conversation, Phase, Speaker, Version
from erdkreis.conversations.speaking import ANSWERS, ROOM
from erdkreis.moderation.models import Case
from erdkreis.moderation.queries import last_cases

State, Kind = Contribution.State, Contribution.Kind


@dataclass(frozen=True)
class Said:
    """One contribution with what this reader may do with it."""

    one: Contribution
    label: str
    is_own: bool = False
    is_mine_to_accept: bool = False
    answer: str = ""
    case: Case | None = None
    versions: tuple[Version, ...] = ()

    @property
    def shows_text(self) -> bool:
        return self.one.state == State.SHOWN or (self.is_own and bool(self.one.text))


@dataclass(frozen=True)
class InPhase:
    """A phase with what was said in it."""

    code: str
    name: str
    is_now: bool
    said: list[Said] = field(default_factory=list)


def phases(conversation: Conversation, speaker: Speaker | None) -> list[InPhase]:
    """Return the phases so far, with what was said in each."""
    said = said_in(conversation, speaker)
    order = conversation.PHASES_IN_ORDER
    reached = order[: order.index(conversation.phase) + 1]
    return [
        InPhase(
            code,
            str(Phase(code).label),
            is_now=code == conversation.phase,
            said=[one for one in said if one.one.phase == code],
        )
        for code in reached
    ]


def said_in(
    conversation: Conversation, speaker: Speaker | None, *, changed_after: int = -1
) -> list[Said]:
    """Return what this reader sees, in the order of the talk. Who waits sees only his own."""
    found = list(
        conversation.contributions.filter(changed__gt=changed_after)
        .select_related("speaker__side__group", "answers")
        .prefetch_related(Prefetch("versions", Version.objects.order_by("-number")))
    )
    visible = [c for c in found if c.state != State.WAITING or _is_own(c, speaker)]
    decided = [c.pk for c in visible if c.state in {State.HIDDEN, State.WAITING}]
    cases = last_cases(ROOM, decided) if decided else {}
    return list(_said(visible, conversation, speaker, cases))


def _said(
    visible: Iterable[Contribution],
    conversation: Conversation,
    speaker: Speaker | None,
    cases: dict[str, Case],
) -> Iterable[Said]:
    for one in visible:
        is_own = _is_own(one, speaker)
        heard = one.answers if one.kind == Kind.PARAPHRASE else None
        yield Said(
            one,
            label_of(one.speaker),
            is_own=is_own,
            is_mine_to_accept=(
                heard is not None
                and speaker is not None
                and heard.speaker_id == speaker.pk
                and one.state == State.SHOWN
                and not conversation.is_closed
            ),
            answer=_answer(one, conversation, speaker) if not is_own else "",
            case=cases.get(str(one.pk)),
            versions=tuple(one.versions.all()) if one.state == State.SHOWN else (),
        )


def _is_own(one: Contribution, speaker: Speaker | None) -> bool:
    return speaker is not None and one.speaker_id == speaker.pk


def _answer(one: Contribution, conversation: Conversation, speaker: Speaker | None) -> str:
    """Return the kind with which this reader can answer now, if any."""
    if speaker is None or conversation.is_closed or one.state != State.SHOWN:
        return ""
    for kind, (phase, answered) in ANSWERS.items():
        if phase == conversation.phase and answered == one.kind:
            return kind
    return ""
