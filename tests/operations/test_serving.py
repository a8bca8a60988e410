"""A real server: nobody notices a restart, what was begun is finished, and it upgrades."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

PATIENCE = 120
MAIN = [sys.executable, "-m", "erdkreis"]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A prepared data folder; every server of this file runs on it, one after the other."""
    folder = tmp_path_factory.mktemp("house")
    subprocess.run([*MAIN, "init"], env=_environment(folder), check=True, timeout=PATIENCE)
    return folder


def _environment(folder, **more):
    cleared = {
        k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return cleared | {"ERDKREIS_DATA": str(folder), "ERDKREIS_URL": "http://127.0.0.1"} | more


@contextmanager
def serving(folder, *options, environment=None, **popen):
    command = [*MAIN, "serve", "--workers", "1", *options]
    process = subprocess.Popen(command, env=environment or _environment(folder), **popen)
    try:
        yield process
    finally:
        process.terminate()
        assert process.wait(PATIENCE) == 0


class OverSocket(http.client.HTTPConnection):
    """A client that asks on a unix socket."""

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.host)


def status(path, address, over=http.client.HTTPConnection):
    with closing(over(address, timeout=PATIENCE)) as asking:
        asking.request("GET", path, headers={"Host": "127.0.0.1"})
        return asking.getresponse().status


def until_answered(ask):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return ask()
        except OSError:
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.1)


def children(pid):
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def test_nobody_notices_a_restart(house):
    """A client asks without pause while all processes are exchanged."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with serving(house, environment=_environment(house, PORT=address.partition(":")[2])) as server:
        until_answered(lambda: status("/trust/", address))
        before, errors, stop = children(server.pid), [], threading.Event()

        def ask():
            while not stop.is_set():
                try:
                    said = status("/trust/", address)
                    errors.extend([said] if said != 200 else [])
                except OSError as error:
                    errors.append(error)

        asking = threading.Thread(target=ask)
        asking.start()
        server.send_signal(signal.SIGHUP)
        end = time.monotonic() + PATIENCE
        while before & children(server.pid):
            assert time.monotonic() < end, "old processes stay"
            time.sleep(0.2)
        status("/trust/", address)
        stop.set()
        asking.join()

        assert errors == []
        assert len(children(server.pid)) == len(before)


def test_on_a_unix_socket_with_word_to_systemd(house, tmp_path):
    path, told = tmp_path / "s", tmp_path / "n"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(told))
        systemd.settimeout(PATIENCE)
        environment = _environment(house, NOTIFY_SOCKET=str(told))
        with serving(house, "--no-worker", "--socket", str(path), environment=environment):
            assert systemd.recv(100) == b"READY=1"
            assert status("/trust/", str(path), OverSocket) == 200
            assert path.stat().st_mode & 0o777 == 0o660
        assert systemd.recv(100) == b"STOPPING=1"
    assert not path.exists()


def test_on_a_socket_handed_over_by_systemd(house):
    """The socket outlives the server: who asks meanwhile waits, and is answered."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"

        # As systemd does it: the socket is number 3, and the process knows its own number.
        start = (
            "import os, sys; os.dup2(int(sys.argv[1]), 3, inheritable=False);"
            "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1');"
            "sys.argv = ['erdkreis', 'serve', '--workers', '1', '--no-worker'];"
            "from erdkreis.cli import main; sys.exit(main())"
        )
        answered = []
        waiting = threading.Thread(target=lambda: answered.append(status("/trust/", address)))
        waiting.start()  # before there is a server
        server = subprocess.Popen(
            [sys.executable, "-c", start, str(listener.fileno())], env=_environment(house),
            pass_fds=[listener.fileno()],
        )  # fmt: skip
        waiting.join(PATIENCE)
        server.terminate()

        assert server.wait(PATIENCE) == 0
        assert answered == [200]


