"""What people do with entries: suggest, hand in, check, publish, object, reply, look again."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.circles.services import readable_slug
from erdkreis.directory.models import (
    Change,
    Entry,
    Fact,
    HistoryLine,
    Look,
    Objection,
    Reply,
)
from erdkreis.directory.queries import is_editor, looks_still_needed, may_look
from erdkreis.directory.search import search_words_of
from erdkreis.invitations.codes import digest, new_code

What = HistoryLine.What
LONGEST_SLUG = 50
RESERVED = {"suggest", "mine", "reply", "editors", "files", "map", "about"}  # pages of our own


class DirectoryError(Exception):
    """Something the directory does not allow, said in a sentence for people."""


# Suggesting -----------------------------------------------------------------------------------


@transaction.atomic
def begin_entry(
    values: dict[str, Any],
    by: Person | None = None,
    what: HistoryLine.What = HistoryLine.What.SUGGESTED,
) -> tuple[Entry, str]:
    """Begin an entry and return it with the code of the one who suggests it, shown once."""
    code = new_code()
    entry = Entry(begun_on=timezone.localdate(), submitter=by, submitter_key=digest(code))
    _take(entry, values)
    entry.slug = _free_slug(entry.name)
    entry.save()
    _note(entry, what, note=entry.relation)
    return entry, code


def entry_of(code: str) -> Entry | None:
    return Entry.objects.filter(submitter_key=digest(code)).first()


@transaction.atomic
def write_entry(entry: Entry, values: dict[str, Any]) -> Entry:
    """Let the one who suggests go on writing, while nobody checks it yet."""
    _require(entry, Entry.WITH_THE_SUBMITTER)
    _take(entry, values)
    _save(entry)
    return entry


@transaction.atomic
def add_fact(entry: Entry, fact: Fact, editor: Person | None = None) -> Fact:
    """Add a fact, as the one who suggests or as an editor, each while it is their turn."""
    _require_turn(entry, editor)
    fact.entry = entry
    fact.save()
    _forget_looks(entry)
    _save(entry)
    return fact


@transaction.atomic
def drop_fact(entry: Entry, fact_pk: int, editor: Person | None = None) -> None:
    _require_turn(entry, editor)
    entry.facts.filter(pk=fact_pk).delete()
    _forget_looks(entry)
    _save(entry)


@transaction.atomic
def hand_in(entry: Entry) -> Entry:
    """Give an entry to the editors. One fact at least: praise alone is no entry."""
    entry = _locked(entry)
    _require(entry, Entry.WITH_THE_SUBMITTER)
    if not entry.facts.exists():
        raise DirectoryError(
            _("Please add at least one fact with its source. What you wrote is kept.")
        )
    _go_on(entry, Entry.Status.SUBMITTED, What.SUBMITTED)
    return entry


@transaction.atomic
def take_in(entry: Entry) -> Entry:
    """Put an entry that came from a list before the editors, as begun to be checked."""
    entry.status = Entry.Status.IN_REVIEW
    _save(entry)
    return entry


@transaction.atomic
def take_back(entry: Entry) -> None:
    """Delete a suggestion that nobody has published, with everything in it."""
    entry = _locked(entry)
    _require(entry, (*Entry.WITH_THE_SUBMITTER, *Entry.WITH_THE_EDITORS))
    entry.delete()


# Checking -------------------------------------------------------------------------------------


@transaction.atomic
def approve(entry: Entry, editor: Person) -> Entry:
    """Say that the sources were opened and are right. The second such look publishes."""
    entry = _locked(entry)
    _require_editor(entry, editor)
    _require(entry, Entry.WITH_THE_EDITORS)
    Look.objects.update_or_create(
        entry=entry, editor=editor, defaults={"verdict": Look.Verdict.FINE}
    )
    _note(entry, What.LOOKED, editor)
    if looks_still_needed(entry):
        entry.status = Entry.Status.IN_REVIEW
        entry.save(update_fields=["status"])
        return entry
    entry.published_on = entry.published_on or timezone.localdate()
    _check_today(entry)
    _go_on(entry, Entry.Status.PUBLISHED, What.PUBLISHED, editor)
    return entry


@transaction.atomic
def step_aside(entry: Entry, editor: Person) -> None:
    """Note that an editor has a stake, and take the editor's look out of the count."""
    entry = _locked(entry)
    if not is_editor(editor):
        raise DirectoryError(_("Only editors of the directory can do this."))
    Look.objects.update_or_create(
        entry=entry, editor=editor, defaults={"verdict": Look.Verdict.STAKE}
    )
    _note(entry, What.STEPPED_ASIDE, editor)


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
    entry = _locked(entry)
    _require_editor(entry, editor)
    _require(entry, Entry.WITH_THE_EDITORS)
    changed = _take(entry, values)
    _save(entry)
    if changed:
        _forget_looks(entry)
        _note(entry, What.CHANGED, editor, changed=changed)
    return entry


