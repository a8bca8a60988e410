"""Typing in what people wrote on paper: by piles, with a second look at a tenth of each."""

import secrets
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Role
from erdkreis.invitations.mixing import one_at_a_time
from erdkreis.questionnaires.models import Answer, EntryBatch, Voice
from erdkreis.questionnaires.services import Given
from erdkreis.questionnaires.traces import mix_with_other_voices
from erdkreis.rounds import services as rounds
from erdkreis.rounds.models import Round, RoundGroup

SHARE_TO_CHECK = 10  # one of so many
AT_A_TIME = 500


class EntryError(Exception):
    """Something that cannot be typed in now, said in a sentence for people."""


def rounds_to_enter(person: Person) -> list[Round]:
    """Return the rounds whose paper forms somebody may type in now."""
    helped = Role.objects.filter(person=person, kind=Role.Kind.ENTRY_HELPER)
    return list(
        Round.objects.select_related("circle")
        .filter(circle__in=helped.values("circle"), state=Round.State.ASKING)
        .order_by("circle__name", "pk")
    )


def groups_on_paper(round_: Round) -> list[RoundGroup]:
    """Return the groups whose forms are typed in: each form is one anonymous voice."""
    return [g for g in round_.groups.filter(is_asked=True) if g.voice_mode == "anonymous"]


def open_batch(group: RoundGroup, label: str, typed_by: Person) -> EntryBatch:
    return EntryBatch.objects.create(
        round_group=group, label=label, typed_by=typed_by, day=timezone.localdate()
    )


def next_sheet(batch: EntryBatch) -> int:
    """Return the number to write on the next form."""
    return (batch.voices.aggregate(last=Max("sheet"))["last"] or 0) + 1


@transaction.atomic
def enter_form(batch: EntryBatch, sheet: int, language: str, answers: Mapping[str, Given]) -> None:
    """Turn one form into a voice that has been sent: whole, or not at all."""
    _require_typing(batch)
    if not any(given.status != Answer.Status.SKIPPED for given in answers.values()):
        raise EntryError(_("Nothing was typed. An empty form is not counted."))
    voice = Voice(
        round_group=batch.round_group,
        channel=Voice.Channel.HELPER,
        batch=batch,
        sheet=sheet,
        language=language,
        day=timezone.localdate(),
        is_sent=True,
    )
    try:
        with transaction.atomic():
            voice.save(force_insert=True)
    except IntegrityError as error:
        raise EntryError(
            _("Form %(sheet)d is stored already. Nothing was stored twice.") % {"sheet": sheet}
        ) from error
    Answer.objects.bulk_create(
        Answer(voice=voice, item=item, status=given.status, value=given.value, words=given.words)
        for item, given in answers.items()
    )
    rounds.freeze(batch.round_group.round_id)


@transaction.atomic
def enter_many(
    group: RoundGroup,
    label: str,
    typed_by: Person | None,
    forms: Sequence[tuple[str, Mapping[str, Given]]],
) -> EntryBatch:
    """Turn forms that were filled in elsewhere into voices that have been sent: all, or none.

    Their order is drawn by chance. There is no paper to compare them with, so nothing is drawn for
    a second look.
    """
    group = RoundGroup.objects.select_related("round").get(pk=group.pk)
    if not group.is_open:
        raise EntryError(_("This group cannot answer now. Nothing was stored."))
    one_at_a_time(group.pk)
    batch = EntryBatch.objects.create(
        round_group=group,
        label=label,
        typed_by=typed_by,
        day=timezone.localdate(),
        n_forms=len(forms),
    )
    mixed = secrets.SystemRandom().sample(list(forms), len(forms))
    voices = [
        Voice(
            round_group=group,
            channel=Voice.Channel.HELPER,
            batch=batch,
            language=language,
            day=timezone.localdate(),
            is_sent=True,
        )
        for language, _answers in mixed
    ]
    Voice.objects.bulk_create(voices, batch_size=AT_A_TIME)
    Answer.objects.bulk_create(
        (
            Answer(
                voice=voice, item=item, status=given.status, value=given.value, words=given.words
            )
            for voice, (_language, answers) in zip(voices, mixed, strict=True)
            for item, given in answers.items()
        ),
        batch_size=AT_A_TIME,
    )
    rounds.freeze(group.round_id)
    mix_with_other_voices(voices[0])
    return batch


@transaction.atomic
def take_back_last(batch: EntryBatch) -> int:
    """Delete the form typed last, to type it anew; return its number."""
    _require_typing(batch)
    sheet = next_sheet(batch) - 1
    batch.voices.filter(sheet=sheet).delete()
    return sheet


@transaction.atomic
def finish(batch: EntryBatch) -> None:
    """End a pile, and draw the forms that a second person compares."""
    _require_typing(batch)
    sheets = list(batch.voices.order_by("sheet").values_list("sheet", flat=True))
    n_to_check = -(-len(sheets) // SHARE_TO_CHECK)
    batch.n_forms = len(sheets)
    batch.to_check = sorted(secrets.SystemRandom().sample(sheets, n_to_check))
    batch.save(update_fields=["n_forms", "to_check"])


def may_check(batch: EntryBatch, person: Person) -> bool:
    """Say whether somebody may look: a second person, and only once."""
    is_second = batch.typed_by_id != person.pk
    return is_second and batch.is_finished and not batch.is_checked and bool(batch.to_check)


def drawn(batch: EntryBatch) -> list[tuple[int, dict[str, Answer]]]:
    """Return the drawn forms of a pile, each with what was typed."""
    voices = batch.voices.filter(sheet__in=batch.to_check).order_by("sheet")
    return [
        (voice.sheet or 0, {answer.item: answer for answer in voice.answers.all()})
        for voice in voices.prefetch_related("answers")
    ]


def note_check(batch: EntryBatch, checked_by: Person, n_differences: int) -> None:
    EntryBatch.objects.filter(pk=batch.pk, n_differences=None).update(
        checked_by=checked_by, n_differences=n_differences
    )


def _require_typing(batch: EntryBatch) -> None:
    """Stop if the pile is finished or its group cannot answer now."""
    locked = EntryBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.is_finished:
        raise EntryError(_("This pile is finished. Nothing was changed."))
    group = RoundGroup.objects.select_related("round").get(pk=batch.round_group_id)
    if not group.is_open:
        raise EntryError(_("This group cannot answer now. Nothing was stored."))
