"""Two mails, each sent once, each to an address that is deleted when it leaves."""

import logging
from datetime import date
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from erdkreis.fit.models import FitConversation, WillingVoice
from erdkreis.fit.queries import open_door_for_non_customers
from erdkreis.fit.wording import wordings
from erdkreis.invitations.codes import digest, new_code
from erdkreis.invitations.quiet_hours import is_quiet
from erdkreis.invitations.roll import gets_mail
from erdkreis.invitations.texts import filled

MONTHS_TO_LOOK_BACK = 6
logger = logging.getLogger(__name__)


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


def send_what_is_due() -> int:
    """Ask the one question after half a year, and tell the willing of a round; return how many."""
    if is_quiet():
        return 0
    n = 0
    try:
        for conversation in _to_look_back():
            n += _look_back(conversation)
        for willing in WillingVoice.objects.select_related("circle__organisation"):
            n += _tell(willing)
    except (SMTPException, OSError):
        # The server is away. Addresses are deleted with the mail that leaves, so the next run
        # finds what is left.
        logger.warning("The mail server cannot be reached, or refuses us. Nothing is lost.")
    return n


def _to_look_back() -> list[FitConversation]:
    waiting = FitConversation.objects.exclude(follow_up_email="").select_related(
        "circle__organisation"
    )
    return [one for one in waiting if is_time_to_look_back(one)]


@transaction.atomic
def _look_back(conversation: FitConversation) -> int:
    code, to = new_code(), conversation.follow_up_email
    FitConversation.objects.filter(pk=conversation.pk).update(
        follow_up_email="", follow_up_digest=digest(code)
    )
    link = settings.PUBLIC_URL + reverse("fit:asked_again", args=[code])
    org = conversation.circle.organisation.name
    return _send("follow_up", to, conversation.follow_up_language, {"org": org, "link": link})


@transaction.atomic
def _tell(willing: WillingVoice) -> int:
    group = open_door_for_non_customers(willing.circle)
    if group is None:
        return 0
    to, language, circle = willing.email, willing.language, willing.circle
    willing.delete()
    if not gets_mail(circle, to):
        return 0
    link = settings.PUBLIC_URL + reverse("questionnaires:door", args=[group.slug])
    with translation.override(language):
        end_date = date_format(group.round.closes_on) if group.round.closes_on else ""
    names = {"org": circle.organisation.name, "link": link, "end_date": end_date}
    return _send("non_customer", to, language, names)


def _send(name: str, to: str, language: str, names: dict[str, str]) -> int:
    mail = wordings().mails[name]
    subject, body = (filled(mail[p].in_language(language), names) for p in ("subject", "body"))
    # A line break in a header would be a header of its own.
    one_line = " ".join(subject.split())
    try:
        return send_mail(one_line, body.strip(), None, [to])
    except SMTPRecipientsRefused:
        return 0  # nobody has this address; it is deleted like every other
