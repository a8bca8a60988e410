"""Read a published Polis conversation: its CSV files → statements and last votes.

Knows nothing of the database. Columns are found by name, because sets and order differ between
exports. Nothing is guessed: whatever cannot be read is named with file and line.

Stricter on purpose than the reader of the analysis (``calc.opinion.open_data``), which reads as
much as it can, remarks on the rest and stops at the first fault: what is stored must be whole, and
whoever brings a file wants all its faults in one go.
"""

import csv
import gzip
import zlib
from array import array
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from erdkreis.calc.opinion.open_data import looks_inverted
from erdkreis.calc.opinion.sign import AGREE, DISAGREE, PASS
from erdkreis.calc.opinion.statements import Statement
from erdkreis.calc.opinion.votes import VoteLog

MATRIX = "participants-votes"
MOST_NAMED = 20
HIGHEST_ID = 2**31 - 1
LATEST = 2**63 - 1
ROWS_BETWEEN_NEWS = 10_000
VOTES = {str(value): value for value in (AGREE, PASS, DISAGREE)}
MODERATED = {"1": 1, "0": 0, "-1": -1}
YES_NO = {"true": True, "false": False, "": False}

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Problem:
    """Something that cannot be read, and where it stands."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.sentence}"


class PolisFilesError(Exception):
    """The files cannot be read; says where, for the first twenty places."""

    def __init__(self, *problems: Problem | str) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


@dataclass(frozen=True)
class PolisVotes:
    """The last vote of each participant on each statement, one row each."""

    participants: NDArray[np.int64]
    statements: NDArray[np.int64]
    values: NDArray[np.int8]
    n_cast: int

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True)
class PolisExport:
    """One conversation as it was published."""

    topic: str
    description: str
    url: str
    statements: tuple[Statement, ...]
    votes: PolisVotes
    looks_inverted: bool


def read_polis_folder(
    folder: Path, agree: int = AGREE, on_progress: Progress = lambda _n: None
) -> PolisExport:
    """Read the files of one conversation, each as .csv or .csv.gz.

    ``agree`` is the number that means agreement in these files: 1, as the open data writes it, or
    −1, as Polis stores it. The log of votes is read where there is one, else the matrix.
    """
    if not folder.is_dir():
        raise PolisFilesError(f"{folder} is not a folder. Give the folder that holds votes.csv.")
    with ExitStack() as opened:  # whatever is wrong with a file, it is closed
        return _read(folder, agree, on_progress, opened)


def _read(folder: Path, agree: int, on_progress: Progress, opened: ExitStack) -> PolisExport:
    problems = _Problems()
    texts, log, matrix = (_find(folder, name) for name in ("comments", "votes", MATRIX))
    if texts is None:
        raise PolisFilesError(f"{folder} holds no comments.csv: without it there are no texts.")
    statements = _statements(_Table(texts, problems, opened))
    known = frozenset(statement.id for statement in statements)
    if log is not None:
        cast = _from_log(_Table(log, problems, opened), known, agree, on_progress)
    elif matrix is not None:
        cast = _from_matrix(_Table(matrix, problems, opened), known, agree, on_progress)
    else:
        raise PolisFilesError(f"{folder} holds neither votes.csv nor participants-votes.csv.")
    summary = _summary(_find(folder, "summary"), problems, opened)
    problems.raise_if_any()
    as_cast = cast.log()
    return PolisExport(
        topic=summary.get("topic", "").strip(),
        description=summary.get("conversation-description", "").strip(),
        url=summary.get("url", "").strip(),
        statements=statements,
        votes=_last(as_cast),
        looks_inverted=looks_inverted(as_cast, statements),
    )


class _Problems:
    """Collects what cannot be read, and stops when it is enough to see what is wrong."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, file: str, line: int, sentence: str) -> None:
        self.found.append(Problem(file, line, sentence))
        if len(self.found) >= MOST_NAMED:
            self.raise_if_any()

    def raise_if_any(self) -> None:
        if self.found:
            raise PolisFilesError(*self.found)


class _Table:
    """One file: where each column stands, and its rows with the line they begin in."""

    def __init__(self, path: Path, problems: _Problems, opened: ExitStack) -> None:
        self.file = path.name
        self._problems = problems
        lines = opened.enter_context(closing(_lines(path, problems)))
        self._reader = csv.reader(lines, strict=True)
        self.header = [name.strip() for name in next(self._records(), (1, []))[1]]
        self._places = {name: place for place, name in enumerate(self.header)}

    def place(self, name: str) -> int:
        """Return where a column stands; without it nothing can be read."""
        if name not in self._places:
            self.complain(1, f"the column “{name}” is missing.")
            self._problems.raise_if_any()
        return self._places[name]

    def place_if_any(self, name: str) -> int | None:
        return self._places.get(name)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        for line, row in self._records():
            if len(row) == len(self.header):
                yield line, row
            else:
                self.complain(
                    line, f"{len(row)} values, but the first line names {len(self.header)} columns."
                )

    def complain(self, line: int, sentence: str) -> None:
        self._problems.add(self.file, line, sentence)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            line = self._reader.line_num + 1
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                self.complain(line, f"this is no valid CSV ({error}).")
                continue
            if row:
                yield line, row


def _find(folder: Path, name: str) -> Path | None:
    files = (folder / f"{name}{ending}" for ending in (".csv", ".csv.gz"))
    return next((file for file in files if file.is_file()), None)


