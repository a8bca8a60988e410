"""Deletion dates that act, of whatever is about people: every night, and when the server starts.

Each room deletes its own; what belongs to no single room is deleted here. The trust page states
the same periods, from the same numbers.
"""

from datetime import date, timedelta

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connections, router
from django.utils import timezone

from erdkreis.accounts.models import Person
from erdkreis.api import services as programs
from erdkreis.conversations.models import Subscription
from erdkreis.dialogues import retention as dialogues
from erdkreis.directory.retention import forget_what_is_due
from erdkreis.fit import retention as fit
from erdkreis.invitations.models import Guardian, Letter, Mail
from erdkreis.jobs import services as jobs
from erdkreis.questionnaires import retention as answers
from erdkreis.questionnaires.retention import deletion_day, months_after
from erdkreis.rounds.models import Round
from erdkreis.tensions.models import Handing
from erdkreis.trust.own_data import LastHost, delete_account

ACCOUNT_MONTHS = 36  # without signing in
HANDING_MONTHS = 12
SUBSCRIPTION_MONTHS = 12  # after the conversation was closed
SET_ASIDE = timedelta(days=30)
NO_LINK = "no link "


def delete_all_that_is_due() -> list[tuple[str, int]]:
    """Delete what has reached its day; return what it was and how many rows. Twice is as once."""
    today = timezone.localdate()
    n_guardians = _settle_guardians(today)
    done = [*answers.delete_what_is_due(), *dialogues.delete_what_is_due()]
    rest = {
        "fit conversations": fit.delete_what_is_due(),
        "old drafts and mail addresses of the directory": forget_what_is_due(),
        "guardians who never spoke": n_guardians,
        "mail addresses of red lines": _forget_addresses_of_handings(today),
        "subscriptions of closed conversations": _delete_subscriptions(today),
        "mails that could not be sent": _delete_mails_set_aside(),
        "tokens that ended": programs.delete_what_is_due(),
        "unused accounts": _delete_unused_accounts(today),
        "work that was done long ago": jobs.delete_what_is_due(),
    }
    _delete_what_ran_out()
    return done + [(what, n) for what, n in rest.items() if n]


def _settle_guardians(today: date) -> int:
    """Delete guardians who never spoke; of the others the code, so that the link opens nothing.

    Called before their answers are deleted, by which it is known who spoke.
    """
    n = 0
    for round_ in Round.objects.exclude(closes_on=None):
        day = deletion_day(round_)
        if day is None or day > today:
            continue
        with_link = Guardian.objects.filter(round_group__round=round_).exclude(
            digest__startswith=NO_LINK
        )
        if with_link.filter(voice__is_sent=True).exists():
            n += with_link.exclude(voice__is_sent=True).delete()[0]
        for one in with_link:
            Guardian.objects.filter(pk=one.pk).update(digest=f"{NO_LINK}{one.pk}")
    return n


def _forget_addresses_of_handings(today: date) -> int:
    return sum(
        Handing.objects.filter(pk=one.pk).update(address="")
        for one in Handing.objects.exclude(address="")
        if months_after(one.day, HANDING_MONTHS) <= today
    )


def _delete_subscriptions(today: date) -> int:
    closed = Subscription.objects.filter(conversation__closed_on__isnull=False)
    due = [
        one.pk
        for one in closed.select_related("conversation")
        if (day := one.conversation.closed_on)
        and (not one.is_confirmed or months_after(day, SUBSCRIPTION_MONTHS) <= today)
    ]
    return Subscription.objects.filter(pk__in=due).delete()[0]


def _delete_mails_set_aside() -> int:
    long_ago = timezone.now() - SET_ASIDE
    return sum(
        kind.objects.filter(state=kind.State.SET_ASIDE, next_try__lt=long_ago).delete()[0]
        for kind in (Letter, Mail)
    )


def _delete_unused_accounts(today: date) -> int:
    """Delete accounts nobody signed in with for long. The only host of a circle stays."""
    n = 0
    for person in Person.objects.filter(is_staff=False, last_login__isnull=False):
        if months_after(timezone.localdate(person.last_login), ACCOUNT_MONTHS) > today:
            continue
        try:
            delete_account(person)
        except LastHost:
            continue
        n += 1
    return n


def _delete_what_ran_out() -> None:
    """Delete sessions and counters that have ended: they are of no use, and hold something."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    table = getattr(cache, "_table", "")
    if not table:
        return
    connection = connections[router.db_for_write(cache.cache_model_class)]  # type: ignore[attr-defined]  # Django’s own, of a cache in tables
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 - from settings
