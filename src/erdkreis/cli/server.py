"""What `erdkreis serve` is made of: one listening socket, web processes on it, a worker beside.

All web processes share the one socket. When one of them ends, what waits on the socket is answered
by the next: with a socket for each, connections that were waiting would be lost.
"""

import gc
import os
import signal
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from granian._granian import SocketHolder
from granian.constants import Interfaces, RuntimeModes
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from erdkreis.cli import InputError
from erdkreis.cli.nursery import SECONDS_TO_FINISH, Grandchild, Processes

APPLICATION = "erdkreis.config.wsgi:application"
WEB, WORKER = "web", "worker"
FIRST_HANDED_OVER = 3  # systemd hands sockets over from this number on
BACKLOG = 1024
ONLY_US_AND_OUR_GROUP = 0o660
MADE_BEFORE_LOOKING = 5_000
SECONDS_UNTIL_ANOTHER = 2.0
LEAVE = signal.SIGUSR1
SECONDS_TO_SAY_A_WORD = 1.0
NOWHERE: dict[int, Any] = {  # a free port of this machine alone; a name that the system makes up
    socket.AF_INET: ("127.0.0.1", 0),
    socket.AF_INET6: ("::1", 0),
    socket.AF_UNIX: "",
}
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
    """Granian on a socket that is there already, with processes in which all is loaded already."""

    def __init__(
        self, listener: socket.socket, processes: Processes | None, **options: Any
    ) -> None:
        super().__init__(APPLICATION, **options)
        self._listener, self._processes = listener, processes

    def _spawn_worker(  # type: ignore[override]  # as granian's own does
        self, idx: int, target: Any, callback_loader: Any
    ) -> Any:
        worker = super()._spawn_worker(idx, target, callback_loader)
        if self._processes is not None:
            alike = {"workers": self.workers, "threads": self.blocking_threads}
            worker.inner = self._processes.process(WEB, LEAVE, number=idx, **alike)
        return worker

    def be_one(self, number: int, application: Any) -> None:
        """Do in this process what one of this server's processes does."""
        self._init_shared_socket()
        self._start_ipc()  # type: ignore[no-untyped-call]
        target = self._spawn_wsgi_worker
        self._spawn_worker(number, target, lambda: application).inner.run()

    def _init_shared_socket(self) -> None:
        is_unix = self._listener.family == socket.AF_UNIX
        self._listener.set_inheritable(True)
        self._sfd = self._listener.fileno()  # type: ignore[assignment]  # as granian itself does
        self._shd = SocketHolder(self._sfd, is_unix, BACKLOG)  # type: ignore[assignment, call-arg]
        self._ssp, self._sso = None, self._listener

    def _drop_shared_socket(self) -> None:
        self._listener.close()


def _server(
    listener: socket.socket, processes: Processes | None, *, workers: int, threads: int
) -> _Server:
    is_unix = listener.family == socket.AF_UNIX
    named = ("unix socket", 0) if is_unix else listener.getsockname()[:2]
    return _Server(
        listener,
        processes,
        address=named[0],
        port=named[1],
        interface=Interfaces.WSGI,
        runtime_mode=RuntimeModes.mt,
        workers=workers,
        blocking_threads=threads,
        http1_settings=HEADERS,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_access=False,
        websockets=False,
    )


def be_a_web_process(listener: socket.socket, *, number: int, workers: int, threads: int) -> None:
    """Answer on the socket, with the application that is loaded here."""
    gc.set_threshold(MADE_BEFORE_LOOKING, 20, 20)  # all that was loaded is frozen: little to find
    module, _colon, name = APPLICATION.partition(":")
    application = getattr(import_module(module), name)
    signal.signal(LEAVE, lambda _signal, _frame: _leave(listener))
    server = _server(listener, None, workers=workers, threads=threads)
    server.be_one(number, application)


def _leave(listener: socket.socket) -> None:
    """Take no more calls, hear out those that were taken, then end.

    Whoever is asked to end closes at once what has not yet said a word. To a caller who has just
    been let in, that is an error; while it waits on the socket, another process takes the call.
    """
    _listen_where_nobody_calls(listener)
    ending = threading.Timer(SECONDS_TO_SAY_A_WORD, os.kill, (os.getpid(), signal.SIGTERM))
    ending.daemon = True
    ending.start()


def _listen_where_nobody_calls(listener: socket.socket) -> None:
    """Put another socket in the place of the listening one, in this process alone.

    Where the system does not show a process its own files, it stays as it is.
    """
    with suppress(OSError), socket.socket(listener.family) as elsewhere:
        elsewhere.setblocking(False)
        elsewhere.bind(NOWHERE[listener.family])
        elsewhere.listen()
        for number in _numbers_of(listener):
            os.dup2(elsewhere.fileno(), number)


def _numbers_of(listener: socket.socket) -> list[int]:
    """Return every number under which this process has the socket: the server has its own."""
    found, ours = [], os.fstat(listener.fileno())
    for file in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the folder itself is closed by now
            if os.path.samestat(os.fstat(int(file.name)), ours):
                found.append(int(file.name))
    return found


def serve(
    listener: socket.socket,
    processes: Processes,
    *,
    workers: int,
    threads: int,
    on_reload: Callable[[], None],
) -> int:
    """Serve until asked to end; finish what was begun."""
    server = _server(listener, processes, workers=workers, threads=threads)
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

    def __init__(self, processes: Processes) -> None:
        self._processes = processes
        self._is_ending = threading.Event()
        self._lock = threading.Lock()
        self._process = self._begin()
        self._leaving: list[Grandchild] = []
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
                process.join(SECONDS_TO_FINISH + 5)
                process.kill()

    def _begin(self) -> Grandchild:
        process = self._processes.process(WORKER)
        process.start()
        return process

    def _watch(self) -> None:
        while not self._is_ending.wait(SECONDS_UNTIL_ANOTHER):
            with self._lock:
                self._leaving = [one for one in self._leaving if one.is_alive()]
                if not self._process.is_alive() and not self._is_ending.is_set():
                    self._process = self._begin()


@contextmanager
def worker_beside(processes: Processes, *, is_on: bool) -> "Iterator[Beside | _Nobody]":
    if not is_on:
        yield _Nobody()
        return
    beside = Beside(processes)
    try:
        yield beside
    finally:
        beside.end()


class _Nobody:
    def begin_anew(self) -> None:
        """Nobody to begin anew."""
