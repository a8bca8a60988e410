"""Take names out of what people wrote, so that everyone sees that something was taken out."""

from collections.abc import Iterable
from dataclasses import dataclass

from erdkreis.pictures.sheets import Entry, Sheet

MARK = "[redacted]"
TEXTS_ON_A_PAGE = 50


@dataclass(frozen=True)
class TextToRedact:
    """One text that somebody wrote, and where it stands."""

    title: str
    entry: Entry
    number: int
    text: str


def redacted(text: str, passage: str) -> str:
    """Return the text without a passage, wherever it stands; without a passage all of it goes.

    Taking out is all that can be done: nobody is given words that are not theirs.
    """
    if not passage.strip():
        return MARK
    return text.replace(passage.strip(), MARK)


def texts_to_redact(sheets: Iterable[Sheet], wanted: str = "") -> list[TextToRedact]:
    """Return every text, or those in which a word stands, however it is written."""
    return [
        TextToRedact(sheet.title, entry, number, text)
        for sheet in sheets
        for entry in sheet.entries
        for number, text in enumerate(entry.words)
        if wanted.casefold() in text.casefold()
    ]
