"""What `erdkreis serve` is made of: one listening socket, web processes on it, a worker beside.

All web processes share the one socket. When one of them ends, what waits on the socket is answered
by the next: with a socket for each, connections that were waiting would be lost.
"""

import os
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from granian._granian import SocketHolder
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from erdkreis.cli import InputError

APPLICATION = "erdkreis.config.wsgi:application"
FIRST_HANDED_OVER = 3  # systemd hands sockets over from this number on
BACKLOG = 1024
ONLY_US_AND_OUR_GROUP = 0o660
SECONDS_TO_FINISH = 20
SECONDS_UNTIL_ANOTHER = 2.0
PATIENCE = 60.0
HEADERS = HTTP1Settings(header_read_timeout=15_000, max_buffer_size=64 * 1024)
ASK = b"GET /health/live HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n"


# The socket ----------------------------------------------------------------------------------


@contextmanager
def listening(host: str, port: int, path: Path | None) -> Iterator[socket.socket]:
    """Listen: on the socket that systemd hands over, on a unix socket, or on a port."""
    try:
        listener = _handed_over() or (_on_path(path) if path else _on_port(host, port))
    except OSError as error:
        where = path or f"{host}:{port}"
        raise InputError(
            f"Nothing can listen on {where} ({error.strerror}). Is another server running there?"
        ) from error
    with listener:
        yield listener
    if path:
        path.unlink(missing_ok=True)


def _handed_over() -> socket.socket | None:
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return None
    for name in ("LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"):
        os.environ.pop(name, None)
    return socket.socket(fileno=FIRST_HANDED_OVER)


def _on_port(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def _on_path(path: Path) -> socket.socket:
    if path.exists() and stat.S_ISSOCK(path.stat().st_mode):
        path.unlink()  # left behind by a server that was killed
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    path.chmod(ONLY_US_AND_OUR_GROUP)
    listener.listen(BACKLOG)
    return listener


# The web processes ---------------------------------------------------------------------------


class _Server(MPServer):
    """Granian on a socket that is there already."""

    def __init__(self, listener: socket.socket, **options: Any) -> None:
        super().__init__(APPLICATION, **options)
        self._listener = listener

    def _init_shared_socket(self) -> None:
        is_unix = self._listener.family == socket.AF_UNIX
        self._listener.set_inheritable(True)
        self._sfd = self._listener.fileno()  # type: ignore[assignment]  # as granian itself does
        self._shd = SocketHolder(self._sfd, is_unix, BACKLOG)  # type: ignore[assignment, call-arg]
        self._ssp, self._sso = None, self._listener

    def _drop_shared_socket(self) -> None:
        self._listener.close()


def serve(
    listener: socket.socket, *, workers: int, threads: int, on_reload: Callable[[], None]
) -> int:
    """Serve until asked to end; finish what was begun."""
    is_unix = listener.family == socket.AF_UNIX
    named = ("unix socket", 0) if is_unix else listener.getsockname()[:2]
    server = _Server(
        listener,
        address=named[0],
        port=named[1],
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        http1_settings=HEADERS,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_access=False,
        websockets=False,
    )
    server.on_reload(on_reload)
    server.on_shutdown(lambda: _tell_systemd("STOPPING=1"))
    threading.Thread(target=_tell_when_ready, args=(listener,), daemon=True).start()
    try:
        server.serve()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _tell_when_ready(listener: socket.socket) -> None:
    """Tell systemd that the first page was answered, not that processes were begun."""
    if not os.environ.get("NOTIFY_SOCKET"):
        return
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError), socket.socket(listener.family) as asking:
            asking.settimeout(PATIENCE)
            asking.connect(listener.getsockname())
            asking.sendall(ASK)
            if asking.recv(12).endswith(b"200"):
                _tell_systemd("READY=1")
                return
        time.sleep(0.1)


def _tell_systemd(what: str) -> None:
    where = os.environ.get("NOTIFY_SOCKET", "")
    if not where:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.connect(f"\0{where[1:]}" if where.startswith("@") else where)
        told.sendall(what.encode())


# The worker ----------------------------------------------------------------------------------


class Beside:
    """A worker for as long as the server runs: one that ends is followed by another."""

    COMMAND = (sys.executable, "-m", "erdkreis", "worker", "--beside-a-server")

    def __init__(self) -> None:
        self._is_ending = threading.Event()
        self._lock = threading.Lock()
        self._process = self._begin()
        self._leaving: list[subprocess.Popen[bytes]] = []
        threading.Thread(target=self._watch, daemon=True).start()

    def begin_anew(self) -> None:
        """Begin another, with what is installed now; the old one finishes what it does."""
        with self._lock:
            old, self._process = self._process, self._begin()
            old.terminate()
            self._leaving.append(old)

    def end(self) -> None:
        self._is_ending.set()
        with self._lock:
            for process in (self._process, *self._leaving):
                process.terminate()
            for process in (self._process, *self._leaving):
                with suppress(subprocess.TimeoutExpired):
                    process.wait(SECONDS_TO_FINISH + 5)
                process.kill()

    def _begin(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self.COMMAND)  # noqa: S603 - our own command

    def _watch(self) -> None:
        while not self._is_ending.wait(SECONDS_UNTIL_ANOTHER):
            with self._lock:
                self._leaving = [one for one in self._leaving if one.poll() is None]
                if self._process.poll() is not None and not self._is_ending.is_set():
                    self._process = self._begin()


@contextmanager
def worker_beside(*, is_on: bool) -> "Iterator[Beside | _Nobody]":
    if not is_on:
        yield _Nobody()
        return
    beside = Beside()
    try:
        yield beside
    finally:
        beside.end()


class _Nobody:
    def begin_anew(self) -> None:
        """Nobody to begin anew."""
