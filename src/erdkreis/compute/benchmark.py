"""Time the whole opinion analysis against the yardstick, each in a fresh process."""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np

from erdkreis.calc.opinion import Statements, opinion_analysis
from erdkreis.calc.opinion.agreement_index import adjusted_rand_index
from erdkreis.calc.opinion.planted import planted_blocks
from erdkreis.compute.engines import engine
from erdkreis.compute.vote_files import blocks_for
from erdkreis.compute.yardstick import one_pass, read_compact, write_compact

N_RUNS_SMALL: Final = 3
N_CELLS_SMALL: Final = 50_000_000


@dataclass(frozen=True)
class Measured:
    """One line of the benchmark: seconds, MiB, and what was found.

    ``analysis_s`` from votes in memory to all results, our profile and the classic one;
    ``floor_s`` the yardstick of the same run; ``ratio`` between the two; ``ari`` the adjusted Rand
    index with the planted groups.
    """

    people: int
    statements: int
    votes: int
    analysis_s: float
    floor_s: float
    ratio: float
    peak_mb: float
    engine: str
    cpus: int
    threads: str
    verdict: str
    groups: int
    ari: float


def measure(n_people: int, n_statements: int, share_seen: float, engine_name: str) -> Measured:
    """Make the planted votes, then time yardstick and analysis in processes of their own."""
    n_runs = N_RUNS_SMALL if n_people * n_statements <= N_CELLS_SMALL else 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth, blocks = planted_blocks(n_people, n_statements, share_seen=share_seen)
        n_votes = write_compact(blocks, folder)
        truth.groups.tofile(folder / "truth.bin")
        floors = [_in_process("floor", folder, n_statements, engine_name) for _ in range(n_runs)]
        found = [_in_process("analysis", folder, n_statements, engine_name) for _ in range(n_runs)]
    analysis_s = median(run["seconds"] for run in found)
    floor_s = median(run["seconds"] for run in floors)
    return Measured(
        people=n_people,
        statements=n_statements,
        votes=n_votes,
        analysis_s=round(analysis_s, 3),
        floor_s=round(floor_s, 3),
        ratio=round(analysis_s / floor_s, 2),
        peak_mb=round(max(run["peak_mb"] for run in found), 1),
        engine=engine_name,
        cpus=os.cpu_count() or 1,
        threads=os.environ.get("OMP_NUM_THREADS", "all"),
        verdict=found[0]["verdict"],
        groups=found[0]["groups"],
        ari=round(found[0]["ari"], 4),
    )


def _in_process(what: str, folder: Path, n_statements: int, engine_name: str) -> dict[str, Any]:
    command = [sys.executable, "-m", __name__, what, str(folder), str(n_statements), engine_name]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603 - our own module
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _floor(folder: Path, n_statements: int) -> dict[str, float]:
    start = time.perf_counter()
    one_pass(folder, n_statements)
    return {"seconds": time.perf_counter() - start}


def _analysis(folder: Path, n_statements: int, engine_name: str) -> dict[str, object]:
    everybody = read_compact(folder, n_statements)
    voted = everybody.votes_per_participant > 0
    votes = everybody.people(voted)
    # Workers of a cluster open the votes themselves, as they would those of a large dialogue.
    blocks = blocks_for(votes, folder / "blocks") if engine_name == "dask" else None
    with engine(engine_name) as run:
        start = time.perf_counter()
        found = opinion_analysis(votes, Statements(), run=run, blocks=blocks)
        seconds = time.perf_counter() - start
    truth = np.fromfile(folder / "truth.bin", dtype=np.int64)[voted]
    grouped = found.groups.labels >= 0
    return {
        "seconds": seconds,
        "peak_mb": _peak_mb(),
        "verdict": found.groups.verdict.value,
        "groups": found.groups.k,
        "ari": adjusted_rand_index(truth[grouped], found.groups.labels[grouped]),
    }


def _peak_mb() -> float:
    """Return the largest memory this process held, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not ru_maxrss: on Linux it carries over what the parent held when it started this process.
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _main() -> None:
    """Measure one thing in this process and print it as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("floor", "analysis"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("n_statements", type=int)
    parser.add_argument("engine")
    options = parser.parse_args()
    if options.what == "floor":
        found: dict[str, Any] = dict(_floor(options.folder, options.n_statements))
    else:
        found = _analysis(options.folder, options.n_statements, options.engine)
    sys.stdout.write(json.dumps(found))


def as_json(measured: Measured) -> dict[str, object]:
    """Return the keys of the contract and a few more.

    Examples
    --------
    >>> measured = Measured(
    ...     people=1000, statements=100, votes=10_015, analysis_s=0.5, floor_s=0.1, ratio=5.0,
    ...     peak_mb=120.0, engine="local", cpus=2, threads="all", verdict="stable", groups=4,
    ...     ari=0.9,
    ... )
    >>> as_json(measured)["ratio"], list(as_json(measured))[:3]
    (5.0, ['people', 'statements', 'votes'])
    """
    return asdict(measured)


if __name__ == "__main__":
    _main()