def test_a_port_that_is_taken_is_said_in_a_sentence(house):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            [*MAIN, "serve", "--no-worker", "--port", port], env=_environment(house),
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip

    assert ended.returncode == 2
    assert "Is another server running there?" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_server_without_tables_says_what_to_do(tmp_path):
    ended = subprocess.run(
        [*MAIN, "serve"], env=_environment(tmp_path), capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip

    assert ended.returncode == 1
    assert re.search("Run: erdkreis init", ended.stderr)


def test_web_processes_load_no_library_of_statistics():
    """Each megabyte of a web process is there as many times as there are processes."""
    look = (
        "import sys; from erdkreis.config.wsgi import application;"
        "from django.urls import get_resolver; get_resolver()._populate();"
        "heavy = {'numpy', 'scipy', 'sklearn', 'polars', 'pandas', 'dask', 'distributed',"
        "'weasyprint', 'openpyxl', 'odfdo', 'pyreadstat', 'xlsxwriter', 'resvg_py', 'authlib'};"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    loaded = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", look], env=os.environ, capture_output=True,
        text=True, timeout=PATIENCE, check=True,
    )  # fmt: skip

    assert loaded.stdout.strip() == "[]"


def test_a_worker_loads_none_either():
    look = (
        "import django, sys; django.setup(); from erdkreis.jobs.kinds import kinds; kinds();"
        "print(sorted({'numpy', 'scipy', 'sklearn', 'polars', 'weasyprint'} & sys.modules.keys()))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", look], env=os.environ, capture_output=True, text=True,
        timeout=PATIENCE, check=True,
    )  # fmt: skip

    assert loaded.stdout.strip() == "[]"


def test_an_upgrade_keeps_an_open_round(tmp_path):
    """Tables as they were before the last migrations, with a voice begun, brought up to date."""
    folder, environment = tmp_path / "old", _environment(tmp_path / "old")
    run = {"env": environment, "timeout": PATIENCE}
    subprocess.run(
        [*MAIN, "init", "--host", "ada@example.org"], check=True, capture_output=True, **run
    )
    made = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BEGIN],
        capture_output=True,
        text=True,
        check=True,
        **run,
    ).stdout.split()
    slug, code, receipt = made[-3:]
    subprocess.run([sys.executable, "-c", BACK], check=True, **run)
    with closing(sqlite3.connect(folder / "erdkreis.sqlite3")) as old:
        tables = {row[0] for row in old.execute("SELECT name FROM sqlite_master")}
    assert "jobs_job" not in tables  # it is really an older one

    subprocess.run([*MAIN, "init"], check=True, **run)
    seen = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", COME_BACK, slug, code, receipt],
        capture_output=True, text=True, check=True, **run,
    ).stdout.split()  # fmt: skip

    assert seen[-3:] == ["resumed", "True", "True"]


TESTS = str(Path(__file__).parents[1])
START = f"""
import sys, django
sys.path.insert(0, {TESTS!r})
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS.append("testserver")
"""
BEGIN = f"""{START}
from factories import circles, rounds
from factories.phones import Phone, sent
from erdkreis.accounts.models import Person
from erdkreis.invitations.services import issue_codes
round_ = rounds.asking(circles.circle(Person.objects.get(), "Kornblume"))
employees = rounds.group(round_, "employees")
(code,) = issue_codes(employees, 1)
print(employees.slug, code, sent(Phone(), employees))
"""
BACK = f"""{START}
from django.core.management import call_command
call_command("migrate", "jobs", "zero", verbosity=0)
"""
COME_BACK = f"""{START}
from factories.phones import Phone
slug, code, receipt = sys.argv[1:]
phone = Phone()
back = phone.post(f"/e/{{slug}}/resume/", {{"receipt": receipt}}, follow=True)
from erdkreis.questionnaires.models import Voice
from erdkreis.invitations.codes import digest
has_voice = Voice.objects.filter(receipt_digest=digest(receipt), is_sent=True).exists()
print("resumed", has_voice, Phone().get(f"/v/{{code}}/").status_code == 200)
"""
