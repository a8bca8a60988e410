"""erdkreis worker: do the work that nobody waits for. “erdkreis serve” starts one by itself."""

import argparse
import os
import sys

from erdkreis.cli.django import database_is_ready, start_django

NICENESS = 10
ABOUT = """Send mails, analyse votes, delete what has reached its day: whatever is due, until ended.

“erdkreis serve” runs one of these beside it. More of them may run, on several machines if the
database is PostgreSQL; no piece of work is given to two.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = ABOUT
    parser.add_argument(
        "--once", action="store_true", help="do what is due now, then end (for a timer)"
    )


def run(args: argparse.Namespace) -> int:
    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return 1
    work(once=args.once, is_beside_a_server=False)
    return 0


def work(*, once: bool, is_beside_a_server: bool) -> None:
    """Do what is due, on a database that is ready."""
    os.nice(NICENESS)  # whoever answers comes first
    from django.conf import settings  # noqa: PLC0415 - needs Django to be started

    from erdkreis.jobs.running import work_off  # noqa: PLC0415 - as above
    from erdkreis.jobs.worker import Work  # noqa: PLC0415 - as above
    from erdkreis.reports.backup import serving  # noqa: PLC0415 - as above

    with serving(settings.DATA):  # nothing is restored meanwhile
        if once:
            print(f"{work_off()} pieces of work done.")
        else:
            Work(is_beside_a_server=is_beside_a_server).run()
