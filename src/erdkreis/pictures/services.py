"""What people do with a picture: make it, answer requests, redact words, publish it whole."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.gate import services as gate
from erdkreis.gate.tables import ReleasedTable
from erdkreis.invitations.reach import note_reach
from erdkreis.pictures.analysis import (
    PICTURE,
    WORDS,
    raw_expectations,
    raw_groups,
    raw_words,
    words_let_out,
)
from erdkreis.pictures.models import Publication, Reply
from erdkreis.pictures.redaction import redacted
from erdkreis.questionnaires.parting import part_voices_from_people
from erdkreis.questionnaires.queries import writers_per_group
from erdkreis.questionnaires.services import overwrite_own_words
from erdkreis.rounds import services as rounds
from erdkreis.rounds.models import LogEntry, Round


@transaction.atomic
def make_picture(round_: Round, by: str) -> ReleasedTable:
    """End the answering, cut voices from people, and let out what may be known."""
    round_ = rounds.stop_asking(round_, by)
    # Counted before the parting: it forgets who wrote, and deletes what may never be shown.
    groups, n_writers = raw_groups(round_), writers_per_group(round_)
    expected = raw_expectations(round_)
    note_reach(round_)
    part_voices_from_people(round_)
    gate.release_words(round_, WORDS, raw_words(round_, n_writers))
    return gate.release(round_, PICTURE, groups, expected)


def prepare_publication(round_: Round) -> Publication:
    """Choose the public address, at which nothing is to be seen yet."""
    made, _is_new = Publication.objects.get_or_create(
        round=round_, defaults={"slug": rounds.short_address(round_.circle.name)}
    )
    return made


def write_note(round_: Round, note: str) -> None:
    """Say on top of the picture what the organisation says to it."""
    publication = prepare_publication(round_)
    publication.note = note
    publication.save(update_fields=["note"])


@transaction.atomic
def publish_picture(round_: Round, by: str) -> Publication:
    """Show the whole picture to everyone. Nothing else moves, and it happens once."""
    if gate.released(round_, PICTURE) is None:
        raise rounds.RoundError(_("There is no picture yet. Nothing was published."))
    prepare_publication(round_)
    publication = Publication.objects.select_for_update().get(round=round_)
    if publication.published_at is None:
        publication.published_at = timezone.now()
        publication.save(update_fields=["published_at"])
        rounds.note_in_log(round_, LogEntry.Kind.PUBLISHED, by)
    return publication


@transaction.atomic
def redact(round_: Round, group: str, item: str, number: int, passage: str, by: str) -> None:
    """Take a passage out of what somebody wrote. It is gone everywhere; the mark stays."""
    Round.objects.select_for_update().get(pk=round_.pk)  # one at a time
    before = words_let_out(round_)[group, item][number]
    after = redacted(before.text, passage)
    if after == before.text:
        return
    overwrite_own_words(before, after)
    # Where, not what: the log is open to everyone.
    where = round_.groups.get(code=group).name
    rounds.note_in_log(round_, LogEntry.Kind.REDACTED, by, after=where)


@transaction.atomic
def reply_to_request(reply: Reply, by: str) -> None:
    """Answer a guardian's request for the record; a later answer takes the place of this one."""
    Reply.objects.update_or_create(
        guardian=reply.guardian,
        item=reply.item,
        defaults={
            "round": reply.round,
            "kind": reply.kind,
            "words": reply.words,
            "at": timezone.now(),
        },
    )
    what = f"{reply.guardian}: {reply.get_kind_display()}"
    rounds.note_in_log(reply.round, LogEntry.Kind.REPLY, by, after=what)
