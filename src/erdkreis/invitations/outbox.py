"""The outbox: what is to be sent, to whom it may be, and what becomes of it.

Each mail is sent once. It is claimed before it is sent and deleted after; if the machine stops in
between, the mail is set aside rather than sent twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from erdkreis.circles.models import Circle
from erdkreis.invitations import letters
from erdkreis.invitations.models import Invitee, Letter, Mail, NoMail, Reminding, Waiting
from erdkreis.invitations.quiet_hours import is_quiet, quiet_until
from erdkreis.invitations.roll import forget_codes_of_ended_rounds, gets_mail, stop_mail
from erdkreis.rounds.models import Round, RoundGroup

SMALL_BATCH = 25  # what may leave while somebody waits for the page
PAUSES = tuple(timedelta(minutes=m) for m in (5, 30, 120, 480))
LONGEST_SENDING = timedelta(hours=1)
PERMANENT = 500  # SMTP: from here on, trying again is of no use

REFUSED = gettext_noop("the mail server refused the address")
NOT_ACCEPTED = gettext_noop("the mail server did not accept the mail")
GAVE_UP = gettext_noop("tried five times without success")
NOT_WRITTEN = gettext_noop("the mail could not be written")
LOST_CODE = gettext_noop("the code cannot be made again: the secret of the server has changed")
INTERRUPTED = gettext_noop("interrupted while being sent; perhaps it has arrived")


class OutboxError(Exception):
    """A mail that may not be sent, said in a sentence for people."""


@dataclass
class Sent:
    """What one go at the outbox did."""

    n_sent: int = 0
    n_set_aside: int = 0
    is_quiet: bool = False
    is_server_away: bool = False


# What waits ----------------------------------------------------------------------------------


@transaction.atomic
def queue_invitations(group: RoundGroup) -> int:
    """Put an invitation into the outbox for everyone on the roll who has none yet."""
    fresh = Invitee.objects.filter(round_group=group, invited_on=None, mails=None)
    mails = Mail.objects.bulk_create(
        [
            Mail(round_group=group, kind=Mail.Kind.INVITATION, invitee=i, language=i.language)
            for i in fresh
        ],
        ignore_conflicts=True,
    )
    return len(mails)


@transaction.atomic
def queue_reminder(group: RoundGroup, *, is_last: bool) -> Reminding:
    """Remind those who have not answered; or all, where choosing would tell who has."""
    group = RoundGroup.objects.select_for_update().select_related("round").get(pk=group.pk)
    earlier = list(Reminding.objects.filter(round_group=group))
    if earlier and (earlier[-1].is_last or len(earlier) == Invitee.MOST_REMINDERS):
        raise OutboxError(_("This group was told that there will be no further reminder."))
    if earlier and earlier[-1].day == timezone.localdate():
        raise OutboxError(_("This group was reminded today. Please leave people some days."))
    invited = Invitee.objects.filter(
        round_group=group, invited_on__isnull=False, n_reminders__lt=Invitee.MOST_REMINDERS
    )
    if not invited.exists():
        raise OutboxError(
            _(
                "Nobody of this group has been invited by mail yet. Please send the invitations "
                "first."
            )
        )
    n_unused = _number_to_choose(group, earlier)
    reminding = Reminding.objects.create(
        round_group=group,
        day=timezone.localdate(),
        is_last=is_last or len(earlier) + 1 == Invitee.MOST_REMINDERS,
        n_unused=n_unused,
    )
    chosen = invited if n_unused is None else invited.filter(code__is_used=False)
    # What was set aside of the reminder before makes room for this one.
    Mail.objects.filter(invitee__in=invited, kind=Mail.Kind.REMINDER).delete()
    Mail.objects.bulk_create(
        Mail(
            round_group=group,
            kind=Mail.Kind.REMINDER,
            invitee=i,
            reminding=reminding,
            language=i.language,
        )
        for i in chosen
    )
    return reminding


def _number_to_choose(group: RoundGroup, earlier: list[Reminding]) -> int | None:
    """Return how many codes are unused, if reminding only their holders tells nothing.

    It would, if hardly anybody or nearly everybody has answered; or if only few have since the
    last time, for whoever compares the two. Then nothing is returned: the reminder goes to all.
    """
    few = group.round.min_group
    invited = Invitee.objects.filter(round_group=group, invited_on__isnull=False)
    n_all, n_unused = invited.count(), invited.filter(code__is_used=False).count()
    if n_unused < few or n_all - n_unused < few:
        return None
    before = [r.n_unused for r in earlier if r.n_unused is not None]
    if before and before[-1] - n_unused < few:
        return None
    return n_unused


def ask_guardian(group: RoundGroup, address: str, language: str, answer_by: date) -> Mail:
    """Put the question into the outbox whether somebody would speak for a group."""
    is_asked = Mail.objects.filter(round_group=group, address=address).exists()
    if is_asked or not gets_mail(group.round.circle, address):
        raise OutboxError(
            _("This address is being asked already, or wants no mail. Nothing was sent.")
        )
    return Mail.objects.create(
        round_group=group,
        kind=Mail.Kind.GUARDIAN,
        address=address,
        language=language,
        answer_by=answer_by,
    )


@dataclass(frozen=True)
class Addressee:
    """Somebody to write to, and in which language."""

    address: str
    language: str


def queue_letters(
    circle: Circle,
    about: str,
    addressees: Iterable[Addressee],
    write: Callable[[str], tuple[str, str]],
    reply_to: str = "",
    seed: str = "",
) -> int:
    """Put a letter into the outbox for each of them, unless it waits there already.

    ``write`` returns subject and body in a language. Who wants no mail from the circle gets none.
    With a seed, the code made from it takes the place of ``letters.CODE_HERE`` when it is sent.
    """
    parts: dict[str, tuple[str, str]] = {}
    letters_to_send = []
    for one in {a.address.strip().lower(): a for a in addressees if a.address}.values():
        subject, body = parts.setdefault(one.language, write(one.language))
        letters_to_send.append(
            Letter(
                circle=circle, about=about, address=one.address.strip().lower(),
                language=one.language, subject=subject[:200], body=body, reply_to=reply_to,
                seed=seed, next_try=timezone.now(),
            )
        )  # fmt: skip
    before = Letter.objects.filter(about=about).count()
    Letter.objects.bulk_create(letters_to_send, ignore_conflicts=True)
    return Letter.objects.filter(about=about).count() - before


def n_letters_set_aside(about: str) -> int:
    return Letter.objects.filter(about=about, state=Letter.State.SET_ASIDE).count()


def try_again(group: RoundGroup) -> int:
    """Let what was set aside wait once more."""
    return Mail.objects.filter(round_group=group, state=Mail.State.SET_ASIDE).exclude(
        reason=INTERRUPTED
    ).update(state=Mail.State.WAITING, attempts=0, reason="", next_try=timezone.now())  # fmt: skip


# What is sent --------------------------------------------------------------------------------


def send_due_mails(most: int | None = None, group: RoundGroup | None = None) -> Sent:
    """Work off the outbox: whatever may leave now, at most so many; or only that of one group."""
    _tidy()
    mails = _due().filter(round_group=group) if group else _due()
    return _work_off(mails, Letter.objects.none() if group else _due_letters(), most)


def send_due_letters(about: str, most: int | None = None) -> Sent:
    """Work off what waits about one thing, while somebody waits for the page."""
    _tidy()
    return _work_off(Mail.objects.none(), _due_letters().filter(about=about), most)


def _work_off(mails: QuerySet[Mail], letters_: QuerySet[Letter], most: int | None) -> Sent:
    done = Sent(is_quiet=is_quiet())
    if done.is_quiet:
        return done
    keys: list[tuple[type[Mail | Letter], int]] = [
        *((Mail, pk) for pk in mails.values_list("pk", flat=True)[:most]),
        *((Letter, pk) for pk in letters_.values_list("pk", flat=True)[:most]),
    ]
    connection = get_connection()
    try:
        for kind, pk in keys[:most]:
            if done.is_server_away:
                break
            if _claim(kind, pk):
                _send(kind, pk, connection, done)
    finally:
        connection.close()
    return done


def next_chance() -> str:
    """Return when mails leave again, for people: a day and an hour."""
    local = timezone.localtime(quiet_until())
    return f"{local:%d.%m. %H:%M}"


def _due() -> QuerySet[Mail]:
    """Return the mails whose time has come and whose group can answer."""
    waiting = Mail.objects.filter(state=Mail.State.WAITING, next_try__lte=timezone.now())
    groups = RoundGroup.objects.select_related("round").filter(mails__in=waiting).distinct()
    can_answer = [g.pk for g in groups if g.is_open]
    before_answering = Q(kind=Mail.Kind.GUARDIAN)
    return waiting.filter(before_answering | Q(round_group__in=can_answer)).order_by(
        "next_try", "pk"
    )


def _due_letters() -> QuerySet[Letter]:
    now = timezone.now()
    waiting = Letter.objects.filter(state=Letter.State.WAITING, next_try__lte=now)
    return waiting.order_by("next_try", "pk")


def _claim(kind: type[Mail | Letter], pk: int) -> bool:
    """Say whether this process may send it: another one may have it already."""
    return bool(
        kind.objects.filter(pk=pk, state=Waiting.State.WAITING).update(
            state=Waiting.State.SENDING, next_try=timezone.now(), attempts=F("attempts") + 1
        )
    )


def _send(kind: type[Mail | Letter], pk: int, connection: BaseEmailBackend, done: Sent) -> None:
    mail: Mail | Letter
    if kind is Mail:
        mail = Mail.objects.select_related(
            "invitee__code", "reminding", "round_group__round__circle__organisation"
        ).get(pk=pk)
        address = mail.invitee.email if mail.invitee else mail.address
        circle = mail.round_group.round.circle
    else:
        mail = Letter.objects.select_related("circle__organisation").get(pk=pk)
        address, circle = mail.address, mail.circle
    if not gets_mail(circle, address):
        mail.delete()
        return
    try:
        _written(mail, connection).send()
    except SMTPRecipientsRefused as refused:
        connection.close()
        code = max(code for code, _answer in refused.recipients.values())
        if code >= PERMANENT:
            stop_mail(circle, [address], NoMail.Reason.BOUNCED)
        _not_sent(mail, done, REFUSED, is_final=code >= PERMANENT)
    except (SMTPDataError, SMTPSenderRefused) as answer:
        connection.close()
        _not_sent(mail, done, NOT_ACCEPTED, is_final=answer.smtp_code >= PERMANENT)
    except (SMTPException, OSError):
        # The server is away, or does not let us in: no fault of this mail.
        connection.close()
        done.is_server_away = True
        _wait(mail, PAUSES[0], attempts=mail.attempts - 1)
    except letters.LostCode:
        _set_aside(mail, done, LOST_CODE)
    except Exception:  # noqa: BLE001 - one poisoned mail must not keep the others from leaving
        connection.close()
        _set_aside(mail, done, NOT_WRITTEN)
    else:
        _done(mail)
        done.n_sent += 1


def _written(mail: Mail | Letter, connection: BaseEmailBackend) -> EmailMessage:
    if isinstance(mail, Letter):
        return letters.free_letter(mail, connection)
    return letters.letter(mail, connection)


def _not_sent(mail: Mail | Letter, done: Sent, reason: str, *, is_final: bool) -> None:
    if is_final:
        _set_aside(mail, done, reason)
    elif mail.attempts > len(PAUSES):
        _set_aside(mail, done, GAVE_UP)
    else:
        _wait(mail, PAUSES[mail.attempts - 1], attempts=mail.attempts)


def _wait(mail: Mail | Letter, pause: timedelta, attempts: int) -> None:
    mail.state, mail.attempts = Mail.State.WAITING, attempts
    mail.next_try = timezone.now() + pause
    mail.save(update_fields=["state", "attempts", "next_try"])


def _set_aside(mail: Mail | Letter, done: Sent, reason: str) -> None:
    mail.state, mail.reason = Mail.State.SET_ASIDE, reason
    mail.save(update_fields=["state", "reason"])
    done.n_set_aside += 1


@transaction.atomic
def _done(mail: Mail | Letter) -> None:
    """Keep the day on the roll, and nothing of the mail."""
    today = timezone.localdate()
    mail.delete()
    if isinstance(mail, Letter):
        return
    if mail.invitee_id and mail.kind == Mail.Kind.INVITATION:
        Invitee.objects.filter(pk=mail.invitee_id).update(invited_on=today)
    elif mail.invitee_id:
        Invitee.objects.filter(pk=mail.invitee_id).update(
            reminded_on=today, n_reminders=F("n_reminders") + 1
        )


def _tidy() -> None:
    """Throw away what came too late, and set aside what was interrupted."""
    today = timezone.localdate()
    Mail.objects.exclude(
        round_group__round__state__in=(Round.State.INVITING, Round.State.ASKING)
    ).delete()
    Mail.objects.filter(round_group__round__closes_on__lt=today).delete()
    too_long = timezone.now() - LONGEST_SENDING
    for kind in (Mail, Letter):
        kind.objects.filter(state=Waiting.State.SENDING, next_try__lt=too_long).update(
            state=Waiting.State.SET_ASIDE, reason=INTERRUPTED
        )
    forget_codes_of_ended_rounds()
