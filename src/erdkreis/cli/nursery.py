"""Where the processes of a server come from: one loads the application, the others are its copies.

What is loaded is there once in memory and costs its seconds once, however many processes there are.
After an upgrade another nursery loads what is installed then. The process that asks stays small,
and can look after its grandchildren because it holds a handle of each.
"""

import ctypes
import gc
import json
import math
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

HAS_HANDLES = hasattr(os, "pidfd_open")  # Linux; elsewhere the number of a process must do
LOOK_EVERY = 0.05  # seconds, where there are no handles
LARGEST_WORD = 64 * 1024
M_ARENA_MAX, ARENAS = -8, 2
SECONDS_TO_FINISH = 20

Entry = Callable[..., None]


class NurseryGone(OSError):
    """The nursery has ended, so nothing can be begun in it."""


class Grandchild:
    """A process begun in a nursery, with what `multiprocessing` offers for one of its own."""

    def __init__(self, begin: Callable[[], tuple[int, int]], ends_at: signal.Signals) -> None:
        self._begin, self._ends_at, self.pid, self._handle = begin, ends_at, 0, -1

    def start(self) -> None:
        self.pid, self._handle = self._begin()

    def join(self, timeout: float | None = None) -> None:
        if self._handle >= 0:
            select.select([self._handle], [], [], timeout)
            return
        until = time.monotonic() + (math.inf if timeout is None else timeout)
        while self.is_alive() and time.monotonic() < until:
            time.sleep(LOOK_EVERY)

    def is_alive(self) -> bool:
        if self._handle >= 0:
            return not select.select([self._handle], [], [], 0)[0]
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return self.pid > 0

    def terminate(self) -> None:
        self._tell(self._ends_at)

    def kill(self) -> None:
        self._tell(signal.SIGKILL)

    def _tell(self, what: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            if self._handle >= 0:
                signal.pidfd_send_signal(self._handle, what)
            elif self.pid:
                os.kill(self.pid, what)

    def __del__(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)


class Lifeline:
    """Tells each process of a server that the first one has gone, even where that was killed.

    Otherwise its web processes would go on, with nobody to ask them to end, and keep the port.
    """

    def __init__(self) -> None:
        self._followed, self._held = os.pipe()

    def let_go(self) -> None:
        """Leave it to the first process alone: with its last holder the line breaks."""
        os.close(self._held)

    def follow(self) -> None:
        threading.Thread(target=self._end_with_the_first, daemon=True).start()

    def _end_with_the_first(self) -> None:
        os.read(self._followed, 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(SECONDS_TO_FINISH)
        os.kill(os.getpid(), signal.SIGKILL)

    def cut(self) -> None:
        os.close(self._held)
        os.close(self._followed)


class Nursery:
    """One process in which the application is loaded, and which forks when it is asked to.

    ``load`` says what the asking process must know, or nothing if there is no use in going on;
    ``entries`` is what a new process does, by name.
    """

    def __init__(
        self,
        load: Callable[[], Any],
        entries: dict[str, Entry],
        lifeline: Lifeline,
        instead_of: "Nursery | None" = None,
    ) -> None:
        self._channel, its = socket.socketpair()
        sys.stdout.flush()
        sys.stderr.flush()
        if not (pid := os.fork()):
            self._channel.close()
            if instead_of is not None:
                instead_of.forget()  # else that one would never see that it is let go
            lifeline.let_go()
            _be_a_nursery(its, load, entries, lifeline)
        its.close()
        self._pid = pid
        word = self._channel.recv(LARGEST_WORD)
        self.facts: Any = json.loads(word) if word else None

    def fork(self, entry: str, given: dict[str, Any]) -> tuple[int, int]:
        """Begin a process that does this entry; return its number and a handle of it."""
        try:
            self._channel.sendall(json.dumps([entry, given]).encode())
            word, handles, _flags, _from = socket.recv_fds(self._channel, LARGEST_WORD, 1)
        except OSError as error:
            raise NurseryGone("no process can be begun") from error
        if not word:
            raise NurseryGone("no process can be begun")
        return int(word), handles[0] if handles else -1

    def forget(self) -> None:
        self._channel.close()

    def end(self) -> None:
        """Let it go. What was begun in it goes on."""
        self.forget()
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


class Processes:
    """All processes of a server: begun in the nursery of the day."""

    def __init__(self, load: Callable[[], Any], entries: dict[str, Entry]) -> None:
        self._load, self._entries = load, entries
        self._lock, self._lifeline = threading.Lock(), Lifeline()
        self._nursery = Nursery(load, entries, self._lifeline)

    @property
    def facts(self) -> Any:
        """What was found when the application was loaded; nothing if it could not be."""
        return self._nursery.facts

    def process(
        self, entry: str, ends_at: signal.Signals = signal.SIGTERM, **given: Any
    ) -> Grandchild:
        """Return a process that does this entry once it is started, until this signal."""

        def begin() -> tuple[int, int]:
            with self._lock:
                try:
                    return self._nursery.fork(entry, given)
                except NurseryGone:
                    self._load_anew()
                    return self._nursery.fork(entry, given)

        return Grandchild(begin, ends_at)

    def load_anew(self) -> None:
        """Load what is installed now. If that cannot be, go on with what there is."""
        with self._lock:
            self._load_anew()

    def end(self) -> None:
        with self._lock:
            self._nursery.end()
            self._lifeline.cut()

    def _load_anew(self) -> None:
        new = Nursery(self._load, self._entries, self._lifeline, instead_of=self._nursery)
        old = new
        if new.facts is not None:
            old, self._nursery = self._nursery, new
        old.end()


def _be_a_nursery(
    channel: socket.socket,
    load: Callable[[], Any],
    entries: dict[str, Entry],
    lifeline: Lifeline,
) -> NoReturn:
    code = 1
    try:
        signal.signal(
            signal.SIGINT, signal.SIG_IGN
        )  # a key pressed at the terminal asks the server
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # and so does whoever ends all processes
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        _few_arenas()
        gc.disable()  # all that is made now stays
        facts = load()
        gc.collect()
        gc.freeze()
        gc.enable()
        channel.sendall(json.dumps(facts).encode())
        if facts is not None:
            _fork_when_asked(channel, entries, lifeline)
        code = 0
    except Exception as error:  # noqa: BLE001 - the process ends here: one sentence, no traceback
        print(f"The server cannot start: {error}", file=sys.stderr)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _few_arenas() -> None:
    """Let threads share their memory: each arena keeps for itself what was freed in it."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def _fork_when_asked(channel: socket.socket, entries: dict[str, Entry], lifeline: Lifeline) -> None:
    # Whoever ends is forgotten by the system at once; the server watches by its handle.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while asked := channel.recv(LARGEST_WORD):
        entry, given = json.loads(asked)
        if not (pid := os.fork()):
            channel.close()
            _be_a_grandchild(entries[entry], given, lifeline)
        handles = [os.pidfd_open(pid)] if HAS_HANDLES else []
        socket.send_fds(channel, [str(pid).encode()], handles)
        for handle in handles:
            os.close(handle)


def _be_a_grandchild(entry: Entry, given: dict[str, Any], lifeline: Lifeline) -> NoReturn:
    code = 1
    try:
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(one, signal.SIG_DFL)
        lifeline.follow()
        entry(**given)
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    except Exception as error:  # noqa: BLE001 - as above
        print(f"A process of the server ended: {error}", file=sys.stderr)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
