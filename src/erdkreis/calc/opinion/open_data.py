"""Read a Polis open-data export: the log or the matrix of votes, and the list of statements.

Columns are found by name, because their set and order differ between exports. The functions read
streams; opening a folder is the caller's part. Source and traps: docs/methods/opinion.md, "The
files".
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from erdkreis.calc.opinion.csv_table import Opener, Table, UnreadableExportError, read_table
from erdkreis.calc.opinion.sign import AGREE, DISAGREE, PASS
from erdkreis.calc.opinion.statements import NOT_LOOKED_AT, Statement, Statements
from erdkreis.calc.opinion.votes import Floats, VoteLog, Votes

LOG: Final = "votes.csv"
MATRIX: Final = "participants-votes.csv"
STATEMENTS: Final = "comments.csv"
ALSO_CALLED: Final = {MATRIX: "participant-votes.csv"}
"""Polis' own report exports the matrix under another name."""
N_NAMED: Final = 5


@dataclass(frozen=True)
class Export:
    """A conversation as read.

    ``source`` names the file the votes came from; ``n_rows`` counts its votes, superseded ones
    included. ``remarks`` are sentences a person should see (sign, encoding, unknown ids).
    ``chances`` tells per vote with which probability its statement was shown (see
    :class:`~.routing.Shown`), where the log has a column ``chance``; no export of Polis has one.
    """

    votes: Votes
    statements: Statements
    source: str
    n_rows: int
    remarks: tuple[str, ...] = ()
    chances: Floats | None = None

    @property
    def n_superseded(self) -> int:
        """Rows replaced by a later vote of the same person on the same statement."""
        return self.n_rows - self.votes.n_votes


def read_export(files: Mapping[str, Opener], *, agree: int = AGREE) -> Export:
    r"""Read votes and statements; the log is preferred, the matrix serves equally.

    Parameters
    ----------
    files : mapping from ``votes.csv``, ``participants-votes.csv``, ``comments.csv`` to openers
        Any may be missing, but one of the first two is needed.
    agree : 1 or -1
        What means "agree" in these files. Never guessed; a remark warns when it looks inverted.

    Raises
    ------
    UnreadableExportError
        With one sentence that names file and line.

    Examples
    --------
    >>> from io import BytesIO
    >>> log = BytesIO(b"timestamp,comment-id,voter-id,vote\n10,0,7,1\n20,0,7,-1\n")
    >>> export = read_export({"votes.csv": lambda: log})
    >>> export.votes.values.tolist(), export.n_superseded
    ([-1], 1)
    >>> export.remarks
    ('comments.csv is missing: no words, and nothing counts as moderated.',)
    """
    remarks: list[str] = []
    statements = Statements()
    if STATEMENTS in files:
        statements = read_table(STATEMENTS, files[STATEMENTS], _statements, remarks)
    log, source = _votes_of_either(files, remarks)
    log = replace(log, values=log.values * np.int8(agree))
    votes = log.last_votes()
    chances = None if log.chances is None else log.chances[log.last_rows()]
    if STATEMENTS in files:
        remarks += _unlisted(votes, statements)
        remarks += _inverted_sign(log, statements, source)
    else:
        remarks.append(f"{STATEMENTS} is missing: no words, and nothing counts as moderated.")
    return Export(votes, statements, source, len(log.values), tuple(remarks), chances)


def export_of(votes: Votes, source: str, files: Mapping[str, Opener]) -> Export:
    r"""Lay the list of statements beside votes that were read already, none of them superseded.

    Examples
    --------
    >>> from io import BytesIO
    >>> from erdkreis.calc.opinion.votes import votes_from_table
    >>> listed = BytesIO(b"comment-id,comment-body\n0,Hello\n")
    >>> files = {"comments.csv": lambda: listed}
    >>> export_of(votes_from_table([[1]]), "people.parquet", files).statements.get(0).text
    'Hello'
    """
    remarks: list[str] = []
    statements = Statements()
    if STATEMENTS in files:
        statements = read_table(STATEMENTS, files[STATEMENTS], _statements, remarks)
        remarks += _unlisted(votes, statements)
    else:
        remarks.append(f"{STATEMENTS} is missing: no words, and nothing counts as moderated.")
    return Export(votes, statements, source, votes.n_votes, tuple(remarks))


