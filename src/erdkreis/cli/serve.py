"""erdkreis serve: a production-grade server on an existing database."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_BETWEEN_ANALYSES = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT", "8000")), help="port to listen on"
    )
    parser.add_argument("--workers", type=int, default=2, help="number of processes")
    parser.add_argument(
        "--no-analysis",
        action="store_true",
        help="do not analyse dialogues beside: “erdkreis analyse” does it elsewhere",
    )


def run(args: argparse.Namespace) -> int:
    from django.conf import settings  # noqa: PLC0415 - needs Django to be started

    from erdkreis.cli.django import (  # noqa: PLC0415 - a second command must start fast
        database_is_ready,
        start_django,
    )

    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return 1

    from erdkreis.reports.backup import serving  # noqa: PLC0415 - needs Django to be started
    from erdkreis.trust.retention import (  # noqa: PLC0415 - needs Django to be started
        delete_all_that_is_due,
    )

    if settings.IS_HTTPS and not settings.TRUSTED_PROXIES:
        print(
            "ERDKREIS_URL begins with https:// and ERDKREIS_TRUSTED_PROXIES names nobody: name the "
            "proxy in front of this server, otherwise visitors are sent in circles.",
            file=sys.stderr,
        )

    # A server that is restarted now and then keeps its deletion dates without any timer.
    delete_all_that_is_due()

    from granian import Granian  # noqa: PLC0415 - only this command needs the server
    from granian.constants import Interfaces  # noqa: PLC0415 - only this command needs the server

    is_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    server = Granian(
        "erdkreis.config.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        # SQLite has one writer: more threads would only wait for the lock.
        blocking_threads=1 if is_sqlite else 4,
        log_access=False,
        # One process that dies takes nobody else along, and another takes its place.
        respawn_failed_workers=True,
        websockets=False,
    )
    with serving(settings.DATA), _analysis(is_on=not args.no_analysis):
        server.serve()
    return 0


@contextmanager
def _analysis(*, is_on: bool) -> Iterator[None]:
    """Run the analysis in one process beside the server, for as long as the server runs.

    A process of its own: a long calculation must not hold up anybody who votes.
    """
    if not is_on:
        yield
        return
    command = [sys.executable, "-m", "erdkreis", "analyse"]
    beside = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--every", str(SECONDS_BETWEEN_ANALYSES)]
    )
    try:
        yield
    finally:
        beside.terminate()
        beside.wait()
