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

    from erdkreis.operations.backups import make_backup  # noqa: PLC0415 - needs Django
    from erdkreis.reports.backup import BackupError  # noqa: PLC0415 - only this command needs it

    try:
        with ProgressBar("copying") as bar:
            made = make_backup(args.file, bar.show)
    except BackupError as error:
        raise InputError(str(error)) from error
    size = args.file.stat().st_size
    print(f"{args.file}: {', '.join(made.names)}, checked, {size:,} bytes.")
    return 0
