"""What the gate let out of a round → rows of tables. Nothing is counted here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from erdkreis.calc.privacy import Cell, Showing
from erdkreis.gate.services import released
from erdkreis.gate.tables import Expected, ReleasedGroup, ReleasedTable
from erdkreis.pictures.analysis import PICTURE, words_let_out
from erdkreis.questionnaires.catalogue import Item, catalogue
from erdkreis.questionnaires.paths import Page, Path
from erdkreis.reports import columns
from erdkreis.reports.columns import Column
from erdkreis.rounds.models import LEADERSHIP, Round, RoundGroup

Row = dict[str, Any]
SATISFACTION = "satisfaction"
# What a hidden cell is called among the answers that are none.
HIDDEN = {
    Showing.TOO_FEW: columns.TOO_FEW,
    Showing.SILENT: columns.SILENT,
    Showing.TENDENCY: columns.TENDENCY,
    Showing.CANNOT_SEE: columns.CANNOT_SEE,
}


@dataclass(frozen=True)
class Table:
    """A table with its columns: every row has each of them, or it is empty there."""

    name: str
    columns: tuple[Column, ...]
    rows: list[Row] = field(default_factory=list)

    def values(self) -> Iterator[list[Any]]:
        names = [column.name for column in self.columns]
        for row in self.rows:
            yield [row.get(name) for name in names]


def answers_of(round_: Round) -> Table | None:
    """Return one row for each group and sentence, as it was let out; nothing before that."""
    table = released(round_, PICTURE)
    if table is None:
        return None
    groups = list(round_.groups.select_related("group"))
    rows = [row for group in groups for row in _of_group(group, table.group(group.code))]
    return Table("answers", columns.ANSWERS, rows + _expectations(round_, groups, table))


def words_of(round_: Round) -> Table | None:
    """Return what people wrote, as far as it may be read, in the order of the picture."""
    if released(round_, PICTURE) is None:
        return None
    names = {group.code: group.name for group in round_.groups.select_related("group")}
    rows = [
        {
            "round": round_.title,
            "group": group,
            "group_name": names.get(group, group),
            "item": item,
            "words": one.text,
        }
        for (group, item), words in words_let_out(round_).items()
        for one in words
    ]
    return Table("words", columns.WORDS, rows)


def weighted(answers: Table) -> Table:
    """Return one row for each answer that was chosen, with how many chose it as its weight."""
    rows = [
        {name: row.get(name) for name in ("round", "about", "group", "way", "question", "item")}
        | {"answer": answer, "n": n, "unit": unit}
        for row in answers.rows
        for answer, n, unit in _chosen(row)
    ]
    return Table("weighted", columns.WEIGHTED, rows)


def _of_group(group: RoundGroup, let_out: ReleasedGroup | None) -> Iterator[Row]:
    about_group: Row = {
        "round": group.round.title,
        "about": "answer",
        "group": group.code,
        "group_name": group.name,
    }
    if not group.is_asked or let_out is None:
        yield about_group | {"showing": "not_asked", "text": group.not_asked_reason}
        return
    for page in Path(group).pages:
        if page.item is None or not page.item.is_rated:
            continue
        about_item = about_group | _of_item(group, page, page.item)
        if let_out.is_anonymous:
            for way, cell in _cells(let_out, page.item):
                yield about_item | {"way": way} | cell_row(cell)
        else:
            yield from _openly(about_item, let_out, page.item)


def _of_item(group: RoundGroup, page: Page, item: Item) -> Row:
    organisation = group.round.circle.organisation.name
    return {
        "question": page.question.code if page.question else SATISFACTION,
        "item": item.code,
        "text": item.wording.in_language(get_language() or "en", org=organisation),
        "scale": item.scale,
    }


def _cells(let_out: ReleasedGroup, item: Item) -> Iterator[tuple[str, Cell]]:
    """Yield the cell of all, or those of the invited and of the open link apart."""
    silent = Cell(Showing.TOO_FEW if let_out.heard.is_heard else Showing.SILENT)
    way = "invited" if let_out.by_link else "all"
    yield way, let_out.cells.get(item.code, silent)
    if let_out.by_link:
        yield "open_link", let_out.by_link.cells.get(item.code, silent)


def cell_row(cell: Cell) -> Row:
    """Return what files and the interface tell of one cell."""
    told: Row = {"showing": str(cell.showing)}
    if cell.n_from:
        told |= {"n_from": cell.n_from, "n_to": cell.n_to}
    if cell.steps:
        told |= {f"step_{step}": n for step, n in enumerate(cell.steps, start=1)}
        told |= {"dont_know": cell.dont_know}
        told |= {"unit": "people" if cell.showing is Showing.COUNTS else "dots"}
    if cell.tendency:
        told["tendency"] = str(cell.tendency)
    return told


def _openly(about_item: Row, let_out: ReleasedGroup, item: Item) -> Iterator[Row]:
    said = [spoken for spoken in let_out.spoken if spoken.item == item.code]
    for spoken in said:
        yield about_item | {
            "way": "open",
            "who": spoken.who,
            "showing": "open",
            "n_from": 1,
            "n_to": 1,
            "unit": "people",
            "answer": str(spoken.value) if spoken.value is not None else spoken.status,
            "n_evidence": spoken.n_evidence,
        }
    if not said:
        yield about_item | {"way": "open", "showing": str(Showing.SILENT)}


def _expectations(round_: Round, groups: list[RoundGroup], table: ReleasedTable) -> list[Row]:
    names = {group.code: group.name for group in groups}
    titles = {q.code: q.title for q in catalogue(round_.item_version).questions}
    return [
        {
            "round": round_.title,
            "about": "expectation",
            "group": one.group,
            "group_name": names.get(one.group, one.group),
            "question": one.question,
            "text": titles[one.question].in_language(get_language() or "en"),
        }
        | _of_expectation(one)
        for one in table.expected
    ]


def _of_expectation(one: Expected) -> Row:
    if one.cell is not None:
        return {"way": "all"} | cell_row(one.cell)
    return {
        "way": "open",
        "who": LEADERSHIP,
        "showing": "open",
        "n_from": 1,
        "n_to": 1,
        "unit": "people",
        "answer": str(one.value) if one.value is not None else "dont_know",
    }


def _chosen(row: Row) -> Iterator[tuple[int, int, str]]:
    """Yield each answer of a row with how many gave it; a hidden cell stands for itself."""
    showing = row["showing"]
    if showing == "not_asked":
        yield columns.NOT_ASKED, 1, "cell"
    elif showing == "open":
        yield _open_answer(row["answer"]), 1, "people"
    elif showing in HIDDEN:
        yield HIDDEN[Showing(showing)], 1, "cell"
    else:
        steps = range(1, columns.N_STEPS + 1)
        for answer, n in [(s, row[f"step_{s}"]) for s in steps] + [
            (columns.DONT_KNOW, row["dont_know"])
        ]:
            if n:
                yield answer, n, row["unit"]


def _open_answer(answer: str) -> int:
    none = {"dont_know": columns.DONT_KNOW, "skipped": columns.SKIPPED}
    return none[answer] if answer in none else int(answer)
