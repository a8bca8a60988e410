"""Two editors look at what was handed in; one of them may give it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.directory.models import (
    Entry,
    HistoryLine,
    Look,
)
from erdkreis.directory.queries import is_editor, looks_still_needed
from erdkreis.directory.services.entries import (
    DirectoryError,
    check_today,
    forget_looks,
    go_on,
    locked,
    note_down,
    require,
    require_editor,
    save_entry,
    take,
)

What = HistoryLine.What


@transaction.atomic
def approve(entry: Entry, editor: Person) -> Entry:
    """Say that the sources were opened and are right. The second such look publishes."""
    entry = locked(entry)
    require_editor(entry, editor)
    require(entry, Entry.WITH_THE_EDITORS)
    Look.objects.update_or_create(
        entry=entry, editor=editor, defaults={"verdict": Look.Verdict.FINE}
    )
    note_down(entry, What.LOOKED, editor)
    if looks_still_needed(entry):
        entry.status = Entry.Status.IN_REVIEW
        entry.save(update_fields=["status"])
        return entry
    entry.published_on = entry.published_on or timezone.localdate()
    check_today(entry)
    go_on(entry, Entry.Status.PUBLISHED, What.PUBLISHED, editor)
    return entry


@transaction.atomic
def step_aside(entry: Entry, editor: Person) -> None:
    """Note that an editor has a stake, and take the editor's look out of the count."""
    entry = locked(entry)
    if not is_editor(editor):
        raise DirectoryError(_("Only editors of the directory can do this."))
    Look.objects.update_or_create(
        entry=entry, editor=editor, defaults={"verdict": Look.Verdict.STAKE}
    )
    note_down(entry, What.STEPPED_ASIDE, editor)


@transaction.atomic
def give_back(entry: Entry, editor: Person, question: str) -> Entry:
    """Return an entry to the one who suggested it, with a question."""
    return _turn_away(entry, editor, Entry.Status.RETURNED, What.RETURNED, question)


@transaction.atomic
def reject(entry: Entry, editor: Person, reason: str) -> Entry:
    """Do not take an entry in; the one who suggested it reads why."""
    return _turn_away(entry, editor, Entry.Status.REJECTED, What.REJECTED, reason)


@transaction.atomic
def edit_waiting(entry: Entry, editor: Person, values: dict[str, Any]) -> Entry:
    """Let an editor mend an entry that is not published; both looks are needed anew."""
    entry = locked(entry)
    require_editor(entry, editor)
    require(entry, Entry.WITH_THE_EDITORS)
    changed = take(entry, values)
    save_entry(entry)
    if changed:
        forget_looks(entry)
        note_down(entry, What.CHANGED, editor, changed=changed)
    return entry


def _turn_away(
    entry: Entry, editor: Person, status: Entry.Status, what: HistoryLine.What, words: str
) -> Entry:
    entry = locked(entry)
    require_editor(entry, editor)
    require(entry, Entry.WITH_THE_EDITORS)
    entry.words_to_submitter = words
    forget_looks(entry)
    go_on(entry, status, what, editor, words)
    return entry
