"""Write a mail: wording, link, and the way out of the list."""

from dataclasses import dataclass
from datetime import date
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from erdkreis.circles.models import Circle
from erdkreis.invitations.codes import code_from, digest
from erdkreis.invitations.models import Invitee, Letter, Mail
from erdkreis.invitations.roll import stop_token, stop_token_of_letter
from erdkreis.invitations.slips import key_of
from erdkreis.invitations.texts import sentence, text
from erdkreis.rounds.models import RoundGroup
from erdkreis.web import mails
from erdkreis.web.languages import EASY

ENVIRONMENT = "environment"
CODE_HERE = "code-goes-here"  # in the text of a letter, which itself holds no code
NOBODYS_CODE = "0000-0000-0000-0000"  # in a test mail: it looks like a code and opens nothing


class LostCode(Exception):
    """The code of somebody cannot be made again: the secret of the installation has changed."""


def letter(mail: Mail, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """Write one mail of the outbox. Only here, for a moment, does its code exist."""
    group = mail.round_group
    if mail.kind == Mail.Kind.GUARDIAN:
        return guardian_letter(group, mail.address, mail.language, mail.answer_by, connection)
    assert mail.invitee is not None  # noqa: S101 - tells the type checker
    invitee = mail.invitee
    names = _names(group, invitee.language) | {"link": _personal_link(invitee)}
    pulse = "pulse_" if group.round.is_pulse else ""
    if mail.kind == Mail.Kind.REMINDER:
        about = names | _about_reminding(mail)
        parts = text("mails", f"{pulse}remind", invitee.language, about)
    else:
        parts = text("mails", f"{pulse}invite", invitee.language, names)
    return _message(group, invitee.email, invitee.language, parts, invitee, connection)


def test_letter(group: RoundGroup, to: str, language: str) -> EmailMultiAlternatives:
    """Write the invitation to oneself: everything as in earnest, but a code that opens nothing."""
    link = settings.PUBLIC_URL + reverse("questionnaires:personal", args=[NOBODYS_CODE])
    parts = text("mails", "invite", language, _names(group, language) | {"link": link})
    parts["subject"] = sentence("mails", "test", language, {}) + parts["subject"]
    return _message(group, to, language, parts)


def guardian_letter(
    group: RoundGroup,
    to: str,
    language: str,
    answer_by: date | None,
    connection: BaseEmailBackend | None = None,
) -> EmailMultiAlternatives:
    """Ask somebody to speak, by name, for those who cannot."""
    names = _names(group, language)
    which = "environment" if group.code == ENVIRONMENT else "other_voiceless"
    names["voiceless"] = sentence("mails", which, language, names)
    names["Voiceless"] = names["voiceless"][0].upper() + names["voiceless"][1:]
    if answer_by:
        names["end_date"] = _day(answer_by, language)
    parts = text("mails", "guardian", language, names)
    token = stop_token_of_letter(group.round.circle, to)
    # Somebody asked personally reads no fine print; their mail program still knows how to stop.
    frame = _Frame(
        group.round.circle, to, language, token, reply_to(group.round.contact), is_stop_said=False
    )
    return _framed(frame, parts, connection)


def free_letter(
    letter: Letter, connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """Write a letter whose text a later room has written."""
    token = stop_token_of_letter(letter.circle, letter.address)
    body = letter.body
    if letter.seed:
        body = body.replace(CODE_HERE, code_from(letter.seed))
    parts = {"subject": letter.subject, "body": body}
    frame = _Frame(letter.circle, letter.address, letter.language, token, letter.reply_to)
    return _framed(frame, parts, connection)


def names_of(group: RoundGroup, language: str) -> dict[str, str]:
    """Return what texts about a group can name."""
    round_ = group.round
    return {
        "org": _line(round_.circle.organisation.name),
        "group": group.name_de if language.startswith("de") else group.name_en,
        "host": _line(round_.named_person),
        "host_contact": _line(round_.contact),
        "why": _line(round_.purpose),
        "minutes": str(group.minutes),
        "end_date": _day(round_.closes_on, language),
        "answer_date": _day(round_.answer_back_on, language),
        "min_group": str(round_.min_group),
        "who_sees": _line(round_.who_sees),
    }


def _names(group: RoundGroup, language: str) -> dict[str, str]:
    names = names_of(group, language)
    shown = "shown_collective" if group.voice_mode == "collective" else "shown_anonymous"
    return names | {"how_shown": sentence("mails", shown, language, names)}


def _personal_link(invitee: Invitee) -> str:
    code = code_from(invitee.seed) if invitee.seed else ""
    if digest(code) != invitee.code.digest:
        raise LostCode
    link = f"{settings.PUBLIC_URL}{reverse('questionnaires:personal', args=[code])}"
    # Whoever is written to in plain German finds the pages in it as well.
    return f"{link}?language={EASY}" if invitee.language == EASY else link


def _about_reminding(mail: Mail) -> dict[str, str]:
    assert mail.reminding is not None  # noqa: S101 - tells the type checker
    assert mail.invitee is not None  # noqa: S101 - tells the type checker
    to_whom = "to_all" if mail.reminding.n_unused is None else "to_unused"
    is_second = mail.invitee.n_reminders > 0
    last = "last_reminder" if is_second else "only_reminder"
    how_often = last if mail.reminding.is_last else "one_more"
    return {
        "to_whom": sentence("mails", to_whom, mail.language, {}),
        "how_often": sentence("mails", how_often, mail.language, {}),
    }


def _message(
    group: RoundGroup,
    to: str,
    language: str,
    parts: dict[str, str],
    invitee: Invitee | None = None,
    connection: BaseEmailBackend | None = None,
) -> EmailMultiAlternatives:
    token = stop_token(invitee) if invitee else ""
    if invitee and (key := key_of(group)):
        # In every invitation of the group the same, so that people can compare.
        stamp = sentence("mails", "stamp", language, {"fingerprint": key.fingerprint})
        parts = parts | {"body": f"{parts['body']}\n\n{stamp}"}
    frame = _Frame(group.round.circle, to, language, token, reply_to(group.round.contact))
    return _framed(frame, parts, connection)


@dataclass(frozen=True)
class _Frame:
    """What stands around the text of a mail."""

    circle: Circle
    to: str
    language: str
    stop_token: str = ""
    reply_to: str = ""
    is_stop_said: bool = True


def _framed(
    frame: _Frame, parts: dict[str, str], connection: BaseEmailBackend | None
) -> EmailMultiAlternatives:
    org, language = _line(frame.circle.organisation.name), frame.language
    # A notice of absence would tell the host who still gets reminders; Exchange asks for its own.
    quiet = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"}
    headers, foot = quiet, ""
    if frame.stop_token:
        stop = settings.PUBLIC_URL + reverse("invitations:stop", args=[frame.stop_token])
        # One press in the mail program, without opening a page (RFC 8058).
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if frame.is_stop_said:
            foot = sentence("mails", "stop", language, {"org": org, "stop_link": stop})
    message = EmailMultiAlternatives(
        subject=_line(parts["subject"]),
        from_email=formataddr((org, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[frame.to],
        reply_to=[frame.reply_to] if frame.reply_to else [],
        headers=headers,
        connection=connection,
    )
    mails.write(message, {language: parts["body"]}, foot)
    return message


def reply_to(contact: str) -> str:
    """Let answers reach the person who stands for the round, if the contact is an address."""
    contact = contact.strip()
    try:
        validate_email(contact)
    except ValidationError:
        return ""
    return contact


def _line(words: str) -> str:
    """Return words as one line: a line break in a header would be a header of its own."""
    return " ".join(words.split())


def _day(day: date | None, language: str) -> str:
    with translation.override(language):
        return date_format(day) if day else "–"
