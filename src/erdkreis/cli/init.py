"""erdkreis init: make or update the database, and the first host."""

import argparse

from erdkreis.cli.django import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", metavar="MAIL", help="mail address of the first host")
    parser.add_argument("--name", default="", help="name of the first host")


def run(args: argparse.Namespace) -> int:
    start_django()
    prepare_database()
    if args.host:
        _make_host(args.host, args.name)
    return 0


def prepare_database() -> None:
    """Bring tables, cache table and static files up to date. Doing it twice changes nothing."""
    from django.core.management import call_command  # noqa: PLC0415 - needs Django to be started
    from django.db import connections  # noqa: PLC0415 - needs Django to be started

    from erdkreis.web.collected import collect  # noqa: PLC0415 - needs Django to be started

    call_command("migrate", verbosity=0)
    alias = "cache" if "cache" in connections else "default"
    call_command("createcachetable", database=alias, verbosity=0)
    collect()


def _make_host(mail: str, name: str) -> None:
    from erdkreis.accounts.services import first_password_link  # noqa: PLC0415 - needs Django

    link, is_new = first_password_link(mail, name)
    if is_new:
        print(f"{mail} can choose a password here, within a day:\n  {link}")
    else:
        print(f"{mail} has an account already. A new password can be chosen here:\n  {link}")
