"""``erdkreis bench``: time the calculations on this machine, each beside its floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from erdkreis.cli import InputError
from erdkreis.cli.output import write_json
from erdkreis.compute.benchmark import as_json, measure
from erdkreis.compute.failure import NoSuchEngineError

if TYPE_CHECKING:
    import argparse

N_STATEMENTS_LARGEST = 65_535
ENGINES = ("local", "dask")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be timed."""
    subjects = parser.add_subparsers(dest="subject", required=True, metavar="SUBJECT")
    opinion = subjects.add_parser("opinion", help="opinion analysis on planted votes")
    opinion.add_argument("--people", type=int, required=True, help="how many people vote")
    opinion.add_argument("--statements", type=int, required=True, help="how many statements")
    opinion.add_argument("--seen", type=float, default=0.10, help="share of votes cast, 0 to 1")
    opinion.add_argument(
        "--engine", choices=ENGINES, default="local", help="this machine, or a Dask cluster"
    )
    opinion.add_argument("--json", metavar="FILE", help="write the figures; - is standard output")
    opinion.set_defaults(run_subject=bench_opinion)


def run(args: argparse.Namespace) -> int:
    """Run the subject that was named."""
    return int(args.run_subject(args))


def bench_opinion(options: argparse.Namespace) -> int:
    """Measure one size."""
    if options.people < 1 or not 1 <= options.statements <= N_STATEMENTS_LARGEST:
        raise InputError(f"Name at least one person and 1 to {N_STATEMENTS_LARGEST} statements.")
    if not 0 < options.seen <= 1:
        raise InputError("--seen is a share above 0 and up to 1.")
    try:
        measured = measure(options.people, options.statements, options.seen, options.engine)
    except NoSuchEngineError as error:
        raise InputError(str(error)) from error
    if options.json:
        write_json(options.json, as_json(measured))
    else:
        for name, value in as_json(measured).items():
            print(f"{name:12} {value}")
    return 0
