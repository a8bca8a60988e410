"""erdkreis mail: send mails and messages that are due. A worker does the same every minute."""

import argparse
import sys

from erdkreis.cli.django import database_is_ready, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--most", type=int, default=500, help="how many mails at most (500)")


def run(args: argparse.Namespace) -> int:
    start_django()
    if not database_is_ready():
        print("The database is not ready. Run: erdkreis init", file=sys.stderr)
        return 1
    from erdkreis.api.deliveries import tell_webhooks  # noqa: PLC0415 - needs Django
    from erdkreis.invitations.outbox import next_chance  # noqa: PLC0415 - needs Django
    from erdkreis.operations.due import send_what_is_due  # noqa: PLC0415 - needs Django

    told = tell_webhooks()  # programs have no evenings
    if told.n_delivered or told.n_set_aside:
        print(f"Webhooks: {told.n_delivered} told, {told.n_set_aside} set aside.")
    sent = send_what_is_due(max(args.most, 0))
    if sent.is_quiet:
        print(f"Evenings, nights and Sundays are quiet. Mails leave again: {next_chance()}.")
        return 0
    print(f"{sent.n_sent} sent, {sent.n_set_aside} set aside.")
    if sent.is_server_away:
        print("The mail server cannot be reached, or refuses us. Nothing is lost.", file=sys.stderr)
        return 1
    return 0
