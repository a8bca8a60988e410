"""erdkreis export: write a circle, or everything, to one file."""

import argparse
import sys
from pathlib import Path

from erdkreis.cli import InputError
from erdkreis.cli.django import circle_called, database_is_ready, start_django
from erdkreis.cli.progress import ProgressBar

ARCHIVE = """Write one circle, or everything, to one file: to keep it, or to move to another server.

The file holds single answers, mail addresses of those invited, and (without --circle) the digests
of passwords. Nobody but its owner may read it; keep it like the database itself. The key of the
installation is not in it: whoever moves a round in which people still answer takes the file
secret_key along, apart from the archive.
"""


POLIS = """Write a dialogue as Polis open data into a folder: comments.csv, summary.csv, and for a
conversation that was published elsewhere participants-votes.csv.

In these files 1 means agree, -1 disagree. How people voted in a dialogue of one's own is not
written: counts are, as far as they were released.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
    archive = kinds.add_parser(
        "archive",
        help="all that is stored, with checksums, to be restored elsewhere",
        description=ARCHIVE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    archive.add_argument("file", metavar="FILE", type=Path, help="the new file, a .zip")
    archive.add_argument("--circle", metavar="SLUG", help="only this circle")
    polis = kinds.add_parser(
        "polis",
        help="a dialogue as Polis open data",
        description=POLIS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    polis.add_argument("dialogue", metavar="SLUG", help="its address: /d/SLUG/")
    polis.add_argument("folder", metavar="FOLDER", type=Path, help="a new folder")


def run(args: argparse.Namespace) -> int:
    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return 1
    return _archive(args) if args.kind == "archive" else _polis(args)


def _polis(args: argparse.Namespace) -> int:
    from erdkreis.dialogues.open_data import files_of  # noqa: PLC0415 - needs Django
    from erdkreis.dialogues.queries import dialogue_at  # noqa: PLC0415 - needs Django

    dialogue = dialogue_at(args.dialogue)
    if dialogue is None:
        raise InputError(f"There is no dialogue “{args.dialogue}”. Nothing was written.")
    folder: Path = args.folder
    try:
        folder.mkdir(parents=True)
        with ProgressBar("writing lines") as bar:
            for name, lines_of in files_of(dialogue).items():
                with (folder / name).open("w", encoding="utf-8", newline="") as file:
                    for n, line in enumerate(lines_of(dialogue), start=1):
                        file.write(line)
                        bar.show(n)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}).") from error
    print(f"{folder}: {', '.join(files_of(dialogue))}. 1 means agree, -1 disagree.")
    return 0


def _archive(args: argparse.Namespace) -> int:
    from erdkreis.reports.archive import (  # noqa: PLC0415 - needs Django to be started
        ArchiveError,
        write_archive,
    )

    try:
        with ProgressBar("writing rows") as bar:
            written = write_archive(
                args.file, circle_called(args.circle) if args.circle else None, bar.show
            )
    except ArchiveError as error:
        raise InputError(str(error)) from error
    print(f"{args.file}: {len(written.tables)} tables, {written.n_rows:,} rows, checksums inside.")
    return 0
