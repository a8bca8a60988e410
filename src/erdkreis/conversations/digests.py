"""Mails about a conversation: once a week at most unless asked, never empty, off with one press."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from erdkreis.conversations.labels import label_of
from erdkreis.conversations.models import Contribution, Conversation, Digest, Subscription
from erdkreis.invitations.outbox import Addressee, queue_letters

Rhythm = Subscription.Rhythm
PAUSES = {Rhythm.WEEKLY: timedelta(days=7), Rhythm.DAILY: timedelta(days=1)}

# Each opens one thing and nothing else: to confirm an address, and to stop its mails.
_confirming = Signer(salt="erdkreis.conversations.confirm")
_stopping = Signer(salt="erdkreis.conversations.off")


@transaction.atomic
def subscribe(conversation: Conversation, address: str, language: str, rhythm: str) -> None:
    """Note an address, and write to it once; it gets nothing more before it was confirmed."""
    one, is_new = Subscription.objects.get_or_create(
        conversation=conversation,
        address=address.strip().lower(),
        defaults={"language": language, "rhythm": rhythm},
    )
    if not is_new and one.is_confirmed:
        return  # who asks twice learns nothing about who is on the list
    link = _link("conversations:confirm", _confirming.sign(str(one.pk)))

    def write(code: str) -> tuple[str, str]:
        with translation.override(code):
            body = _(
                "Hello,\n\nSomebody, probably you, gave this address to hear of the conversation "
                "“%(title)s” by mail. If that was you, open this link:\n\n%(link)s\n\n"
                "If not, do nothing: you get no further mail."
            )
            subject = _("Do you want to hear of “%(title)s”?") % {"title": conversation.title}
            return subject, body % {"title": conversation.title, "link": link}

    about = f"conversations.{conversation.pk}.confirm"
    queue_letters(conversation.circle, about, [Addressee(one.address, language)], write)


def confirm(token: str) -> Subscription | None:
    """Take an address as confirmed: its owner opened the link."""
    one = _of_token(_confirming, token)
    if one is not None:
        Subscription.objects.filter(pk=one.pk).update(is_confirmed=True)
    return one


def subscription_to_confirm(token: str) -> Subscription | None:
    return _of_token(_confirming, token)


def of_stop_token(token: str) -> Subscription | None:
    return _of_token(_stopping, token)


def stop(token: str) -> None:
    """Delete an address. Doing it twice changes nothing."""
    one = _of_token(_stopping, token)
    if one is not None:
        one.delete()


def queue_digests() -> int:
    """Write what is due and has news: one mail for an address, grouped by conversation."""
    n = 0
    for rhythm in Rhythm:
        with transaction.atomic():
            n += _queue(rhythm)
    return n


def _queue(rhythm: Subscription.Rhythm) -> int:
    news = {c: said for c in _due(rhythm) if (said := _news(c, rhythm))}
    wanted: dict[tuple[int, str, str], list[Subscription]] = defaultdict(list)
    subscriptions = Subscription.objects.filter(
        conversation__in=news, rhythm=rhythm, is_confirmed=True
    ).select_related("conversation__circle")
    for one in subscriptions.order_by("conversation_id"):
        wanted[one.conversation.circle_id, one.address, one.language].append(one)
    by_pk = {conversation.pk: said for conversation, said in news.items()}
    for of_address in wanted.values():
        _write_to(of_address, by_pk)
    today = timezone.localdate()
    for conversation in news:
        Digest.objects.update_or_create(
            conversation=conversation,
            rhythm=rhythm,
            defaults={"told_until": conversation.revision, "day": today},
        )
    return len(wanted)


def _due(rhythm: Subscription.Rhythm) -> Iterable[Conversation]:
    last = timezone.localdate() - PAUSES[rhythm]
    told_lately = Digest.objects.filter(rhythm=rhythm, day__gt=last).values("conversation")
    has_readers = Subscription.objects.filter(rhythm=rhythm, is_confirmed=True)
    return (
        Conversation.objects.filter(pk__in=has_readers.values("conversation"))
        .exclude(pk__in=told_lately)
        .select_related("circle")
    )


def _news(conversation: Conversation, rhythm: str) -> list[Contribution]:
    """Return what is new and shown, newest first."""
    last = conversation.digests.filter(rhythm=rhythm).first()
    return list(
        conversation.contributions.filter(
            state=Contribution.State.SHOWN, place__gt=last.told_until if last else 0
        )
        .select_related("speaker__side__group", "answers")
        .order_by("-place")
    )


def _write_to(of_address: list[Subscription], news: dict[int, list[Contribution]]) -> None:
    first = of_address[0]

    def write(code: str) -> tuple[str, str]:
        with translation.override(code):
            hello = _("Hello,\n\nYou wanted to hear when there is something new. Here it is.")
            parts = [hello, *(_about_one(one, news[one.conversation_id]) for one in of_address)]
            subject = _("New in the conversation “%(title)s”") % {"title": first.conversation.title}
            if len(of_address) > 1:
                subject = _("New in %(n)s conversations") % {"n": len(of_address)}
            return subject, "\n\n".join(parts)

    about = f"conversations.digest.{first.pk}"
    addressee = Addressee(first.address, first.language)
    queue_letters(first.conversation.circle, about, [addressee], write)


def _about_one(one: Subscription, said: list[Contribution]) -> str:
    lines = [f"{label_of(c.speaker)} · {c.get_kind_display()}\n{c.text}" for c in said]
    off = _link("conversations:off", _stopping.sign(str(one.pk)))
    stop_line = _("No more mails about this conversation, with one press: %(link)s") % {"link": off}
    head = f"{one.conversation.title}\n{'=' * min(len(one.conversation.title), 60)}"
    return "\n\n".join([head, *lines, stop_line])


def _link(name: str, token: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=[token.replace(':', '.')])}"


def _of_token(signer: Signer, token: str) -> Subscription | None:
    try:
        pk = signer.unsign(token.replace(".", ":"))
    except BadSignature:
        return None
    return (
        Subscription.objects.select_related("conversation__circle__organisation")
        .filter(pk=pk)
        .first()
    )
