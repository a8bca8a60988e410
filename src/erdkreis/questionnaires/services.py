"""What a voice does: begin, answer, send, change, withdraw.

An answer is one statement: it finds the voice, checks that its group may answer today, and
writes, or writes nothing. No session, no lock held while thinking.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.invitations.codes import code_from, digest, new_code
from erdkreis.invitations.models import Guardian
from erdkreis.invitations.services import use_code
from erdkreis.invitations.slips import Slip, is_ours
from erdkreis.questionnaires.cells import free_cells
from erdkreis.questionnaires.models import (
    Answer,
    Evidence,
    OwnWords,
    Prediction,
    SpentSlip,
    Voice,
)
from erdkreis.questionnaires.queries import leadership
from erdkreis.questionnaires.traces import mix_with_other_voices
from erdkreis.rounds import services as rounds
from erdkreis.rounds.models import LEADERSHIP, Round, RoundGroup
from erdkreis.rounds.random_ids import random_id
from erdkreis.web.prepared import prepared


class AlreadyBegun(Exception):
    """A group that gives one agreed answer has begun it already."""


@dataclass(frozen=True)
class Given:
    """One answer as it came from the form."""

    status: str
    value: int | None = None
    words: str = ""


def begin_voice(
    group: RoundGroup,
    channel: str,
    language: str,
    *,
    promise_digest: str = "",
    receipt: str | None = None,
) -> str:
    """Begin a voice and return its receipt code, of which only a digest is stored."""
    receipt = receipt or new_code()
    voice = Voice(
        round_group=group,
        receipt_digest=digest(receipt),
        channel=channel,
        is_collective=group.voice_mode == "collective",
        language=language,
        day=timezone.localdate(),
        promise_digest=promise_digest,
    )
    try:
        with transaction.atomic():
            rounds.freeze(group.round_id)
            voice.save(force_insert=True)
            mix_with_other_voices(voice)
    except IntegrityError as error:
        if not _take_over_empty(voice):
            raise AlreadyBegun from error
    return receipt


def _take_over_empty(voice: Voice) -> bool:
    """Take over an agreed answer that was begun and left empty; say whether there was one.

    A door pressed twice, or a phone that lost its cookie before the first answer, would otherwise
    shut the group out for good: only the receipt code opens its answer, and nobody has it.
    """
    begun = Voice.objects.filter(
        round_group=voice.round_group, is_collective=True, is_sent=False,
        answers=None, predictions=None,
    )  # fmt: skip
    return bool(
        begun.update(
            receipt_digest=voice.receipt_digest,
            language=voice.language,
            day=voice.day,
            promise_digest=voice.promise_digest,
        )
    )


def begin_guardian_voice(guardian: Guardian, language: str, *, promise_digest: str = "") -> None:
    """Begin the voice of a guardian, who speaks by name: the personal code is the receipt.

    The day and the version of the promise are the record of the consent to speak by name.
    """
    Voice.objects.get_or_create(
        guardian=guardian,
        defaults={
            "round_group": guardian.round_group,
            "receipt_digest": guardian.digest,
            "channel": Voice.Channel.GUARDIAN,
            "language": language,
            "day": timezone.localdate(),
            "promise_digest": promise_digest,
        },
    )
    rounds.freeze(guardian.round_group.round_id)


class CodeUsed(Exception):
    """Somebody else used this code a moment ago."""


@transaction.atomic
def begin_voice_with_code(
    code: str, group: RoundGroup, language: str, *, promise_digest: str = ""
) -> str:
    """Use a code up and begin a voice: both, or neither."""
    rounds.freeze(group.round_id)  # the round before the group: in the order of the picture
    if use_code(code) is None:
        raise CodeUsed
    return begin_voice(group, Voice.Channel.CODE, language, promise_digest=promise_digest)


class NoSlip(Exception):
    """What came as a slip was not signed for this group."""


class SlipSpent(Exception):
    """The slip has begun a voice before."""


def begin_voice_with_slip(
    slip: Slip, group: RoundGroup, language: str, *, promise_digest: str = ""
) -> str:
    """Spend a slip and begin a voice: both, or neither.

    The receipt code follows from the slip. So whoever never got the answer, because the connection
    was lost, hands the slip in again and finds the voice: only as long as nothing was said in it.
    """
    if not is_ours(group, slip):
        raise NoSlip
    receipt = code_from(f"slip {slip.message.hex()}")
    try:
        with transaction.atomic():
            SpentSlip.objects.create(round_group=group, digest=slip.digest)
            begin_voice(
                group, Voice.Channel.CODE, language, promise_digest=promise_digest, receipt=receipt
            )
    except IntegrityError as error:
        begun = Voice.objects.filter(
            round_group=group, receipt_digest=digest(receipt), is_sent=False, answers=None
        )
        if not begun.exists():
            raise SlipSpent from error
    return receipt


MAY_ANSWER = f"""
    FROM {Voice._meta.db_table} v
    JOIN {RoundGroup._meta.db_table} g ON g.id = v.round_group_id
    JOIN {Round._meta.db_table} r ON r.id = g.round_id
    WHERE v.receipt_digest = %s AND g.id = %s AND (
        (g.code <> %s AND r.state = %s AND r.opens_on <= %s AND r.closes_on >= %s)
        OR (g.code = %s AND r.state = %s AND r.leadership_sealed_at IS NULL)
    )
