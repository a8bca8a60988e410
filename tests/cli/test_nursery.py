"""One process loads, the others are its copies: real processes, without an application."""

import os
import signal
import time
from contextlib import suppress

import pytest
from benchmarks.house import lives

from erdkreis.cli.nursery import Processes

SECONDS = 20


@pytest.fixture
def begin(tmp_path):
    """Begin processes that write down who they are, what they found loaded, and then wait."""
    loads, made = tmp_path / "loads", []
    loaded = {}

    def load():
        with loads.open("a") as file:
            file.write(f"{os.getpid()}\n")
        if (tmp_path / "broken").exists():
            raise RuntimeError("what is installed now cannot be loaded")
        loaded["by"] = os.getpid()
        return {"answer": 42}

    def note(name):
        (tmp_path / name).write_text(f"{os.getpid()} {loaded['by']}")
        signal.pause()

    def anew():
        made.append(Processes(load, {"note": note}))
        return made[-1]

    anew.loaded_by = lambda: [int(line) for line in loads.read_text().split()]
    anew.folder = tmp_path
    yield anew
    for processes in made:
        processes.end()


def until(seen):
    last = time.monotonic() + SECONDS
    while not seen():
        assert time.monotonic() < last, "it did not happen"
        time.sleep(0.01)


def started(processes, folder, name):
    process = processes.process("note", name=name)
    process.start()
    until(lambda: (folder / name).exists() and (folder / name).read_text())
    pid, by = map(int, (folder / name).read_text().split())
    assert pid == process.pid
    return process, by


def test_all_are_copies_of_one_that_loaded_once(begin):
    processes = begin()

    (one, by_one), (two, by_two) = (started(processes, begin.folder, name) for name in "ab")

    assert processes.facts == {"answer": 42}
    assert begin.loaded_by() == [by_one] == [by_two]
    assert by_one not in {os.getpid(), one.pid, two.pid}
    for process in (one, two):
        assert process.is_alive()
        process.terminate()
        process.join(SECONDS)
        assert not process.is_alive()


def test_after_a_reload_new_ones_come_from_what_is_loaded_anew_and_old_ones_go_on(begin):
    processes = begin()
    old, by_old = started(processes, begin.folder, "old")

    processes.load_anew()
    new, by_new = started(processes, begin.folder, "new")

    assert begin.loaded_by() == [by_old, by_new]
    assert by_old != by_new
    assert old.is_alive()
    assert new.is_alive()
    for process in (old, new):
        process.kill()


def test_what_cannot_be_loaded_takes_the_place_of_nothing(begin, capfd):
    processes = begin()
    (begin.folder / "broken").touch()

    processes.load_anew()
    process, by = started(processes, begin.folder, "a")

    assert by == begin.loaded_by()[0]
    assert "what is installed now cannot be loaded" in capfd.readouterr().err
    process.kill()


def test_another_loads_when_the_first_was_killed(begin):
    processes = begin()
    os.kill(begin.loaded_by()[0], signal.SIGKILL)

    process, by = started(processes, begin.folder, "a")

    assert begin.loaded_by()[1] == by
    process.kill()


def test_whatever_was_begun_ends_with_the_first_process_even_if_that_is_killed(begin):
    if not (first := os.fork()):
        try:
            processes = begin()
            started(processes, begin.folder, "before a reload")
            processes.load_anew()
            started(processes, begin.folder, "after it")
            (begin.folder / "begun").touch()
            signal.pause()
        finally:
            os._exit(1)
    until((begin.folder / "begun").exists)
    pids = [
        int((begin.folder / name).read_text().split()[0])
        for name in ("before a reload", "after it")
    ]
    assert all(lives(pid) for pid in pids)

    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)

    try:
        until(lambda: not any(lives(pid) for pid in (*pids, *begin.loaded_by())))
    finally:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def test_without_anything_loaded_there_are_no_facts(begin, capfd):
    (begin.folder / "broken").touch()

    assert begin().facts is None
    assert "The server cannot start" in capfd.readouterr().err
