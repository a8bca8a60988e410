"""Understand an uploaded list: who is on it, what cannot be used, and why, line by line."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from erdkreis.invitations.tables import Row
from erdkreis.web.languages import EASY, for_voices
from erdkreis.web.text import clean_text

# What a paste brings along and nobody sees.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BRACKETED = re.compile(r"([^<>]*)<([^<>\s]+@[^<>\s]+)>[,;]?")
LONGEST_NAME = 120
LONGEST_ADDRESS = 254
_GERMAN = {"de", "deutsch", "german", "ger", "deu"}
_EASY = {"de-easy", "einfache sprache", "leichte sprache", "deutsch (einfache sprache)"}
_ENGLISH = {"en", "englisch", "english", "eng"}
_NAME_COLUMNS = {"name", "vorname", "nachname", "first name", "last name", "firstname", "lastname"}


@dataclass(frozen=True)
class Entry:
    """One person to invite."""

    line: int
    email: str
    name: str = ""
    language: str = ""


@dataclass(frozen=True)
class Problem:
    """A line that is not used, and why."""

    line: int
    text: str
    reason: str


@dataclass
class Understood:
    """A list as it was understood, before anything of it is stored."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def as_table(self) -> str:
        """Return the good lines as a table that is understood the same way again."""
        lines = [f"{e.email}\t{e.name}\t{e.language}" for e in self.entries]
        return "\n".join(["mail\tname\tlanguage", *lines])


def understand(rows: Sequence[Row], languages: Sequence[str]) -> Understood:
    """Find the column with the addresses, and what stands beside them."""
    understood, seen = Understood(), dict[str, int]()
    if not rows:
        return understood
    rows = _one_per_line(rows)
    column = _column_of_addresses(rows)
    has_header = not any("@" in cell for cell in rows[0][1])
    names = _columns_of_names(rows[0][1]) if has_header else []
    for line, cells in rows[has_header:]:
        name, email = _address_in(cells[column]) if column < len(cells) else ("", "")
        if reason := _why_not(email, seen):
            understood.problems.append(Problem(line, " ".join(cells)[:80], reason))
            continue
        seen[email] = line
        beside = [cell for at, cell in enumerate(cells) if at != column]
        # Nothing else of the line is kept: what is not needed cannot get out.
        named = " ".join(cells[at] for at in names if at < len(cells)) or name
        language = _language(beside, languages)
        understood.entries.append(Entry(line, email, _one_line(named), language))
    return understood


def from_table(table: str) -> list[Row]:
    """Read again what ``Understood.as_table`` wrote."""
    return [(n, line.split("\t")) for n, line in enumerate(table.splitlines(), start=1)]


def _one_per_line(rows: Sequence[Row]) -> Sequence[Row]:
    """Take apart what was copied from a mail program: many addresses in one line."""
    line, cells = rows[0]
    if len(rows) == 1 and sum("@" in cell for cell in cells) > 1:
        return [(line, [cell]) for cell in cells if cell]
    return rows


def _column_of_addresses(rows: Iterable[Row]) -> int:
    """Return the column in which most cells look like addresses."""
    found: dict[int, int] = {}
    for _line, cells in rows:
        for column, cell in enumerate(cells):
            found[column] = found.get(column, 0) + ("@" in cell)
    return max(found, key=lambda column: found[column])


def _columns_of_names(header: Sequence[str]) -> list[int]:
    return [at for at, title in enumerate(header) if title.strip().lower() in _NAME_COLUMNS]


def _address_in(cell: str) -> tuple[str, str]:
    """Take name and address apart, however a mail program wrote them."""
    cell = _UNSEEN.sub("", cell).strip()
    # “Groß, Jörg <joerg@…>”: whoever took the quotation marks away left a comma behind.
    bracketed = _BRACKETED.fullmatch(cell)
    name, email = (bracketed[1], bracketed[2]) if bracketed else parseaddr(cell)
    local, _at, domain = email.strip().lower().rpartition("@")
    return name.strip(" \"'"), f"{local}@{_in_ascii(domain)}" if local else ""


def _in_ascii(domain: str) -> str:
    """Write a domain with umlauts as mail servers know it."""
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain


def _why_not(email: str, seen: dict[str, int]) -> str:
    try:
        validate_email(email)
    except ValidationError:
        return _("no usable mail address")
    if len(email) > LONGEST_ADDRESS or not email.isascii():
        return _("no usable mail address")
    if email in seen:
        return _("twice: stands in line %(line)d already") % {"line": seen[email]}
    return ""


def _language(cells: Iterable[str], languages: Sequence[str]) -> str:
    """Return the language given for a person, if the round speaks it."""
    for cell in cells:
        word = cell.lower()
        code = "de" if word in _GERMAN else "en" if word in _ENGLISH else ""
        code = EASY if word in _EASY else code
        if code in for_voices(languages):
            return code
    return ""


def _one_line(name: str) -> str:
    return " ".join(clean_text(name).split())[:LONGEST_NAME]
