"""What people do when something should be looked at again: report, decide, appeal, decide anew.

The rooms whose things these are call this, and do with the thing what was decided.
"""

import hmac
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.moderation.models import Case, Outcome, Reason, Report

OPEN = (Case.State.WAITING, Case.State.APPEALED)


class ModerationError(Exception):
    """Something that cannot be decided so, said in a sentence for people."""


@transaction.atomic
def report(room: str, key: object, place: str, *, reason: str, note: str, reporter: str) -> Case:
    """Ask for a second look. Doing it twice changes nothing; nobody learns who asked.

    ``reporter`` tells people apart (an account, a voice); only a digest of it is kept.
    """
    case = _open_case(room, str(key), place, Case.Origin.REPORTED)
    Report.objects.get_or_create(
        case=case,
        reporter_digest=_digest(f"{case.pk} {reporter}"),
        defaults={"reason": reason, "note": note},
    )
    return case


@transaction.atomic
def ask_to_read_first(room: str, key: object, place: str) -> Case:
    """Put something into the queue that nobody sees before it was read."""
    return _open_case(room, str(key), place, Case.Origin.READ_FIRST)


@transaction.atomic
def decide(case: Case, by: Person, outcome: str, *, reason: str = "", note: str = "") -> Case:
    """Decide for the first time, with the reason if it is not to be shown."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.state != Case.State.WAITING:
        raise ModerationError(_("Somebody has decided this in the meantime. Nothing was changed."))
    _require_reason(outcome, reason, note)
    is_shown = outcome == Outcome.SHOWN
    case.outcome, case.reason, case.note = outcome, "" if is_shown else reason, note
    case.state, case.decided_by, case.decided_on = Case.State.DECIDED, by, timezone.localdate()
    case.save()
    return case


@transaction.atomic
def appeal(case: Case, words: str) -> Case:
    """Ask, once, for the decision of somebody else. Only whoever wrote the thing may."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not case.may_be_appealed:
        raise ModerationError(_("This cannot be looked at a second time. Nothing was changed."))
    case.state, case.appeal, case.appealed_on = Case.State.APPEALED, words, timezone.localdate()
    case.save()
    return case


@transaction.atomic
def decide_appeal(case: Case, by: Person, outcome: str, *, note: str) -> Case:
    """Decide for the second and last time: somebody else than the first time."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.state != Case.State.APPEALED:
        raise ModerationError(_("Somebody has decided this in the meantime. Nothing was changed."))
    if not may_decide(case, by):
        raise ModerationError(
            _("You decided this the first time. Somebody else looks at it now: two pairs of eyes.")
        )
    if not note:
        raise ModerationError(_("Please say why: the one who wrote it reads the reason."))
    case.state, case.appeal_outcome, case.appeal_note = Case.State.FINAL, outcome, note
    case.appeal_decided_by, case.appeal_decided_on = by, timezone.localdate()
    case.save()
    return case


def may_decide(case: Case, person: Person) -> bool:
    """Say whether this person is the right one for the decision that is due.

    Whether somebody may moderate a place at all, the room of the thing decides.
    """
    if case.state == Case.State.APPEALED:
        return case.decided_by_id != person.pk
    return case.state == Case.State.WAITING


def _open_case(room: str, key: str, place: str, origin: str) -> Case:
    case, _is_new = Case.objects.get_or_create(
        room=room, key=key, state__in=OPEN, defaults={"place": place, "origin": origin}
    )
    return case


def _require_reason(outcome: str, reason: str, note: str) -> None:
    if outcome == Outcome.HIDDEN and (not reason or (reason == Reason.OTHER and not note)):
        raise ModerationError(_("Please say why: the one who wrote it reads the reason."))


def _digest(message: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), message.encode(), sha256).hexdigest()
