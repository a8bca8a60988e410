"""Votes of large dialogues as Parquet files, one per block of people.

Columns: ``participant`` (int64, ascending), ``statement`` (int64), ``vote`` (int8: 1 agree, 0
pass, -1 disagree). A worker opens only the files of its own blocks; ``statements.parquet`` beside
them holds all statement ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from erdkreis.calc.opinion.blocks import N_PEOPLE_BLOCK, blocks_of, joined
from erdkreis.calc.opinion.sign import AGREE, DISAGREE, PASS
from erdkreis.calc.opinion.votes import Ints, Votes
from erdkreis.compute.failure import UnreadableVoteFilesError

STATEMENTS: Final = "statements.parquet"
PEOPLE: Final = "people-*.parquet"
SIGN: Final = "1 agree, 0 pass, -1 disagree"


@dataclass(frozen=True)
class BlockInFile:
    """A block of people that is read where it is needed."""

    path: str

    def votes(self) -> Votes:
        """Read the block.

        Raises
        ------
        UnreadableVoteFilesError
            The file is damaged, or holds what no vote file holds.
        """
        file = Path(self.path)
        statement_ids = _column(file.parent / STATEMENTS, "statement")
        people, statements, values = (
            _column(file, name) for name in ("participant", "statement", "vote")
        )
        columns = np.searchsorted(statement_ids, statements)
        if not np.isin(statements, statement_ids).all():
            raise _unreadable(file, f"it names a statement that is not in {STATEMENTS}")
        if not np.isin(values, (AGREE, PASS, DISAGREE)).all():
            raise _unreadable(file, "a vote is none of 1, 0 and -1")
        steps = np.diff(people) * len(statement_ids) + np.diff(columns)
        if (np.diff(people) < 0).any() or (steps <= 0).any():
            raise _unreadable(file, "its rows are not in the order of people and statements")
        ids, counts = np.unique(people, return_counts=True)
        return Votes(
            ids,
            statement_ids,
            np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            columns.astype(np.int32),
            values.astype(np.int8),
        )


def _column(file: Path, name: str) -> Ints:
    """Read one column of whole numbers without gaps."""
    try:
        found = pl.read_parquet(file, columns=[name])[name]
    except (OSError, pl.exceptions.PolarsError) as error:
        told = str(error).splitlines()[0] if str(error) else "damaged"
        raise _unreadable(file, told) from error
    if not found.dtype.is_integer() or found.null_count():
        raise _unreadable(file, f'the column "{name}" holds more than whole numbers')
    return found.to_numpy().astype(np.int64)


def _unreadable(file: Path, reason: str) -> UnreadableVoteFilesError:
    return UnreadableVoteFilesError(f"{file.name}: the file cannot be read ({reason}).")


def holds_vote_files(folder: Path) -> bool:
    """Say whether a folder holds votes as Parquet files.

    Examples
    --------
    >>> holds_vote_files(Path("nowhere"))
    False
    """
    return (folder / STATEMENTS).is_file()


def read_vote_files(folder: Path) -> Votes:
    """Read all blocks of a folder.

    Raises
    ------
    UnreadableVoteFilesError
        A file is damaged, or there are no people in the folder.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from erdkreis.calc.opinion.votes import votes_from_table
    >>> votes = votes_from_table([[1, -1], [0, 1], [1, 1]])
    >>> with TemporaryDirectory() as folder:
    ...     write_vote_files(votes, Path(folder), 2)
    ...     read_vote_files(Path(folder)).fingerprint == votes.fingerprint
    True
    """
    blocks = blocks_in(folder)
    if not blocks:
        raise UnreadableVoteFilesError(f"{STATEMENTS} stands alone: there are no people beside it.")
    votes = joined(blocks)
    if (np.diff(votes.participant_ids) <= 0).any():
        raise UnreadableVoteFilesError(f"{PEOPLE}: the blocks are not in the order of the people.")
    if not votes.n_votes:
        raise UnreadableVoteFilesError(f"{PEOPLE}: there is not a single vote.")
    return votes


def blocks_for(votes: Votes, folder: Path) -> Sequence[BlockInFile]:
    """Return blocks that workers read in a folder they share; written unless they are there.

    Raises
    ------
    UnreadableVoteFilesError
        The folder holds other votes. They are left as they are.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from erdkreis.calc.opinion.votes import votes_from_table
    >>> votes = votes_from_table([[1, -1], [0, 1], [1, 1]])
    >>> with TemporaryDirectory() as folder:
    ...     written = blocks_for(votes, Path(folder))
    ...     blocks_for(votes, Path(folder)) == written
    True
    """
    if not holds_vote_files(folder):
        for left_over in blocks_in(folder):  # of a writing that was interrupted
            Path(left_over.path).unlink()
        write_vote_files(votes, folder)
    elif read_vote_files(folder).fingerprint != votes.fingerprint:
        raise UnreadableVoteFilesError(
            f"{folder} holds the votes of another conversation; name an empty folder."
        )
    return blocks_in(folder)


def write_vote_files(votes: Votes, folder: Path, n_people_block: int = N_PEOPLE_BLOCK) -> None:
    """Write votes as one Parquet file per block of consecutive people; who never voted leaves none.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from erdkreis.calc.opinion.votes import votes_from_table
    >>> with TemporaryDirectory() as folder:
    ...     write_vote_files(votes_from_table([[1, -1], [0, 1], [1, 1]]), Path(folder), 2)
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['people-00000.parquet', 'people-00001.parquet', 'statements.parquet']
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number, block in enumerate(blocks_of(votes, n_people_block)):
        held = block.votes()
        table = pl.DataFrame(
            {
                "participant": np.repeat(held.participant_ids, held.votes_per_participant),
                "statement": held.statement_ids[held.columns],
                "vote": held.values,
            }
        )
        table.write_parquet(folder / f"people-{number:05d}.parquet", metadata={"vote": SIGN})
    # Last, so that a folder whose writing was interrupted does not pass for a whole one.
    pl.DataFrame({"statement": votes.statement_ids}).write_parquet(folder / STATEMENTS)


def blocks_in(folder: Path) -> Sequence[BlockInFile]:
    """List the blocks of a folder, in the order of the people.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from erdkreis.calc.opinion.votes import votes_from_table
    >>> with TemporaryDirectory() as folder:
    ...     write_vote_files(votes_from_table([[1, -1], [0, 1], [1, 1]]), Path(folder), 2)
    ...     [block.votes().n_participants for block in blocks_in(Path(folder))]
    [2, 1]
    """
    return [BlockInFile(str(path)) for path in sorted(folder.glob(PEOPLE))]
