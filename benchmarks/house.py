"""An installation of its own, with real processes: made, served, killed, looked into."""

import hashlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
READY_S = 180  # of a machine that has much else to do


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class House:
    """A data folder, its database, and how people come in."""

    data: Path
    database_url: str = ""
    inside: dict[str, Any] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "ERDKREIS_DATA": str(self.data),
            "DJANGO_SETTINGS_MODULE": "erdkreis.config.settings",
            "DATABASE_URL": self.database_url or f"sqlite:///{self.data}/erdkreis.sqlite3",
            "ERDKREIS_URL": "http://127.0.0.1",
            "ERDKREIS_SECRET_KEY": "only for benchmarks and tests",
            "PYTHONPATH": str(ROOT),
        }
        return os.environ | own | self.more

    def run(self, *command: object, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *map(str, command)],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=check,
        )  # fmt: skip

    def run_code(self, code: str) -> str:
        """Run a few lines with Django started; return what they print."""
        begun = "from erdkreis.cli.django import start_django\nstart_django()\n"
        return subprocess.run(
            [sys.executable, "-c", begun + code],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    def prepare(self, n_voices: int, n_voters: int, n_statements: int) -> "House":
        self.data.mkdir(parents=True, exist_ok=True)
        self.run("erdkreis", "init")
        made = self.run("benchmarks.prepare", n_voices, n_voters, n_statements)
        self.inside = json.loads(made.stdout)
        return self

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the database itself, past the application."""
        if not self.database_url:
            with closing(sqlite3.connect(self.data / "erdkreis.sqlite3", timeout=30)) as found:
                return found.execute(sql).fetchall()
        import psycopg

        with psycopg.connect(self.database_url) as found:
            return found.execute(sql).fetchall()

    def votes(self) -> dict[tuple[str, int], int]:
        """Return every vote by digest of the receipt and statement."""
        return {
            (digest, statement): value
            for digest, statement, value in self.rows(
                "SELECT r.receipt_digest, v.statement_id, v.value FROM dialogues_vote v"
                " JOIN dialogues_voter r ON r.id = v.voter_id"
            )
        }

    def answers(self) -> dict[tuple[str, str], int]:
        """Return every rated answer by digest of the receipt and item."""
        return {
            (digest, item): value
            for digest, item, value in self.rows(
                "SELECT v.receipt_digest, a.item, a.value FROM questionnaires_answer a"
                " JOIN questionnaires_voice v ON v.id = a.voice_id WHERE a.status = 'rated'"
            )
        }


def digest(receipt: str) -> str:
    """What is stored of a receipt code, calculated anew here."""
    return hashlib.sha256(f"erdkreis code {receipt.replace('-', '')}".encode()).hexdigest()


def missing_votes(house: House, kept: list[tuple[str, int, int]]) -> list[object]:
    """Return the acknowledged votes that are not in the database as they were given."""
    stored = house.votes()
    return [v for v in kept if stored.get((digest(v[0]), v[1])) != v[2]]


def missing_answers(house: House, kept: list[tuple[str, int, int]]) -> list[object]:
    stored, items = house.answers(), house.inside["items"]
    return [a for a in kept if stored.get((digest(a[0]), items[a[1] - 1])) != a[2]]


@dataclass
class Server:
    """One `erdkreis serve` with all its processes."""

    process: subprocess.Popen[bytes]
    port: int

    def pids(self) -> list[int]:
        """Return the server and everything it started, also what has lost its parent since."""
        found, new = [self.process.pid], [self.process.pid]
        while new:
            new = [child for pid in new for child in children(pid)]
            found += new
        return found + [pid for pid in in_session(self.process.pid) if pid not in found]

    def kill(self) -> None:
        """End all of it as a power cut would."""
        pids = self.pids()
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        # Whoever of them still holds the port would be in the way of the next server.
        last = time.monotonic() + READY_S
        while any(lives(pid) for pid in pids) and time.monotonic() < last:
            time.sleep(0.02)

    def memory_mb(self) -> float:
        """Return the memory of all processes, shared pages counted once (PSS)."""
        return sum(_pss_kb(pid) for pid in self.pids()) / 1024

    def cpu_s(self) -> float:
        return sum(_cpu_s(pid) for pid in self.pids())


@contextmanager
def serving(house: House, *options: object, port: int = 0, wait: bool = True) -> Iterator[Server]:
    """Run `erdkreis serve` for as long as this lasts."""
    server = start(house, *options, port=port, wait=wait)
    try:
        yield server
    finally:
        server.kill()


def start(house: House, *options: object, port: int = 0, wait: bool = True) -> Server:
    port = port or free_port()
    command = [sys.executable, "-m", "erdkreis", "serve", "--port", str(port), *map(str, options)]
    with (house.data / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=house.environment, cwd=ROOT, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    server = Server(process, port)
    if wait:
        try:
            until_ready(port, process)
        except RuntimeError:
            server.kill()
            raise
    return server


def until_ready(port: int, process: subprocess.Popen[bytes] | None = None) -> float:
    """Wait until the server answers; return how long it took."""
    started = time.perf_counter()
    while time.perf_counter() - started < READY_S:
        if process is not None and process.poll() is not None:
            raise RuntimeError("the server ended")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return time.perf_counter() - started
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the server does not answer")


def children(pid: int) -> list[int]:
    try:
        return [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def in_session(first: int) -> list[int]:
    """Return all processes of the session that a process began; nothing if it began none."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(place.read_text().rpartition(")")[2].split()[3]) == first:
                found.append(int(place.parent.name))
    return [pid for pid in found if lives(pid)]


def lives(pid: int) -> bool:
    """Say whether a process is there; one that is dead and only not asked about yet is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _pss_kb(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def _cpu_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
