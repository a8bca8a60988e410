import json
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from erdkreis.calc.privacy import Counts
from erdkreis.circles.models import VoiceMode
from erdkreis.invitations.codes import digest
from erdkreis.invitations.models import Guardian
from erdkreis.questionnaires.models import Answer, Evidence, OwnWords, Prediction, Voice
from erdkreis.rounds.models import LEADERSHIP, Round, RoundGroup
from erdkreis.web.prepared import prepared


def group_at(slug: str) -> RoundGroup | None:
    """Return the group behind a public address, with everything its pages need."""
    return (
        RoundGroup.objects.select_related("round__circle__organisation").filter(slug=slug).first()
    )


def voice_with(receipt: str, group: RoundGroup) -> Voice | None:
    """Return the voice that belongs to a receipt code, in this group."""
    if not receipt:
        return None
    return (
        Voice.objects.select_related("guardian")
        .filter(receipt_digest=digest(receipt), round_group=group)
        .first()
    )


# In the order of the models.
ROUND_FIELDS = ("id", "form", "languages", "item_version", "only_items")
GROUP_FIELDS = ("id", "round_id", "code", "slug", "extra_questions")
ANSWERING = f"""
    SELECT {", ".join(f"r.{field}" for field in ROUND_FIELDS)},
           {", ".join(f"g.{field}" for field in GROUP_FIELDS)}
    FROM {Voice._meta.db_table} v
    JOIN {RoundGroup._meta.db_table} g ON g.id = v.round_group_id
    JOIN {Round._meta.db_table} r ON r.id = g.round_id
    WHERE v.receipt_digest = %s AND v.guardian_id IS NULL
        AND g.slug = %s AND g.code <> %s AND g.is_asked
"""  # noqa: S608 - the names of tables and columns are ours


def group_answering(slug: str, receipt: str) -> RoundGroup | None:
    """Return the group of a voice with just what it takes to take an answer, in one small read.

    Of guardians, who show evidence, and of the leadership, who predicts, nothing: they are few.
    What else is asked of the group or its round is read then.
    """
    with prepared() as cursor:
        cursor.execute(ANSWERING, [digest(receipt), slug, LEADERSHIP])
        row = cursor.fetchone()
    if row is None:
        return None
    of_round, of_group = list(row[: len(ROUND_FIELDS)]), list(row[len(ROUND_FIELDS) :])
    of_round[-1], of_group[-1] = json.loads(of_round[-1]), json.loads(of_group[-1])
    group = RoundGroup.from_db(connection.alias, GROUP_FIELDS, of_group)
    group.round = Round.from_db(connection.alias, ROUND_FIELDS, of_round)
    return group


OPEN_BY_LINK = f"""
    SELECT r.id, r.languages, g.id, g.round_id
    FROM {RoundGroup._meta.db_table} g JOIN {Round._meta.db_table} r ON r.id = g.round_id
    WHERE g.slug = %s AND g.code <> %s AND g.is_asked AND g.voice_mode <> %s
        AND r.kind <> %s AND r.state = %s AND r.opens_on <= %s AND r.closes_on >= %s
"""  # noqa: S608 - the names of tables are ours


def group_open_by_link(slug: str) -> RoundGroup | None:
    """Return the group whose door is open to everybody now, with just its languages."""
    today = timezone.localdate()
    kinds = VoiceMode.ON_RECORD.value, Round.Kind.PULSE.value, Round.State.ASKING.value
    only: list[Any] = [*kinds, today, today]
    with prepared() as cursor:
        cursor.execute(OPEN_BY_LINK, [slug, LEADERSHIP, *only])
        row = cursor.fetchone()
    if row is None:
        return None
    group = RoundGroup.from_db(connection.alias, ("id", "round_id"), row[2:])
    group.round = Round.from_db(connection.alias, ("id", "languages"), row[:2])
    return group


def answers_of(voice: Voice) -> dict[str, Answer]:
    return {answer.item: answer for answer in voice.answers.all()}


def rated_by(voice: Voice) -> dict[str, int | str]:
    """Return steps and don't-knows, and no words: what a person may keep in her own browser."""
    rated = voice.answers.filter(status__in=[Answer.Status.RATED, Answer.Status.DONT_KNOW])
    return {
        item: value or status
        for item, status, value in rated.values_list("item", "status", "value")
    }


def predictions_of(voice: Voice) -> dict[tuple[str, int], Prediction]:
    return {(p.question, p.round_group_id): p for p in voice.predictions.all()}


def evidence_for(voice: Voice, item: str) -> list[Evidence]:
    return list(voice.evidence.filter(item=item))


@dataclass(frozen=True)
class Leadership:
    """How far the leadership is before it can be sealed."""

    has_answered: bool
    has_predicted: bool

    @property
    def is_ready(self) -> bool:
        return self.has_answered and self.has_predicted


def leadership(round_: Round) -> Leadership:
    voices = Voice.objects.filter(
        round_group__round=round_, round_group__code=LEADERSHIP, is_sent=True
    )
    said = Q(status=Answer.Status.RATED) | Q(status=Answer.Status.DONT_KNOW)
    return Leadership(
        has_answered=Answer.objects.filter(said, voice__in=voices).exists(),
        has_predicted=Prediction.objects.filter(said, voice__in=voices).exists(),
    )


def voices_per_group(round_: Round) -> dict[str, int]:
    """Return raw numbers of sent voices. Only the gate may let them out."""
    rows = (
        Voice.objects.filter(round_group__round=round_, is_sent=True)
        .values_list("round_group__code")
        .annotate(n=Count("pk"))
    )
    return dict(rows)


