"""erdkreis upkeep: delete what has reached its deletion date, and send what is due.

Made to be run once a day. Between two runs, `erdkreis mail` sends sooner.
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

    from erdkreis.api.deliveries import tell_webhooks  # noqa: PLC0415 - needs Django
    from erdkreis.conversations.digests import (  # noqa: PLC0415 - needs Django to be started
        queue_digests,
    )
    from erdkreis.conversations.speaking import (  # noqa: PLC0415 - needs Django to be started
        erase_what_was_taken_back,
    )
    from erdkreis.experiments.asking_mail import (  # noqa: PLC0415 - needs Django to be started
        queue_reviews_due,
    )
    from erdkreis.fit import letters  # noqa: PLC0415 - needs Django to be started
    from erdkreis.invitations.outbox import (  # noqa: PLC0415 - needs Django to be started
        send_due_mails,
    )
    from erdkreis.pulse.services import do_what_is_due  # noqa: PLC0415 - needs Django
    from erdkreis.questionnaires.traces import wipe_traces_of_order  # noqa: PLC0415 - needs Django
    from erdkreis.trust.retention import (  # noqa: PLC0415 - needs Django to be started
        delete_all_that_is_due,
    )

    erase_what_was_taken_back()
    do_what_is_due()
    queue_digests()
    deleted = delete_all_that_is_due()
    wipe_traces_of_order()
    for what, n in deleted:
        print(f"Deleted: {what} ({n} rows)")
    letters.queue_what_is_due()
    queue_reviews_due()
    told = tell_webhooks()
    if told.n_delivered or told.n_set_aside:
        print(f"Webhooks: {told.n_delivered} told, {told.n_set_aside} set aside.")
    sent = send_due_mails()
    if sent.n_sent or sent.n_set_aside:
        print(f"Mails: {sent.n_sent} sent, {sent.n_set_aside} set aside.")
    if sent.is_server_away:
        print("The mail server cannot be reached, or refuses us. Nothing is lost.", file=sys.stderr)
    return 0
