"""Read a list of entries: everything is looked through first, and comes in whole or not at all."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.directory.columns import ENTRY, FACT, MOST_FACTS_IN_A_ROW
from erdkreis.directory.duplicates import Candidate, possible_duplicates
from erdkreis.directory.forms import FactForm, SuggestForm
from erdkreis.directory.models import Entry, HistoryLine, Relation
from erdkreis.directory.services.suggesting import add_fact, begin_entry, take_in
from erdkreis.invitations.tables import MOST_ROWS, Row, TableError

NEEDED = ("name", "kinds", "summary")
# Every line is looked through as a whole suggestion, while somebody waits for the page.
MOST_LINES = 500


@dataclass(frozen=True)
class Line:
    """One line of a list as it was understood."""

    number: int
    entry: SuggestForm
    facts: list[FactForm]
    problems: list[str]
    similar: list[Entry]

    @property
    def name(self) -> str:
        return str(self.entry["name"].value() or "")


@dataclass
class Understood:
    """A list before anything of it is stored."""

    lines: list[Line] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def is_usable(self) -> bool:
        return bool(self.lines) and not self.missing and not any(x.problems for x in self.lines)


def understand(rows: Sequence[Row]) -> Understood:
    """Read a list whose first line names the columns."""
    if not rows:
        return Understood()
    if len(rows) > MOST_LINES + 1:
        raise TableError(
            _("A list can have %(most)d lines. Please split it.") % {"most": MOST_LINES}
        )
    header = [cell.strip().lower().replace(" ", "_") for cell in rows[0][1]]
    known = {*ENTRY, *(name for names in _fact_columns() for name in names.values())}
    understood = Understood(
        missing=[name for name in NEEDED if name not in header],
        unknown=[name for name in header if name and name not in known],
    )
    if understood.missing:
        return understood
    existing = Entry.objects.exclude(status__in=(Entry.Status.REJECTED, Entry.Status.DRAFT))
    for number, cells in rows[1:]:
        values = {name: _untamed(cell) for name, cell in zip(header, cells, strict=False)}
        understood.lines.append(_line(number, values, list(existing)))
    return understood


@transaction.atomic
def take_list(understood: Understood, by: Person, without: set[int]) -> list[Entry]:
    """Make an entry of every line but those left out; all wait for the editors."""
    return [_make(line, by) for line in understood.lines if line.number not in without]


def _line(number: int, values: dict[str, str], existing: list[Entry]) -> Line:
    entry = SuggestForm(_entry_data(values))
    facts = [FactForm(data) for data in _fact_data(values) if any(data.values())]
    forms: list[SuggestForm | FactForm] = [entry, *facts]
    problems = [
        f"{_label(form, name)}: {' '.join(map(str, errors))}"
        for form in forms
        for name, errors in form.errors.items()
    ]
    if not facts:
        problems.append(_("There is no fact with its source."))
    return Line(number, entry, facts, problems, _similar(entry, existing))


def _similar(entry: SuggestForm, existing: list[Entry]) -> list[Entry]:
    clean = getattr(entry, "cleaned_data", {})
    candidate = Candidate(
        clean.get("name", ""), clean.get("website", ""), clean.get("latitude"),
        clean.get("longitude"),
    )  # fmt: skip
    return possible_duplicates(candidate, existing)


def _make(line: Line, by: Person) -> Entry:
    values: dict[str, Any] = line.entry.values()
    entry, _code = begin_entry(values, by, what=HistoryLine.What.IMPORTED)
    for fact in line.facts:
        add_fact(entry, fact.save(commit=False))
    return take_in(entry)


def _entry_data(values: dict[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {name: values.get(name, "") for name in ENTRY}
    data["kind_list"] = values.get("kinds", "").replace(",", " ").replace(";", " ").split()
    data["relation"] = values.get("relation") or Relation.NONE
    return data


def _fact_columns() -> list[dict[str, str]]:
    """Return, for each fact a line can hold, which field stands in which column."""
    return [{name: f"fact_{n}_{name}" for name in FACT} for n in range(1, MOST_FACTS_IN_A_ROW + 1)]


def _fact_data(values: dict[str, str]) -> list[dict[str, str]]:
    return [
        {name: values.get(column, "") for name, column in columns.items() if name != "checked_on"}
        for columns in _fact_columns()
    ]


def _label(form: SuggestForm | FactForm, name: str) -> str:
    return str(form.fields[name].label or name) if name in form.fields else name


def _untamed(cell: str) -> str:
    """Take off the mark with which our own export keeps formulas from being run."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in "=+-@" else cell


def as_table(rows: Sequence[Row]) -> str:
    """Return rows as one text that ``from_table`` reads again, for the form that confirms."""
    table = io.StringIO()
    csv.writer(table, delimiter="\t").writerows([str(number), *cells] for number, cells in rows)
    return table.getvalue()


def from_table(table: str) -> list[Row]:
    """Read again what ``as_table`` wrote; whatever else comes is an empty list."""
    try:
        read = list(csv.reader(io.StringIO(table, newline=""), delimiter="\t"))
        return [(int(cells[0]), cells[1:]) for cells in read if cells][: MOST_ROWS + 1]
    except (csv.Error, ValueError) as error:
        raise TableError(_("The list has changed on its way. Please upload it again.")) from error