def _votes_of_either(files: Mapping[str, Opener], remarks: list[str]) -> tuple[VoteLog, str]:
    """Return the log's votes, else the matrix's; refuse when neither holds a vote."""
    for name, reader in ((LOG, _log), (MATRIX, _matrix)):
        if name in files:
            log = read_table(name, files[name], reader, remarks)
            if len(log.values):
                return log, name
    present = [name for name in (LOG, MATRIX) if name in files]
    if present:
        raise UnreadableExportError(f"{present[0]}, line 2: there is not a single vote.")
    raise UnreadableExportError(
        f"There is neither {LOG} nor {MATRIX} in the folder (nor .gz of them)."
    )


def _log(table: Table) -> VoteLog:
    """Read one vote per row; without a time column the order of the rows counts."""
    statement, voter = table.column("comment-id"), table.column("voter-id")
    vote, time = table.column("vote"), table.optional("timestamp")
    chance, chances = table.optional("chance"), array("d")
    columns = array("q"), array("q"), array("q"), array("q")
    for line, row in table.rows:
        if len(row) != len(table.heading):
            raise _ragged(table, line, row)
        columns[0].append(table.integer(line, "voter-id", row[voter]))
        columns[1].append(table.integer(line, "comment-id", row[statement]))
        columns[2].append(_vote(table, line, row[vote]))
        columns[3].append(0 if time is None else table.integer(line, "timestamp", row[time]))
        if chance is not None:
            chances.append(_chance(table, line, row[chance]))
    people, statements, values, times = (np.array(column, dtype=np.int64) for column in columns)
    known = None if chance is None else np.array(chances, dtype=np.float64)
    return VoteLog(people, statements, values.astype(np.int8), times, known)


def _matrix(table: Table) -> VoteLog:
    """Read one person per row: a column per statement, named by its id."""
    person = table.column("participant")
    places = {
        place: table.integer(1, "statement", cell)
        for place, cell in enumerate(table.heading)
        if cell.lstrip("-").isdigit()
    }
    if len(set(places.values())) != len(places):
        raise table.wrong(1, "the heading names a statement twice.")
    seen: dict[int, int] = {}
    columns = array("q"), array("q"), array("q")
    for line, row in table.rows:
        if len(row) != len(table.heading):
            raise _ragged(table, line, row)
        number = table.integer(line, "participant", row[person])
        if number in seen:
            raise table.wrong(
                line, f"participant {number} has a row already, on line {seen[number]}."
            )
        seen[number] = line
        for place, statement in places.items():
            if row[place].strip():
                columns[0].append(number)
                columns[1].append(statement)
                columns[2].append(_vote(table, line, row[place]))
    people, statements, values = (np.array(column, dtype=np.int64) for column in columns)
    return VoteLog(people, statements, values.astype(np.int8), np.zeros_like(people))


def _statements(table: Table) -> Statements:
    """Read the list of statements; some exports leave the text unquoted, commas and all."""
    number, text = table.column("comment-id"), table.optional("comment-body")
    moderated = table.optional("moderated")
    author, agrees = table.optional("author-id"), table.optional("agrees")
    meta, seed = table.optional("is-meta"), table.optional("is-seed")
    by_id: dict[int, Statement] = {}
    for line, cells in table.rows:
        row = _with_text_joined(table, line, cells, text)
        key = table.integer(line, "comment-id", row[number])
        if key in by_id:
            raise table.wrong(line, f"the statement {key} is listed twice.")
        by_id[key] = Statement(
            id=key,
            moderated=_moderated(table, line, row, moderated),
            is_meta=_flag(table, line, row, meta),
            is_seed=_flag(table, line, row, seed),
            author=_optional_integer(table, line, row, author),
            text="" if text is None else row[text],
            agrees=_optional_integer(table, line, row, agrees),
        )
    return Statements(by_id)


