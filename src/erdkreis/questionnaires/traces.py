"""What a database file knows beyond its rows: in which order they were written.

SQLite fills each page from its end, so within a page the place of a row tells when it came, even
where its number is random. PostgreSQL adds rows at the end of its file, each with the number of
the transaction that wrote it. So whenever a voice begins or is sent, it is written anew together
with others of its group; every night, and once nobody can answer any more, all of it.
"""

from django.apps import apps
from django.db import connection, models, transaction

from erdkreis.invitations.mixing import one_at_a_time
from erdkreis.questionnaires.models import Answer, Voice
from erdkreis.rounds.order_of_rows import level, touch, write_anew
from erdkreis.rounds.random_ids import RandomIdField

# A voice and so many others. Groups of this size, where hiding is hard, are mixed as a whole.
MOST_MIXED = 32


def mix_with_other_voices(voice: Voice) -> None:
    """Write a voice anew with others of its group and all they said; called in a transaction.

    Guardians and those who speak as one are known by name, so nothing is to be hidden of them.
    """
    if voice.guardian_id or voice.is_collective:
        return
    one_at_a_time(voice.round_group_id)
    # Who takes a voice back right now holds it: it is left out, and nobody waits for it.
    there = (
        Voice.objects.select_for_update(no_key=True, skip_locked=True)
        .filter(round_group=voice.round_group_id, guardian=None)
        .values_list("pk", flat=True)
    )
    others = there.exclude(pk=voice.pk).order_by("?")[: MOST_MIXED - 1]
    mixed = [voice.pk, *others]
    said = Answer.objects.filter(voice__in=mixed).order_by().values_list("pk", flat=True)
    write_anew(Answer, list(said))
    touch(Voice, mixed)
    transaction.on_commit(_forget_the_journal, robust=True)


def wipe_traces_of_order(*written: type[models.Model]) -> None:
    """Write the tables of anonymous people anew, in the order of their keys.

    Takes a moment in which nobody can write; called outside of a transaction.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            # What the journal still holds is in the order of writing, too.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    for model in written or tables_of_the_anonymous():
        level(model)


def tables_of_the_anonymous() -> list[type[models.Model]]:
    """Return every table with keys that tell nothing: its order must not tell anything either."""
    return [m for m in apps.get_models() if isinstance(m._meta.pk, RandomIdField)]


def _forget_the_journal() -> None:
    """Empty the journal file of SQLite, unless somebody reads from it right now.

    It holds a copy of each page after each writing: what was mixed could be sorted again by it.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout=0")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout={before}")
