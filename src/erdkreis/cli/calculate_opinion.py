"""``erdkreis calculate opinion``: a published conversation from its files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from erdkreis.calc.opinion.analysis import OpinionAnalysis, Stakeholders, opinion_analysis
from erdkreis.calc.opinion.as_json import SENTENCES, opinion_json
from erdkreis.calc.opinion.blocks import Block, Run, add_up, add_up_folds, blocks_of
from erdkreis.calc.opinion.classic.analysis import ClassicAnalysis, classic_analysis
from erdkreis.calc.opinion.classic.as_json import classic_json
from erdkreis.calc.opinion.csv_table import UnreadableExportError
from erdkreis.calc.opinion.people_file import read_people
from erdkreis.cli import InputError
from erdkreis.cli.export_folder import read_folder
from erdkreis.cli.opinion_page import opinion_page
from erdkreis.cli.output import write_json, write_text
from erdkreis.compute.engines import engine
from erdkreis.compute.failure import NoSuchEngineError, UnreadableVoteFilesError
from erdkreis.compute.vote_files import blocks_for, holds_vote_files

if TYPE_CHECKING:
    import argparse

    from erdkreis.calc.opinion.open_data import Export

SEED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare arguments."""
    parser.add_argument(
        "folder", help="votes.csv or participants-votes.csv, comments.csv; also .gz"
    )
    parser.add_argument("--classic", action="store_true", help="exactly as Pol.is does it")
    parser.add_argument("--json", metavar="FILE", help="write all figures; - is standard output")
    parser.add_argument("--html", metavar="FILE", help="write one self-contained page")
    parser.add_argument("--agree", type=int, choices=(1, -1), default=1, help="what means agree")
    parser.add_argument("--people", metavar="FILE", help="table with participant,group")
    parser.add_argument("--language", choices=("en", "de"), default="en", help="of the page")
    parser.add_argument(
        "--engine",
        choices=("local", "dask"),
        default="local",
        help="dask: on the scheduler in ERDKREIS_DASK_SCHEDULER, or two workers started here",
    )
    parser.add_argument(
        "--blocks",
        metavar="FOLDER",
        help="keep the votes there as Parquet files, one per block of people; workers read them",
    )
    parser.set_defaults(run_subject=calculate_opinion)


def calculate_opinion(options: argparse.Namespace) -> int:
    """Read an export, analyse it, write what was asked for."""
    remarks: list[str] = []
    export = read_folder(options.folder, agree=options.agree)
    stakeholders = _stakeholders(options.people, export, remarks)
    for remark in (*export.remarks, *remarks):
        print(f"erdkreis: {remark}", file=sys.stderr)
    blocks = _blocks(options, export)
    if options.classic and not options.html:
        classic = _classic(export, blocks, options.engine)
        _tell_classic(classic, quiet=options.json == "-")
        if options.json:
            write_json(options.json, classic_json(export, classic))
        return 0
    analysis = _analysis(export, stakeholders, blocks, options.engine)
    _tell(analysis, quiet="-" in (options.json, options.html))
    if options.json and options.classic:
        write_json(options.json, classic_json(export, analysis.classic))
    elif options.json:
        write_json(options.json, opinion_json(analysis, export.statements))
    if options.html:
        title = Path(options.folder).resolve().name
        write_text(options.html, opinion_page(export, analysis, title, options.language))
    return 0


def _stakeholders(name: str | None, export: Export, remarks: list[str]) -> Stakeholders | None:
    if name is None:
        return None
    path = Path(name)
    if not path.is_file():
        raise InputError(f"{name}: there is no such file.")
    try:
        return read_people(name, lambda: path.open("rb"), export.votes, remarks)
    except UnreadableExportError as error:
        raise InputError(str(error)) from error


def _blocks(options: argparse.Namespace, export: Export) -> Sequence[Block]:
    """Return where the engine finds the votes: in files it opens itself, or at hand."""
    folder = Path(options.blocks or options.folder)
    if options.blocks is None and not holds_vote_files(folder):
        return blocks_of(export.votes)
    try:
        return blocks_for(export.votes, folder.resolve())
    except UnreadableVoteFilesError as error:
        raise InputError(str(error)) from error
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}).") from error


def _classic(export: Export, blocks: Sequence[Block], engine_name: str) -> ClassicAnalysis:
    with _engine(engine_name) as run:
        sums = add_up(add_up_folds(run, blocks))
    return classic_analysis(export.votes, export.statements, sums=sums)


def _analysis(
    export: Export, stakeholders: Stakeholders | None, blocks: Sequence[Block], engine_name: str
) -> OpinionAnalysis:
    with _engine(engine_name) as run:
        return opinion_analysis(
            export.votes,
            export.statements,
            seed=SEED,
            stakeholders=stakeholders,
            run=run,
            blocks=blocks,
        )


@contextmanager
def _engine(name: str) -> Iterator[Run]:
    try:
        with engine(name, os.environ) as run:
            yield run
    except NoSuchEngineError as error:
        raise InputError(str(error)) from error


def _tell_classic(found: ClassicAnalysis, *, quiet: bool) -> None:
    if not quiet:
        print(f"{_size(found)} Classic groups: {_listed(found.groups.chosen.sizes)}.")


def _tell(found: OpinionAnalysis, *, quiet: bool) -> None:
    if quiet:
        return
    print(_size(found.classic))
    print(SENTENCES[found.groups.verdict])
    if found.groups.verdict.names_groups:
        print(f"Groups: {_listed(found.groups.sizes)} people.")


def _size(found: ClassicAnalysis) -> str:
    votes = found.votes
    return f"{votes.n_participants} people, {votes.n_statements} statements, {votes.n_votes} votes."


def _listed(sizes: list[int]) -> str:
    return " / ".join(str(size) for size in sizes)
