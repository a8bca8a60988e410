"""erdkreis import answers: answers that were collected elsewhere, into a round that is open."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from erdkreis.cli import InputError
from erdkreis.cli.django import database_is_ready, start_django
from erdkreis.cli.progress import ProgressBar

if TYPE_CHECKING:
    from erdkreis.imports.mapping import Asked, Ballots, Mapping
    from erdkreis.imports.responses import Responses

ABOUT = """Read answers from CSV, XLSX, ODS or a LimeSurvey VV file into a round that is open.

What the columns and values mean is guessed; --look says how, --write-mapping FILE writes the guess
to a file, and --mapping FILE reads it with your corrections. If one line cannot be read, nothing is
stored. Names, addresses and times are not taken along, and the order of the file is not kept.
"""
SHOWN = 20


def add_arguments(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    answers = kinds.add_parser(
        "answers",
        help="answers that were collected elsewhere",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    answers.add_argument("file", metavar="FILE", type=Path, help="one person a line")
    answers.add_argument("--round", metavar="NUMBER", type=int, required=True, help="the round")
    answers.add_argument("--group", metavar="CODE", help="the group all of them belong to")
    answers.add_argument(
        "--mapping", metavar="FILE", type=Path, help="what the file means, as JSON"
    )
    answers.add_argument(
        "--write-mapping", metavar="FILE", type=Path, help="write what was guessed, and stop"
    )
    answers.add_argument("--look", action="store_true", help="say what it holds, write nothing")


def run(args: argparse.Namespace) -> int:
    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return 1

    from erdkreis.imports import mapping as means  # noqa: PLC0415 - needs Django to be started
    from erdkreis.imports.services import mark_of  # noqa: PLC0415 - needs Django to be started

    responses, data = _read(args.file)
    asked = _asked(args.round)
    meant = means.guess(responses, asked, means.known_columns(asked))
    meant.group = args.group or meant.group
    if args.write_mapping:
        args.write_mapping.write_text(
            json.dumps(meant.as_data(), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        print(f"{args.write_mapping}: written, with what was guessed. Nothing was stored.")
        return 0
    if args.mapping:
        meant = _corrected(args.mapping, meant)
    found = means.ballots(responses, meant, asked)
    _report(args, meant, found)
    if args.look:
        print("Only looked at: nothing was written.")
        return 0
    _take(asked, found, mark_of(args.file.name, data))
    print(f"Taken in: {found.n:,} people’s answers.")
    return 0


def _read(file: Path) -> tuple["Responses", bytes]:
    from erdkreis.imports.responses import read_responses  # noqa: PLC0415 - needs Django
    from erdkreis.invitations.tables import TableError  # noqa: PLC0415 - needs Django

    try:
        data = file.read_bytes()
        return read_responses(data), data
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}).") from error
    except TableError as error:
        raise InputError(f"{file}: {error}") from error


def _asked(number: int) -> "Asked":
    from erdkreis.imports.mapping import asked_in  # noqa: PLC0415 - needs Django
    from erdkreis.rounds.models import Round  # noqa: PLC0415 - needs Django

    round_ = Round.objects.select_related("circle__organisation").filter(pk=number).first()
    if round_ is None:
        raise InputError(f"There is no round {number}. Nothing was stored.")
    return asked_in(round_)


def _corrected(file: Path, guessed: "Mapping") -> "Mapping":
    from erdkreis.imports.mapping import Mapping  # noqa: PLC0415 - needs Django

    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        return Mapping(**{**guessed.as_data(), **said})
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"{file}: is no mapping ({error}). Nothing was stored.") from error


def _report(args: argparse.Namespace, meant: "Mapping", found: "Ballots") -> None:
    for name, target in meant.columns.items():
        print(f"  {name[:40]:40}  {target or 'not taken along'}")
    for group, forms in found.by_group.items():
        print(f"  {group}: {len(forms):,}")
    if found.n_empty:
        print(f"  without any answer, not counted: {found.n_empty:,}")
    if found.problems:
        told = [f"{args.file}, line {p.line}: {p.sentence}" for p in found.problems[:SHOWN]]
        if len(found.problems) > SHOWN:
            told.append(f"and {len(found.problems) - SHOWN:,} more.")
        told.append("Nothing was stored. --write-mapping writes what was guessed, to correct it.")
        raise InputError("\n".join(told))


def _take(asked: "Asked", found: "Ballots", label: str) -> None:
    from erdkreis.imports.services import NotTakenIn, take_answers  # noqa: PLC0415 - needs Django

    try:
        with ProgressBar("storing answers") as bar:
            take_answers(asked, found, label=label, by=None, on_progress=bar.show)
    except NotTakenIn as error:
        raise InputError(str(error)) from error
