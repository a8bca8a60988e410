"""erdkreis links: see whether the addresses in the directory still answer. Made for once a week."""

import argparse
import sys

from erdkreis.cli.django import database_is_ready, start_django


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Nothing can be chosen."""


def run(_args: argparse.Namespace) -> int:
    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return 1

    from erdkreis.directory.links import (  # noqa: PLC0415 - needs Django to be started
        look_at_links,
    )

    looked = look_at_links()
    if looked.is_offline:
        print("Nobody answers: this machine seems to be offline. Nothing is noted.")
        return 0
    print(f"Links: {looked.n_looked} looked at, {looked.n_dead} dead.")
    return 0
