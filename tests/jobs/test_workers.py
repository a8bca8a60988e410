"""Real worker processes on a real database: never twice at once, and done whatever is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from erdkreis.circles.models import Organisation
from erdkreis.jobs import services
from erdkreis.jobs.kinds import kinds
from erdkreis.jobs.models import SILENCE, Job, Worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]

HERE = Path(__file__).parent
PATIENCE = 60
# What “erdkreis worker” does once it has seen that every migration was run.
WORK = "import django; django.setup(); from erdkreis.jobs.worker import Work; Work().run()"


@pytest.fixture
def folder(tmp_path):
    """Where work notes what it did. The clocks of the house rest meanwhile."""
    later = timezone.now() + timedelta(days=1)
    for kind in kinds().values():
        if kind.clock:
            services.put_in(kind.name, key=Job.CLOCK, due_at=later)
    return tmp_path


def _url() -> str:
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


@contextmanager
def worker(folder, ends_with=signal.SIGTERM):
    environment = os.environ | {
        "DATABASE_URL": _url(), "ERDKREIS_DATA": str(folder), "WORK_FOR_TESTS": str(folder),
        "DJANGO_SETTINGS_MODULE": "settings_of_workers", "PYTHONPATH": str(HERE),
    }  # fmt: skip
    process = subprocess.Popen([sys.executable, "-c", WORK], env=environment)
    try:
        yield process
    finally:
        process.send_signal(ends_with)
        process.wait(PATIENCE)


def until(seen: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def lines(folder, name):
    path = folder / name
    return path.read_text().split() if path.exists() else []


def all_done():
    return not Job.objects.exclude(key=Job.CLOCK).exclude(state=Job.State.DONE).exists()


def test_two_workers_share_the_work_and_never_do_the_same_at_once(folder):
    for n in range(12):
        services.put_in("test.quick", {"n": n})
    for n in range(3):
        # The same: waits once.
        services.put_in("test.one", {"n": n}, key="same")
    with worker(folder), worker(folder):
        until(all_done)
        services.put_in("test.one", {"n": 9}, key="same")
        until(all_done)
        assert Worker.objects.count() == 2

    assert sorted(map(int, lines(folder, "quick"))) == list(range(12))
    assert lines(folder, "one") == ["0", "9"]
    assert not (folder / "inside").exists()
    assert not Worker.objects.exists()  # both signed off


def test_work_of_a_killed_worker_is_done_later_and_once_in_effect(folder):
    services.put_in("test.slow", {"n": 1})
    with worker(folder, ends_with=signal.SIGKILL):
        until(lambda: lines(folder, "slow"))
    # Its process dies with it: nobody goes on who is thought to be gone.
    pid = int(lines(folder, "slow")[0])
    until(lambda: not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text())
    assert Job.objects.get(kind="test.slow").state == Job.State.RUNNING

    Worker.objects.update(seen_at=timezone.now() - 2 * SILENCE)
    (folder / "go").touch()
    with worker(folder):
        until(all_done)

    assert Organisation.objects.filter(name="made by 1").count() == 1
    assert len(lines(folder, "slow")) == 2
    assert Job.objects.get(kind="test.slow").attempts == 2


def test_killed_work_is_begun_anew_and_a_worker_that_ends_puts_back_what_it_has(
    folder,
):
    services.put_in("test.slow", {"n": 1})
    with worker(folder) as process:
        until(lambda: lines(folder, "slow"))
        os.kill(int(lines(folder, "slow")[0]), signal.SIGKILL)
        until(lambda: len(lines(folder, "slow")) == 2)
        process.terminate()
        process.wait(PATIENCE)

    job = Job.objects.get(kind="test.slow")
    assert (job.state, job.reason, job.attempts) == (Job.State.WAITING, Job.Reason.DIED, 1)
    assert not Worker.objects.exists()
