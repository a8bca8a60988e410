"""What goes wrong on a bad day, done to real processes, and what was seen.

    python -m benchmarks.faults [--kills 20] [--postgres URL]

Each fault is a function that the suite runs too, with fewer repetitions.
"""

import argparse
import itertools
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from itertools import islice, takewhile
from pathlib import Path
from threading import Event, Thread

from benchmarks.house import (
    READY_S,
    House,
    Server,
    lives,
    missing_votes,
    serving,
    start,
    until_ready,
)
from benchmarks.load import Answer, Person, Seen, drive, post, voters

CALM_S = 1.0  # of load before each kill


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--postgres", metavar="URL", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "data", options.postgres).prepare(50, 2000, 50)
        seen, kept, missing, twice = killed_under_load(house, options.kills)
        print(
            f"{options.kills} kills under load: {len(kept):,} votes acknowledged, "
            f"{len(missing)} of them missing, {twice} twice, {seen.n_lost} requests cut off"
        )
        print(f"the first process killed: {first_killed(house)}")
        print(f"slow headers: {slow_headers(house)}")
        print(f"database locked for 30 s: {locked_out(house, 30)}")
        if options.postgres:
            print(f"database away for 30 s: {gone_for(house, 30)}")
            print(f"database away for 30 s under load: {away_under_load(house, 30)}")
    if not options.postgres and os.geteuid() == 0:
        with small_disk(120) as disk:
            house = House(disk / "data").prepare(5, 50, 20)
            print(f"disk full: {disk_full(house, disk)}")


# Killed --------------------------------------------------------------------------------------


def killed_under_load(
    house: House, n_kills: int, n_connections: int = 16
) -> tuple[Seen, list[tuple[str, int, int]], list[object], int]:
    """Kill the server again and again while people vote: all of it, or one of its processes.

    Returns what was seen, the acknowledged votes, those of them that are missing, and how many
    rows there are twice.
    """
    kept: list[tuple[str, int, int]] = []
    dice = random.Random(7)
    server = start(house)
    plan = iter(range(n_kills))
    state = {"next": time.perf_counter() + CALM_S, "server": server, "left": n_kills}

    def sometimes_kill() -> None:
        now = time.perf_counter()
        if now < state["next"] or not state["left"]:
            return
        number = next(plan)
        current: Server = state["server"]
        if number % 2 == 0 or current.process.poll() is not None:
            current.kill()
            state["server"] = start(house, port=current.port, wait=False)
        elif others := current.pids()[1:]:
            os.kill(dice.choice(others), signal.SIGKILL)
        until_ready(current.port, state["server"].process)
        state["left"] -= 1
        state["next"] = time.perf_counter() + CALM_S

    def until_all_were() -> Iterator[Person]:
        for person in voters(house.inside, kept):
            if not state["left"] and time.perf_counter() > state["next"]:
                return
            yield person

    try:
        seen = drive(server.port, until_all_were(), n_connections, on_tick=sometimes_kill)
    finally:
        state["server"].kill()
    pairs = house.rows("SELECT voter_id, statement_id, count(*) FROM dialogues_vote GROUP BY 1, 2")
    return seen, kept, missing_votes(house, kept), sum(n > 1 for *_pair, n in pairs)


def first_killed(house: House) -> str:
    """Kill the process that began all others, and begin another server on its port."""
    server = start(house)
    pids = server.pids()
    began = time.perf_counter()
    server.process.kill()
    server.process.wait()
    _until(lambda: not any(lives(pid) for pid in pids))
    ended = time.perf_counter() - began
    with serving(house, port=server.port) as another:
        told = one_vote(house, another)
    return (
        f"the other {len(pids) - 1} processes ended after {ended:.1f} s; "
        f"another server on the same port answers with {told.status}"
    )


def slow_headers(house: House, n: int = 200) -> str:
    """Begin requests and never end their headers, while others vote."""
    with serving(house, "--no-worker") as server, ExitStack() as stack:
        began = time.perf_counter()
        slow = [
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=60))
            for _each in range(n)
        ]
        for line in slow:
            line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        kept: list[tuple[str, int, int]] = []
        seen = drive(server.port, islice(voters(house.inside, kept, seed=3), 200), 4)
        for line in slow:
            while _is_open(line):
                with suppress(OSError):
                    line.sendall(b"x")
                time.sleep(0.05)
        closed = time.perf_counter() - began
    return (
        f"{n} connections that never ended their headers were closed after {closed:.0f} s; "
        f"meanwhile {len(kept)} of 200 votes were taken, {seen.n_errors} errors"
    )