def _with_text_joined(table: Table, line: int, row: list[str], text: int | None) -> list[str]:
    n_columns = len(table.heading)
    if len(row) > n_columns and text == n_columns - 1:
        return [*row[:text], ",".join(row[text:])]
    if len(row) != n_columns:
        raise _ragged(table, line, row)
    return row


def _ragged(table: Table, line: int, row: list[str]) -> UnreadableExportError:
    return table.wrong(line, f"the row has {len(row)} cells, the heading {len(table.heading)}.")


def _vote(table: Table, line: int, text: str) -> int:
    value = table.integer(line, "vote", text)
    if value not in (AGREE, PASS, DISAGREE):
        raise table.wrong(line, f"the vote {value} is none of 1, 0 and -1.")
    return value


def _chance(table: Table, line: int, text: str) -> float:
    """Read a probability; nothing where a statement was chosen and not shown."""
    if not text.strip():
        return math.nan
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value <= 1:
        raise table.wrong(line, f'the chance "{text[:40]}" is not above 0 and at most 1.')
    return value


def _moderated(table: Table, line: int, row: list[str], place: int | None) -> int:
    value = _optional_integer(table, line, row, place)
    if value is None:
        return NOT_LOOKED_AT
    if value not in (-1, 0, 1):
        raise table.wrong(line, f'"moderated" is {value}, but only 1, 0 and -1 have a meaning.')
    return value


def _optional_integer(table: Table, line: int, row: list[str], place: int | None) -> int | None:
    if place is None or not row[place].strip():
        return None
    return table.integer(line, table.heading[place], row[place])


def _flag(table: Table, line: int, row: list[str], place: int | None) -> bool:
    word = "" if place is None else row[place].strip().lower()
    if word not in ("", "true", "false", "1", "0", "t", "f"):
        raise table.wrong(line, f'"{table.heading[place or 0]}" is neither true nor false.')
    return word in ("true", "1", "t")


def _unlisted(votes: Votes, statements: Statements) -> list[str]:
    unknown = [int(s) for s in votes.statement_ids if int(s) not in statements.by_id]
    if not unknown:
        return []
    named = ", ".join(str(s) for s in unknown[:N_NAMED]) + (", …" if len(unknown) > N_NAMED else "")
    return [f"{len(unknown)} voted statements are not in {STATEMENTS} ({named}); they stay in."]


def looks_inverted(log: VoteLog, statements: Iterable[Statement]) -> bool:
    """Say whether the listed agreements fit the disagreements of the votes better.

    Compared statement by statement, over all rows: ``comments.csv`` counts superseded votes too.

    Examples
    --------
    >>> log = VoteLog(*np.array([[1, 2, 3], [5, 5, 5], [-1, -1, 1], [0, 0, 0]]))
    >>> looks_inverted(log, [Statement(5, agrees=2)])
    True
    """
    told = [s for s in statements if s.agrees is not None]
    ids = np.array([s.id for s in told], dtype=np.int64)
    order = np.argsort(ids)
    claimed = np.array([s.agrees for s in told], dtype=np.int64)[order]
    votes = log.values[np.isin(log.statements, ids)]
    places = np.searchsorted(ids[order], log.statements[np.isin(log.statements, ids)])
    agree, disagree = (
        np.bincount(places[votes == value], minlength=len(ids)) for value in (AGREE, DISAGREE)
    )
    return bool(np.abs(claimed - disagree).sum() < np.abs(claimed - agree).sum())


def _inverted_sign(log: VoteLog, statements: Statements, source: str) -> list[str]:
    """Warn when the sign of the votes does not fit what is listed."""
    claimed = {s.id: s.agrees for s in statements.by_id.values() if s.agrees is not None}
    if not looks_inverted(log, statements.by_id.values()):
        return []
    listed = log.values[np.isin(log.statements, list(claimed))]
    n_agree, n_disagree = (np.count_nonzero(listed == value) for value in (AGREE, DISAGREE))
    return [
        (
            f"The sign looks inverted: {STATEMENTS} lists {sum(claimed.values())} agreements, "
            f"{source} holds {n_agree} "
            f"(and {n_disagree} disagreements); try --agree with the other sign."
        )
    ]
