"""How many requests were answered, for metrics. Each process counts in a small file of its own.

What is shown are whole hundreds: whoever watches a small circle live must not see that somebody has
answered just now. Failures are exact; they tell of the server.
"""

import mmap
import os
import secrets
import struct
from pathlib import Path

from django.conf import settings

FOLDER = "counts"
STEP = 100
OK, REFUSED, FAILED, SLOW = range(4)
N = 4
FORM = struct.Struct(f"={N}Q")
SLOW_SECONDS = 1.0


class Counter:
    """The counts of this process. Begun anew after a fork: two must not write one file."""

    def __init__(self) -> None:
        self._pid = 0
        self._file: mmap.mmap | None = None
        self._counts = [0] * N

    def add(self, what: int) -> None:
        if self._pid != os.getpid():
            self._begin()
        self._counts[what] += 1
        if self._file is not None:
            FORM.pack_into(self._file, 0, *self._counts)

    def _begin(self) -> None:
        self._pid, self._counts = os.getpid(), [0] * N
        try:
            folder = settings.DATA / FOLDER
            folder.mkdir(exist_ok=True)
            # Numbers of processes come again: beside them stands something that does not.
            path = folder / f"{self._pid}-{secrets.token_hex(4)}"
            path.write_bytes(bytes(FORM.size))
            with path.open("r+b") as file:
                self._file = mmap.mmap(file.fileno(), FORM.size)
        except OSError:
            self._file = None  # no room, no folder: counting must not keep anybody from answering


def in_all() -> list[int]:
    """Add the counts of all processes since the server began."""
    totals = [0] * N
    for path in (settings.DATA / FOLDER).glob("*-*"):
        try:
            counts = FORM.unpack(path.read_bytes())
        except (OSError, struct.error):
            continue
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
    return totals


def shown() -> list[int]:
    ok, refused, failed, slow = in_all()
    return [ok // STEP * STEP, refused // STEP * STEP, failed, slow // STEP * STEP]


def begin_anew(data: Path) -> None:
    """Forget the counts of processes that are gone, when a server begins."""
    for path in (data / FOLDER).glob("*-*"):
        path.unlink(missing_ok=True)
