"""Read a million rows in the memory of a few thousand.

SQLite is set up for many short requests: it maps the file into memory, and sorts there. Whoever
reads a whole table row by row wants neither: it sorts in a file, and forgets what was read.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# For as long as one long reading lasts. Eight megabytes of pages are enough to sort well in a file.
FRUGAL = {"mmap_size": "0", "cache_size": "-8000", "temp_store": "FILE"}


@contextmanager
def long_reading() -> Iterator[None]:
    """Let the database use little memory meanwhile; afterwards it is set up as before."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    before = {name: _value_of(name) for name in FRUGAL}
    _set(FRUGAL)
    try:
        yield
    finally:
        _set(before)


def _value_of(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
    return str(row[0]) if row else "0"


def _set(values: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        for name, value in values.items():
            cursor.execute(f"PRAGMA {name}={value}")
