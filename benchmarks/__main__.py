"""make bench: every benchmark beside its floor or peer, as one table.

    python -m benchmarks [--large]

Times vary with what else the machine does: read the ratios. --large adds ten million votes.
"""

import argparse
import json
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
SIZES = [(1_000, 100), (10_000, 200), (50_000, 500)]
LARGE = [(100_000, 1_000)]
WIDTHS = (34, 22, 26, 10)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--large", action="store_true", help="also ten million votes")
    options = parser.parse_args()
    row("what", "Erdkreis", "floor or peer", "ratio")
    row(*("-" * width for width in WIDTHS))
    for people, statements in SIZES + (LARGE if options.large else []):
        opinion(people, statements)
    balance()
    the_service()
    if find_spec("reddwarf"):
        peer(10_000, 200)
    else:
        print("\nred-dwarf is not installed; with the extra `peers` it is measured as well.")


def row(*cells: object) -> None:
    print("  ".join(str(cell).ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)))


def opinion(people: int, statements: int) -> None:
    size = ["--people", str(people), "--statements", str(statements)]
    found = answer_of([sys.executable, "-m", "erdkreis", "bench", "opinion", *size, "--json", "-"])
    ratio = found["analysis_s"] / found["floor_s"]
    row(
        f"opinion {people:,} × {statements:,}",
        f"{found['analysis_s']:.2f} s, {found['peak_mb']:.0f} MB",
        f"one pass {found['floor_s']:.3f} s",
        f"{ratio:.1f} ×",
    )


def the_service() -> None:
    """Print what the parts measure that need processes of their own."""
    for part in ("service", "growth", "export", "big_import"):
        print(flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], check=True)


def balance() -> None:
    found = answer_of([sys.executable, str(HERE / "balance.py"), "--json", "-"])
    rate = found["recalculations_per_s"]
    row("balance, full recalculations", f"{rate:,.0f} a second", "official 560–689", "")


def peer(people: int, statements: int) -> None:
    """Time red-dwarf on the same planted votes."""
    import numpy as np
    from reddwarf.implementations.polis import run_pipeline

    from erdkreis.calc.opinion.planted import planted_votes

    votes, _truth = planted_votes(people, statements)
    who = np.repeat(votes.participant_ids, np.diff(votes.offsets))
    log = [
        {"participant_id": int(i), "statement_id": int(j), "vote": int(v)}
        for i, j, v in zip(who, votes.columns, votes.values, strict=True)
    ]
    start = time.perf_counter()
    run_pipeline(votes=log)
    seconds = time.perf_counter() - start
    row(f"red-dwarf {people:,} × {statements:,}", "", f"{seconds:.1f} s", "")


def answer_of(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    main()