# Published ------------------------------------------------------------------------------------


@transaction.atomic
def propose_change(entry: Entry, editor: Person, values: dict[str, Any], reason: str) -> Change:
    """Propose a change of a published entry; a second editor lets it in."""
    _require_editor(entry, editor)
    _require(entry, Entry.PUBLIC)
    wanted = {
        name: value for name, value in _storable(values).items() if getattr(entry, name) != value
    }
    if not wanted:
        raise DirectoryError(_("Nothing is different from what stands there."))
    return Change.objects.create(
        entry=entry, by=editor, wanted=wanted, reason=reason, on=timezone.localdate()
    )


@transaction.atomic
def let_in(change: Change, editor: Person) -> Entry:
    """Make a proposed change, as another editor than the one who proposed it."""
    entry = _locked(change.entry)
    _require_editor(entry, editor)
    _require(entry, Entry.PUBLIC)
    if change.by_id == editor.pk:
        raise DirectoryError(_("Two eyes: somebody else has to look at your change."))
    changed = _take(entry, change.wanted)
    _check_today(entry)
    _save(entry)
    _note(entry, What.CHANGED, editor, note=change.reason, changed=changed)
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
    entry = _locked(entry)
    _require_editor(entry, editor)
    _require(entry, Entry.PUBLIC)
    _check_today(entry)
    _save(entry)
    _note(entry, What.CHECKED, editor)
    return entry


@transaction.atomic
def archive(entry: Entry, editor: Person, reason: str) -> Entry:
    entry = _locked(entry)
    _require_editor(entry, editor)
    _require(entry, Entry.PUBLIC)
    _go_on(entry, Entry.Status.ARCHIVED, What.ARCHIVED, editor, reason)
    return entry


@transaction.atomic
def mark_disputed(entry: Entry, editor: Person, notice: str) -> Entry:
    """Show, beside the entry, that it is being checked again and why."""
    entry = _locked(entry)
    _require_editor(entry, editor)
    _require(entry, (Entry.Status.PUBLISHED,))
    entry.notice = notice
    _go_on(entry, Entry.Status.DISPUTED, What.DISPUTED, editor, notice)
    return entry


@transaction.atomic
def settle(entry: Entry, editor: Person, outcome: str) -> Entry:
    """End a dispute: what came out stands in the history."""
    entry = _locked(entry)
    _require_editor(entry, editor)
    _require(entry, (Entry.Status.DISPUTED,))
    entry.notice = ""
    _check_today(entry)
    _go_on(entry, Entry.Status.PUBLISHED, What.SETTLED, editor, outcome)
    return entry


@transaction.atomic
def object_to(entry: Entry, objection: Objection) -> Objection:
    """Take in what somebody says is wrong; from now on the entry is to be checked."""
    _require(entry, Entry.PUBLIC)
    objection.entry, objection.on = entry, timezone.localdate()
    objection.save()
    _recheck(entry)
    return objection


@transaction.atomic
def show_objection(objection: Objection, editor: Person) -> None:
    """Show an objection beside the entry until it is answered."""
    _require_editor(objection.entry, editor)
    objection.is_shown = True
    objection.save(update_fields=["is_shown"])
    _note(objection.entry, What.OBJECTED)


