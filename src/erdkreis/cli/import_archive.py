"""erdkreis import archive: restore what `erdkreis export archive` has written."""

import argparse
import sys
from pathlib import Path

from erdkreis.cli import InputError
from erdkreis.cli.django import database_is_ready, start_django
from erdkreis.cli.progress import ProgressBar

ABOUT = """Restore an archive into an installation that has no circle yet.

First the whole file is read and every checksum compared; then everything is written, or nothing.
Accounts of the same mail address become one. --look only says what the archive holds.
"""


def add_arguments(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    archive = kinds.add_parser(
        "archive",
        help="an archive of a circle or an installation",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    archive.add_argument("file", metavar="FILE", type=Path, help="the archive, a .zip")
    archive.add_argument("--look", action="store_true", help="say what it holds, write nothing")


def run(args: argparse.Namespace) -> int:
    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return 1

    from erdkreis.reports.archive import (  # noqa: PLC0415 - needs Django to be started
        ArchiveError,
        look_into,
        restore,
    )

    try:
        with ProgressBar("reading rows" if args.look else "writing rows") as bar:
            looked = (look_into if args.look else restore)(args.file, bar.show)
    except ArchiveError as error:
        raise InputError(str(error)) from error
    what = f"the circle {looked.circle}" if looked.circle else "a whole installation"
    print(f"{args.file.name}: {what}, of {looked.made_on}, made with Erdkreis {looked.made_with}.")
    for table in looked.tables:
        print(f"  {table.rows:>9,}  {table.table}")
    print("Only looked at: nothing was written." if args.look else "Restored, all of it.")
    return 0
