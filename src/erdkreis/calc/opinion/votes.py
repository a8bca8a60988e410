"""What was voted: the container all steps share, with the sign of :mod:`.sign`.

Only votes that were cast are stored, person by person, so memory grows with the votes and not with
people times statements.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from erdkreis.calc.opinion.sign import AGREE, DISAGREE, PASS

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Votes:
    """The last vote of every person on every statement they voted on.

    Attributes
    ----------
    participant_ids : shape (n_participants,), ascending
    statement_ids : shape (n_statements,), ascending
    offsets : shape (n_participants + 1,)
        The votes of person ``i`` stand at ``offsets[i]:offsets[i + 1]``.
    columns : shape (n_votes,)
        Index into ``statement_ids``, ascending within a person.
    values : shape (n_votes,)
        +1 agree, 0 pass, -1 disagree.
    """

    participant_ids: Ints
    statement_ids: Ints
    offsets: Ints
    columns: NDArray[np.int32]
    values: NDArray[np.int8]

    @property
    def n_participants(self) -> int:
        """People with a row; the readers keep only people with at least one vote."""
        return len(self.participant_ids)

    @property
    def n_statements(self) -> int:
        """Statements with a column."""
        return len(self.statement_ids)

    @property
    def n_votes(self) -> int:
        """Cast votes, passes included."""
        return len(self.values)

    @cached_property
    def votes_per_participant(self) -> Ints:
        """How many statements each person voted on, shape (n_participants,)."""
        return np.diff(self.offsets)

    @property
    def rows(self) -> NDArray[np.int32]:
        """Index of the person behind each vote, shape (n_votes,)."""
        return np.repeat(np.arange(self.n_participants, dtype=np.int32), self.votes_per_participant)

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that change whenever any vote or id changes."""
        digest = hashlib.sha256()
        for part in (self.participant_ids, self.statement_ids, self.offsets):
            digest.update(np.ascontiguousarray(part, dtype="<i8").data)
        digest.update(np.ascontiguousarray(self.columns, dtype="<i4").data)
        digest.update(np.ascontiguousarray(self.values, dtype="i1").data)
        return digest.hexdigest()[:16]

    def table(self, values: NDArray[np.generic] | None = None) -> csr_array:
        """Return a sparse table of people by statements, of the votes or of ``values``."""
        data = self.values if values is None else values
        shape = (self.n_participants, self.n_statements)
        return csr_array((data, self.columns, self.offsets), shape=shape)

    def people(self, chosen: Ints | Flags) -> Votes:
        """Return the votes of some people only, in the order given; every column stays."""
        index = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else np.asarray(chosen)
        counts = self.votes_per_participant[index]
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        taken = np.arange(offsets[-1]) + np.repeat(self.offsets[index] - offsets[:-1], counts)
        return Votes(
            self.participant_ids[index],
            self.statement_ids,
            offsets,
            self.columns[taken],
            self.values[taken],
        )

    def where(self, kept: Flags) -> Votes:
        """Return only the votes flagged in ``kept``, shape (n_votes,); rows and columns stay."""
        running = np.concatenate([[0], np.cumsum(kept)]).astype(np.int64)
        return Votes(
            self.participant_ids,
            self.statement_ids,
            running[self.offsets],
            self.columns[kept],
            self.values[kept],
        )

    def dense(self) -> Floats:
        """Return the full table with NaN where nobody voted; for small sets and tests."""
        table = np.full((self.n_participants, self.n_statements), np.nan)
        table[self.rows, self.columns] = self.values
        return table


@dataclass(frozen=True)
class VoteLog:
    """Votes as they were cast, one row each; later ones replace earlier ones.

    ``chances`` with which the statements were shown, where that is known.
    """

    participants: Ints
    statements: Ints
    values: NDArray[np.int8]
    timestamps: Ints
    chances: Floats | None = None

    def last_votes(self) -> Votes:
        """Keep the newest vote of each person on each statement; on equal times the later row.

        Examples
        --------
        >>> log = vote_log([7, 7, 8], [1, 1, 1], [1, -1, 0], [10, 20, 10])
        >>> log.last_votes().values.tolist()
        [-1, 0]
        """
        kept = self.last_rows()
        people, statements = self.participants[kept], self.statements[kept]
        participant_ids, counts = np.unique(people, return_counts=True)
        statement_ids, columns = np.unique(statements, return_inverse=True)
        return Votes(
            participant_ids,
            statement_ids,
            np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            columns.astype(np.int32),
            self.values[kept],
        )

    def last_rows(self) -> Ints:
        """Return the rows of :meth:`last_votes`, in its order: whatever else stands in them fits.

        Examples
        --------
        >>> vote_log([8, 7, 7], [1, 1, 1], [1, -1, 0], [10, 10, 20]).last_rows().tolist()
        [2, 0]
        """
        order = np.lexsort((self.timestamps, self.statements, self.participants))
        people, statements = self.participants[order], self.statements[order]
        is_last = np.ones(len(order), dtype=bool)
        is_last[:-1] = (people[1:] != people[:-1]) | (statements[1:] != statements[:-1])
        return order[is_last]


def vote_log(
    participants: ArrayLike,
    statements: ArrayLike,
    values: ArrayLike,
    timestamps: ArrayLike | None = None,
) -> VoteLog:
    """Build a log from four columns; without times the order of the rows decides.

    Raises
    ------
    ValueError
        A value is none of +1, 0, -1, or the columns differ in length.

    Examples
    --------
    >>> log = vote_log([7, 7, 8], [1, 2, 1], [1, -1, 0])
    >>> log.last_votes().dense().tolist()
    [[1.0, -1.0], [0.0, nan]]
    >>> vote_log([7], [1], [2])
    Traceback (most recent call last):
    ...
    ValueError: A vote is 1 (agree), 0 (pass) or -1 (disagree).
    """
    people = np.asarray(participants, dtype=np.int64)
    given = np.asarray(values)
    if not np.isin(given, (AGREE, PASS, DISAGREE)).all():
        raise ValueError("A vote is 1 (agree), 0 (pass) or -1 (disagree).")
    times = np.arange(len(people)) if timestamps is None else np.asarray(timestamps)
    columns = np.asarray(statements, dtype=np.int64), given.astype(np.int8), times.astype(np.int64)
    if any(len(column) != len(people) for column in columns):
        raise ValueError("Every vote needs a participant, a statement and a value.")
    return VoteLog(people, *columns)


def votes_from_table(
    table: ArrayLike,
    participant_ids: ArrayLike | None = None,
    statement_ids: ArrayLike | None = None,
) -> Votes:
    """Read a table of people by statements, NaN where nobody voted.

    Ids default to 0, 1, 2, …; people without a vote and statements without a vote keep their place.

    Examples
    --------
    >>> votes_from_table([[1, float("nan")], [-1, 0]]).n_votes
    3
    """
    full = np.asarray(table, dtype=np.float64)
    seen = ~np.isnan(full)
    counts = seen.sum(axis=1)
    ids = [
        np.arange(size) if given is None else np.asarray(given, dtype=np.int64)
        for given, size in zip((participant_ids, statement_ids), full.shape, strict=True)
    ]
    return Votes(
        ids[0],
        ids[1],
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.nonzero(seen)[1].astype(np.int32),
        full[seen].astype(np.int8),
    )
