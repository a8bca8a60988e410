"""Archive → database: looked at first, then wholly or not at all."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle
from erdkreis.reports.archive.errors import ArchiveError
from erdkreis.reports.archive.tables import WAYS_TO_SIGN_IN, keys_to_people, tables
from erdkreis.reports.archive.writing import (
    AT_A_TIME,
    FORM,
    MANIFEST,
    SCHEMA,
    Table,
    migrations_applied,
)

MOST_MANIFEST = 4_000_000
LONGEST_LINE = 16_000_000
NOTHING_KEPT = "Nothing was restored."

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Looked:
    """What an archive holds, after every checksum was seen to be right."""

    circle: str
    made_on: str
    made_with: str
    tables: tuple[Table, ...]

    @property
    def n_rows(self) -> int:
        return sum(table.rows for table in self.tables)


def look_into(source: Path, on_progress: Progress = lambda _n, _all: None) -> Looked:
    """Read the whole archive once and say what it holds. Nothing is written."""
    with _opened(source) as archive:
        looked = _looked(archive, source)
        done = 0
        for table in looked.tables:
            for n in _checked(archive, table):
                on_progress(done + n, looked.n_rows)
            done += table.rows
    return looked


def restore(source: Path, on_progress: Progress = lambda _n, _all: None) -> Looked:
    """Write everything into a database that has no circle yet, in one transaction.

    Accounts of the same mail address become one. Whatever goes wrong, nothing has changed.
    """
    looked = look_into(source)
    if Circle.objects.exists():
        raise ArchiveError(
            "There are circles here already, and two circles can have the same numbers: an archive "
            f"goes into an installation without circles. {NOTHING_KEPT}"
        )
    try:
        with transaction.atomic(), _opened(source) as archive:
            _write_all(archive, looked, on_progress)
            connection.check_constraints()
            _go_on_counting()
    except (DeserializationError, DatabaseError) as error:
        first = str(error).partition("\n")[0]
        raise ArchiveError(f"{source}: does not fit together ({first}). {NOTHING_KEPT}") from error
    return looked


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except FileNotFoundError:
        raise ArchiveError(f"{source}: there is no such file.") from None
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise ArchiveError(
            f"{source}: is no whole archive ({error}). Perhaps it was copied in part. "
            f"{NOTHING_KEPT}"
        ) from error
    except (NotImplementedError, RuntimeError) as error:  # another packing, a password
        raise ArchiveError(f"{source}: cannot be unpacked ({error}). {NOTHING_KEPT}") from error


def _looked(archive: zipfile.ZipFile, source: Path) -> Looked:
    content = _manifest(archive, source)
    try:
        looked = Looked(
            circle=str(content["circle"]),
            made_on=str(content["made_on"]),
            made_with=str(content["erdkreis"]),
            tables=tuple(Table(**table) for table in content["tables"]),
        )
        migrations = content["migrations"]
    except (KeyError, TypeError) as error:
        raise ArchiveError(f"{source}: {MANIFEST} is damaged ({error}). {NOTHING_KEPT}") from error
    known = {model._meta.label for model in tables()}
    if strange := [table.table for table in looked.tables if table.table not in known]:
        raise ArchiveError(
            f"{source}: holds “{strange[0]}”, which this version does not know. {NOTHING_KEPT}"
        )
    if migrations != migrations_applied():
        raise ArchiveError(
            f"{source}: was made with Erdkreis {looked.made_with} and another form of the "
            "database. Restore it with that version, then update. "
            f"{NOTHING_KEPT}"
        )
    return looked


def _manifest(archive: zipfile.ZipFile, source: Path) -> Mapping[str, Any]:
    if MANIFEST not in archive.namelist():
        raise ArchiveError(f"{source}: is no archive of Erdkreis: {MANIFEST} is missing.")
    with archive.open(MANIFEST) as file:
        text = file.read(MOST_MANIFEST)
    try:
        content = json.loads(text)
    except ValueError as error:
        raise ArchiveError(f"{source}: {MANIFEST} is damaged ({error}). {NOTHING_KEPT}") from error
    if not isinstance(content, dict) or content.get("form") != FORM:
        raise ArchiveError(f"{source}: is no archive of Erdkreis. {NOTHING_KEPT}")
    if content.get("schema") != SCHEMA:
        raise ArchiveError(
            f"{source}: has form {content.get('schema')} of the archive; this version reads form "
            f"{SCHEMA}. {NOTHING_KEPT}"
        )
    return content


def _checked(archive: zipfile.ZipFile, table: Table) -> Iterator[int]:
    """Read one table, telling how far it is; what differs from the manifest is named."""
    checksum, n = hashlib.sha256(), 0
    for line in _lines(archive, table):
        checksum.update(line)
        n += 1
        if n % AT_A_TIME == 0:
            yield n
    if (n, checksum.hexdigest()) != (table.rows, table.sha256):
        raise ArchiveError(
            f"{table.file}: differs from what {MANIFEST} says of it; the archive is damaged or was "
            f"changed. {NOTHING_KEPT}"
        )


def _lines(archive: zipfile.ZipFile, table: Table) -> Iterator[bytes]:
    try:
        file = archive.open(table.file)
    except KeyError:
        raise ArchiveError(f"{table.file}: is missing in the archive. {NOTHING_KEPT}") from None
    with file:
        while line := file.readline(LONGEST_LINE):
            if not line.endswith(b"\n"):
                raise ArchiveError(f"{table.file}: a line is too long or cut. {NOTHING_KEPT}")
            yield line


def _write_all(archive: zipfile.ZipFile, looked: Looked, on_progress: Progress) -> None:
    in_order = sorted(looked.tables, key=lambda table: table.table != Person._meta.label)
    people, done = _People(), 0
    for table in in_order:
        model = next(model for model in tables() if model._meta.label == table.table)
        lines = _lines(archive, table)
        while some := list(islice(lines, AT_A_TIME)):
            rows = [row.object for row in _read(some)]
            done += len(rows)
            if model is Person:
                people.write(rows)
            else:
                model._meta.base_manager.bulk_create(people.pointed_to(rows, model))
            on_progress(done, looked.n_rows)


def _read(lines: list[bytes]) -> Iterator[Any]:
    return serializers.deserialize("jsonl", io.BytesIO(b"".join(lines)))


class _People:
    """Accounts: who is here already stays as they are, and is meant where the archive names them.

    Attributes
    ----------
    keys : the key here of each key in the archive
    known : the keys here of those who were here before
    """

    def __init__(self) -> None:
        self.keys: dict[int, int] = {}
        self.known: set[int] = set()

    def write(self, rows: list[Any]) -> None:
        for person in rows:
            old = person.pk
            known = Person.objects.filter(email=person.email).first()
            if known is None:
                if Person.objects.filter(pk=old).exists():
                    person.pk = None
                person.save(force_insert=True)
            else:
                self.known.add(known.pk)
            self.keys[old] = known.pk if known else person.pk

    def pointed_to(self, rows: list[Any], model: type[Model]) -> list[Any]:
        """Return the rows that are to be written, each naming people by their keys here."""
        fields = keys_to_people(model)
        for row in rows:
            for field in fields:
                if (old := getattr(row, field)) is not None:
                    setattr(row, field, self.keys[old])
        if model._meta.label not in WAYS_TO_SIGN_IN:
            return rows
        return [row for row in rows if not {getattr(row, key) for key in fields} & self.known]


def _go_on_counting() -> None:
    """Let new rows get new numbers: PostgreSQL does not look at what was written with a number."""
    models: list[type[Model]] = tables()
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
