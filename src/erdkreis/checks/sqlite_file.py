"""Read a database file of SQLite as it lies on the disk: in which order rows were written.

A page of a table is filled from its end: of two rows on one page, the one nearer to the end came
first, until the file is written anew. Format: https://www.sqlite.org/fileformat2.html
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HAND_OUT = "import sys; sys.stdout.buffer.write(open(sys.argv[1], 'rb').read())"
LEAF_OF_A_TABLE = 0x0D
HEADER_OF_THE_FILE = 100


def rows_as_written(file: Path, keys: set[int]) -> list[int]:
    """Return these keys in the order in which the pages of the file suggest they were written."""
    data = _as_it_lies(file)
    size = int.from_bytes(data[16:18], "big")
    size = 65536 if size == 1 else size
    found = [
        (page, -offset, key)
        for page in range(len(data) // size)
        for offset, key in _cells(data[page * size : (page + 1) * size], is_first=page == 0)
        if key in keys
    ]
    return [key for _page, _offset, key in sorted(found)]


def _as_it_lies(file: Path) -> bytes:
    """Read the file, in a process of its own.

    Whoever opens a database and closes it again as a file loses all locks that the same process
    holds on it (https://www.sqlite.org/howtocorrupt.html, 2.2). The next process to end would
    take itself for the last one and remove the log in which this one goes on writing.
    """
    command = [sys.executable, "-I", "-S", "-c", HAND_OUT, str(file)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout  # noqa: S603 - ours


def _cells(page: bytes, *, is_first: bool) -> Iterator[tuple[int, int]]:
    at = HEADER_OF_THE_FILE if is_first else 0
    if page[at] != LEAF_OF_A_TABLE:
        return
    n_cells = int.from_bytes(page[at + 3 : at + 5], "big")
    for i in range(n_cells):
        pointer = at + 8 + 2 * i
        offset = int.from_bytes(page[pointer : pointer + 2], "big")
        _length, rest = _number(page, offset)
        yield offset, _number(page, rest)[0]


def _number(page: bytes, at: int) -> tuple[int, int]:
    """Read a number of one to nine bytes; return it and where the next thing begins."""
    value = 0
    for i in range(8):
        value = value << 7 | page[at + i] & 0x7F
        if page[at + i] < 0x80:  # noqa: PLR2004 - the highest bit says that more follows
            return value, at + i + 1
    return value << 8 | page[at + 8], at + 9
