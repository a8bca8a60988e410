"""Mails that came back: what a mail server reports about a letter of ours (RFC 3464).

Anybody can write such a report. It counts only if it brings back the sign that stood in our letter
and stops mails to its addressee: whoever forges one without it changes nothing, and learns nothing.
"""

import re
from collections.abc import Iterator
from email import message_from_string
from email.message import Message
from enum import Enum

from erdkreis.invitations.models import NoMail
from erdkreis.invitations.roll import Stoppable, stop_digests, stoppable

LARGEST = 5 * 1024 * 1024  # a report with a whole letter in it is far smaller

_STATUSES = {"message/delivery-status", "message/global-delivery-status"}
_HEADERS = {"text/rfc822-headers", "message/global-headers"}
_LETTERS = {"message/rfc822", "message/global"}
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY = re.compile(r"\b([45])\d\d\b")
_TOKEN = re.compile(r"/stop/([^/<>]+)/")
# Nobody there, no such house, closed for good. Not here: full, too large, refused as spam.
_ABOUT_ADDRESS = re.compile(r"1\.\d+|2\.1|4\.[14]")
_UNSAID = {"0.0", "5.0"}


class Outcome(Enum):
    """What became of one mail from the mailbox."""

    NOTED = "noted"  # the addressee gets nothing more
    PASSING = "passing"  # late, full, refused: the address may well be right
    LEFT_ALONE = "left alone"  # no report, or none that proves to be about a letter of ours


def take_in(mail: Message) -> Outcome:
    """Read one mail, and note its addressee if a letter of ours came back for good."""
    if mail.get_content_type() != "multipart/report":
        return Outcome.LEFT_ALONE
    # The token may be in the hands of nobody but the addressee and the mail servers on the way.
    about = _addressee(mail)
    if about is None:
        return Outcome.LEFT_ALONE
    if not any(_is_final(block) for block in _recipients(mail)):
        return Outcome.PASSING
    stop_digests(about.circle, {about.digest}, NoMail.Reason.BOUNCED)
    return Outcome.NOTED


def _addressee(mail: Message) -> Stoppable | None:
    for letter in _returned(mail):
        address = "".join(str(letter.get("List-Unsubscribe", "")).split())
        if found := _TOKEN.search(address):
            return stoppable(found[1])
    return None


def _returned(mail: Message) -> Iterator[Message]:
    """Yield what a report brings back of the letter: all of it, or its headers."""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind in _LETTERS and part.is_multipart():
            yield from (one for one in part.get_payload() if isinstance(one, Message))
        elif kind in _HEADERS:
            yield message_from_string(_text(part))


def _recipients(mail: Message) -> Iterator[Message]:
    """Yield what is said of each recipient: a few lines that look like headers."""
    for part in mail.walk():
        if part.get_content_type() in _STATUSES:
            for block in re.split(r"\r?\n[ \t]*\r?\n", _text(part)):
                said = message_from_string(block.strip())
                if "Action" in said:
                    yield said


def _text(part: Message) -> str:
    if part.is_multipart():
        return "\n\n".join(str(one) for one in part.get_payload())
    content = part.get_payload(decode=True)
    return content.decode(errors="replace") if isinstance(content, bytes) else ""


def _is_final(said: Message) -> bool:
    """Say whether an address is wrong for good, as far as a mail server can know."""
    if str(said["Action"]).strip().lower() != "failed":
        return False
    diagnosis = str(said.get("Diagnostic-Code", ""))
    status = _STATUS.search(str(said.get("Status", "")))
    if status and f"{status[2]}.{status[3]}" in _UNSAID:
        # Some servers say what they know only in the words of the one that refused.
        if inner := _STATUS.search(diagnosis):
            status = inner
        else:
            reply = _REPLY.search(diagnosis)
            return status[1] == "5" and not (reply and reply[1] == "4")
    if status is None or status[1] != "5":
        return False
    return bool(_ABOUT_ADDRESS.fullmatch(f"{status[2]}.{status[3]}"))
