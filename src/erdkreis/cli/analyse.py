"""erdkreis analyse: look at the votes of all dialogues anew, at once."""

import argparse
import logging
import sys

from erdkreis.cli.django import database_is_ready, start_django

ABOUT = """Analyse the dialogues in which enough people voted since the last time, and let out what
may be known. May run twice at once. A worker does the same every minute.
"""
log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = ABOUT


def run(_args: argparse.Namespace) -> int:
    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return 1
    for line in analyse_due():
        print(line)
    return 0


def analyse_due() -> list[str]:
    """Analyse what is due and say so; one dialogue that fails does not hold up the others."""
    from erdkreis.dialogues.services import (  # noqa: PLC0415 - needs Django to be started
        dialogues_to_analyse,
        refresh_opinion,
    )

    lines = []
    for dialogue in dialogues_to_analyse():
        try:
            if refresh_opinion(dialogue):
                lines.append(f"Analysed: {dialogue} (/dialogues/{dialogue.pk}/opinion/)")
        except Exception:
            log.exception("The analysis of dialogue %s failed.", dialogue.pk)
    return lines
