"""erdkreis doctor: see whether anything is amiss, in words, with what to do next."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import warnings
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
        with warnings.catch_warnings(action="ignore"):
            start_django()
    except Exception as error:  # noqa: BLE001 - a wrong setting is the most usual finding of all
        said = " ".join(str(error).split())
        for name in _unusable() or ["settings"]:
            print(f"✗ {name}: this cannot be used ({said}).", file=sys.stderr)
        print("  docs/settings.md shows how it is written.", file=sys.stderr)
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


def _unusable() -> list[str]:
    """Return the settings without which everything could be loaded."""
    with tempfile.TemporaryDirectory() as elsewhere:
        # In another folder: to look changes nothing, and makes no folder by a name of its own.
        at = {"ERDKREIS_DATA": elsewhere}
        if _is_loaded(os.environ | at):
            return ["ERDKREIS_DATA"]
        ours = [n for n in os.environ if n.startswith("ERDKREIS_") or n == "DATABASE_URL"]
        return [name for name in ours if _is_loaded({**os.environ, **at}, without=name)]


def _is_loaded(environment: dict[str, str], without: str = "") -> bool:
    kept = {name: value for name, value in environment.items() if name != without}
    command = [sys.executable, "-c", "from erdkreis.cli.django import *; start_django()"]
    run = subprocess.run(command, env=kept, capture_output=True, check=False)  # noqa: S603 - ours
    return run.returncode == 0
