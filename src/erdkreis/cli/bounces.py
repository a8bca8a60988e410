"""erdkreis bounces: read what mail servers sent back, and write to wrong addresses no more.

Made for a pipe of the mail server, one mail at a time; or for a whole mailbox. It prints numbers
only: neither an address nor whether anybody is on a list.
"""

import argparse
import mailbox
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from pathlib import Path
from typing import Any

from erdkreis.cli import InputError
from erdkreis.cli.django import database_is_ready, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "mailbox",
        nargs="?",
        default="-",
        help="a Maildir folder, an mbox file, or - for one mail from standard input (the default)",
    )


def run(args: argparse.Namespace) -> int:
    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return 1
    from erdkreis.invitations.bounces import (  # noqa: PLC0415 - needs Django to be started
        LARGEST,
        Outcome,
        take_in,
    )

    counted: Counter[Outcome] = Counter()
    for content in _mails(args.mailbox, LARGEST):
        try:
            counted[take_in(message_from_bytes(content))] += 1
        except (ValueError, LookupError, RecursionError, TypeError):
            # Made to hurt, or broken on the way: no mail of such a kind is a report on a letter.
            counted[Outcome.LEFT_ALONE] += 1
    print(
        f"{counted[Outcome.NOTED]} came back for good, {counted[Outcome.PASSING]} for now, "
        f"{counted[Outcome.LEFT_ALONE]} left alone."
    )
    return 0


def _mails(where: str, largest: int) -> Iterator[bytes]:
    """Yield the mails of a mailbox, each no longer than a report can be."""
    if where == "-":
        yield sys.stdin.buffer.read(largest)
        return
    path = Path(where)
    try:
        if path.is_dir():
            yield from _of(_maildir(path), largest)
        elif _is_mbox(path):
            yield from _of(mailbox.mbox(path, create=False), largest)
        else:
            with path.open("rb") as file:
                yield file.read(largest)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error


def _maildir(path: Path) -> mailbox.Maildir:
    if not (path / "new").is_dir() or not (path / "cur").is_dir():
        raise InputError(f"{path} is no Maildir: it has no folders “new” and “cur”.")
    return mailbox.Maildir(path, create=False)


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"From "


def _of(box: mailbox.Mailbox[Any], largest: int) -> Iterator[bytes]:
    with closing(box):
        for key in box.iterkeys():
            yield box.get_bytes(key)[:largest]
