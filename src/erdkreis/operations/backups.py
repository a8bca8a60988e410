"""Copies of everything: made by hand or each night, and remembered by their day."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from erdkreis.reports import backup
from erdkreis.reports.archive import write_archive

LAST = "last_backup"
PREFIX, ENDING = "erdkreis-", ".zip"
DAYS_KEPT = timedelta(days=30)  # what is deleted here on its day lives on in a backup

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class LastBackup:
    at: datetime
    n_bytes: int


def make_backup(target: Path, on_progress: Progress) -> backup.Backup:
    """Write a checked copy of one moment, while everything runs."""
    is_sqlite = connection.vendor == "sqlite"

    def copy(path: Path) -> None:
        if is_sqlite:
            backup.copy_sqlite(Path(settings.DATABASES["default"]["NAME"]), path, on_progress)
        else:
            _archive(path, on_progress)

    now = timezone.localtime()
    made = backup.back_up(
        target,
        settings.DATA / backup.KEY,
        copy,
        name=backup.DATABASE if is_sqlite else backup.ARCHIVE,
        now=now,
    )
    said = {"at": now.isoformat(timespec="minutes"), "bytes": target.stat().st_size}
    (settings.DATA / LAST).write_text(json.dumps(said))
    return made


def make_nightly(folder: Path, on_progress: Progress) -> None:
    """Make the backup of today, once, and delete those that are too old."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    today = timezone.localdate()
    target = folder / f"{PREFIX}{today.isoformat()}{ENDING}"
    if not target.exists():
        make_backup(target, on_progress)
    for path in folder.glob(f"{PREFIX}*{ENDING}"):
        day = _day_of(path)
        if day and today - day > DAYS_KEPT:
            path.unlink()


def last_backup() -> LastBackup | None:
    try:
        said = json.loads((settings.DATA / LAST).read_text())
        return LastBackup(datetime.fromisoformat(said["at"]), int(said["bytes"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _day_of(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.name.removeprefix(PREFIX).removesuffix(ENDING))
    except ValueError:
        return None


def _archive(target: Path, on_progress: Progress) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            # All tables as they were at one moment, whatever is written meanwhile.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        write_archive(target, on_progress=lambda done: on_progress(done, 0))
