"""What lies on the disk, by kind."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEP = 16 * 1024 * 1024  # a file that grows by a page for each answer would tell of each answer


@dataclass(frozen=True)
class Stored:
    """One kind of file, and how much room it takes, in whole steps."""

    label: str | Promise
    n_bytes: int
    until: str | Promise = ""


def stored() -> list[Stored]:
    """Return the sizes of what lies in the data folder, and of the database."""
    data: Path = settings.DATA
    lines = [
        Stored(
            _("Database"), _rounded(database_bytes()), _("each round on the day it has promised")
        ),
        Stored(_("Counters and cache"), _rounded(_size(*data.glob("cache.sqlite3*"))), _("hours")),
        Stored(
            _("Files of the pages"), _rounded(_size(data / "static")), _("with the next version")
        ),
    ]
    if (data / "mail").exists():
        lines.append(
            Stored(_("Mails written into files"), _rounded(_size(data / "mail")), _("by hand"))
        )
    if settings.BACKUPS:
        lines.append(Stored(_("Backups"), _rounded(_size(settings.BACKUPS)), _("30 days")))
    aside = _size(*data.glob("*.before-*"))
    if aside:
        lines.append(
            Stored(_("Set aside when a backup was restored"), _rounded(aside), _("by hand"))
        )
    return lines


def free_bytes() -> int:
    return shutil.disk_usage(settings.DATA).free // STEP * STEP


def database_bytes() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    # Where tests keep it in memory there is no file.
    path = Path(str(connection.settings_dict["NAME"]))
    return _size(*path.parent.glob(f"{path.name}*")) if path.parent.is_dir() else 0


def _rounded(n: int) -> int:
    return -(-n // STEP) * STEP


def _size(*paths: Path) -> int:
    return sum(_sizes(paths))


def _sizes(paths: tuple[Path, ...]) -> Iterator[int]:
    for path in paths:
        if path.is_dir():
            for folder, _folders, names in os.walk(path):
                yield from (_of(Path(folder) / name) for name in names)
        else:
            yield _of(path)


def _of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
