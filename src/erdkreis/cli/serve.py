"""erdkreis serve: a production-grade server on an existing database, with one worker beside it.

The process that starts everything loads nothing of the application: web processes and workers that
begin later, after a reload, therefore run what is installed then.
"""

import argparse
import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NoReturn

ABOUT = """Serve an existing database, with a worker beside it that sends mails and analyses votes.

SIGTERM finishes what was asked, then ends. SIGHUP begins new processes one after the other, after
an upgrade for instance, and lets the old ones finish: nobody notices. A socket handed over by
systemd is used in place of --host and --port.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = ABOUT
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT", "8000")), help="port to listen on"
    )
    parser.add_argument(
        "--socket", type=Path, metavar="PATH", help="unix socket to listen on, in place of a port"
    )
    parser.add_argument("--workers", type=int, default=2, help="number of web processes")
    parser.add_argument(
        "--no-worker",
        action="store_true",
        help="start no worker beside: “erdkreis worker” runs elsewhere",
    )


def run(args: argparse.Namespace) -> int:
    facts = _ask_a_process(_look_at_the_database)
    if facts is None:
        return 1

    from erdkreis.cli.server import listening, serve, worker_beside  # noqa: PLC0415 - its command
    from erdkreis.reports.backup import serving  # noqa: PLC0415 - only this command needs it

    with ExitStack() as stack:
        stack.enter_context(serving(Path(facts["data"])))
        listener = stack.enter_context(listening(args.host, args.port, args.socket))
        beside = stack.enter_context(worker_beside(is_on=not args.no_worker))
        return serve(
            listener,
            workers=args.workers,
            # SQLite has one writer: more threads would only wait for the lock.
            threads=1 if facts["is_sqlite"] else 4,
            on_reload=beside.begin_anew,
        )


def _look_at_the_database() -> dict[str, Any] | None:
    from django.conf import settings  # noqa: PLC0415 - needs Django to be started

    from erdkreis.cli.django import database_is_ready, start_django  # noqa: PLC0415 - as above

    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return None
    from erdkreis.operations.counts import begin_anew  # noqa: PLC0415 - needs Django

    if settings.IS_HTTPS and not settings.TRUSTED_PROXIES:
        print(
            "ERDKREIS_URL begins with https:// and ERDKREIS_TRUSTED_PROXIES names nobody: name the "
            "proxy in front of this server, otherwise visitors are sent in circles.",
            file=sys.stderr,
        )
    begin_anew(settings.DATA)
    is_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    return {"data": str(settings.DATA), "is_sqlite": is_sqlite}


def _ask_a_process(question: Any) -> Any:
    """Ask in a process of its own, so that this one stays small and can load newer code later."""
    out, into = os.pipe()
    if not (pid := os.fork()):
        _answer(question, into)
    os.close(into)
    with os.fdopen(out) as answer:
        said = answer.read()
    _pid, status = os.waitpid(pid, 0)
    return json.loads(said) if said and not status else None


def _answer(question: Any, into: int) -> NoReturn:
    code = 1
    try:
        with os.fdopen(into, "w") as answer:
            json.dump(question(), answer)
        code = 0
    except Exception as error:  # noqa: BLE001 - the process ends here: one sentence, no traceback
        print(f"The server cannot start: {error}", file=sys.stderr)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
