"""A real cluster, started as docs/methods/opinion.md says; one of its workers dies on the way."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from erdkreis.calc.opinion.planted import planted_votes
from erdkreis.cli import main
from erdkreis.compute import cluster
from erdkreis.compute.vote_files import blocks_in, write_vote_files

DASK = str(Path(sys.executable).with_name("dask"))
DOCS = Path(__file__).resolve().parents[2] / "docs" / "methods" / "opinion.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Votes of two thousand people in twenty files."""
    path = tmp_path_factory.mktemp("votes")
    write_vote_files(planted_votes(2000, 60, share_seen=0.5)[0], path, 100)
    return path


@pytest.fixture
def workers(tmp_path, monkeypatch):
    """Start a scheduler and two workers, each a process of its own."""
    pytest.importorskip("distributed")
    address = tmp_path / "scheduler.json"
    found = ["--scheduler-file", str(address)]
    scheduler = started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *found)
    once = ["--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    both = [started("worker", *found, *once) for _ in range(2)]
    try:
        for _ in range(600):
            if address.exists() and address.read_text().strip():
                break
            time.sleep(0.1)
        monkeypatch.setenv("ERDKREIS_DASK_SCHEDULER", json.loads(address.read_text())["address"])
        yield both
    finally:
        for process in (*both, scheduler):
            process.kill()
            process.wait()


def started(*arguments):
    return subprocess.Popen(
        [DASK, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def losing_one_of(workers):
    """Wrap ``run_on``: both workers are there, and one is killed when the first result came."""
    run_on = cluster.run_on

    def wrapped(client):
        client.wait_for_workers(len(workers), timeout=120)
        run = run_on(client)

        def interrupted(function, parts, /):
            for number, result in enumerate(run(function, parts)):
                if number == 0:
                    workers[0].kill()
                yield result

        return interrupted

    return wrapped


@pytest.mark.long
def test_a_cluster_that_loses_a_worker_gives_the_same_figures(
    folder, workers, tmp_path, monkeypatch
):
    monkeypatch.setattr(cluster, "run_on", losing_one_of(workers))
    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.json"
    assert len(blocks_in(folder)) == 20

    assert main(["calculate", "opinion", str(folder), "--json", str(ours)]) == 0
    on_cluster = ["calculate", "opinion", str(folder), "--engine", "dask", "--json", str(theirs)]
    assert main(on_cluster) == 0

    assert workers[0].wait() < 0
    assert workers[1].poll() is None
    assert theirs.read_bytes() == ours.read_bytes()
    assert json.loads(ours.read_text())["groups"]["verdict"] == "stable"


def test_a_scheduler_that_does_not_answer_is_named(folder, monkeypatch, capsys):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setenv("ERDKREIS_DASK_SCHEDULER", "tcp://127.0.0.1:9")
    monkeypatch.setattr(cluster, "SECONDS_TO_CONNECT", 1)
    assert distributed

    code = main(["calculate", "opinion", str(folder), "--engine", "dask"])

    assert code == 2
    assert 'No Dask scheduler answers at "tcp://127.0.0.1:9"' in capsys.readouterr().err


def test_the_documented_commands_are_those_tried_here():
    named = re.findall(r"^dask (\w+)", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert named == ["scheduler", "worker"]
