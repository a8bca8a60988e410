"""What comes due by itself in all rooms: mails, and what has reached its deletion date.

Doing any of it twice does no more than doing it once.
"""

from django.conf import settings
from django.utils import timezone

from erdkreis.conversations.digests import queue_digests
from erdkreis.conversations.speaking import erase_what_was_taken_back
from erdkreis.experiments.asking_mail import queue_reviews_due
from erdkreis.fit import letters
from erdkreis.invitations.outbox import Sent, send_due_mails
from erdkreis.operations.trusted_clock import is_to_be_trusted
from erdkreis.pulse.services import do_what_is_due
from erdkreis.questionnaires import traces
from erdkreis.trust.retention import delete_all_that_is_due


def send_what_is_due(most: int | None = None) -> Sent:
    """Begin and count what has its day, put reminders and digests into the outbox, and send."""
    do_what_is_due()
    letters.queue_what_is_due()
    queue_digests()
    queue_reviews_due()
    return send_due_mails(most)


def delete_what_is_due() -> list[tuple[str, int]]:
    """Delete what has reached its deletion date; return what it was and how many rows."""
    erase_what_was_taken_back()
    do_what_is_due()
    queue_digests()
    is_trusted = is_to_be_trusted(settings.DATA, timezone.localdate())
    deleted = delete_all_that_is_due() if is_trusted else []
    traces.wipe_traces_of_order()
    return deleted
