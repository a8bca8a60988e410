"""Open the files of a Polis export in a folder, packed or not, or votes stored as Parquet files."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from erdkreis.calc.opinion.csv_table import Opener, UnreadableExportError
from erdkreis.calc.opinion.open_data import (
    ALSO_CALLED,
    LOG,
    MATRIX,
    STATEMENTS,
    Export,
    export_of,
    read_export,
)
from erdkreis.calc.opinion.packed import unpacked
from erdkreis.calc.opinion.sign import AGREE
from erdkreis.cli import InputError
from erdkreis.compute.failure import UnreadableVoteFilesError
from erdkreis.compute.vote_files import PEOPLE, holds_vote_files, read_vote_files
from erdkreis.compute.vote_files import STATEMENTS as STATEMENTS_STORED

PIECE = 1 << 18
Watch = Callable[[int, int], None]


class _WatchedFile(io.FileIO):
    """Says after each piece how much has been read, of how much."""

    def __init__(self, path: Path, watch: Watch) -> None:
        super().__init__(path)
        self._watch, self._size = watch, path.stat().st_size

    def readinto(self, piece: Any, /) -> int | None:
        n = super().readinto(piece)
        self._watch(min(self.tell(), self._size), self._size)
        return n


def _unwatched(_done: int, _total: int) -> None:
    """Tell nobody."""


def read_folder(folder: str, *, agree: int, watch: Watch = _unwatched) -> Export:
    """Read a folder; what cannot be read ends the command with one sentence.

    ``watch`` hears how many bytes of the file being read are done, of how many.
    """
    path = Path(folder)
    try:
        if not path.is_dir():
            raise InputError(f"{folder}: there is no such folder.")
        return _read(path, agree, watch)
    except OSError as error:  # a name that is too long, a folder one may not look into
        raise InputError(f"{folder}: cannot be read ({error.strerror}).") from error
    except (UnreadableExportError, UnreadableVoteFilesError) as error:
        raise InputError(f"{folder}: {error}") from error


def _read(folder: Path, agree: int, watch: Watch) -> Export:
    if not holds_vote_files(folder):
        return read_export(_openers(folder, watch), agree=agree)
    if agree != AGREE:
        raise UnreadableVoteFilesError(f"{STATEMENTS_STORED}: in these files 1 always means agree.")
    return export_of(read_vote_files(folder), PEOPLE, _openers(folder, watch))


def _openers(folder: Path, watch: Watch) -> dict[str, Opener]:
    openers: dict[str, Opener] = {}
    for name in (LOG, MATRIX, STATEMENTS):
        for called in (name, ALSO_CALLED.get(name, name)):
            plain, packed = folder / called, folder / f"{called}.gz"
            if plain.is_file():
                openers.setdefault(name, partial(_open, plain, watch))
            elif packed.is_file():
                openers.setdefault(name, partial(_unpack, packed, watch))
    return openers


def _open(path: Path, watch: Watch) -> BinaryIO:
    return io.BufferedReader(_WatchedFile(path, watch), PIECE)


def _unpack(path: Path, watch: Watch) -> BinaryIO:
    return unpacked(_open(path, watch), path.stat().st_size)
