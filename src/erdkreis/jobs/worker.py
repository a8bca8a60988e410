"""The worker: takes what is due, and lets a process of its own do each piece.

The worker itself stays small. What a piece of work loads and leaks goes with its process; one that
is killed, or grows too large, takes neither the worker nor the other work with it.
"""

import contextlib
import ctypes
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import FrameType
from typing import NoReturn

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from erdkreis.jobs import running, services
from erdkreis.jobs.kinds import kinds
from erdkreis.jobs.models import Job, Worker

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds
HERE_EVERY = timedelta(seconds=10)
WHILE_AWAY = 3.0  # seconds until a database that does not answer is asked again
GRACE = 10.0  # seconds in which work may end by itself, and then in which it may be put back
PR_SET_PDEATHSIG = 1


@dataclass
class _Process:
    job: Job
    pid: int
    end_by: datetime


@dataclass
class Work:
    """A worker until it is asked to end. One light piece of work beside one heavy one."""

    is_beside_a_server: bool = False
    now: Callable[[], datetime] = timezone.now
    _is_ending: bool = False
    _processes: dict[bool, _Process] = field(default_factory=dict)
    _told_at: datetime | None = None
    _row: Worker | None = None

    def run(self) -> None:
        parent = os.getppid()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, self._ask_to_end)
        while not self._is_ending:
            if self.is_beside_a_server and os.getppid() != parent:
                break  # ends with the server that started it, however that ended
            try:
                close_old_connections()
                self._look()
            except DatabaseError as error:
                log.warning(
                    "The database does not answer (%s). Looking again.", type(error).__name__
                )
                connections.close_all()
                self._pause(WHILE_AWAY)
            else:
                self._pause(LOOK_EVERY)
        self._end()

    def _ask_to_end(self, _signal: int, _frame: FrameType | None) -> None:
        self._is_ending = True

    def _pause(self, seconds: float) -> None:
        """Sleep, but not past the end of a process or the wish to end."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._is_ending:
            if any(_has_ended(one.pid) for one in self._processes.values()):
                return
            time.sleep(0.05 if self._processes else 0.2)

    def _look(self) -> None:
        now = self.now()
        if self._row is None:
            self._row = services.sign_on(f"{socket.gethostname()}:{os.getpid()}", now)
            services.know_again()
        self._see_who_ended(now)
        if self._told_at is None or now - self._told_at >= HERE_EVERY or now < self._told_at:
            services.say_i_am_here(self._row, now)
            services.take_back_from_the_gone(now)
            services.wind_clocks(now)
            self._told_at = now
        for is_heavy in (False, True):
            if is_heavy not in self._processes and (
                job := services.take(self._row, now, heavy=is_heavy)
            ):
                self._begin(job, is_heavy=is_heavy, now=now)

    def _begin(self, job: Job, *, is_heavy: bool, now: datetime) -> None:
        kind = kinds().get(job.kind)
        connections.close_all()  # no connection may be shared with the process
        if not (pid := os.fork()):
            _do_and_leave(job)
        self._processes[is_heavy] = _Process(
            job, pid, now + (kind.longest if kind else GRACE_FOR_UNKNOWN)
        )

    def _see_who_ended(self, now: datetime) -> None:
        for is_heavy, one in list(self._processes.items()):
            if not _has_ended(one.pid):
                if now > one.end_by:
                    log.error("Job %s (%s) took too long and is ended.", one.job.pk, one.job.kind)
                    _kill(one.pid)
                    services.failed(one.job, Job.Reason.TOO_LONG, now)
                continue
            code = _reap(one.pid)
            del self._processes[is_heavy]
            if code:
                log.error("Job %s (%s): its process ended with %s.", one.job.pk, one.job.kind, code)
                services.failed(one.job, Job.Reason.DIED, now)

    def _end(self) -> None:
        """Let what is being done come to its end, or be put back; then sign off."""
        _wait_for(self._processes, GRACE)
        for one in self._processes.values():
            _signal(one.pid, signal.SIGTERM)
        _wait_for(self._processes, GRACE)
        for one in self._processes.values():
            _kill(one.pid)
        with contextlib.suppress(DatabaseError):
            self._see_who_ended(self.now())
            if self._row:
                services.sign_off(self._row)


GRACE_FOR_UNKNOWN = timedelta(minutes=1)


def _do_and_leave(job: Job) -> NoReturn:
    """Do the work in the process that was made for it, and end that process whatever happens."""
    code = 1
    try:
        signal.signal(signal.SIGTERM, _end_the_work)
        signal.signal(
            signal.SIGINT, signal.SIG_IGN
        )  # a key pressed at the terminal asks the worker
        _die_with_the_worker()
        running.do(job)
        code = 0
    except running.AskedToEnd:
        code = 0
    except BaseException as error:  # noqa: BLE001 - said in the log by its name alone
        log.error("Job %s: its end could not be written down: %s", job.pk, type(error).__name__)  # noqa: TRY400
    finally:
        with contextlib.suppress(Exception):
            connections.close_all()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _end_the_work(_signal: int, _frame: FrameType | None) -> None:
    raise running.AskedToEnd


def _die_with_the_worker() -> None:
    """Let no work go on whose worker was killed: it will be given to somebody else."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _has_ended(pid: int) -> bool:
    """Say whether a process has ended, and leave it to be asked how."""
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


def _reap(pid: int) -> int:
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except ChildProcessError:
        return 1


def _wait_for(processes: dict[bool, _Process], seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not all(_has_ended(p.pid) for p in processes.values()):
        time.sleep(0.05)


def _signal(pid: int, which: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, which)


def _kill(pid: int) -> None:
    _signal(pid, signal.SIGKILL)
    until = time.monotonic() + GRACE
    while not _has_ended(pid) and time.monotonic() < until:
        time.sleep(0.01)
