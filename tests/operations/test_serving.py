"""What docs/operations.md says of a server: exchanged unnoticed, on any socket, with its limits."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from threading import Event, Thread

import pytest
from benchmarks.house import ROOT, Server, lives, missing_votes, until_ready
from benchmarks.load import drive, voters

from test_deploy import health_check

pytestmark = [pytest.mark.races, pytest.mark.long]

PATIENCE = 120
# An installation whose code is changed while it runs: each answer says with which it was made.
CODE = """
from erdkreis.config.settings import *

def says_its_version(get_response):
    def answer(request):
        response = get_response(request)
        response["X-Version"] = "{version}"
        return response
    return answer

MIDDLEWARE = [*MIDDLEWARE, "code_of_house.says_its_version"]
"""
# As systemd does it: the socket is number 3, and the process knows its own number.
HANDED_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
sys.argv = ["erdkreis", "serve", "--workers", "1", "--no-worker"]
from erdkreis.cli import main
sys.exit(main())
"""
AS_BEFORE_THERE_WERE_JOBS = """
from django.db import connection
with connection.cursor() as cursor:
    for table in ("jobs_job", "jobs_worker"):
        cursor.execute(f"DROP TABLE {table}")
    cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")
"""
HOW_MANY_MIGRATIONS = "SELECT count(*) FROM django_migrations WHERE app = 'jobs'"


class OverSocket(http.client.HTTPConnection):
    """A client that asks on a unix socket."""

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(self.host)


def asked(address, over=http.client.HTTPConnection, path="/trust/", after=0):
    """Ask on a connection of its own, some seconds after it is made; return status and version."""
    with closing(over(address, timeout=PATIENCE)) as line:
        line.connect()
        time.sleep(after)
        line.request("GET", path, headers={"Host": "127.0.0.1"})
        answer = line.getresponse()
        answer.read()
        return answer.status, answer.headers["X-Version"]


@pytest.fixture
def short_folder():
    """A folder near the root: the path of a unix socket may have a hundred characters."""
    with tempfile.TemporaryDirectory(prefix="e-") as folder:
        yield Path(folder)


def write_code(folder, version):
    (folder / "code_of_house.py").write_text(CODE.format(version=version))


def test_nobody_notices_that_all_processes_are_exchanged_for_new_code(house, short_folder):
    """On a unix socket, with systemd told, and clients without pause, some slow to speak."""
    path, told_at = short_folder / "s", short_folder / "n"
    write_code(short_folder, "old")
    code = {
        "DJANGO_SETTINGS_MODULE": "code_of_house",
        "PYTHONPATH": f"{short_folder}:{ROOT}",
        "NOTIFY_SOCKET": str(told_at),
    }
    command = [sys.executable, "-m", "erdkreis", "serve", "--workers", "2", "--socket", str(path)]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(told_at))
        systemd.settimeout(PATIENCE)
        server = subprocess.Popen(command, env=house.environment | code, cwd=ROOT)
        try:
            assert systemd.recv(100) == b"READY=1"
            assert path.stat().st_mode & 0o777 == 0o660
            answers = while_exchanged(server, path, lambda: write_code(short_folder, "new code"))
            server.terminate()
            assert systemd.recv(100) == b"STOPPING=1"
            assert server.wait(PATIENCE) == 0
        finally:
            Server(server, 0).kill()

    assert {a for a in answers if a not in {(200, "old"), (200, "new code")}} == set()
    assert (answers[0], answers[-1]) == ((200, "old"), (200, "new code"))
    assert len(answers) > 10
    assert not path.exists()


def while_exchanged(server, path, change):
    """Ask again and again while code changes and a reload is asked for; return what was heard."""
    answers, enough = [], Event()

    def ask(after):
        while not enough.is_set():
            try:
                answers.append(asked(str(path), OverSocket, after=after))
            except (OSError, http.client.HTTPException) as error:
                answers.append(error)

    asking = [Thread(target=ask, args=[after], daemon=True) for after in (0, 0.1, 0.1, 0.1)]
    running = Server(server, 0)
    before = running.pids()[1:]
    for one in asking:
        one.start()
    until(lambda: answers)
    change()
    server.send_signal(signal.SIGHUP)
    until(lambda: not any(lives(pid) for pid in before))
    until(lambda: {*answers[-10:]} == {(200, "new code")})
    enough.set()
    for one in asking:
        one.join()
    until(lambda: len(running.pids()[1:]) == len(before))
    return answers


