"""How long a published conversation takes to come in, and with how much memory.

    python -m benchmarks.big_import [--votes 10000000] [--statements 1000]

Writes the files of such a conversation, then reads and stores them as `erdkreis import polis` does;
the analysis that follows has its own benchmark. Beside it: rows with the same keys and indexes
written into a bare SQLite file, which is about as fast as it can be.
"""

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

BLOCK = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.big_import")
    parser.add_argument("--votes", type=int, default=10_000_000)
    parser.add_argument("--statements", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        written(Path(folder), options.votes, options.statements)
        floor = bare_seconds(Path(folder) / "bare.sqlite3", options.votes, options.statements)
        seconds, peak = imported(Path(folder))
    print(
        f"import of {options.votes:,} votes: {seconds:.1f} s, {options.votes / seconds:,.0f}/s, "
        f"peak {peak:.0f} MB; bare rows {floor:.1f} s; ratio {seconds / floor:.1f}"
    )


def pairs(n_votes, n_statements):
    """Yield people and statements, each pair once."""
    for number in range(n_votes):
        yield number // (n_statements // 5), (number * 5 + number // n_statements) % n_statements


def written(folder, n_votes, n_statements):
    dice = random.Random(1)
    lines = (f"{i},x,{i},0,1,1,1,Statement {i}." for i in range(n_statements))
    head = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    (folder / "comments.csv").write_text(head + "\n".join(lines) + "\n")
    with (folder / "votes.csv").open("w") as file:
        file.write("timestamp,datetime,comment-id,voter-id,vote\n")
        for person, statement in pairs(n_votes, n_statements):
            file.write(f"1,x,{statement},{person},{dice.randint(-1, 1)}\n")


def bare_seconds(path, n_votes, n_statements):
    """Write rows with the keys and indexes of votes, and nothing else."""
    began, keys = time.perf_counter(), iter(range(1, n_votes + 1))
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("CREATE TABLE v (id INTEGER PRIMARY KEY, a BIGINT, b BIGINT, c INT, d REAL)")
        file.execute("CREATE UNIQUE INDEX one ON v (a, b)")
        file.execute("CREATE INDEX two ON v (b, c)")
        rows = ((next(keys), a, b, 1, None) for a, b in pairs(n_votes, n_statements))
        file.executemany("INSERT INTO v VALUES (?, ?, ?, ?, ?)", rows)
    return time.perf_counter() - began


def imported(folder):
    data = folder / "data"
    environment = os.environ | {
        "ERDKREIS_DATA": str(data), "DJANGO_SETTINGS_MODULE": "erdkreis.config.settings",
    }  # fmt: skip
    environment.pop("DATABASE_URL", None)
    quiet = {"env": environment, "stdout": subprocess.DEVNULL}
    for command in (["init"], ["demo"]):
        subprocess.run([sys.executable, "-m", "erdkreis", *command], check=True, **quiet)
    code = (
        "import resource, time\n"
        "from pathlib import Path\n"
        "from erdkreis.cli.django import start_django\n"
        "start_django()\n"
        "from erdkreis.circles.models import Circle\n"
        "from erdkreis.dialogues.imports import import_conversation\n"
        "from erdkreis.dialogues.polis_files import read_polis_folder\n"
        "began = time.perf_counter()\n"
        f"export = read_polis_folder(Path({str(folder)!r}))\n"
        "import_conversation(export, Circle.objects.first(), title='T', source='made up')\n"
        "print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    ).stdout.split()
    return float(said[-2]), float(said[-1]) / 1024


if __name__ == "__main__":
    main()
