"""One section of the company facts: shown, checked while it is typed, stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from erdkreis.balances import services
from erdkreis.balances.analysis import assessed, entered
from erdkreis.balances.fact_forms import (
    LISTS,
    SECTIONS,
    Entries,
    EntryForm,
    GeneralForm,
    SectionForm,
    entries,
    general_values,
    show_refusals,
)
from erdkreis.balances.models import Sheet
from erdkreis.balances.notices import notices
from erdkreis.balances.queries import ratings_of
from erdkreis.balances.refusals import refusals
from erdkreis.balances.texts import say, texts
from erdkreis.calc import commongood
from erdkreis.calc.commongood import Refused


@dataclass
class FactPage:
    """A section with its form and, where it has one, its list."""

    sheet: Sheet
    section: str
    data: Any = None
    form: forms.Form = field(init=False)
    rows: Entries | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        facts = self.sheet.company_facts
        if self.section == "general":
            self.form = GeneralForm(self.data, general_values(self.sheet.general_information))
        else:
            self.form = SectionForm(self.section, self.data, facts)
            self.rows = entries(self.section, self.data, facts)

    @property
    def following(self) -> str:
        """Return the section after this one; empty after the last."""
        at = SECTIONS.index(self.section) + 1
        return SECTIONS[at] if at < len(SECTIONS) else ""

    @property
    def list_words(self) -> dict[str, str]:
        """Return title and explanation of the list."""
        words = texts("facts")["field"][LISTS[self.section][0]]
        return {"label": say(words["label"]), "help": say(words["help"])}

    def is_valid(self) -> bool:
        # Both are asked, so that every fault is found at once.
        valid = [self.form.is_valid(), self.rows is None or self.rows.is_valid()]
        return all(valid)

    def save(self) -> bool:
        """Store the section; on refusal say where and why, and store nothing."""
        if not self.is_valid():
            return False
        try:
            services.change_sheet(self.sheet, self._changes())
        except Refused as refused:
            show_refusals(refusals(refused), self.form, self._filled())
            return False
        return True

    def check(self) -> dict[str, list[str]]:
        """Say what follows from what is typed so far, or what is wrong with it."""
        if not self.is_valid():
            return {"faults": self._faults(), "notices": []}
        try:
            now = entered(self.sheet, ratings_of(self.sheet))
            found = commongood.assess(commongood.changed_sheet(now, self._changes()))
        except Refused as refused:
            show_refusals(refusals(refused), self.form, self._filled())
            return {"faults": self._faults(), "notices": []}
        return {"faults": [], "notices": notices(found, self.section)}

    def checked(self) -> dict[str, list[str]]:
        """Say what follows from what is stored."""
        shown = notices(assessed(self.sheet).assessment, self.section)
        return {"faults": [], "notices": shown}

    def _changes(self) -> dict[str, object]:
        if isinstance(self.form, GeneralForm):
            return {"generalInformation": self.form.document(self.sheet.general_information)}
        assert isinstance(self.form, SectionForm)  # noqa: S101 - tells the type checker
        changes = self.form.changes()
        if self.rows is not None:
            changes[LISTS[self.section][0]] = [row.entry() for _at, row in self._filled()]
        return {"companyFacts": changes}

    def _filled(self) -> list[tuple[int, EntryForm]]:
        return list(self.rows.filled()) if self.rows is not None else []

    def _faults(self) -> list[str]:
        rows = self.rows.forms if self.rows is not None else []
        whole = [str(fault) for fault in self.rows.non_form_errors()] if self.rows else []
        named = [(form, _("Entry %(number)s") % {"number": n}) for n, form in enumerate(rows, 1)]
        return whole + [
            sentence
            for form, entry in [(self.form, ""), *named]
            for sentence in _sentences(form, entry)
        ]


def _sentences(form: forms.Form, entry: str) -> Iterator[str]:
    """Say what is wrong in a form, and where: in which entry, in which field."""
    for name, faults in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        place = ", ".join(str(part) for part in (entry, label) if part)
        for fault in faults:
            yield f"{place}: {fault}" if place else str(fault)
