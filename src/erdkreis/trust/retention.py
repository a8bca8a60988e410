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
from erdkreis.conversations.models import Conversation, Speaker, Subscription
from erdkreis.dialogues import retention as dialogues
from erdkreis.directory.retention import forget_what_is_due
from erdkreis.experiments.models import Said
from erdkreis.fit import retention as fit
from erdkreis.invitations.models import Guardian, Letter, Mail
from erdkreis.jobs import services as jobs
from erdkreis.moderation.models import Case, Report
from erdkreis.questionnaires import retention as answers
from erdkreis.questionnaires.retention import deletion_day, months_after
from erdkreis.rounds.models import Round
from erdkreis.tensions.models import Handing
from erdkreis.trust.own_data import LastHost, delete_account
from erdkreis.trust.warnings import warn_of_deletion

ACCOUNT_MONTHS = 36  # without signing in
HANDING_MONTHS = 12
SUBSCRIPTION_MONTHS = 12  # after the conversation was closed
ENDED_MONTHS = 12  # what led to somebody in a conversation, a case or an experiment that is over
WARNED_DAYS = 30  # before an unused account is deleted
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
        "receipts of experiments": _forget_receipts_of_experiments(today),
        "who asked for a second look": _forget_who_reported(today),
        "places in closed conversations": _forget_places_in_conversations(today),
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


def _forget_receipts_of_experiments(today: date) -> int:
    """Forget by which receipt something was said to an experiment, once it can change nothing."""
    with_receipt = Said.objects.exclude(receipt_digest="").select_related("touched__experiment")
    due = [
        said.pk
        for said in with_receipt
        if months_after(max(said.touched.experiment.review_on or said.day, said.day), ENDED_MONTHS)
        <= today
    ]
    return Said.objects.filter(pk__in=due).update(receipt_digest="")


def _forget_who_reported(today: date) -> int:
    """Forget digests and notes of those who reported, once the case is closed for long."""
    decided = Case.objects.exclude(decided_on=None).filter(reports__isnull=False).distinct()
    due = [
        case.pk
        for case in decided
        if not case.is_open and months_after(_last_day_of(case), ENDED_MONTHS) <= today
    ]
    return Report.objects.filter(case__in=due).delete()[0]


def _last_day_of(case: Case) -> date:
    days = (case.opened_on, case.decided_on, case.appealed_on, case.appeal_decided_on)
    return max(day for day in days if day)


def _forget_places_in_conversations(today: date) -> int:
    """Cut the last thread from a device to its words, once nobody can take them back any more."""
    closed = Conversation.objects.exclude(closed_on=None).filter(
        speakers__token_digest__isnull=False
    )
    due = [
        one.pk
        for one in closed.distinct()
        if one.closed_on and months_after(one.closed_on, ENDED_MONTHS) <= today
    ]
    places = Speaker.objects.filter(conversation__in=due, token_digest__isnull=False)
    return places.update(token_digest=None)


def _delete_mails_set_aside() -> int:
    long_ago = timezone.now() - SET_ASIDE
    return sum(
        kind.objects.filter(state=kind.State.SET_ASIDE, next_try__lt=long_ago).delete()[0]
        for kind in (Letter, Mail)
    )


def _delete_unused_accounts(today: date) -> int:
    """Delete accounts nobody signed in with for long, not before they were warned.

    The only host of a circle stays, or nobody could answer for it.
    """
    n = 0
    for person in Person.objects.filter(is_staff=False):
        used = timezone.localdate(person.last_login) if person.last_login else person.made_on
        day = months_after(used, ACCOUNT_MONTHS)
        # Signed in meanwhile: the warning is of no use any more.
        if day - timedelta(days=WARNED_DAYS) > today:
            Person.objects.filter(pk=person.pk).exclude(warned_on=None).update(warned_on=None)
        elif person.warned_on is None:
            warn_of_deletion(person, max(day, today + timedelta(days=WARNED_DAYS)), today)
        elif day <= today and person.warned_on + timedelta(days=WARNED_DAYS) <= today:
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
