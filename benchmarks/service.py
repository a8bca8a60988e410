"""The whole service under load: real processes, real connections, every answer looked up after.

    python -m benchmarks.service [--seconds 5] [--postgres | --sqlite] [--quick] [--soak MINUTES]

Each rate stands beside an empty page of the same server (same processes, same threads, no
middleware, no database) measured in the same run; votes on SQLite also beside a bare Django that
takes them with the middleware of a usual project. The generator runs on the same machine.
"""

import argparse
import gzip
import http.client
import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from benchmarks.house import (
    ROOT,
    House,
    Server,
    free_port,
    missing_answers,
    missing_votes,
    serving,
    start,
    until_ready,
)
from benchmarks.load import (
    Seen,
    again_and_again,
    answerers,
    drive,
    get,
    voters,
    whole_visits,
)

WIDTHS = (41, 36, 31, 8)
CLIENTS = (32, 200)
TURNS = 3
# As a server keeps them that must not lose what it has acknowledged.
DURABLE = {"max_connections": "100", "listen_addresses": "127.0.0.1", "shared_buffers": "512MB"}


def row(*cells: object) -> None:
    print(
        "  ".join(str(c).ljust(w) for c, w in zip(cells, WIDTHS, strict=True)).rstrip(), flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--sqlite", action="store_true", help="not on PostgreSQL")
    parser.add_argument("--postgres", action="store_true", help="not on SQLite")
    parser.add_argument("--quick", action="store_true", help="without the thousand people")
    parser.add_argument("--no-pages", action="store_true", help="without the demo's pages")
    parser.add_argument("--soak", type=float, metavar="MINUTES", default=0)
    options = parser.parse_args()
    row("what", "Erdkreis", "beside", "ratio")
    row(*("-" * width for width in WIDTHS))
    if not options.postgres:
        with tempfile.TemporaryDirectory() as folder:
            house = House(Path(folder) / "data").prepare(4000, 4000, 60)
            if options.soak:
                soak(house, options.soak)
                return
            measure("SQLite", house, options)
        if not options.no_pages:
            pages_and_memory()
    if not options.sqlite:
        sys.path.insert(0, str(ROOT / "scripts"))
        from with_postgres import postgres

        with tempfile.TemporaryDirectory() as folder, postgres(DURABLE) as url:
            measure(
                "PostgreSQL", House(Path(folder) / "data", url).prepare(4000, 4000, 60), options
            )


def empty_server(*, threads: int) -> AbstractContextManager[Server]:
    return _yardstick("empty_page", threads)


@contextmanager
def bare_server(inside: dict[str, Any]) -> Iterator[Server]:
    """Let the same people vote in a bare Django, on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "benchmarks.bare_vote", folder], cwd=ROOT, check=True, text=True,
            input=json.dumps([inside["voters"], inside["statements"]]),
        )  # fmt: skip
        with _yardstick("bare_vote", threads=1, BARE_VOTE=folder) as server:
            yield server


@contextmanager
def _yardstick(application: str, threads: int, **more: str) -> Iterator[Server]:
    """Serve it as `erdkreis serve` serves: same program, processes and threads."""
    port = free_port()
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--workers", "2",
        "--blocking-threads", str(threads), "--no-ws", "--log-level", "error",
        "--port", str(port), f"benchmarks.{application}:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | more, stdout=subprocess.DEVNULL)
    server = Server(process, port)
    try:
        until_ready(port, process)
        yield server
    finally:
        server.kill()


def measure(name: str, house: House, options: argparse.Namespace) -> None:
    """Measure one database: the empty page and what people do, in turn."""
    kept_votes: list[Any] = []
    kept_answers: list[Any] = []
    votes, answers = voters(house.inside, kept_votes), answerers(house.inside, kept_answers)
    with (
        serving(house, "--no-worker") as server,
        empty_server(threads=4 if house.database_url else 1) as empty,
    ):
        for clients in CLIENTS:
            floor = timed(empty, again_and_again(get("/empty")), clients, options.seconds)
            row(f"{name}: empty page, {clients} clients", told(*floor), "", "")
            for what, people in (("vote", votes), ("answer", answers)):
                found = timed(server, people, clients, options.seconds)
                beside = f"empty page {floor[0].rate:,.0f}/s"
                row(f"{name}: {what}, {clients} clients", told(*found), beside,
                    f"{found[0].rate / floor[0].rate:.3f}")  # fmt: skip
        first_page(name, house, server)
        lost = len(missing_votes(house, kept_votes)) + len(missing_answers(house, kept_answers))
        n = len(kept_votes) + len(kept_answers)
        row(f"{name}: acknowledged and found again", f"{n - lost:,} of {n:,}", "", "")
        if not house.database_url:
            beside_a_bare_vote(name, house, server, votes, options.seconds)
        if not options.quick:
            thousand(name, house, server)


def beside_a_bare_vote(
    name: str, house: House, server: Server, votes: Iterator[Any], seconds: float
) -> None:
    """Measure votes and bare votes in turn: what a machine allows at all stands in the same row."""
    with bare_server(house.inside) as bare:
        theirs = voters(house.inside, [])
        for clients in CLIENTS:
            turns = [
                (timed(bare, theirs, clients, seconds), timed(server, votes, clients, seconds))
                for _turn in range(TURNS)
            ]
            beside, found = (
                sorted(runs, key=lambda run: run[0].rate)[TURNS // 2]
                for runs in zip(*turns, strict=True)
            )
            row(f"{name}: vote, {clients} clients, middle of three", told(*found),
                f"bare Django {beside[0].rate:,.0f}/s, {beside[1]:.0f} µs",
                f"{found[0].rate / beside[0].rate:.2f}")  # fmt: skip


def first_page(name: str, house: House, server: Server) -> None:
    """Weigh what comes over the line before somebody can read the first page, and all of it."""
    page = fetched(server, f"/e/{house.inside['group']}/")
    names = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', gzip.decompress(page).decode()))
    files = [len(fetched(server, name)) for name in names]
    row(
        f"{name}: first page of who answers",
        f"{len(page) / 1000:.1f} kB until it can be read",
        f"{(len(page) + sum(files)) / 1000:.1f} kB with {len(files)} files for later",
        "",
    )


def fetched(server: Server, path: str) -> bytes:
    """Return what a browser without anything of ours is sent, as packed as it comes."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as asking:
        asking.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
        return asking.getresponse().read()


def timed(
    server: Server, people: Iterator[Any], clients: int, seconds: float
) -> tuple[Seen, float]:
    """Return what was seen, and the processor time of the server for each request in µs."""
    cpu = server.cpu_s()
    seen = drive(server.port, people, clients, seconds)
    return seen, (server.cpu_s() - cpu) / max(seen.n, 1) * 1e6


def told(seen: Seen, cpu_us: float) -> str:
    errors = f", {errors_in(seen)}" if seen.n_errors else ""
    times = f"p50 {seen.ms(0.5):.0f} p99 {seen.ms(0.99):.0f} ms"
    return f"{seen.rate:,.0f}/s {times}, {cpu_us:.0f} µs{errors}"


def errors_in(seen: Seen) -> str:
    """Say what went wrong: answers that say so, and those that never came."""
    if not seen.n_errors:
        return ""
    return f"{seen.n_errors} ERRORS {seen.statuses}, {seen.n_lost} without an answer"


def thousand(name: str, house: House, server: Server) -> None:
    """A thousand people come at once, and each goes all the way: 27 pages and presses."""
    kept: list[Any] = []
    sent: list[str] = []
    seen = drive(server.port, whole_visits(house.inside, 1000, kept, sent), 1000)
    lost = len(missing_answers(house, kept))
    row(
        f"{name}: 1,000 people at once, whole way",
        f"{len(sent):,} sent in {seen.seconds:.0f} s, {errors_in(seen) or '0 errors'}",
        f"{seen.rate:,.0f} pages/s, p99 {seen.ms(0.99) / 1000:.1f} s",
        f"{lost} lost",
    )


# Pages, memory, start ------------------------------------------------------------------------


def pages_and_memory(seconds: float = 4) -> None:
    """The demo as a visitor and an operator meet it."""
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        house.run("erdkreis", "init")
        address = _picture_of(house.run("erdkreis", "demo").stdout)
        began = time.perf_counter()
        server = start(house)
        try:
            row(
                "cold start, demo, to the first page",
                f"{time.perf_counter() - began:.1f} s",
                "",
                "",
            )
            time.sleep(5)
            row("memory after start, all processes", f"{server.memory_mb():.0f} MB (PSS)", "", "")
            with empty_server(threads=1) as empty:
                floor = timed(empty, again_and_again(get("/empty")), 32, seconds)
            for what, path in (("result page from a release", address), ("a start page", "/")):
                drive(server.port, itertools.islice(again_and_again(get(path)), 8), 2)
                found = timed(server, again_and_again(get(path)), 32, seconds)
                row(what, told(*found), f"empty page {floor[0].rate:,.0f}/s",
                    f"{found[0].rate / floor[0].rate:.3f}")  # fmt: skip
            time.sleep(2)
            row("memory after load, all processes", f"{server.memory_mb():.0f} MB (PSS)", "", "")
        finally:
            server.kill()


def _picture_of(said: str) -> str:
    line = next(line for line in said.splitlines() if "/p/" in line)
    return line[line.index("/p/") :].split()[0]


# Soak ----------------------------------------------------------------------------------------


def soak(house: House, minutes: float, rate: int = 200) -> None:
    """Vote and answer at a calm rate for minutes, and look at the memory every half minute."""
    kept: list[Any] = []
    people = itertools.chain(voters(house.inside, kept), answerers(house.inside, kept))
    with serving(house) as server:
        began, memory = time.perf_counter(), []
        while time.perf_counter() - began < 60 * minutes:
            second = time.perf_counter()
            drive(server.port, itertools.islice(people, rate), 16, 1)
            time.sleep(max(0.0, 1 - (time.perf_counter() - second)))
            if time.perf_counter() - began > 30 * len(memory):
                memory.append(server.memory_mb())
                row(
                    f"after {30 * (len(memory) - 1)} s",
                    f"{memory[-1]:.1f} MB",
                    f"{len(kept):,}",
                    "",
                )
    half = len(memory) // 2
    first, second_half = (statistics.median(m) for m in (memory[1:half], memory[half:]))
    row(
        "median of each half",
        f"{first:.1f} MB",
        f"{second_half:.1f} MB",
        f"{second_half / first:.3f}",
    )


if __name__ == "__main__":
    main()
