"""erdkreis doctor: see whether anything is amiss, in words, with what to do next."""

import argparse
import json
import sys
from dataclasses import asdict

from erdkreis.cli.django import start_django

ABOUT = """Look at settings, machine, database, workers and backups.

Ends with 1 when something must be mended. Nothing is changed, nothing is sent.
"""
SIGNS = {"MEND": "✗", "NOTE": "·", "FINE": "✓"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = ABOUT
    parser.add_argument("--mail", action="store_true", help="connect to the mail server, too")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(args: argparse.Namespace) -> int:
    try:
        start_django()
    except Exception as error:  # noqa: BLE001 - a wrong setting is the most usual finding of all
        print(f"✗ settings: {error}\n  See docs/settings.md.", file=sys.stderr)
        return 1

    from erdkreis.operations.doctor import Level, examine  # noqa: PLC0415 - needs Django

    found = examine(ask_mail_server=args.mail)
    if args.json:
        print(json.dumps([asdict(one) | {"level": one.level.name.lower()} for one in found]))
    else:
        for one in found:
            print(f"{SIGNS[one.level.name]} {one.about}: {one.says}")
            if one.do:
                print(f"  {one.do}")
    return int(any(one.level == Level.MEND for one in found))
