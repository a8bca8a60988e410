"""Database → archive, row by row: a million votes need no more memory than one."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.utils import timezone

from erdkreis import __version__
from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle
from erdkreis.reports.archive.errors import ArchiveError
from erdkreis.reports.archive.tables import rows_of, tables
from erdkreis.web.long_reading import long_reading

FORM, SCHEMA = "erdkreis archive", 1
MANIFEST = "manifest.json"
AT_A_TIME = 2_000
# Whoever has no password cannot sign in with one: a link by mail or a passkey leads in.
NO_PASSWORD = "!"  # noqa: S105 - Django's mark for “cannot be used”
# A zip knows no earlier day; the same rows give the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Table:
    """One file of the archive: where it stands, how many rows it has, and their checksum."""

    file: str
    table: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Written:
    """What an archive holds."""

    circle: str
    tables: tuple[Table, ...]

    @property
    def n_rows(self) -> int:
        return sum(table.rows for table in self.tables)


def write_archive(
    target: Path, circle: Circle | None = None, on_progress: Progress = lambda _n: None
) -> Written:
    """Write one circle, or everything, to a new file that only its owner may read.

    It is written beside the target and put into place when it is whole: a half-written archive
    is never mistaken for one.
    """
    if target.exists():
        raise ArchiveError(f"{target}: there is a file already. Nothing was written.")
    half = target.with_name(f"{target.name}.part")
    try:
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with (
                long_reading(),
                os.fdopen(handle, "wb") as file,
                zipfile.ZipFile(file, "w") as archive,
            ):
                written = _write(archive, circle, on_progress)
            half.rename(target)
        finally:
            half.unlink(missing_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"{target}: cannot be written ({error.strerror}). Nothing was kept of it."
        ) from error
    return written


def migrations_applied() -> dict[str, list[str]]:
    """Return the state of the database: each room's migrations."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def _write(archive: zipfile.ZipFile, circle: Circle | None, on_progress: Progress) -> Written:
    made, n_before = [], 0
    for model in tables():

        def news(n: int, before: int = n_before) -> None:
            on_progress(before + n)

        table = _write_table(archive, model, circle, news)
        n_before += table.rows
        if table.rows:
            made.append(table)
    written = Written(circle.slug if circle else "", tuple(made))
    content = {
        "form": FORM,
        "schema": SCHEMA,
        "erdkreis": __version__,
        "made_on": timezone.localdate().isoformat(),
        "circle": written.circle,
        "tables": [asdict(table) for table in written.tables],
        "migrations": migrations_applied(),
    }
    with archive.open(_entry(MANIFEST), "w") as file:
        file.write(json.dumps(content, ensure_ascii=False, indent=1).encode())
    return written


def _write_table(
    archive: zipfile.ZipFile, model: type[Model], circle: Circle | None, on_progress: Progress
) -> Table:
    label = model._meta.label
    name = f"tables/{label}.jsonl"
    n, checksum = 0, hashlib.sha256()
    rows = rows_of(model, circle)
    if not rows.exists():
        return Table(name, label, 0, checksum.hexdigest())
    with archive.open(_entry(name), "w") as file:
        all_rows = rows.iterator(chunk_size=AT_A_TIME)
        while some := tuple(islice(all_rows, AT_A_TIME)):
            lines = _lines(some, with_password=circle is None)
            checksum.update(lines)
            file.write(lines)
            n += len(some)
            on_progress(n)
    return Table(name, label, n, checksum.hexdigest())


def _lines(rows: tuple[Model, ...], *, with_password: bool) -> bytes:
    if not with_password:
        for row in rows:
            if isinstance(row, Person):
                row.password = NO_PASSWORD
    text: str = serializers.serialize("jsonl", rows, cls=Exact, ensure_ascii=False)
    return text.encode()


class Exact(DjangoJSONEncoder):
    """Write times to the microsecond: Django's own encoder keeps thousandths of a second."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
