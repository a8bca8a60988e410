"""erdkreis serve: a production-grade server on an existing database, with one worker beside it.

The process that starts everything loads nothing of the application. It lets another one load it, of
which web processes and worker are copies; after a reload a new one loads what is installed then.
"""

import argparse
import os
import sys
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import Any

FIRST_ASKED_FOR = (
    "questionnaires/door.html",
    "questionnaires/question.html",
    "dialogues/vote.html",
)
# Each process would load it for itself at the first picture, and keep it: 35 MB.
FOR_PICTURES = "scipy.special"
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
    from erdkreis.cli.nursery import Entry, Processes  # noqa: PLC0415 - its command
    from erdkreis.cli.server import (  # noqa: PLC0415 - its command
        WEB,
        WORKER,
        be_a_web_process,
        listening,
        serve,
        worker_beside,
    )
    from erdkreis.reports.backup import serving  # noqa: PLC0415 - only this command needs it

    has_begun = Event()
    with ExitStack() as stack:
        listener = stack.enter_context(listening(args.host, args.port, args.socket))
        entries: dict[str, Entry] = {WEB: partial(be_a_web_process, listener), WORKER: _be_a_worker}
        processes = Processes(partial(_load_the_application, has_begun), entries)
        stack.callback(processes.end)
        if (facts := processes.facts) is None:
            return 1
        has_begun.set()
        stack.enter_context(serving(Path(facts["data"])))
        beside = stack.enter_context(worker_beside(processes, is_on=not args.no_worker))

        def begin_anew() -> None:
            processes.load_anew()
            beside.begin_anew()

        return serve(
            listener,
            processes,
            workers=args.workers,
            # SQLite has one writer: more threads would only wait for the lock.
            threads=1 if facts["is_sqlite"] else 4,
            on_reload=begin_anew,
        )


def _load_the_application(has_begun: Event) -> dict[str, Any] | None:
    """Load all that web processes and worker share; no connection, which cannot be shared."""
    facts = _look_at_the_database(has_begun)
    if facts is None:
        return None
    from django.conf import settings  # noqa: PLC0415 - needs Django to be started
    from django.db import connections  # noqa: PLC0415 - as above
    from django.template.loader import get_template  # noqa: PLC0415 - as above
    from django.utils import translation  # noqa: PLC0415 - as above

    connections.close_all()
    import_module("erdkreis.config.wsgi")
    import_module(FOR_PICTURES)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Next")
    for template in FIRST_ASKED_FOR:
        get_template(template)
    return facts


def _be_a_worker() -> None:
    from erdkreis.cli.worker import work  # noqa: PLC0415 - needs Django to be started

    work(once=False, is_beside_a_server=True)


def _look_at_the_database(has_begun: Event) -> dict[str, Any] | None:
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
    if not has_begun.is_set():
        begin_anew(settings.DATA)
    is_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    return {"data": str(settings.DATA), "is_sqlite": is_sqlite}
