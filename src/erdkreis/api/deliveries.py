"""Tell webhooks what happened: read the journal, write messages, send them, try again.

What hosts do stands in the journal, written with the deed itself. Here it is read afterwards: so no
earlier room has to know that anybody listens, and nothing is told that was not done.
"""

import base64
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from erdkreis.answerback import actions as answer_actions
from erdkreis.api.models import Delivery, Webhook
from erdkreis.api.scopes import Event
from erdkreis.api.services import secret_bytes
from erdkreis.circles.models import JournalEntry
from erdkreis.conversations import actions as conversation_actions
from erdkreis.experiments import actions as experiment_actions
from erdkreis.pictures import actions as picture_actions
from erdkreis.rounds import actions as round_actions
from erdkreis.web import fetching

EVENTS: dict[str, tuple[Event, ...]] = {
    round_actions.ASKING.code: (Event.ROUND_OPENED,),
    picture_actions.MADE.code: (Event.ROUND_CLOSED, Event.RESULT_RELEASED),
    picture_actions.PUBLISHED.code: (Event.PICTURE_PUBLISHED,),
    conversation_actions.OPENED.code: (Event.CONVERSATION_OPENED,),
    experiment_actions.DECIDED.code: (Event.EXPERIMENT_DECIDED,),
    answer_actions.PUBLISHED.code: (Event.ANSWERED_BACK,),
}
# Where to read more, as names of operations: of a round with its number, else the list.
READ_MORE: dict[Event, tuple[str, ...]] = {
    Event.ROUND_OPENED: ("round",),
    Event.ROUND_CLOSED: ("round",),
    Event.RESULT_RELEASED: ("round", "picture", "answers"),
    Event.PICTURE_PUBLISHED: ("round", "picture", "answers"),
    Event.CONVERSATION_OPENED: ("conversations",),
    Event.EXPERIMENT_DECIDED: ("experiments",),
    Event.ANSWERED_BACK: ("round", "answer_back"),
}
# Looked through again and again, so that a line written late is not missed.
DAYS_BACK = timedelta(days=2)
PAUSES = tuple(timedelta(minutes=m) for m in (5, 15, 60, 180, 360, 780))
LONGEST_SENDING = timedelta(minutes=10)
MOST_AT_ONCE = 100
TAKEN, GONE = range(200, 300), 410

NOT_PUBLIC = gettext_noop("The address leads to no public server, so nothing was sent.")
NO_ANSWER = gettext_noop("Nobody answered in time.")
INTERRUPTED = gettext_noop("Interrupted while being sent.")


@dataclass
class Told:
    """What one go at the messages did."""

    n_delivered: int = 0
    n_set_aside: int = 0


def tell_webhooks() -> Told:
    """Write what is to be told, and send what is due. Made to be called every few minutes."""
    queue_news()
    return send_due()


def queue_news() -> int:
    """Write a message for each line of the journal that a webhook wants to hear of."""
    since = timezone.localdate() - DAYS_BACK
    return sum(_queue_for(webhook, since) for webhook in Webhook.objects.select_related("circle"))


def send_due(most: int = MOST_AT_ONCE) -> Told:
    """Send what is due. Of several processes, one gets each message."""
    _take_back_interrupted()
    now, told = timezone.now(), Told()
    due = Delivery.objects.filter(state=Delivery.State.WAITING, next_try__lte=now)
    for pk in list(due.order_by("next_try", "pk").values_list("pk", flat=True)[:most]):
        if _claim(pk):
            _send(Delivery.objects.select_related("webhook").get(pk=pk), told)
    return told


def signature(secret: bytes, message_id: str, timestamp: int, body: str) -> str:
    """Sign as Standard Webhooks does.

    Examples
    --------
    >>> signature(b"key", "msg_1", 1614265330, '{"test": 1}')
    'v1,8NCh7dhhucS7xwGCXm3Q7rJDlN20HxbrQ+jzw8fCF9I='
    """
    content = f"{message_id}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.digest(secret, content, "sha256")).decode()


def _queue_for(webhook: Webhook, since: date) -> int:
    wanted = [code for code, events in EVENTS.items() if set(events) & set(webhook.events)]
    entries = JournalEntry.objects.filter(
        circle=webhook.circle_id, pk__gt=webhook.begins_after, day__gte=since, action__in=wanted
    ).order_by("pk")
    messages = [
        _message(webhook, entry, event)
        for entry in entries
        for event in EVENTS[entry.action]
        if event.value in webhook.events
    ]
    before = webhook.deliveries.count()
    Delivery.objects.bulk_create(messages, ignore_conflicts=True)
    return webhook.deliveries.count() - before


def _message(webhook: Webhook, entry: JournalEntry, event: Event) -> Delivery:
    # No time: the day of a deed is in the journal, and no more than that is told.
    content = {
        "type": event.value,
        "day": entry.day.isoformat(),
        "data": {
            "circle": webhook.circle.slug,
            "round": entry.round_id,
            "read": _read(entry, event),
        },
    }
    return Delivery(
        webhook=webhook,
        event=event,
        entry_id=entry.pk,
        message_id=f"msg_{secrets.token_urlsafe(20)}",
        body=json.dumps(content),
        day=entry.day,
        next_try=timezone.now(),
    )


def _read(entry: JournalEntry, event: Event) -> list[str]:
    of_round = {"round", "picture", "answers", "answer_back"}
    return [
        settings.PUBLIC_URL
        + reverse(f"api_v1:{name}", args=[entry.round_id] if name in of_round else [])
        for name in READ_MORE[event]
    ]


def _claim(pk: int) -> bool:
    waiting = Delivery.objects.filter(pk=pk, state=Delivery.State.WAITING)
    return bool(
        waiting.update(
            state=Delivery.State.SENDING, next_try=timezone.now(), attempts=F("attempts") + 1
        )
    )


def _send(message: Delivery, told: Told) -> None:
    """Send one message, once. Redirects are not followed: who moves registers anew."""
    timestamp = int(timezone.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(
            secret_bytes(message.webhook), message.message_id, timestamp, message.body
        ),
    }
    try:
        status = fetching.post(
            message.webhook.url, message.body.encode(), headers, inside=settings.WEBHOOK_INSIDE
        )
    except fetching.Refused:
        _settle(message, told, NOT_PUBLIC)
    except fetching.Unreachable:
        _settle(message, told, NO_ANSWER)
    else:
        _settle(message, told, str(status), status=status)


def _settle(message: Delivery, told: Told, outcome: str, *, status: int = 0) -> None:
    message.outcome = outcome
    if status in TAKEN:
        message.state = Delivery.State.DELIVERED
        told.n_delivered += 1
    elif status == GONE or message.attempts > len(PAUSES):
        message.state = Delivery.State.SET_ASIDE
        told.n_set_aside += 1
    else:
        message.state = Delivery.State.WAITING
        message.next_try = timezone.now() + PAUSES[message.attempts - 1]
    # The webhook may have been removed meanwhile: then there is no row, and nothing to keep.
    Delivery.objects.filter(pk=message.pk).update(
        outcome=outcome, state=message.state, next_try=message.next_try
    )


def _take_back_interrupted() -> None:
    """Let wait again what somebody began and did not finish: receivers know a message by its id."""
    too_long = timezone.now() - LONGEST_SENDING
    Delivery.objects.filter(state=Delivery.State.SENDING, next_try__lt=too_long).update(
        state=Delivery.State.WAITING, outcome=INTERRUPTED
    )
