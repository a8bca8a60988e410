"""erdkreis export: write a circle, or everything, to one file."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from erdkreis.cli import InputError
from erdkreis.cli.django import database_is_ready, start_django
from erdkreis.cli.progress import ProgressBar

if TYPE_CHECKING:
    from erdkreis.circles.models import Circle

ARCHIVE = """Write one circle, or everything, to one file: to keep it, or to move to another server.

The file holds single answers, mail addresses of those invited, and (without --circle) the digests
of passwords. Nobody but its owner may read it; keep it like the database itself. The key of the
installation is not in it: whoever moves a round in which people still answer takes the file
secret_key along, apart from the archive.
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


def run(args: argparse.Namespace) -> int:
    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return 1

    from erdkreis.reports.archive import (  # noqa: PLC0415 - needs Django to be started
        ArchiveError,
        write_archive,
    )

    try:
        with ProgressBar("writing rows") as bar:
            written = write_archive(args.file, _circle(args.circle), bar.show)
    except ArchiveError as error:
        raise InputError(str(error)) from error
    print(f"{args.file}: {len(written.tables)} tables, {written.n_rows:,} rows, checksums inside.")
    return 0


def _circle(slug: str | None) -> "Circle | None":
    from erdkreis.circles.models import Circle  # noqa: PLC0415 - needs Django to be started

    if slug is None:
        return None
    circle = Circle.objects.filter(slug=slug).first()
    if circle is None:
        some = ", ".join(Circle.objects.values_list("slug", flat=True)[:9]) or "none yet"
        raise InputError(f"There is no circle “{slug}”. Circles here: {some}.")
    return circle
