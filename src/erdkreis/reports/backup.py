"""A copy of the whole installation while it runs, checked before anybody relies on it.

A backup is a zip: `manifest.json` with checksums, the key of the installation, and either the
database file itself (SQLite) or an archive of all tables (PostgreSQL).
"""

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from erdkreis import __version__

FORM, SCHEMA = "erdkreis backup", 1
MANIFEST, DATABASE, ARCHIVE, KEY = "manifest.json", "erdkreis.sqlite3", "archive.zip", "secret_key"
KNOWN = frozenset({DATABASE, ARCHIVE, KEY})
SERVING = "serving"
AT_A_TIME = 1 << 20
PAGES_AT_A_TIME = 2_000
MOST_MANIFEST = 100_000

Progress = Callable[[int, int], None]


class BackupError(Exception):
    """A backup that cannot be made or restored: what happened, and what was kept."""


@dataclass(frozen=True)
class Backup:
    """What a backup holds, after every checksum was seen to be right."""

    made_at: str
    made_with: str
    names: tuple[str, ...]

    @property
    def is_of_sqlite(self) -> bool:
        return DATABASE in self.names


def back_up(
    target: Path,
    key: Path,
    copy: Callable[[Path], None],
    *,
    name: str,
    now: datetime,
) -> Backup:
    """Write a new file that only its owner may read; it is in place when it is whole, not before.

    ``copy`` writes the database, or an archive of it, to the path it is given.
    """
    if target.exists():
        raise BackupError(f"{target}: there is a file already. Nothing was written.")
    half = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            copied = Path(folder) / name
            copy(copied)
            files = {name: copied} | ({KEY: key} if key.exists() else {})
            _write(half, files, now)
        look_into(half)
        half.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(
            f"{target}: cannot be written ({error}). Nothing was kept of it."
        ) from error
    finally:
        half.unlink(missing_ok=True)
    return look_into(target)


def copy_sqlite(database: Path, target: Path, on_progress: Progress) -> None:
    """Copy a database that is being written to: the copy is of one moment, and is checked."""
    with (
        closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        # A view of one moment: without it copying begins anew with each answer that comes in.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(
            copy,
            pages=PAGES_AT_A_TIME,
            progress=lambda _status, rest, pages: on_progress(pages - rest, pages),
        )
        copy.execute("PRAGMA journal_mode=DELETE")
    check_sqlite(target)


