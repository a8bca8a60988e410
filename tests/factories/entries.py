"""Entries of the directory for tests."""

from datetime import date

from erdkreis.accounts.models import Person
from erdkreis.directory.models import Editor, Entry, Fact
from erdkreis.directory.services import checking, suggesting
from factories import circles

VALUES = {
    "name": "Mühle am Bach",
    "kind_list": ["made_to_last"],
    "summary": "Mahlt Getreide von fünf Höfen aus der Nachbarschaft.",
    "place": "Musterstadt",
    "country": "DEU",
    "relation": "customer",
}


def editor(name: str) -> Person:
    person = circles.person(name)
    Editor.objects.create(person=person)
    return person


def begun(**values) -> tuple[Entry, str]:
    entry, code = suggesting.begin_entry(VALUES | values)
    fact = Fact(claim="Gives ten years.", source_name="Own site", source_kind="own")
    suggesting.add_fact(entry, fact)
    return entry, code


def submitted(**values) -> Entry:
    return suggesting.hand_in(begun(**values)[0])


def published(*, checked: date | None = None, **values) -> Entry:
    """An entry that two editors let in; states are walked, the day of the check is set."""
    entry = submitted(**values)
    for name in (f"e1-{entry.pk}", f"e2-{entry.pk}"):
        entry = checking.approve(entry, editor(name))
    if checked:
        Entry.objects.filter(pk=entry.pk).update(last_checked=checked, published_on=checked)
        entry.refresh_from_db()
    return entry