def until(seen):
    end = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def handed_over(house):
    """A server on a socket that was there before it, and what a client heard who came too early."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port, early = listener.getsockname()[1], []
        waiting = Thread(target=lambda: early.append(asked(f"127.0.0.1:{port}")), daemon=True)
        waiting.start()
        process = subprocess.Popen(
            [sys.executable, "-c", HANDED_OVER, str(listener.fileno())],
            env=house.environment, cwd=ROOT, pass_fds=[listener.fileno()],
        )  # fmt: skip
        server = Server(process, port)
        try:
            until_ready(port, process)
            waiting.join(PATIENCE)
            yield server, early
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
            server.kill()


def test_who_asks_before_the_server_is_there_waits_on_the_socket_and_is_answered(handed_over):
    _server, early = handed_over

    assert [status for status, _version in early] == [200]


def test_tables_are_brought_up_to_date_while_people_vote(house, handed_over):
    """An older database, the server still running, and people in the middle of a round."""
    server, _early = handed_over
    kept, started, enough = [], threading.Event(), threading.Event()

    def until_enough():
        for person in voters(house.inside, kept, seed=5):
            started.set()
            if enough.is_set():
                return
            yield person

    house.run_code(AS_BEFORE_THERE_WERE_JOBS)
    assert house.rows(HOW_MANY_MIGRATIONS) == [(0,)]  # it is really an older one
    seen = []
    voting = Thread(target=lambda: seen.append(drive(server.port, until_enough(), 4)), daemon=True)
    voting.start()
    started.wait(PATIENCE)
    house.run("erdkreis", "init")
    enough.set()
    voting.join(PATIENCE)

    assert seen[0].n_errors == 0
    assert len(kept) > 10
    assert missing_votes(house, kept) == []
    # Receipts from before go on after it, and there is a place for work.
    further = []
    assert drive(server.port, islice(voters(house.inside, further), 20), 2).n_errors == 0
    assert missing_votes(house, further) == []
    assert house.rows(HOW_MANY_MIGRATIONS) != [(0,)]
    assert house.rows("SELECT count(*) FROM jobs_job, jobs_worker") == [(0,)]


@pytest.mark.parametrize(
    ("head", "n_bytes", "status"),
    [
        ("X-Long: " + "x" * 70_000, 0, {400, 431}),
        (f"Content-Length: {(8 << 20) + 1}", 0, {413}),
        (f"Content-Length: {(1 << 20) + 1}\r\nContent-Type: application/x-www-form-urlencoded",
         (1 << 20) + 1, {413}),
    ],
    ids=["headers above 64 KiB", "a request above 8 MiB", "a form above 1 MiB"],
)  # fmt: skip
def test_too_much_is_refused_and_the_server_goes_on(house, handed_over, head, n_bytes, status):
    server, _early = handed_over
    cookie, token = house.inside["tokens"][0]
    start = (
        f"POST /e/{house.inside['group']}/1/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Cookie: csrftoken={cookie}; voice={house.inside['voices'][1]}\r\nX-CSRFToken: {token}\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as line:
        line.sendall(f"{start}{head}\r\n\r\n".encode() + b"a" * n_bytes)
        with suppress(ConnectionResetError):
            said = line.recv(200)

    assert int(said.split()[1]) in status
    assert asked(f"127.0.0.1:{server.port}")[0] == 200


def test_a_container_sees_whether_its_server_is_well(handed_over):
    _program, *asking = health_check()

    def seen(port):
        environment = os.environ | {"PORT": str(port)}
        command = [sys.executable, *asking]
        return subprocess.run(command, env=environment, capture_output=True, check=False).returncode

    server, _early = handed_over
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port_of_nobody = nobody.getsockname()[1]
    assert seen(server.port) == 0
    assert seen(port_of_nobody) != 0


def test_a_port_that_is_taken_is_said_in_a_sentence(house):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = house.run("erdkreis", "serve", "--no-worker", "--port", port, check=False)

    assert ended.returncode == 2
    assert "Is another server running there?" in ended.stderr
    assert "Traceback" not in ended.stderr
