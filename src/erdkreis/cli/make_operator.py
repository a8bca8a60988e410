"""erdkreis make-operator: let somebody see the pages for those who run the installation."""

import argparse

from erdkreis.cli import InputError
from erdkreis.cli.django import start_django

ABOUT = """Let somebody with an account see how it goes: work, mails, storage, versions.

No circle, no answer and no list is opened by it.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = ABOUT
    parser.add_argument("mail", metavar="MAIL", help="mail address of the account")
    parser.add_argument("--no-more", action="store_true", help="take it back")


def run(args: argparse.Namespace) -> int:
    start_django()

    from erdkreis.accounts.models import Person  # noqa: PLC0415 - needs Django to be started

    changed = Person.objects.filter(email=args.mail.lower()).update(is_staff=not args.no_more)
    if not changed:
        raise InputError(f"Nobody here has the address {args.mail}. Run: erdkreis init --host …")
    print(f"{args.mail} {'no longer runs' if args.no_more else 'runs'} this installation.")
    return 0
