"""Two mails, each written once. The address goes to the outbox, and with the mail it goes there."""

from datetime import date
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from erdkreis.fit.models import FitConversation, WillingVoice
from erdkreis.fit.queries import open_door_for_non_customers
from erdkreis.fit.wording import wordings
from erdkreis.invitations.codes import code_from, digest, new_seed
from erdkreis.invitations.letters import CODE_HERE
from erdkreis.invitations.outbox import Addressee, queue_letters
from erdkreis.invitations.texts import filled

MONTHS_TO_LOOK_BACK = 6


def six_months_after(day: date) -> date:
    """Return the same day half a year later, or the last one of a shorter month."""
    months = day.month - 1 + MONTHS_TO_LOOK_BACK
    year, month = day.year + months // 12, months % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError


def is_time_to_look_back(conversation: FitConversation) -> bool:
    settled = conversation.settled_on
    return settled is not None and six_months_after(settled) <= timezone.localdate()


def queue_what_is_due() -> int:
    """Put the one question after half a year, and the call to a round, into the outbox."""
    n = sum(_look_back(conversation) for conversation in _to_look_back())
    return n + sum(
        _tell(willing) for willing in WillingVoice.objects.select_related("circle__organisation")
    )


def _to_look_back() -> list[FitConversation]:
    waiting = FitConversation.objects.exclude(follow_up_email="").select_related(
        "circle__organisation"
    )
    return [one for one in waiting if is_time_to_look_back(one)]


@transaction.atomic
def _look_back(conversation: FitConversation) -> int:
    """Hand the address over to the outbox; the conversation keeps only the digest of a code."""
    seed, to = new_seed(), conversation.follow_up_email
    FitConversation.objects.filter(pk=conversation.pk).update(
        follow_up_email="", follow_up_digest=digest(code_from(seed))
    )
    link = settings.PUBLIC_URL + reverse("fit:asked_again", args=[CODE_HERE])
    names = {"org": conversation.circle.organisation.name, "link": link}
    return queue_letters(
        conversation.circle,
        f"fit.{conversation.pk}.follow_up",
        [Addressee(to, conversation.follow_up_language)],
        partial(_written, "follow_up", names),
        seed=seed,
    )


@transaction.atomic
def _tell(willing: WillingVoice) -> int:
    group = open_door_for_non_customers(willing.circle)
    if group is None:
        return 0
    to, language, circle = willing.email, willing.language, willing.circle
    willing.delete()
    link = settings.PUBLIC_URL + reverse("questionnaires:door", args=[group.slug])
    with translation.override(language):
        end_date = date_format(group.round.closes_on) if group.round.closes_on else ""
    names = {"org": circle.organisation.name, "link": link, "end_date": end_date}
    return queue_letters(
        circle,
        f"fit.willing.{group.round_id}",  # nothing of a conversation
        [Addressee(to, language)],
        partial(_written, "non_customer", names),
    )


def _written(name: str, names: dict[str, str], language: str) -> tuple[str, str]:
    mail = wordings().mails[name]
    subject, body = (filled(mail[p].in_language(language), names) for p in ("subject", "body"))
    return subject, body.strip()