def _is_open(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        return line.recv(1000) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        line.setblocking(True)


# Locked, away, full --------------------------------------------------------------------------


def one_vote(house: House, server: Server, number: int = 0, value: int = 1) -> Answer:
    """Cast one vote and return what was answered."""
    heard: list[Answer] = []
    cookie, token = house.inside["tokens"][0]

    def person() -> Person:
        statement = house.inside["statements"][number]
        fields = f"csrfmiddlewaretoken={token}&statement={statement}&vote={value}"
        cookies = f"csrftoken={cookie}; voter={house.inside['voters'][0]}"
        heard.append((yield post(f"/d/{house.inside['dialogue']}/vote/", fields, cookies,
                                 Accept_Encoding="identity")))  # fmt: skip

    drive(server.port, iter([person()]), 1, 60)
    return heard[0]


def one_answer(house: House, server: Server, words: str) -> Answer:
    """Answer the first page in own words and return what was answered."""
    heard: list[Answer] = []
    cookie, token = house.inside["tokens"][0]

    def person() -> Person:
        fields = f"csrfmiddlewaretoken={token}&answer=4&words={words}"
        cookies = f"csrftoken={cookie}; voice={house.inside['voices'][0]}"
        heard.append((yield post(f"/e/{house.inside['group']}/1/", fields, cookies,
                                 Accept_Encoding="identity")))  # fmt: skip

    drive(server.port, iter([person()]), 1, 60)
    return heard[0]


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Hold the database so that nobody can write."""
    if house.database_url:
        import psycopg

        with psycopg.connect(house.database_url) as held:
            held.execute("LOCK TABLE dialogues_vote, questionnaires_answer IN EXCLUSIVE MODE")
            yield
        return
    with closing(sqlite3.connect(house.data / "erdkreis.sqlite3", isolation_level=None)) as held:
        held.execute("PRAGMA busy_timeout = 20000")
        held.execute("BEGIN IMMEDIATE")
        yield
        held.execute("ROLLBACK")


@contextmanager
def away(house: House) -> Iterator[None]:
    """Let PostgreSQL refuse everybody, and end every connection there is."""
    import psycopg

    base, _, name = house.database_url.rpartition("/")
    with psycopg.connect(f"{base}/postgres", autocommit=True) as server:
        server.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        server.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        )
        try:
            yield
        finally:
            server.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")


def locked_out(house: House, seconds: float) -> str:
    """Let one vote come in while the database is locked, and once more afterwards."""
    with serving(house, "--no-worker") as server:
        began = time.perf_counter()
        with locked(house):
            told = one_vote(house, server)
            after = time.perf_counter() - began
            time.sleep(max(seconds - after, 0))
        again = one_vote(house, server)
    return (
        f"told with {told.status} after {after:.1f} s (Retry-After {told.header('retry-after')}), "
        f"then {again.status}"
    )


def gone_for(house: House, seconds: float) -> str:
    """Let one vote come in while PostgreSQL refuses everybody; wait until one is taken again.

    The worker beside has work waiting for it, and has to find its way back as well.
    """
    with serving(house) as server:
        one_vote(house, server)
        _until(lambda: house.rows("SELECT count(*) FROM jobs_worker") == [(1,)])
        (last_seen,) = house.rows("SELECT max(seen_at) FROM jobs_worker")
        began = time.perf_counter()
        with away(house):
            told = one_vote(house, server)
            after = time.perf_counter() - began
            time.sleep(max(seconds - after, 0))
        back = time.perf_counter()
        _until(lambda: one_vote(house, server).status == 302)
        voted = time.perf_counter() - back
        _until(lambda: house.rows("SELECT max(seen_at) FROM jobs_worker")[0] > last_seen)
        worked = time.perf_counter() - back
    return (
        f"told with {told.status} after {after:.1f} s; once it was back, votes were taken again "
        f"after {voted:.1f} s and the worker was there after {worked:.1f} s"
    )


def away_under_load(house: House, seconds: float, n_connections: int = 16) -> str:
    """Let PostgreSQL refuse everybody while people vote without pause."""
    kept: list[tuple[str, int, int]] = []
    over = Event()

    def be_away() -> None:
        time.sleep(CALM_S)
        with away(house):
            time.sleep(seconds)
        time.sleep(10 * CALM_S)
        over.set()

    people = takewhile(lambda _person: not over.is_set(), voters(house.inside, kept, seed=4))
    with serving(house) as server:
        fault = Thread(target=be_away, daemon=True)
        fault.start()
        seen = drive(server.port, people, n_connections)
        fault.join()
    return (
        f"{len(kept):,} votes acknowledged, {len(missing_votes(house, kept))} of them missing, "
        f"{seen.statuses.get(503, 0):,} told with 503, {seen.n_lost} cut off, "
        f"others: {sorted(seen.statuses.keys() - {302, 503})}"
    )


def _until(seen: Callable[[], bool]) -> None:
    last = time.perf_counter() + READY_S
    while not seen():
        if time.perf_counter() > last:
            raise AssertionError("it did not come back")
        time.sleep(0.05)


@contextmanager
def small_disk(n_mb: int) -> Iterator[Path]:
    """A disk of its own, in memory. Needs the right to mount one."""
    with tempfile.TemporaryDirectory(prefix="erdkreis-disk-") as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={n_mb}m", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=False)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Fill a disk to the last byte."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                pass
    yield
    filler.unlink()


def disk_full(house: House, disk: Path) -> str:
    with serving(house, "--no-worker") as server:
        one_vote(house, server)
        with filled(disk):
            told = first_refused(house, server)
        again = one_vote(house, server)
    return f"told with {told.status}, after making room {again.status}"


def first_refused(house: House, server: Server) -> Answer:
    """Write until the journal has used the room it had."""
    for number, value in itertools.product(range(len(house.inside["statements"])), (1, 0, -1)):
        told = one_vote(house, server, number, value)
        if told.status != 302:
            return told
    raise AssertionError("the disk was not full")


# Half a file ---------------------------------------------------------------------------------


def half_a_file(house: House, server: Server, n_mb: int = 6) -> None:
    """Begin to send a large file, and hang up in the middle."""
    cookie, token = house.inside["tokens"][0]
    part = (
        f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    ).encode()
    head = (
        f"POST /e/{house.inside['group']}/1/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Cookie: csrftoken={cookie}; voice={house.inside['voices'][0]}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: {len(part) + (n_mb << 20)}\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(head + part + b"a" * ((n_mb << 20) // 2))
        time.sleep(0.3)


if __name__ == "__main__":
    sys.exit(main())