"""

WHO_IS_ASKED = "AND g.is_asked"
# A guardian shows evidence beside an answer, so it is never taken without looking at who gives it.
BY_NO_GUARDIAN = f"{WHO_IS_ASKED} AND v.guardian_id IS NULL"
_NEW_ANSWER = (
    f"INSERT INTO {Answer._meta.db_table} (id, voice_id, item, status, value, words) "
    f"SELECT CAST(%s AS bigint), v.id, %s, %s, CAST(%s AS smallint), %s {MAY_ANSWER} "
)
_OR_ANOTHER = (
    " ON CONFLICT (voice_id, item) DO UPDATE "
    "SET status = excluded.status, value = excluded.value, words = excluded.words"
)
WRITE_ANSWER = f"{_NEW_ANSWER} {BY_NO_GUARDIAN} {_OR_ANOTHER}"
WRITE_ANSWER_OF_GUARDIAN = f"{_NEW_ANSWER} {WHO_IS_ASKED} {_OR_ANOTHER}"


YET_TO_ANSWER = (
    f"SELECT 1 {MAY_ANSWER} {BY_NO_GUARDIAN} AND NOT v.is_sent AND NOT EXISTS "  # noqa: S608 - as above
    f"(SELECT 1 FROM {Answer._meta.db_table} a WHERE a.voice_id = v.id AND a.item = %s)"
)


def has_yet_to_answer(receipt: str, group_id: int, item: str) -> bool:
    """Say whether this voice may answer now, has not sent, and has said nothing to this item.

    Of a guardian's it is never said.
    """
    with prepared() as cursor:
        cursor.execute(YET_TO_ANSWER, [*_may_answer(receipt, group_id), item])
        return cursor.fetchone() is not None


def give_answer(
    receipt: str, group_id: int, item: str, given: Given, *, by_guardian: bool = False
) -> bool:
    """Write one answer; say whether it was taken.

    It is not when there is no such voice (withdrawn, or a wrong code), its group may not answer
    now, or a guardian speaks of whom the caller did not know. Which of them, it asks only then.
    """
    value: list[Any] = [random_id(), item, str(given.status), given.value, given.words]
    with prepared() as cursor:
        statement = WRITE_ANSWER_OF_GUARDIAN if by_guardian else WRITE_ANSWER
        cursor.execute(statement, [*value, *_may_answer(receipt, group_id)])
        return bool(cursor.rowcount == 1)


WRITE_PREDICTION = (
    f"INSERT INTO {Prediction._meta.db_table} "
    "(id, voice_id, round_group_id, question, status, value) "
    "SELECT CAST(%s AS bigint), v.id, CAST(%s AS bigint), %s, %s, CAST(%s AS smallint) "
    f"{MAY_ANSWER} "
    "ON CONFLICT (voice_id, round_group_id, question) DO UPDATE "
    "SET status = excluded.status, value = excluded.value"
)


@transaction.atomic
def give_predictions(
    receipt: str, group_id: int, question: str, predictions: dict[int, Given]
) -> bool:
    """Write what the leadership expects of each other group; say whether it was taken."""
    if not predictions:
        return True
    rows = [
        [random_id(), target, question, str(p.status), p.value, *_may_answer(receipt, group_id)]
        for target, p in predictions.items()
    ]
    with prepared() as cursor:
        written = 0
        for row in rows:
            cursor.execute(WRITE_PREDICTION, row)
            written += cursor.rowcount
    return written == len(rows)


def add_evidence(voice: Voice, item: str, evidence: Evidence) -> None:
    evidence.voice, evidence.item = voice, item
    evidence.save()


def send_voice(voice: Voice) -> bool:
    """Count this voice. It can still be changed or withdrawn until the round closes."""
    with transaction.atomic():
        if not _while_open(voice).update(is_sent=True):
            return False
        mix_with_other_voices(voice)
    return True


@transaction.atomic
def withdraw_voice(voice: Voice) -> bool:
    """Delete a voice with everything it said, unless the picture was made a moment ago."""
    if not _while_open(voice).select_for_update().exists():
        return False
    voice.delete()
    return True


@transaction.atomic
def choose_extra_questions(round_: Round, chosen: Mapping[str, Iterable[str]]) -> None:
    """Ask groups what they are not asked from the start: questions by address of the group."""
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.state != Round.State.INVITING or round_.is_frozen:
        raise rounds.RoundError(
            _("Who is asked what can change only before the first answer. Nothing was changed.")
        )
    for group in round_.groups.filter(is_asked=True):
        wanted = free_cells(group, round_.item_version) & set(chosen.get(group.slug, ()))
        group.extra_questions = sorted(wanted)
        group.save(update_fields=["extra_questions"])


def seal_leadership(round_: Round, by: str) -> Round:
    """Lock own view and prediction of the leadership, once both are there."""
    if not leadership(round_).is_ready:
        raise rounds.RoundError(
            _("The leadership has not sent its own view and its prediction yet. Nothing is sealed.")
        )
    return rounds.seal_leadership(round_, by)


def overwrite_own_words(words: OwnWords, text: str) -> None:
    """Put another text in the place of one that named somebody. The first is not kept."""
    OwnWords.objects.filter(pk=words.pk).update(text=text)


def _while_open(voice: Voice) -> QuerySet[Voice]:
    """Return this voice if its group may answer at this very moment."""
    today = timezone.localdate()
    others = ~Q(round_group__code=LEADERSHIP) & Q(
        round_group__round__state=Round.State.ASKING,
        round_group__round__opens_on__lte=today,
        round_group__round__closes_on__gte=today,
    )
    leaders = Q(
        round_group__code=LEADERSHIP,
        round_group__round__state=Round.State.INVITING,
        round_group__round__leadership_sealed_at=None,
    )
    return Voice.objects.filter(others | leaders, pk=voice.pk)


def _may_answer(receipt: str, group_id: int) -> list[Any]:
    today = timezone.localdate()
    return [
        digest(receipt), group_id,
        LEADERSHIP, Round.State.ASKING.value, today, today,
        LEADERSHIP, Round.State.INVITING.value,
    ]  # fmt: skip
