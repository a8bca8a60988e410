"""What stands in the directory: changes, objections, replies, looking again."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.directory.models import (
    Change,
    Entry,
    HistoryLine,
    Objection,
    Reply,
)
from erdkreis.directory.queries import is_editor
from erdkreis.directory.services.entries import (
    DirectoryError,
    check_today,
    go_on,
    locked,
    note_down,
    recheck,
    require,
    require_editor,
    save_entry,
    storable,
    take,
)
from erdkreis.invitations.codes import digest, new_code

What = HistoryLine.What


@transaction.atomic
def propose_change(entry: Entry, editor: Person, values: dict[str, Any], reason: str) -> Change:
    """Propose a change of a published entry; a second editor lets it in."""
    require_editor(entry, editor)
    require(entry, Entry.PUBLIC)
    wanted = {
        name: value for name, value in storable(values).items() if getattr(entry, name) != value
    }
    if not wanted:
        raise DirectoryError(_("Nothing is different from what stands there."))
    return Change.objects.create(
        entry=entry, by=editor, wanted=wanted, reason=reason, on=timezone.localdate()
    )


@transaction.atomic
def let_in(change: Change, editor: Person) -> Entry:
    """Make a proposed change, as another editor than the one who proposed it."""
    entry = locked(change.entry)
    require_editor(entry, editor)
    require(entry, Entry.PUBLIC)
    if change.by_id == editor.pk:
        raise DirectoryError(_("Two pairs of eyes: somebody else has to look at your change."))
    changed = take(entry, change.wanted)
    check_today(entry)
    save_entry(entry)
    note_down(entry, What.CHANGED, editor, note=change.reason, changed=changed)
    change.delete()
    return entry


@transaction.atomic
def turn_down(change: Change, editor: Person) -> None:
    if not is_editor(editor):
        raise DirectoryError(_("Only editors of the directory can do this."))
    change.delete()


@transaction.atomic
def check_again(entry: Entry, editor: Person) -> Entry:
    """Say that everything was looked at again and still holds."""
    entry = locked(entry)
    require_editor(entry, editor)
    require(entry, Entry.PUBLIC)
    check_today(entry)
    save_entry(entry)
    note_down(entry, What.CHECKED, editor)
    return entry


@transaction.atomic
def archive(entry: Entry, editor: Person, reason: str) -> Entry:
    entry = locked(entry)
    require_editor(entry, editor)
    require(entry, Entry.PUBLIC)
    go_on(entry, Entry.Status.ARCHIVED, What.ARCHIVED, editor, reason)
    return entry


@transaction.atomic
def mark_disputed(entry: Entry, editor: Person, notice: str) -> Entry:
    """Show, beside the entry, that it is being checked again and why."""
    entry = locked(entry)
    require_editor(entry, editor)
    require(entry, (Entry.Status.PUBLISHED,))
    entry.notice = notice
    go_on(entry, Entry.Status.DISPUTED, What.DISPUTED, editor, notice)
    return entry


@transaction.atomic
def settle(entry: Entry, editor: Person, outcome: str) -> Entry:
    """End a dispute: what came out stands in the history."""
    entry = locked(entry)
    require_editor(entry, editor)
    require(entry, (Entry.Status.DISPUTED,))
    entry.notice = ""
    check_today(entry)
    go_on(entry, Entry.Status.PUBLISHED, What.SETTLED, editor, outcome)
    return entry


@transaction.atomic
def object_to(entry: Entry, objection: Objection) -> Objection:
    """Take in what somebody says is wrong; from now on the entry is to be checked."""
    require(entry, Entry.PUBLIC)
    objection.entry, objection.on = entry, timezone.localdate()
    objection.save()
    recheck(entry)
    return objection


@transaction.atomic
def show_objection(objection: Objection, editor: Person) -> None:
    """Show an objection beside the entry until it is answered."""
    require_editor(objection.entry, editor)
    objection.is_shown = True
    objection.save(update_fields=["is_shown"])
    note_down(objection.entry, What.OBJECTED)


@transaction.atomic
def answer_objection(objection: Objection, editor: Person, answer: str) -> None:
    require_editor(objection.entry, editor)
    objection.answer, objection.answered_on = answer, timezone.localdate()
    objection.save(update_fields=["answer", "answered_on"])
    note_down(objection.entry, What.ANSWERED, editor)


@transaction.atomic
def invite_reply(entry: Entry, editor: Person) -> str:
    """Return a code with which the organisation can reply; an older one stops working."""
    require_editor(entry, editor)
    require(entry, Entry.PUBLIC)
    code = new_code()
    Entry.objects.filter(pk=entry.pk).update(reply_key=digest(code))
    return code


def entry_to_reply_to(code: str) -> Entry | None:
    return Entry.objects.filter(reply_key=digest(code), status__in=Entry.PUBLIC).first()


@transaction.atomic
def reply_to(entry: Entry, reply: Reply) -> Reply:
    """Take in a reply; it is shown as soon as an editor has seen that it is one."""
    reply.entry, reply.on = entry, timezone.localdate()
    reply.save()
    return reply


@transaction.atomic
def show_reply(reply: Reply, editor: Person) -> None:
    require_editor(reply.entry, editor)
    reply.is_shown = True
    reply.save(update_fields=["is_shown"])
    note_down(reply.entry, What.REPLIED, by=reply.name)


@transaction.atomic
def note_dead_link(entry: Entry) -> None:
    """Ask for a look before its time, once per dead link."""
    if entry.recheck_since is None:
        recheck(entry)
        note_down(entry, What.DEAD_LINK)
