"""What hosts and facilitators do, written down where everyone who may read the circle sees it.

A room names its actions once, in words, and records one whenever it was done::

    EXTENDED = action("rounds.extended", _("Last day moved"), is_public=True)

    with transaction.atomic():
        services.extend(round_, day, by, reason)
        record(round_.circle, person, EXTENDED, round_.title, round_id=round_.pk)

Nothing about voices may stand here, and about people nothing but who acted, in which role.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle, JournalEntry, Role

Words = str | Promise

# Who acts in two roles acts in the weightier one.
WEIGHTIEST_FIRST = (Role.Kind.HOST, Role.Kind.FACILITATOR, *Role.Kind)


@dataclass(frozen=True)
class Action:
    """Something hosts or facilitators do, in words that stand before a colon."""

    code: str
    words: Words
    # Whether everyone who was asked may know of it, and not only those who may read the circle.
    is_public: bool = False
    # Where the subject is one of a few codes: what each is called, in the language of the reader.
    subjects: Mapping[str, Words] | None = None


ACTIONS: dict[str, Action] = {}


def action(
    code: str,
    words: Words,
    *,
    is_public: bool = False,
    subjects: Iterable[tuple[str, Words]] = (),
) -> Action:
    """Name an action of a room. The code begins with the room and never changes: it is stored."""
    if code in ACTIONS:
        raise ValueError(f"two actions are called {code}")
    ACTIONS[code] = Action(code, words, is_public, dict(subjects) or None)
    return ACTIONS[code]


def record(
    circle: Circle,
    by: Person | None,
    what: Action,
    subject: str = "",
    *,
    round_id: int | None = None,
) -> None:
    """Write down what somebody did. Call it in the same transaction as the deed itself.

    Without a person it was the operator, at the command line. The subject is a title or the name
    of a group, never of a person.
    """
    JournalEntry.objects.create(
        circle=circle,
        person=by,
        role=_role(circle, by),
        action=what.code,
        subject=subject[: JournalEntry.LONGEST_SUBJECT],
        round_id=round_id,
    )


@dataclass(frozen=True)
class Deed:
    """One line of the journal; what was done several times in a row is one line."""

    what: Words
    subject: Words
    who: str
    role: Words
    n: int


def days(entries: Iterable[JournalEntry]) -> list[tuple[date, list[Deed]]]:
    """Return entries as lines, gathered by the day."""
    return [(day, list(_deeds(of_day))) for day, of_day in groupby(entries, lambda e: e.day)]


def public_codes() -> list[str]:
    return [code for code, named in ACTIONS.items() if named.is_public]


def _deeds(entries: Iterable[JournalEntry]) -> Iterator[Deed]:
    alike = groupby(entries, lambda e: (e.action, e.subject, e.person, e.role))
    for (code, subject, person, role), several in alike:
        named = ACTIONS.get(code) or Action(code, _("something this version has no words for"))
        yield Deed(
            what=named.words,
            subject=(named.subjects or {}).get(subject, subject),
            who=person.name if person else "",
            role=Role.Kind(role).label if role else _("operator"),
            n=len(list(several)),
        )


def _role(circle: Circle, by: Person | None) -> str:
    if by is None:
        return ""
    held = set(circle.roles.filter(person=by).values_list("kind", flat=True))
    return next((kind for kind in WEIGHTIEST_FIRST if kind in held), "")