def check_sqlite(database: Path) -> None:
    """Read the whole database; raise with what is wrong."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as found:
            (said,) = found.execute("PRAGMA integrity_check(1)").fetchone()
            dangling = found.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{database.name}: is no sound database ({error}).") from error
    if said != "ok":
        raise BackupError(f"{database.name}: is damaged ({said}).")
    if dangling:
        raise BackupError(f"{database.name}: a row in {dangling[0]} points to nothing.")


def look_into(source: Path) -> Backup:
    """Read the whole backup, compare every checksum and say what it holds."""
    try:
        with zipfile.ZipFile(source) as file:
            content = _manifest(file, source)
            for name, of in content["files"].items():
                if (name not in KNOWN) or of != _checksum(file, name):
                    raise BackupError(
                        f"{source}: {name} differs from what {MANIFEST} says of it. The backup is "
                        "damaged or was changed; nothing was restored."
                    )
            return Backup(content["made_at"], content["erdkreis"], tuple(content["files"]))
    except FileNotFoundError:
        raise BackupError(f"{source}: there is no such file.") from None
    except (zipfile.BadZipFile, EOFError, OSError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(
            f"{source}: is no whole backup ({error}). Perhaps it was copied in part; nothing was "
            "restored."
        ) from error


def restore_sqlite(source: Path, database: Path, key: Path, now: datetime) -> Path | None:
    """Put the database of a backup in place. What was there is set aside; return where.

    The backup is unpacked beside the database and checked; only then two files are renamed.
    """
    backup = look_into(source)
    if not backup.is_of_sqlite:
        raise BackupError(f"{source}: is a backup of PostgreSQL: it holds {ARCHIVE}.")
    with tempfile.TemporaryDirectory(dir=database.parent) as folder, nobody_serves(database.parent):
        with zipfile.ZipFile(source) as file:
            for name in backup.names:
                _unpack(file, name, Path(folder) / name)
        check_sqlite(Path(folder) / DATABASE)
        aside = _set_aside(database, now)
        (Path(folder) / DATABASE).rename(database)
    put_key(source, key, now)
    return aside


def unpack_archive(source: Path, target: Path) -> None:
    """Take the archive out of a backup of PostgreSQL."""
    if ARCHIVE not in look_into(source).names:
        raise BackupError(f"{source}: is a backup of SQLite; a PostgreSQL cannot take it in.")
    with zipfile.ZipFile(source) as file:
        _unpack(file, ARCHIVE, target)


def put_key(source: Path, key: Path, now: datetime) -> None:
    """Put the key of the installation in place, if the backup has one; another is set aside."""
    with zipfile.ZipFile(source) as file:
        if KEY not in file.namelist():
            return
        kept = file.read(KEY)
        if key.exists() and key.read_bytes() == kept:
            return
        if key.exists():
            key.rename(_named(key, now))
        _unpack(file, KEY, key)


@contextmanager
def serving(folder: Path) -> Iterator[None]:
    """Say, as long as it lasts, that a server works on the database in this folder."""
    with (folder / SERVING).open("w") as mark:
        fcntl.flock(mark, fcntl.LOCK_SH)
        yield


@contextmanager
def nobody_serves(folder: Path) -> Iterator[None]:
    """Let no server begin; raise if one is there: it would go on writing to the old file."""
    with (folder / SERVING).open("w") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BackupError(
                "A server is running on this database. Stop it first; nothing was restored."
            ) from None
        yield


def _write(target: Path, files: dict[str, Path], now: datetime) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            for name, path in files.items():
                archive.write(path, name)
            content = {
                "form": FORM,
                "schema": SCHEMA,
                "erdkreis": __version__,
                "made_at": now.isoformat(timespec="minutes"),
                "files": {name: _sha256(path) for name, path in files.items()},
            }
            archive.writestr(MANIFEST, json.dumps(content, indent=1))
        raw.flush()
        os.fsync(raw.fileno())


def _manifest(file: zipfile.ZipFile, source: Path) -> Any:
    if MANIFEST not in file.namelist():
        raise BackupError(f"{source}: is no backup of Erdkreis: {MANIFEST} is missing.")
    with file.open(MANIFEST) as opened:
        text = opened.read(MOST_MANIFEST)
    try:
        content = json.loads(text)
    except ValueError as error:
        raise BackupError(f"{source}: {MANIFEST} is damaged ({error}).") from error
    if not isinstance(content, dict) or (content.get("form"), content.get("schema")) != (
        FORM,
        SCHEMA,
    ):
        raise BackupError(f"{source}: is no backup this version can read.")
    return content


def _set_aside(database: Path, now: datetime) -> Path | None:
    if not database.exists():
        return None
    try:
        with closing(sqlite3.connect(database)) as old:
            # What still stands in the log goes into the file, so that it can be moved alone.
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            old.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError:
        pass  # a damaged file is the very reason to restore: it is set aside as it is
    aside = _named(database, now)
    database.rename(aside)
    for ending in ("-wal", "-shm"):
        database.with_name(f"{database.name}{ending}").unlink(missing_ok=True)
    return aside


def _named(path: Path, now: datetime) -> Path:
    return path.with_name(f"{path.name}.before-{now:%Y%m%d-%H%M%S}")


def _unpack(file: zipfile.ZipFile, name: str, target: Path) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with file.open(name) as packed, os.fdopen(handle, "wb") as unpacked:
        shutil.copyfileobj(packed, unpacked, AT_A_TIME)


def _checksum(file: zipfile.ZipFile, name: str) -> str:
    checksum = hashlib.sha256()
    with file.open(name) as opened:
        while some := opened.read(AT_A_TIME):
            checksum.update(some)
    return checksum.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
