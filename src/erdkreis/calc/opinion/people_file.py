"""Who belongs to which stakeholder group, and how large the groups are: two small tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from erdkreis.calc.opinion.analysis import Stakeholders
from erdkreis.calc.opinion.csv_table import Opener, Table, UnreadableExportError, read_table

if TYPE_CHECKING:
    from erdkreis.calc.opinion.votes import Votes


def read_people(name: str, opener: Opener, votes: Votes, remarks: list[str]) -> Stakeholders:
    r"""Read the table; people without a row, or with an empty group, belong to none.

    Raises
    ------
    UnreadableExportError
        With one sentence that names file and line.

    Examples
    --------
    >>> from io import BytesIO
    >>> from erdkreis.calc.opinion.votes import votes_from_table
    >>> votes = votes_from_table([[1], [1], [-1]], participant_ids=[7, 8, 9])
    >>> file = BytesIO(b"participant,group\n7,staff\n9,board\n")
    >>> found = read_people("people.csv", lambda: file, votes, [])
    >>> found.names, found.labels.tolist()
    (('board', 'staff'), [1, -1, 0])
    """
    group_of = read_table(name, opener, _groups, remarks)
    names = tuple(sorted({group for group in group_of.values() if group}))
    number = {group: place for place, group in enumerate(names)}
    labels = [number.get(group_of.get(person, ""), -1) for person in votes.participant_ids.tolist()]
    unknown = len(set(group_of) - set(votes.participant_ids.tolist()))
    if unknown:
        remarks.append(f"{name} names {unknown} participants without a vote; they count nowhere.")
    return Stakeholders(np.array(labels, dtype=np.int64), names)


def read_sizes(
    name: str, opener: Opener, stakeholders: Stakeholders, remarks: list[str]
) -> Stakeholders:
    r"""Read how many people are affected in each group: columns ``group`` and ``people``.

    Raises
    ------
    UnreadableExportError
        With one sentence that names file and line; also where a group has no size, because it
        would silently count as nobody.

    Examples
    --------
    >>> from io import BytesIO
    >>> known = Stakeholders(np.array([0, 1]), ("board", "staff"))
    >>> file = BytesIO(b"group,people\nstaff,90\nboard,10\n")
    >>> read_sizes("sizes.csv", lambda: file, known, []).sizes
    (10.0, 90.0)
    """
    size_of = read_table(name, opener, _sizes, remarks)
    missing = [group for group in stakeholders.names if group not in size_of]
    if missing:
        raise UnreadableExportError(f'{name}: the group "{missing[0]}" has no size.')
    unknown = len(set(size_of) - set(stakeholders.names))
    if unknown:
        remarks.append(f"{name} names {unknown} groups nobody came as; they count nowhere.")
    return replace(stakeholders, sizes=tuple(float(size_of[g]) for g in stakeholders.names))


def _sizes(table: Table) -> dict[str, int]:
    group, people = table.column("group"), table.column("people")
    found: dict[str, int] = {}
    for line, row in table.rows:
        if len(row) != len(table.heading):
            sentence = f"the row has {len(row)} cells, the heading {len(table.heading)}."
            raise table.wrong(line, sentence)
        name, size = row[group].strip(), table.integer(line, "people", row[people])
        if size < 1:
            raise table.wrong(line, f'a group of {size} people cannot count; "{name}" has it.')
        if name in found:
            raise table.wrong(line, f'the group "{name}" is listed twice.')
        found[name] = size
    return found


def _groups(table: Table) -> dict[int, str]:
    person, group = table.column("participant"), table.column("group")
    found: dict[int, str] = {}
    for line, row in table.rows:
        if len(row) != len(table.heading):
            sentence = f"the row has {len(row)} cells, the heading {len(table.heading)}."
            raise table.wrong(line, sentence)
        number = table.integer(line, "participant", row[person])
        if found.setdefault(number, row[group].strip()) != row[group].strip():
            raise table.wrong(line, f"participant {number} is in another group already.")
    return found