@transaction.atomic
def answer_objection(objection: Objection, editor: Person, answer: str) -> None:
    _require_editor(objection.entry, editor)
    objection.answer, objection.answered_on = answer, timezone.localdate()
    objection.save(update_fields=["answer", "answered_on"])
    _note(objection.entry, What.ANSWERED, editor)


@transaction.atomic
def invite_reply(entry: Entry, editor: Person) -> str:
    """Return a code with which the organisation can reply; an older one stops working."""
    _require_editor(entry, editor)
    _require(entry, Entry.PUBLIC)
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
    _require_editor(reply.entry, editor)
    reply.is_shown = True
    reply.save(update_fields=["is_shown"])
    _note(reply.entry, What.REPLIED, by=reply.name)


@transaction.atomic
def note_dead_link(entry: Entry) -> None:
    """Ask for a look before its time, once per dead link."""
    if entry.recheck_since is None:
        _recheck(entry)
        _note(entry, What.DEAD_LINK)


# Inside ---------------------------------------------------------------------------------------


def _turn_away(
    entry: Entry, editor: Person, status: Entry.Status, what: HistoryLine.What, words: str
) -> Entry:
    entry = _locked(entry)
    _require_editor(entry, editor)
    _require(entry, Entry.WITH_THE_EDITORS)
    entry.words_to_submitter = words
    _forget_looks(entry)
    _go_on(entry, status, what, editor, words)
    return entry


def _locked(entry: Entry) -> Entry:
    return Entry.objects.select_for_update().get(pk=entry.pk)


def _require(entry: Entry, statuses: tuple[str, ...]) -> None:
    if entry.status not in statuses:
        raise DirectoryError(
            _("This entry has gone on in the meantime: %(state)s. Nothing was changed.")
            % {"state": entry.get_status_display()}
        )


def _require_turn(entry: Entry, editor: Person | None) -> None:
    if editor is None:
        _require(entry, Entry.WITH_THE_SUBMITTER)
        return
    _require_editor(entry, editor)
    _require(entry, Entry.WITH_THE_EDITORS)


def _require_editor(entry: Entry, person: Person) -> None:
    if not is_editor(person):
        raise DirectoryError(_("Only editors of the directory can do this."))
    if not may_look(entry, person):
        raise DirectoryError(
            _("You suggested this entry or have a stake in it. Others decide on it.")
        )


def _storable(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as the database keeps them: kinds as one string."""
    stored = {name: value for name, value in values.items() if name != "kind_list"}
    if "kind_list" in values:
        probe = Entry()
        probe.kind_list = values["kind_list"]
        stored["kinds"] = probe.kinds
    return stored


def _take(entry: Entry, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Write values into an entry and return what changed, before and after."""
    changed: dict[str, list[Any]] = {}
    for name, value in _storable(values).items():
        before = getattr(entry, name)
        if before != value:
            setattr(entry, name, value)
            changed[name] = [before, value]
    changed.pop("submitter_mail", None)  # the history is public
    return changed


def _save(entry: Entry) -> None:
    entry.search_words = search_words_of(entry)
    entry.save()


def _go_on(
    entry: Entry,
    status: Entry.Status,
    what: HistoryLine.What,
    by: Person | None = None,
    note: str = "",
) -> None:
    entry.status = status
    _save(entry)
    _note(entry, what, by, note=note)


def _check_today(entry: Entry) -> None:
    today = timezone.localdate()
    entry.last_checked, entry.recheck_since = today, None
    entry.facts.update(checked_on=today)


def _recheck(entry: Entry) -> None:
    today = timezone.localdate()
    Entry.objects.filter(pk=entry.pk, recheck_since=None).update(recheck_since=today)


def _forget_looks(entry: Entry) -> None:
    """What was approved is no longer what stands there; who has a stake still has it."""
    entry.looks.filter(verdict=Look.Verdict.FINE).delete()


def _note(
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


def _free_slug(name: str) -> str:
    """Return a readable address that nobody has yet, and that is none of our own pages."""
    slug = readable_slug(name)[:LONGEST_SLUG].strip("-") or "entry"
    taken = {*RESERVED, *Entry.objects.filter(slug__startswith=slug).values_list("slug", flat=True)}
    free = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(one for one in free if one not in taken)
