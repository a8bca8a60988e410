"""The record of processing activities: what is done with which data, and why.

Each activity names tables; what stands in them, who sees it and how long is told by `stored`, so
that trust page and record cannot differ. A table that no activity names makes one of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from erdkreis.trust.stored import STORED, Line, line_of, lines_of_undescribed

Words = str | Promise
CONSENT = gettext_lazy("Consent, given before the first question (Article 6 (1) a)")
INTEREST = gettext_lazy("Legitimate interest in hearing those who are touched (Article 6 (1) f)")
CONTRACT = gettext_lazy("Needed to use the account (Article 6 (1) b)")


@dataclass(frozen=True)
class Kind:
    """An activity as it is described, by rooms whose tables belong to it."""

    rooms: tuple[str, ...]
    name: Words
    purpose: Words
    basis: Words
    people: Words


@dataclass(frozen=True)
class Activity:
    name: str
    purpose: str
    basis: str
    people: str
    lines: list[Line]


KINDS = (
    Kind(
        ("questionnaires", "gate", "pictures"),
        gettext_lazy("Asking groups, and making a picture of it"),
        gettext_lazy("To learn how an organisation affects those it touches"),
        CONSENT,
        gettext_lazy("Employees, customers, neighbours and others who answer; guardians by name"),
    ),
    Kind(
        ("invitations",),
        gettext_lazy("Inviting and reminding by mail, code and poster"),
        gettext_lazy("To reach those who are to be heard, each at most three times"),
        INTEREST,
        gettext_lazy("Those who are invited; guardians who are asked"),
    ),
    Kind(
        ("dialogues", "conversations", "moderation", "tensions", "meetings", "experiments",
         "answerback"),
        gettext_lazy("Talking, trying something, answering back"),
        gettext_lazy("To understand differences and to try small changes"),
        CONSENT,
        gettext_lazy("Those who vote, write, or are responsible for something"),
    ),
    Kind(
        ("pulse",),
        gettext_lazy("Asking those who work there again and again (pulse)"),
        gettext_lazy("To see where load, errors and room to think move, in teams large enough"),
        CONSENT,
        gettext_lazy("Employees"),
    ),
    Kind(
        ("fit", "directory"),
        gettext_lazy("Fit conversations and the directory of examples"),
        gettext_lazy("To find out before a purchase whether it fits; to show good examples"),
        CONSENT,
        gettext_lazy("Both sides of a conversation; those who suggest or answer entries"),
    ),
    Kind(
        ("accounts", "circles", "rounds", "balances", "jobs", "api"),
        gettext_lazy("Accounts, roles and the circle itself"),
        gettext_lazy("To let hosts and facilitators work, and to show what they did"),
        CONTRACT,
        gettext_lazy("Hosts, facilitators, readers, helpers"),
    ),
)  # fmt: skip


def activities() -> list[Activity]:
    """Return every activity with what it stores; every line of the trust page once."""
    found = [
        Activity(str(k.name), str(k.purpose), str(k.basis), str(k.people), [*_lines(k)])
        for k in KINDS
    ]
    if rest := lines_of_undescribed():
        everything = _("Further tables of the rooms above")
        names = ", ".join(line.what for line in rest)
        told = [Line(names, rest[0].seen_by, rest[0].until)]
        found.append(Activity(everything, _("As above"), _("As above"), _("As above"), told))
    return found


def protection() -> list[str]:
    """Return what is done so that nothing leaks, as far as it is set here."""
    return [
        _("Roll and answers lie apart, and are mixed; numbers leave only through one gate."),
        _("Passwords are kept as digests; a second factor and passkeys can be used."),
        _("Guessing codes and passwords is slowed down."),
        _("No script, picture or font comes from elsewhere; nothing is counted."),
        _("Deletion dates act by themselves, every night."),
        _("The connection is encrypted.")
        if settings.IS_HTTPS
        else _("The connection is not encrypted: please set an https address."),
    ]


def _lines(kind: Kind) -> Iterator[Line]:
    for one in STORED:
        if one.tables[0].partition(".")[0] in kind.rooms:
            yield line_of(one)
