"""Whether a voice is shown with its group: decided for all groups of a conversation together.

A group of fewer than k people is not named beside anonymous words. That alone would not help: if
everybody else is shown with a group, whoever is not must be from the small one. So the groups
that are not named hold at least k people together, if need be with the next smallest group; and
who belongs to one that was taken along has no choice, or it would be of no use.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from erdkreis.circles.models import Group, VoiceMode
from erdkreis.conversations.models import Side
from erdkreis.rounds.models import LEADERSHIP

Shown = Side.Shown


@dataclass(frozen=True)
class Invited:
    """A group, and how many people it has for certain: none where nobody knows."""

    code: str
    n_people: int
    is_always_named: bool = False


def invited(group: Group, enough: frozenset[str], min_group: int) -> Invited:
    """Count a group by its size; without one, by whether the round heard enough of it."""
    known = group.size if group.size is not None else (min_group if group.code in enough else 0)
    # Guardians speak by name, and whoever speaks last has to be known as the leadership.
    is_named = group.code == LEADERSHIP or group.voice_mode == VoiceMode.ON_RECORD
    return Invited(group.code, known, is_always_named=is_named)


def ways_of_showing(groups: Sequence[Invited], min_group: int) -> dict[str, Shown]:
    """Return for each group how its anonymous voices are shown.

    >>> ways = ways_of_showing([Invited("staff", 30), Invited("dealers", 3)], 5)
    >>> [(code, str(way)) for code, way in ways.items()]
    [('staff', 'without_group'), ('dealers', 'own_choice')]
    """
    shown = {one.code: Shown.WITH_GROUP for one in groups}
    free = [one for one in groups if not one.is_always_named]
    small = [one for one in free if one.n_people < min_group]
    n_without = sum(one.n_people for one in small)
    for one in small:
        shown[one.code] = Shown.OWN_CHOICE
    larger = sorted((one for one in free if one not in small), key=lambda one: one.n_people)
    if small and n_without < min_group and larger:
        shown[larger[0].code] = Shown.WITHOUT_GROUP
    return shown
