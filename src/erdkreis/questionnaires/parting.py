"""What happens to voices at the end: the last threads between them and people are cut."""

from collections import Counter
from functools import partial

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from erdkreis.invitations.mixing import one_at_a_time
from erdkreis.invitations.models import Code
from erdkreis.invitations.services import level_roll
from erdkreis.questionnaires.catalogue import catalogue
from erdkreis.questionnaires.models import (
    Answer,
    EntryBatch,
    OwnWords,
    Prediction,
    SpentSlip,
    Voice,
)
from erdkreis.questionnaires.traces import wipe_traces_of_order
from erdkreis.rounds.models import Round, RoundGroup


@transaction.atomic
def part_voices_from_people(round_: Round) -> None:
    """Cut the last threads once nobody can answer any more.

    Free text leaves its voice, in an order that tells nothing; receipt codes are forgotten, so
    that from now on nobody can find an answer again, not even with the code. Open questions
    leave nothing behind, not even that they were answered: where one person wrote, that would
    join the text to her ratings again.
    """
    for group_id in round_.groups.order_by("pk").values_list("pk", flat=True):
        one_at_a_time(group_id)
    _forget_what_may_never_be_shown(round_)
    wrote = Answer.objects.filter(voice__round_group__round=round_, voice__guardian=None)
    with_words = wrote.filter(voice__is_sent=True).exclude(words="").select_related("voice")
    OwnWords.objects.bulk_create(
        sorted(
            (
                OwnWords(
                    round_group_id=answer.voice.round_group_id,
                    item=answer.item,
                    text=answer.words,
                    language=answer.voice.language,
                )
                for answer in with_words
            ),
            key=lambda words: words.pk,  # random numbers, so a random order
        )
    )
    # Named by their voices: joined to them, a freshly filled PostgreSQL compares each with each.
    written = Answer.objects.exclude(words="")
    of_this_round = Voice.objects.filter(round_group__round=round_, guardian=None)
    written.filter(voice__in=of_this_round).update(words="")
    wrote.filter(item__in=catalogue(round_.item_version).open_items).delete()
    Voice.objects.filter(round_group__round=round_, is_sent=False).delete()
    _forget_rare_languages(round_)
    Voice.objects.filter(round_group__round=round_).update(receipt_digest=None)
    # Paper forms leave their pile: nobody can compare a sheet with a voice any more.
    Voice.objects.filter(round_group__round=round_).update(batch=None, sheet=None)
    # One day for all: on which of them somebody came would help to find her.
    anonymous = Voice.objects.filter(round_group__round=round_, guardian=None)
    anonymous.update(day=timezone.localdate())
    level_roll(round_)
    SpentSlip.objects.filter(round_group__round=round_).delete()
    wipe = partial(wipe_traces_of_order, Voice, Answer, OwnWords, Prediction, SpentSlip, Code)
    transaction.on_commit(wipe, robust=True)


def _forget_what_may_never_be_shown(round_: Round) -> None:
    """Delete the ratings and texts of groups too few to show them.

    Nobody will ever see anything of them. What is kept nevertheless would only help somebody who
    holds the database: of a single voice in a group, the roll says whose it is.
    """
    crowd = RoundGroup.objects.filter(round=round_, voice_mode="anonymous")
    sent = Q(voices__is_sent=True)
    few = list(crowd.annotate(n=Count("voices", filter=sent)).filter(n__lt=round_.min_group))
    Voice.objects.filter(round_group__in=few).delete()
    EntryBatch.objects.filter(round_group__in=few).delete()
    wrote = sent & ~Q(voices__answers__words="") & Q(voices__answers__isnull=False)
    few_wrote = crowd.annotate(n=Count("voices", filter=wrote, distinct=True)).filter(
        n__lt=round_.min_group
    )
    theirs = Voice.objects.filter(round_group__in=list(few_wrote))
    Answer.objects.exclude(words="").filter(voice__in=theirs).update(words="")


def _forget_rare_languages(round_: Round) -> None:
    """Where few answered in a language, a text in it would lead back to the voice that wrote it.

    All voices of such a group forget theirs: if only the few did, that would mark them.
    """
    anonymous = Voice.objects.filter(round_group__round=round_, guardian=None)
    spoken = anonymous.values_list("round_group", "language").annotate(n=Count("pk"))
    languages = Counter(group for group, _language, _n in spoken)
    rare = {group for group, _language, n in spoken if n < round_.min_group}
    mixed = [group for group in rare if languages[group] > 1]
    anonymous.filter(round_group__in=mixed).update(language="")
