"""Two web processes, a worker and a cluster on one database: nothing lost, nothing twice."""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import pytest
from benchmarks.house import missing_answers, missing_votes, serving
from benchmarks.load import answerers, drive, voters, whole_visits

pytestmark = [pytest.mark.races, pytest.mark.long]

DASK = str(Path(sys.executable).with_name("dask"))
# What an analysis found, whole, before anything of it is let out.
ANALYSED = """
from dataclasses import asdict
from erdkreis.cli.django import start_django
start_django()
from erdkreis.dialogues.analysis import raw_opinion
from erdkreis.dialogues.models import Dialogue
print(asdict(raw_opinion(Dialogue.objects.get())))
"""
N_VOTES, N_ANSWERS, N_VISITS = 2400, 200, 12


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler and two workers, each a process of its own."""
    address = tmp_path / "scheduler.json"
    found = ["--scheduler-file", str(address)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    once = ["--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    at = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    started = [subprocess.Popen([DASK, "scheduler", *at, *found], **quiet)]
    started += [subprocess.Popen([DASK, "worker", *found, *once], **quiet) for _ in range(2)]
    try:
        for _wait in range(600):
            if address.exists() and address.read_text().strip():
                break
            time.sleep(0.1)
        yield json.loads(address.read_text())["address"]
    finally:
        for process in started:
            process.kill()
            process.wait()


def analysed(house, **more):
    done = subprocess.run(
        [sys.executable, "-c", ANALYSED],
        env=house.environment | more, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_a_round_runs_on_two_web_processes_a_worker_and_a_cluster(house, scheduler):
    votes, same_votes, answers, visits, sent = [], [], [], [], []
    with serving(house, "--no-worker") as one, serving(house, "--no-worker") as other:
        loads = [
            # The same people press the same buttons on both at the same moment.
            (one.port, islice(voters(house.inside, votes), N_VOTES)),
            (other.port, islice(voters(house.inside, same_votes), N_VOTES)),
            (one.port, islice(answerers(house.inside, answers), N_ANSWERS)),
            (other.port, whole_visits(house.inside, N_VISITS, visits, sent)),
        ]
        with ThreadPoolExecutor(len(loads)) as threads:
            seen = list(threads.map(lambda load: drive(*load, 8), loads))
        worker = house.run("erdkreis", "analyse")

    assert [s.n_errors for s in seen] == [0, 0, 0, 0]
    assert (len(votes), len(same_votes), len(sent)) == (N_VOTES, N_VOTES, N_VISITS)
    assert missing_votes(house, votes + same_votes) == []
    assert missing_answers(house, answers + visits) == []
    assert house.rows("SELECT count(*) FROM dialogues_vote") == [(N_VOTES,)]
    n_answers = house.rows("SELECT count(*) FROM questionnaires_answer WHERE status = 'rated'")
    assert n_answers == [(len(answers) + len(visits),)]
    assert "Analysed" in worker.stdout
    assert analysed(house) == analysed(house, ERDKREIS_DASK_SCHEDULER=scheduler)
