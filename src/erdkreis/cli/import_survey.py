"""erdkreis import limesurvey: the structure of a survey as own questions of a circle."""

import argparse
import sys
from pathlib import Path

from erdkreis.cli import InputError
from erdkreis.cli.django import circle_called, database_is_ready, start_django

ABOUT = """Read the structure of a LimeSurvey survey (.lss) as own questions of a circle.

Sentences on five steps and open questions come along; everything else is named with the reason.
--look only says what would come along. A round that asks the questions begins on the pages.
"""


def add_arguments(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    survey = kinds.add_parser(
        "limesurvey",
        help="a LimeSurvey survey, as own questions",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    survey.add_argument("file", metavar="FILE", type=Path, help="the survey, a .lss")
    survey.add_argument("--circle", metavar="SLUG", required=True, help="circle they belong to")
    survey.add_argument("--title", help="what they are called (default: title of the survey)")
    survey.add_argument(
        "--turn",
        metavar="SCALE",
        action="append",
        default=[],
        help="a scale that runs the other way than was guessed, as --look names it (own_1 …)",
    )
    survey.add_argument("--look", action="store_true", help="say what it holds, write nothing")


def run(args: argparse.Namespace) -> int:
    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return 1

    from erdkreis.imports.counterparts import counterparts  # noqa: PLC0415 - needs Django
    from erdkreis.imports.limesurvey import SurveyError, read_survey  # noqa: PLC0415 - needs Django
    from erdkreis.imports.services import NotTakenIn, take_questions  # noqa: PLC0415 - needs Django

    circle = circle_called(args.circle)
    try:
        survey = read_survey(args.file.read_bytes())
    except OSError as error:
        raise InputError(f"{args.file}: cannot be read ({error.strerror}).") from error
    except SurveyError as error:
        raise InputError(f"{args.file}: {error}") from error
    found = counterparts(survey, turned=frozenset(args.turn))
    found.title = args.title or found.title
    for one in found.questions:
        print(f"  rated   {one['en']}")
    for one in found.open:
        print(f"  open    {one['en']}")
    for name, steps in found.scales.items():
        print(f"  scale   {name}: 1 = {steps[0]['en']} … 5 = {steps[-1]['en']}")
    for remark in found.remarks:
        where = f"{remark.code} ({remark.kind}): " if remark.code else ""
        print(f"  report  {where}{remark.sentence}")
    if args.look:
        print("Only looked at: nothing was written.")
        return 0
    try:
        stored = take_questions(circle, found, source=args.file.name)
    except NotTakenIn as error:
        raise InputError(f"{args.file}: {error}") from error
    print(f"Stored as “{stored.title}”: {len(found.questions)} rated, {len(found.open)} open.")
    return 0
