"""erdkreis upkeep: delete what has reached its deletion date, and send what is due, at once.

A worker does the same by the clock.
"""

import argparse
import sys

from erdkreis.cli.django import database_is_ready, start_django


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Nothing can be chosen: what is deleted when was promised to people."""


def run(_args: argparse.Namespace) -> int:
    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return 1

    from erdkreis.operations.due import (  # noqa: PLC0415 - needs Django to be started
        delete_what_is_due,
        send_what_is_due,
    )

    for what, n in delete_what_is_due():
        print(f"Deleted: {what} ({n} rows)")
    sent = send_what_is_due()
    if sent.n_sent or sent.n_set_aside:
        print(f"Mails: {sent.n_sent} sent, {sent.n_set_aside} set aside.")
    if sent.is_server_away:
        print("The mail server cannot be reached, or refuses us. Nothing is lost.", file=sys.stderr)
    return 0
