"""erdkreis import: what people have already, into a circle; or a whole archive."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from erdkreis.cli import InputError, import_answers, import_archive, import_survey
from erdkreis.cli.django import circle_called, database_is_ready, start_django
from erdkreis.cli.progress import ProgressBar
from erdkreis.dialogues.polis_files import PolisExport, PolisFilesError, read_polis_folder

if TYPE_CHECKING:
    from erdkreis.accounts.models import Person
    from erdkreis.circles.models import Circle
    from erdkreis.dialogues.models import Dialogue

LONGEST_NAME, EXAMPLES = 120, 5
OTHERS = {"archive": import_archive, "limesurvey": import_survey, "answers": import_answers}

POLIS = """Read a published Polis conversation into a circle, as one closed dialogue.

FOLDER holds votes.csv (or participants-votes.csv) and comments.csv, if possible summary.csv; each
may be packed as .csv.gz. The last vote of a person on a statement counts. If anything cannot be
read, nothing is imported.

Without --circle, the conversation gets a circle of its own, named after its topic: these people are
not the ones whom another organisation touches. Its host is --host, or, where only one person hosts
circles here (or has an account at all), that person. Everyone can read the published counts, with
the source beside them.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
    polis = kinds.add_parser(
        "polis",
        help="a published Polis conversation",
        description=POLIS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    polis.add_argument("folder", metavar="FOLDER", type=Path, help="folder with the CSV files")
    polis.add_argument("--circle", metavar="SLUG", help="circle it belongs to (default: its own)")
    polis.add_argument("--host", metavar="MAIL", help="host of the new circle")
    polis.add_argument("--title", help="title of the dialogue (default: the topic)")
    polis.add_argument("--licence", default="", help="licence of the data, shown beside it")
    polis.add_argument("--look", action="store_true", help="say what it holds, write nothing")
    polis.add_argument(
        "--private",
        action="store_true",
        help="not published: counts are shown from five votes on, to the circle only",
    )
    polis.add_argument(
        "--agree",
        type=int,
        choices=[1, -1],
        default=1,
        help="the number that means “agree” in these files (default: 1, as in the open data)",
    )

    for module in OTHERS.values():
        module.add_arguments(kinds)


def run(args: argparse.Namespace) -> int:
    return OTHERS[args.kind].run(args) if args.kind in OTHERS else _run_polis(args)


def _run_polis(args: argparse.Namespace) -> int:
    export = _read(args.folder, args.agree)
    if args.look:
        return _look(export)
    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return 1
    dialogue = _import(export, args)
    _analyse(dialogue)
    _report(export, dialogue)
    return 0


def _look(export: PolisExport) -> int:
    """Say what would be imported; needs no database."""
    votes = export.votes
    print(f"{export.topic or 'without a topic'}: {len(export.statements):,} statements,")
    print(f"  {len(set(votes.participants.tolist())):,} people, {len(votes):,} votes.")
    for statement in export.statements[:EXAMPLES]:
        n = [int(((votes.statements == statement.id) & (votes.values == v)).sum()) for v in (1, -1)]
        print(f"  {n[0]:>6,} agree, {n[1]:>6,} disagree  {statement.text[:60]}")
    print("Only looked at: nothing was written.")
    return 0


def _read(folder: Path, agree: int) -> PolisExport:
    try:
        with ProgressBar("reading votes") as bar:
            export = read_polis_folder(folder, agree, bar.show)
    except PolisFilesError as error:
        raise InputError(f"Nothing was imported.\n{error}") from error
    if export.looks_inverted:
        print(
            "Warning: the column “agrees” in comments.csv fits the disagreements better. "
            "Perhaps the sign is the other way round: look at a statement you know, "
            f"and if so import with --agree {-agree}.",
            file=sys.stderr,
        )
    return export


def _import(export: PolisExport, args: argparse.Namespace) -> "Dialogue":
    from django.db import transaction  # noqa: PLC0415 - needs Django to be started

    from erdkreis.dialogues.imports import import_conversation  # noqa: PLC0415 - needs Django
    from erdkreis.dialogues.models import Dialogue  # noqa: PLC0415 - needs Django

    title = args.title or export.topic or args.folder.resolve().name
    source = export.url or args.folder.resolve().name
    with transaction.atomic(), ProgressBar("writing votes") as bar:
        known = Dialogue.objects.filter(source=source, title=title[:200]).first()
        if known:
            raise InputError(
                f"This conversation is here already, as /d/{known.slug}/. Nothing was imported. "
                "With another --title it can be imported once more."
            )
        return import_conversation(
            export,
            circle_called(args.circle) if args.circle else _own_circle(title, args.host),
            title=title,
            source=source,
            licence=args.licence,
            is_public=not args.private,
            on_progress=bar.show,
        )


def _analyse(dialogue: "Dialogue") -> None:
    """Analyse once: nobody votes in it any more. The import stands, whatever comes of this."""
    from erdkreis.dialogues.services import refresh_opinion  # noqa: PLC0415 - needs Django

    try:
        refresh_opinion(dialogue)
    except Exception as error:  # noqa: BLE001 - the votes are in; “erdkreis analyse” tries again
        print(f"The analysis failed ({error}). Run: erdkreis analyse", file=sys.stderr)


def _own_circle(topic: str, mail: str | None) -> "Circle":
    from erdkreis.circles.services import found_circle  # noqa: PLC0415 - needs Django

    return found_circle(_host(mail), topic[:LONGEST_NAME])


def _host(mail: str | None) -> "Person | None":
    from erdkreis.accounts.models import Person  # noqa: PLC0415 - needs Django to be started

    if mail:
        person = Person.objects.filter(email=mail.lower()).first()
        if person is None:
            raise InputError(
                f"Nobody here has the address {mail}. Run: erdkreis init --host {mail}"
            )
        return person
    hosts = Person.objects.filter(roles__kind="host").distinct()
    people = list(hosts[:2] or Person.objects.all()[:2])
    return people[0] if len(people) == 1 else None


def _report(export: PolisExport, dialogue: "Dialogue") -> None:
    from django.conf import settings  # noqa: PLC0415 - needs Django to be started

    votes = export.votes
    print(
        f"Imported “{dialogue.title}” into the circle {dialogue.circle.slug}: "
        f"{len(set(votes.participants.tolist())):,} people, {len(export.statements):,} statements, "
        f"{len(votes):,} votes ({votes.n_cast:,} in the file; the last of a person counts).\n"
        f"  {settings.PUBLIC_URL}/d/{dialogue.slug}/"
    )
    if not dialogue.circle.roles.exists():
        print("The circle has no host: everyone can read the counts. --host MAIL names one.")