def open_link_voices(round_: Round) -> dict[str, int]:
    """Return raw numbers of sent voices that came by an open link. Only the gate may tell them."""
    rows = (
        Voice.objects.filter(round_group__round=round_, is_sent=True, channel=Voice.Channel.LINK)
        .values_list("round_group__code")
        .annotate(n=Count("pk"))
    )
    return dict(rows)


def counts_per_item(round_: Round, *, only_by_link: bool = False) -> dict[str, dict[str, Counts]]:
    """Return raw counts per group and item. Only the gate may let them out."""
    answers = Answer.objects.filter(
        voice__round_group__round=round_, voice__is_sent=True, voice__guardian=None
    ).exclude(status=Answer.Status.WORDS)
    if only_by_link:
        answers = answers.filter(voice__channel=Voice.Channel.LINK)
    rows = answers.values_list("voice__round_group__code", "item").annotate(
        **{f"n_{step}": Count("pk", filter=Q(value=step)) for step in range(1, 6)},
        n_dont_know=Count("pk", filter=Q(status=Answer.Status.DONT_KNOW)),
        n_skipped=Count("pk", filter=Q(status=Answer.Status.SKIPPED)),
    )
    counts: dict[str, dict[str, Counts]] = {}
    for group, item, *steps, dont_know, skipped in rows:
        counts.setdefault(group, {})[item] = Counts(tuple(steps), dont_know, skipped)
    return counts


def writers_per_group(round_: Round) -> dict[str, int]:
    """Return how many people wrote something, raw. Asked before voices are parted from people."""
    rows = (
        Answer.objects.filter(
            voice__round_group__round=round_, voice__is_sent=True, voice__guardian=None
        )
        .exclude(words="")
        .values_list("voice__round_group__code")
        .annotate(n=Count("voice", distinct=True))
    )
    return dict(rows)


def own_words_per_group(round_: Round) -> dict[str, tuple[int, ...]]:
    """Return the keys of what was written, raw. Asked after voices were parted from people."""
    found: dict[str, tuple[int, ...]] = {}
    for group, key in OwnWords.objects.filter(round_group__round=round_).values_list(
        "round_group__code", "pk"
    ):
        found[group] = (*found.get(group, ()), key)
    return found


@dataclass(frozen=True)
class SpokenFor:
    """What somebody answered by name, or a group as one."""

    group: str
    item: str
    who: str
    status: str
    value: int | None
    n_evidence: int


def answers_on_record(round_: Round) -> list[SpokenFor]:
    """Return the answers of guardians and of groups that gave one agreed answer."""
    answers = (
        Answer.objects.filter(voice__round_group__round=round_, voice__is_sent=True)
        .filter(Q(voice__guardian__isnull=False) | Q(voice__is_collective=True))
        .exclude(status=Answer.Status.WORDS)
        .select_related("voice__guardian", "voice__round_group")
        .order_by("voice__guardian__pk", "pk")
    )
    evidence = {
        (voice, item): n
        for voice, item, n in Evidence.objects.filter(voice__round_group__round=round_)
        .values_list("voice", "item")
        .annotate(n=Count("pk"))
    }
    return [
        SpokenFor(
            group=answer.voice.round_group.code,
            item=answer.item,
            who=str(answer.voice.guardian or ""),
            status=answer.status,
            value=answer.value,
            n_evidence=evidence.get((answer.voice_id, answer.item), 0),
        )
        for answer in answers
    ]


def expected_per_cell(round_: Round) -> dict[tuple[str, str], Counts]:
    """Return raw counts of what the leadership expects, per group and question."""
    rows = (
        Prediction.objects.filter(voice__round_group__round=round_, voice__is_sent=True)
        .values_list("round_group__code", "question")
        .annotate(
            **{f"n_{step}": Count("pk", filter=Q(value=step)) for step in range(1, 6)},
            n_dont_know=Count("pk", filter=Q(status=Answer.Status.DONT_KNOW)),
            n_skipped=Count("pk", filter=Q(status=Answer.Status.SKIPPED)),
        )
        .order_by("round_group__position", "question")
    )
    return {
        (group, question): Counts(tuple(steps), dont_know, skipped)
        for group, question, *steps, dont_know, skipped in rows
    }


def own_words_in(round_: Round) -> dict[int, OwnWords]:
    """Return what was written, raw, by key. Only what the gate let out may be read of it."""
    return {words.pk: words for words in OwnWords.objects.filter(round_group__round=round_)}


@dataclass(frozen=True)
class Guarded:
    """One guardian: who it is, what stands behind the ratings, and what is asked for."""

    guardian: Guardian
    group: str
    answers: tuple[Answer, ...]
    evidence: tuple[Evidence, ...]

    @property
    def requests(self) -> tuple[Answer, ...]:
        """What this guardian wrote in answer to open questions: the leadership owes a reply."""
        return tuple(a for a in self.answers if a.status == Answer.Status.WORDS and a.words)


def guarded(round_: Round) -> list[Guarded]:
    """Return what guardians say, by name and with evidence, each beside the others."""
    voices = (
        Voice.objects.filter(round_group__round=round_, is_sent=True, guardian__isnull=False)
        .select_related("guardian", "round_group")
        .prefetch_related("answers", "evidence")
        .order_by("guardian__pk")
    )
    return [
        Guarded(
            voice.guardian,
            voice.round_group.code,
            tuple(sorted(voice.answers.all(), key=lambda answer: answer.item)),
            tuple(voice.evidence.all()),
        )
        for voice in voices
        if voice.guardian
    ]
