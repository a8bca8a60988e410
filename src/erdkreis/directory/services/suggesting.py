"""Somebody suggests an entry, writes on, hands it in, takes it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.circles.services import readable_slug
from erdkreis.directory.models import (
    Entry,
    Fact,
    HistoryLine,
)
from erdkreis.directory.services.entries import (
    DirectoryError,
    forget_looks,
    go_on,
    locked,
    note_down,
    require,
    require_turn,
    save_entry,
    take,
)
from erdkreis.invitations.codes import digest, new_code

What = HistoryLine.What
LONGEST_SLUG = 50
RESERVED = {"suggest", "mine", "reply", "editors", "files", "map", "about"}  # pages of our own


@transaction.atomic
def begin_entry(
    values: dict[str, Any],
    by: Person | None = None,
    what: HistoryLine.What = HistoryLine.What.SUGGESTED,
) -> tuple[Entry, str]:
    """Begin an entry and return it with the code of the one who suggests it, shown once."""
    code = new_code()
    entry = Entry(begun_on=timezone.localdate(), submitter=by, submitter_key=digest(code))
    take(entry, values)
    entry.slug = _free_slug(entry.name)
    entry.save()
    note_down(entry, what, note=entry.relation)
    return entry, code


def entry_of(code: str) -> Entry | None:
    return Entry.objects.filter(submitter_key=digest(code)).first()


@transaction.atomic
def write_entry(entry: Entry, values: dict[str, Any]) -> Entry:
    """Let the one who suggests go on writing, while nobody checks it yet."""
    require(entry, Entry.WITH_THE_SUBMITTER)
    take(entry, values)
    save_entry(entry)
    return entry


@transaction.atomic
def add_fact(entry: Entry, fact: Fact, editor: Person | None = None) -> Fact:
    """Add a fact, as the one who suggests or as an editor, each while it is their turn."""
    require_turn(entry, editor)
    fact.entry = entry
    fact.save()
    forget_looks(entry)
    save_entry(entry)
    return fact


@transaction.atomic
def drop_fact(entry: Entry, fact_pk: int, editor: Person | None = None) -> None:
    require_turn(entry, editor)
    entry.facts.filter(pk=fact_pk).delete()
    forget_looks(entry)
    save_entry(entry)


@transaction.atomic
def hand_in(entry: Entry) -> Entry:
    """Give an entry to the editors. One fact at least: praise alone is no entry."""
    entry = locked(entry)
    require(entry, Entry.WITH_THE_SUBMITTER)
    if not entry.facts.exists():
        raise DirectoryError(
            _("Please add at least one fact with its source. What you wrote is kept.")
        )
    go_on(entry, Entry.Status.SUBMITTED, What.SUBMITTED)
    return entry


@transaction.atomic
def take_in(entry: Entry) -> Entry:
    """Put an entry that came from a list before the editors, as begun to be checked."""
    entry.status = Entry.Status.IN_REVIEW
    save_entry(entry)
    return entry


@transaction.atomic
def take_back(entry: Entry) -> None:
    """Delete a suggestion that nobody has published, with everything in it."""
    entry = locked(entry)
    require(entry, (*Entry.WITH_THE_SUBMITTER, *Entry.WITH_THE_EDITORS))
    entry.delete()


def _free_slug(name: str) -> str:
    """Return a readable address that nobody has yet, and that is none of our own pages."""
    slug = readable_slug(name)[:LONGEST_SLUG].strip("-") or "entry"
    taken = {*RESERVED, *Entry.objects.filter(slug__startswith=slug).values_list("slug", flat=True)}
    free = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(one for one in free if one not in taken)
