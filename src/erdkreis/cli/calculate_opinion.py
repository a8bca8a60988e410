"""``erdkreis calculate opinion``: a published conversation from its files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from erdkreis.calc.opinion.analysis import OpinionAnalysis, Stakeholders, opinion_analysis
from erdkreis.calc.opinion.as_json import SENTENCES, opinion_json
from erdkreis.calc.opinion.blocks import Block, Run, add_up, add_up_folds, blocks_of
from erdkreis.calc.opinion.classic.analysis import ClassicAnalysis, classic_analysis
from erdkreis.calc.opinion.classic.as_json import classic_json
from erdkreis.calc.opinion.csv_table import UnreadableExportError
from erdkreis.calc.opinion.people_file import read_people, read_sizes
from erdkreis.cli import InputError
from erdkreis.cli.export_folder import read_folder
from erdkreis.cli.opinion_page import opinion_page
from erdkreis.cli.output import write_json, write_text
from erdkreis.cli.progress import ProgressBar
from erdkreis.compute.engines import engine
from erdkreis.compute.failure import NoSuchEngineError, UnreadableVoteFilesError
from erdkreis.compute.vote_files import blocks_for, holds_vote_files

if TYPE_CHECKING:
    import argparse

    from erdkreis.calc.opinion.open_data import Export

SEED = 1
Part = TypeVar("Part")
Result = TypeVar("Result")


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
    parser.add_argument(
        "--sizes",
        metavar="FILE",
        help="table with group,people: how many are affected; without it each group is one voice",
    )
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
    parser.add_argument("--progress", action="store_true", help="say how far it is, also in a pipe")
    parser.set_defaults(run_subject=calculate_opinion)


def calculate_opinion(options: argparse.Namespace) -> int:
    """Read an export, analyse it, write what was asked for."""
    remarks: list[str] = []
    with ProgressBar("reading", always=options.progress) as bar:
        export = read_folder(options.folder, agree=options.agree, watch=bar.show)
    stakeholders = _stakeholders(options.people, options.sizes, export, remarks)
    for remark in (*export.remarks, *remarks):
        print(f"erdkreis: {remark}", file=sys.stderr)
    blocks = _blocks(options, export)
    if options.classic and not options.html:
        classic = _classic(export, blocks, options)
        _tell_classic(classic, quiet=options.json == "-")
        if options.json:
            write_json(options.json, classic_json(export, classic))
        return 0
    analysis = _analysis(export, stakeholders, blocks, options)
    _tell(analysis, quiet="-" in (options.json, options.html))
    if options.json and options.classic:
        write_json(options.json, classic_json(export, analysis.classic))
    elif options.json:
        write_json(options.json, opinion_json(analysis, export.statements))
    if options.html:
        title = Path(options.folder).resolve().name
        write_text(options.html, opinion_page(export, analysis, title, options.language))
    return 0


def _stakeholders(
    people: str | None, sizes: str | None, export: Export, remarks: list[str]
) -> Stakeholders | None:
    if people is None:
        if sizes is not None:
            raise InputError("--sizes needs --people: who belongs to which group.")
        return None
    try:
        found = read_people(people, _opener(people), export.votes, remarks)
        return found if sizes is None else read_sizes(sizes, _opener(sizes), found, remarks)
    except UnreadableExportError as error:
        raise InputError(str(error)) from error


def _opener(name: str) -> Callable[[], BinaryIO]:
    path = Path(name)
    if not path.is_file():
        raise InputError(f"{name}: there is no such file.")
    return lambda: path.open("rb")


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


def _classic(
    export: Export, blocks: Sequence[Block], options: argparse.Namespace
) -> ClassicAnalysis:
    with _engine(options) as (run, bar):
        sums = add_up(add_up_folds(run, blocks))
        bar.begin("classic profile")
        return classic_analysis(export.votes, export.statements, sums=sums)


def _analysis(
    export: Export,
    stakeholders: Stakeholders | None,
    blocks: Sequence[Block],
    options: argparse.Namespace,
) -> OpinionAnalysis:
    with _engine(options) as (run, bar):
        return opinion_analysis(
            export.votes,
            export.statements,
            seed=SEED,
            stakeholders=stakeholders,
            chances=export.chances,
            run=run,
            blocks=blocks,
            tell=bar.begin,
        )


@contextmanager
def _engine(options: argparse.Namespace) -> Iterator[tuple[Run, ProgressBar]]:
    """Open the engine that was asked for; the bar counts the blocks it has done."""
    try:
        with (
            engine(options.engine, os.environ) as run,
            ProgressBar("adding up votes", always=options.progress) as bar,
        ):
            yield _counted(run, bar), bar
    except NoSuchEngineError as error:
        raise InputError(str(error)) from error


def _counted(run: Run, bar: ProgressBar) -> Run:
    def counting(function: Callable[[Part], Result], parts: Sequence[Part], /) -> Iterable[Result]:
        for done, result in enumerate(run(function, parts), start=1):
            bar.show(done, len(parts))
            yield result

    return counting


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
    if found.weights is not None:
        choice = "Weighted by known sizes" if found.has_sizes else "Weighted, each group one voice"
        n = int((found.weights.weights > 0).sum())
        print(f"{choice}: n = {n}, as sure as {found.weights.n_effective:.0f} people.")


def _size(found: ClassicAnalysis) -> str:
    votes = found.votes
    return f"{votes.n_participants} people, {votes.n_statements} statements, {votes.n_votes} votes."


def _listed(sizes: list[int]) -> str:
    return " / ".join(str(size) for size in sizes)
