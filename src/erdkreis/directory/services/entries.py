"""What every deed on an entry does: look whether it may, write, note it in the open history."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.directory.models import (
    Entry,
    HistoryLine,
    Look,
)
from erdkreis.directory.queries import is_editor, may_look
from erdkreis.directory.search import search_words_of


class DirectoryError(Exception):
    """Something the directory does not allow, said in a sentence for people."""


def locked(entry: Entry) -> Entry:
    return Entry.objects.select_for_update().get(pk=entry.pk)


def require(entry: Entry, statuses: tuple[str, ...]) -> None:
    if entry.status not in statuses:
        raise DirectoryError(
            _("This entry has gone on in the meantime: %(state)s. Nothing was changed.")
            % {"state": entry.get_status_display()}
        )


def require_turn(entry: Entry, editor: Person | None) -> None:
    if editor is None:
        require(entry, Entry.WITH_THE_SUBMITTER)
        return
    require_editor(entry, editor)
    require(entry, Entry.WITH_THE_EDITORS)


def require_editor(entry: Entry, person: Person) -> None:
    if not is_editor(person):
        raise DirectoryError(_("Only editors of the directory can do this."))
    if not may_look(entry, person):
        raise DirectoryError(
            _("You suggested this entry or have a stake in it. Others decide on it.")
        )


def storable(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as the database keeps them: kinds as one string."""
    stored = {name: value for name, value in values.items() if name != "kind_list"}
    if "kind_list" in values:
        probe = Entry()
        probe.kind_list = values["kind_list"]
        stored["kinds"] = probe.kinds
    return stored


def take(entry: Entry, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Write values into an entry and return what changed, before and after."""
    changed: dict[str, list[Any]] = {}
    for name, value in storable(values).items():
        before = getattr(entry, name)
        if before != value:
            setattr(entry, name, value)
            changed[name] = [before, value]
    changed.pop("submitter_mail", None)  # the history is public
    return changed


def save_entry(entry: Entry) -> None:
    entry.search_words = search_words_of(entry)
    entry.save()


def go_on(
    entry: Entry,
    status: Entry.Status,
    what: HistoryLine.What,
    by: Person | None = None,
    note: str = "",
) -> None:
    entry.status = status
    save_entry(entry)
    note_down(entry, what, by, note=note)


def check_today(entry: Entry) -> None:
    today = timezone.localdate()
    entry.last_checked, entry.recheck_since = today, None
    entry.facts.update(checked_on=today)


def recheck(entry: Entry) -> None:
    today = timezone.localdate()
    Entry.objects.filter(pk=entry.pk, recheck_since=None).update(recheck_since=today)


def forget_looks(entry: Entry) -> None:
    """What was approved is no longer what stands there; who has a stake still has it."""
    entry.looks.filter(verdict=Look.Verdict.FINE).delete()


def note_down(
    entry: Entry,
    what: HistoryLine.What,
    by: Person | str | None = None,
    *,
    note: str = "",
    changed: dict[str, list[Any]] | None = None,
) -> None:
    HistoryLine.objects.create(
        entry=entry,
        what=what,
        on=timezone.localdate(),
        by=str(by or "")[:100],
        note=note[:500],
        changed=changed or {},
    )
