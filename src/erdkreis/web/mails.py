"""How a mail of the house looks: the same words as text and as a page, in light and in dark."""

import logging
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language

logger = logging.getLogger(__name__)

LINE = 76  # characters of a line of text, so that an answer can still quote it (RFC 5322: 78)
RULE = "---"
# A heading in text is underlined; as a page it is a heading.
_UNDERLINED = re.compile(r"(?P<title>.+)\n={3,}")


@dataclass(frozen=True)
class Paragraph:
    text: str
    is_heading: bool = False


def write(message: EmailMultiAlternatives, texts: Mapping[str, str], foot: str = "") -> None:
    """Put a text into a mail; in several languages one below the other, for whom nobody asked."""
    tidy = (re.sub(r"\n\s*\n", "\n\n", text.strip()) for text in texts.values())
    body = f"\n\n{RULE}\n\n".join(tidy)
    # Mail programs know what comes after these two lines and a blank as a signature (RFC 3676).
    message.body = folded(f"{body}\n\n-- \n{foot}" if foot else body) + "\n"
    context = {
        "languages": list(texts),
        "subject": message.subject,
        "parts": {language: paragraphs(text) for language, text in texts.items()},
        "foot": foot,
    }
    message.attach_alternative(render_to_string("web/mail.html", context), "text/html")


def spoken(text: str) -> dict[str, str]:
    """Name the language of a text that was written in the one spoken just now."""
    return {get_language() or settings.LANGUAGE_CODE: text}


def send(address: str, subject: str, texts: Mapping[str, str], about: str) -> bool:
    """Send a mail at once, not by the outbox; say whether the server took it.

    The log says what it was about, never to whom.
    """
    message = EmailMultiAlternatives(subject, to=[address])
    write(message, texts)
    try:
        message.send()
    except (SMTPException, OSError) as error:
        logger.warning("A mail %s could not be sent: %s", about, type(error).__name__)
        return False
    return True


def paragraphs(text: str) -> list[Paragraph]:
    """Part a text at its empty lines, however many stand there."""
    parts = re.split(r"\n\s*\n", text.strip())
    found = ((part, _UNDERLINED.fullmatch(part)) for part in parts)
    return [Paragraph(title["title"], True) if title else Paragraph(part) for part, title in found]


def folded(text: str) -> str:
    """Break long lines between words; an address stays whole, however long it is."""
    return "\n".join(
        textwrap.fill(line, LINE, break_long_words=False, break_on_hyphens=False)
        if len(line) > LINE
        else line
        for line in text.split("\n")
    )
