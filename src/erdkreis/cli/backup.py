"""erdkreis backup: a checked copy of everything, while the server runs."""

import argparse
from pathlib import Path

from erdkreis.cli import InputError
from erdkreis.cli.django import start_django
from erdkreis.cli.progress import ProgressBar

ABOUT = """Write a copy of the whole installation, of one moment, while the server runs.

The copy is read and checked before it is put in place. It holds single answers and the key of the
installation: nobody but its owner may read it. What is deleted here on its day lives on in old
backups, so do not keep them longer than a month.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = ABOUT
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("file", metavar="FILE", type=Path, help="the new file, a .zip")


def run(args: argparse.Namespace) -> int:
    start_django()

    from django.conf import settings  # noqa: PLC0415 - needs Django to be started
    from django.utils import timezone  # noqa: PLC0415 - needs Django to be started

    from erdkreis.reports import backup  # noqa: PLC0415 - as above

    database = settings.DATABASES["default"]
    is_sqlite = database["ENGINE"].endswith("sqlite3")

    def copy(target: Path) -> None:
        if is_sqlite:
            with ProgressBar("copying pages") as bar:
                backup.copy_sqlite(Path(database["NAME"]), target, bar.show)
        else:
            _archive(target)

    try:
        made = backup.back_up(
            args.file,
            settings.DATA / backup.KEY,
            copy,
            name=backup.DATABASE if is_sqlite else backup.ARCHIVE,
            now=timezone.localtime(),
        )
    except backup.BackupError as error:
        raise InputError(str(error)) from error
    size = args.file.stat().st_size
    print(f"{args.file}: {', '.join(made.names)}, checked, {size:,} bytes.")
    return 0


def _archive(target: Path) -> None:
    from django.db import connection, transaction  # noqa: PLC0415 - needs Django to be started

    from erdkreis.reports.archive import write_archive  # noqa: PLC0415 - needs Django

    with transaction.atomic():
        with connection.cursor() as cursor:
            # All tables as they were at one moment, whatever is written meanwhile.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with ProgressBar("writing rows") as bar:
            write_archive(target, on_progress=bar.show)
