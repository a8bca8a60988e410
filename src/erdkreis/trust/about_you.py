"""What is stored about somebody who can be identified, by whatever she can be identified with.

An account, a mail address, or the personal link of a guardian or a speaker. Every table with a
place for a person is found through one of them, or is named in `OPENLY` with the reason why not;
a test walks all tables, so that a coming one cannot be forgotten.
"""

from collections.abc import Iterable

from django.apps import apps
from django.core import signing
from django.db import models
from django.db.models import Q

from erdkreis.accounts.models import Person
from erdkreis.conversations.models import Contribution, Speaker, Version
from erdkreis.fit.models import Decision, Line, Side
from erdkreis.invitations.models import NoMail
from erdkreis.invitations.roll import address_digest
from erdkreis.trust.own_data import rows_of, secretless

SALT = "erdkreis.about_you"
SECONDS = 24 * 60 * 60
Found = dict[str, list[dict[str, str]]]

# Names in open notes: whoever may read the page sees them there, and hosts can change them.
OPENLY = {
    "answerback": "what a leadership says openly",
    "circles": "names of circles, groups and organisations",
    "rounds": "the named person of a round, and who did what in it: shown to everyone who is asked",
    "experiments": "owners and helpers of an experiment, and who noted what: shown in the circle",
    "meetings": "who wrote the minutes",
    "tensions": "who decides, who accepted, who was handed a red line: shown in the circle",
    "pulse.Pulse": "the named person of a pulse, and how to reach her: shown to everyone asked",
    "pulse.Team": "names of teams",
    "directory": "names of organisations, and of those who reply or edit openly, by their own wish",
    "fit.FitConversation": "names of both sides, on the page of each; deleted by either",
    "conversations.Speaker": "found by the personal place in a conversation",
    "conversations.Side": "names of groups",
    "invitations.Guardian": "found by the personal link of a guardian",
    "questionnaires": "sources of evidence, which guardians find by their link",
    "jobs": "programs, not people",
    "api": "programs; tokens are found by the account that made them",
    "balances": "titles of sheets",
    "dialogues": "titles of dialogues",
    "gate": "what was let out; names in it go when a guardian takes the consent back",
}


def data_of_account(person: Person) -> Found:
    """Return everything beside an account, and what was said through it."""
    found = rows_of(person)
    spoken = Q(speaker__person=person)
    provider = Q(conversation__provider=person, side=Side.PROVIDER)
    _add(found, Contribution.objects.filter(spoken))
    _add(found, Version.objects.filter(contribution__speaker__person=person))
    _add(found, Line.objects.filter(provider))
    _add(found, Decision.objects.filter(provider))
    return found


def data_of_address(address: str) -> Found:
    """Return everything that is stored under a mail address, whoever put it there."""
    address, found = address.strip().lower(), Found()
    if (person := Person.objects.filter(email__iexact=address).first()) is not None:
        found = data_of_account(person)
    for table in apps.get_models():
        fields = [f.name for f in table._meta.concrete_fields if isinstance(f, models.EmailField)]
        if table is Person or not fields:
            continue
        same = Q(pk__in=[])
        for name in fields:
            same |= Q(**{f"{name}__iexact": address})
        _add(found, models.QuerySet(table).filter(same))
    _add(found, NoMail.objects.filter(digest=address_digest(address)))
    return found


def data_of_speaker(speaker: Speaker) -> Found:
    """Return what is stored of somebody in one conversation, by her place in it."""
    found = Found()
    _add(found, [speaker])
    _add(found, speaker.contributions.order_by("pk"))
    _add(found, Version.objects.filter(contribution__speaker=speaker))
    return found


def ticket_for(address: str) -> str:
    """Return what opens the page of an address for a day; it is kept nowhere."""
    return signing.dumps(address.strip().lower(), salt=SALT, compress=True)


def address_behind(ticket: str) -> str | None:
    try:
        return str(signing.loads(ticket, salt=SALT, max_age=SECONDS))
    except signing.BadSignature:
        return None


def _add(found: Found, rows: Iterable[models.Model]) -> None:
    for row in rows:
        told, known = secretless(row), found.setdefault(row._meta.label_lower, [])
        if told not in known:
            known.append(told)
    for label in [label for label, told in found.items() if not told]:
        del found[label]
