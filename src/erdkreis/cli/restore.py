"""erdkreis restore: put a backup in place."""

import argparse
import tempfile
from pathlib import Path

from erdkreis.cli import InputError
from erdkreis.cli.django import start_django
from erdkreis.cli.progress import ProgressBar

ABOUT = """Put a backup in place. Stop the server first.

The backup is read and checked before anything changes; the database that is there is set aside,
not deleted. Afterwards “erdkreis init” brings an older one up to date. With PostgreSQL, the
database must be prepared and empty of circles.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = ABOUT
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup, a .zip")


def run(args: argparse.Namespace) -> int:
    start_django()

    from django.conf import settings  # noqa: PLC0415 - needs Django to be started
    from django.utils import timezone  # noqa: PLC0415 - needs Django to be started

    from erdkreis.reports import backup  # noqa: PLC0415 - as above
    from erdkreis.reports.archive import ArchiveError  # noqa: PLC0415 - as above

    database = settings.DATABASES["default"]
    try:
        if not database["ENGINE"].endswith("sqlite3"):
            _from_archive(args.file)
            backup.put_key(args.file, settings.DATA / backup.KEY, timezone.localtime())
            print("Restored, all of it.")
            return 0
        aside = backup.restore_sqlite(
            args.file, Path(database["NAME"]), settings.DATA / backup.KEY, timezone.localtime()
        )
    except (backup.BackupError, ArchiveError) as error:
        raise InputError(str(error)) from error
    print(f"Restored from {args.file}. Now run: erdkreis init")
    if aside:
        print(f"What was there before stands in {aside}; delete it when all is well.")
    return 0


def _from_archive(file: Path) -> None:
    from erdkreis.reports import backup  # noqa: PLC0415 - needs Django to be started
    from erdkreis.reports.archive import restore  # noqa: PLC0415 - needs Django to be started

    with tempfile.TemporaryDirectory() as folder, ProgressBar("writing rows") as bar:
        archive = Path(folder) / backup.ARCHIVE
        backup.unpack_archive(file, archive)
        restore(archive, bar.show)
