"""Whether the addresses that entries point to still answer.

A link that is dead for thirty days makes its entry “to be checked”. Only a server's own word that
there is nothing, or a name that no longer exists, counts; who is merely away today is not dead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from erdkreis.directory.freshness import DEAD_FOR, findable
from erdkreis.directory.models import Entry, Fact, Link
from erdkreis.directory.services.keeping import note_dead_link
from erdkreis.web.fetching import Refused, Unreachable, status_of

GONE = {404, 410}
LOOK_EVERY = timedelta(days=7)
MOST_AT_ONCE = 300


@dataclass
class Looked:
    """What one go at the links found."""

    n_looked: int = 0
    n_dead: int = 0
    is_offline: bool = False


def look_at_links(ask: Callable[[str], int] = status_of) -> Looked:
    """Look at the links that were not looked at for a week, and mark entries with dead ones."""
    today, looked = timezone.localdate(), Looked()
    alive: dict[str, bool | None] = {url: _is_alive(url, ask) for url in _due()[:MOST_AT_ONCE]}
    # If nobody at all answers, it is we who are not connected.
    if alive and all(answer is None for answer in alive.values()):
        looked.is_offline = True
        return looked
    for url, answer in alive.items():
        link, _new = Link.objects.get_or_create(url=url, defaults={"looked_on": today})
        link.looked_on = today
        link.dead_since = None if answer else link.dead_since or today
        link.save()
        looked.n_looked += 1
        looked.n_dead += link.dead_since is not None
    Link.objects.exclude(url__in=_all()).delete()
    _mark_entries()
    return looked


def _is_alive(url: str, ask: Callable[[str], int]) -> bool | None:
    """Return whether somebody is there; nothing if nobody answered at all."""
    try:
        return ask(url) not in GONE
    except Refused:
        return False
    except Unreachable:
        return None


def _all() -> set[str]:
    entries = findable(Entry.objects.all())
    websites = entries.exclude(website="").values_list("website", flat=True)
    sources = Fact.objects.filter(entry__in=entries).exclude(source_url="")
    return {*websites, *sources.values_list("source_url", flat=True)}


def _due() -> list[str]:
    recent = Link.objects.filter(looked_on__gt=timezone.localdate() - LOOK_EVERY)
    return sorted(_all() - set(recent.values_list("url", flat=True)))


def _mark_entries() -> None:
    long_dead = list(
        Link.objects.filter(dead_since__lte=timezone.localdate() - DEAD_FOR).values_list(
            "url", flat=True
        )
    )
    concerned = Q(website__in=long_dead) | Q(facts__source_url__in=long_dead)
    for entry in findable(Entry.objects.all()).filter(concerned).distinct():
        note_dead_link(entry)