def _lines(path: Path, problems: _Problems) -> Generator[str, None, None]:
    line = 0
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for line, raw in enumerate(file, start=1):
                try:
                    text = raw.decode("utf-8")
                except UnicodeDecodeError:
                    problems.add(path.name, line, "this is not UTF-8.")
                    text = raw.decode("utf-8", errors="replace")
                yield text.removeprefix("\ufeff") if line == 1 else text
    except (OSError, EOFError, zlib.error) as error:
        problems.add(path.name, line + 1, f"the file breaks off or is damaged ({error}).")


def _statements(table: _Table) -> tuple[Statement, ...]:
    id_, author, text, moderated = map(
        table.place, ("comment-id", "author-id", "comment-body", "moderated")
    )
    seed, meta, agrees = map(table.place_if_any, ("is-seed", "is-meta", "agrees"))
    found: dict[int, Statement] = {}
    for line, row in table.rows():
        try:
            statement = Statement(
                id=_id(row[id_], "comment-id"),
                text=_text(row[text]),
                author=_id(row[author], "author-id") if row[author] else None,
                moderated=_one_of(row[moderated], MODERATED, "moderated"),
                is_seed=_yes(row, seed, "is-seed"),
                is_meta=_yes(row, meta, "is-meta"),
                agrees=_id(row[agrees], "agrees") if agrees is not None and row[agrees] else None,
            )
        except _Unreadable as error:
            table.complain(line, str(error))
            continue
        if statement.id in found:
            table.complain(line, f"the statement {statement.id} stands here a second time.")
        found[statement.id] = statement
    return tuple(found[key] for key in sorted(found))


class _Cast:
    """Votes as they stand in a file, in flat arrays: ten million must fit into memory."""

    def __init__(self) -> None:
        self.participants, self.statements, self.times = array("q"), array("q"), array("q")
        self.values = array("b")

    def add(self, participant: int, statement: int, value: int, time: int = 0) -> None:
        self.participants.append(participant)
        self.statements.append(statement)
        self.values.append(value)
        self.times.append(time)

    def log(self) -> VoteLog:
        participants, statements, times = (
            np.array(column, dtype=np.int64)
            for column in (self.participants, self.statements, self.times)
        )
        return VoteLog(participants, statements, np.array(self.values, dtype=np.int8), times)


def _last(log: VoteLog) -> PolisVotes:
    votes = log.last_votes()
    return PolisVotes(
        votes.participant_ids[votes.rows],
        votes.statement_ids[votes.columns],
        votes.values,
        len(log.values),
    )


def _from_log(table: _Table, known: frozenset[int], agree: int, on_progress: Progress) -> _Cast:
    time, statement, participant, vote = map(
        table.place, ("timestamp", "comment-id", "voter-id", "vote")
    )
    cast = _Cast()
    for line, row in table.rows():
        try:
            cast.add(
                _id(row[participant], "voter-id"),
                _known(_id(row[statement], "comment-id"), known),
                _one_of(row[vote], VOTES, "vote") * agree,
                _id(row[time], "timestamp", LATEST),
            )
        except _Unreadable as error:
            table.complain(line, str(error))
        if len(cast.values) % ROWS_BETWEEN_NEWS == 0:
            on_progress(len(cast.values))
    return cast


def _from_matrix(table: _Table, known: frozenset[int], agree: int, on_progress: Progress) -> _Cast:
    participant = table.place("participant")
    columns = [(place, int(name)) for place, name in enumerate(table.header) if _is_number(name)]
    for _place, statement in columns:
        if statement not in known:
            table.complain(1, f"the statement {statement} does not stand in comments.csv.")
    cast, seen = _Cast(), set[int]()
    for line, row in table.rows():
        try:
            person = _first_time(_id(row[participant], "participant"), seen)
            for place, statement in columns:
                if row[place]:
                    value = _one_of(row[place], VOTES, str(statement)) * agree
                    cast.add(person, statement, value)
        except _Unreadable as error:
            table.complain(line, str(error))
        on_progress(len(cast.values))
    return cast


def _summary(path: Path | None, problems: _Problems, opened: ExitStack) -> dict[str, str]:
    """Read keys and values; this file has no header, and may be missing."""
    if path is None:
        return {}
    summary = {}
    reader = csv.reader(opened.enter_context(closing(_lines(path, problems))), strict=True)
    try:
        summary = {row[0].strip(): ",".join(row[1:]) for row in reader if row}
    except csv.Error as error:
        problems.add(path.name, reader.line_num, f"this is no valid CSV ({error}).")
    return summary


class _Unreadable(ValueError):
    """One value that cannot be read."""


def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii()


def _id(text: str, column: str, highest: int = HIGHEST_ID) -> int:
    if not _is_number(text) or len(text) > len(str(LATEST)) or int(text) > highest:
        raise _Unreadable(f"“{text[:40]}” in the column “{column}” is no number from 0 upwards.")
    return int(text)


def _known(statement: int, known: frozenset[int]) -> int:
    if statement not in known:
        raise _Unreadable(f"the statement {statement} does not stand in comments.csv.")
    return statement


def _first_time(participant: int, seen: set[int]) -> int:
    if participant in seen:
        raise _Unreadable(f"the participant {participant} stands here a second time.")
    seen.add(participant)
    return participant


def _one_of(text: str, meanings: dict[str, int], column: str) -> int:
    try:
        return meanings[text]
    except KeyError:
        raise _Unreadable(
            f"“{text[:40]}” in the column “{column}” is none of {', '.join(meanings)}."
        ) from None


def _yes(row: list[str], place: int | None, column: str) -> bool:
    if place is None:
        return False
    text = row[place].strip().lower()
    if text not in YES_NO:
        raise _Unreadable(f"“{text[:40]}” in the column “{column}” is neither true nor false.")
    return YES_NO[text]


def _text(text: str) -> str:
    if not text.strip():
        raise _Unreadable("the statement has no text.")
    return text.strip()
