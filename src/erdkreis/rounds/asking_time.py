"""How many minutes a round asks of one person: said before it begins, and added up over a year."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum
from django.utils import timezone

from erdkreis.circles.models import Circle
from erdkreis.rounds.models import Asked, Round, RoundGroup

YEAR = timedelta(days=365)
# From here on a host is warned: six short rounds, or two long ones, within a year.
MANY_MINUTES = 30


def note_asked(circle: Circle, group_code: str, what: str, minutes: int) -> None:
    """Keep that a group was asked for something outside a round: once for the same thing."""
    Asked.objects.get_or_create(
        circle=circle, group_code=group_code, what=what, defaults={"minutes": minutes}
    )


def minutes_by_group(circle: Circle, until: date | None = None) -> dict[str, int]:
    """Return how many minutes each group of a circle was asked for within a year.

    Of groups, never of persons: who answered is kept nowhere, so nobody can add it up.
    """
    until = until or timezone.localdate()
    since = until - YEAR
    asking = [state for state in Round.State.values if state not in {"draft", "inviting"}]
    groups = RoundGroup.objects.filter(
        round__circle=circle, round__state__in=asking, round__kind=Round.Kind.LOOP, is_asked=True,
        round__opens_on__gt=since, round__opens_on__lte=until,
    ).select_related("round")  # fmt: skip
    found: dict[str, int] = {}
    for group in groups:
        found[group.code] = found.get(group.code, 0) + group.minutes
    others = Asked.objects.filter(circle=circle, day__gt=since, day__lte=until)
    for code, minutes in others.values_list("group_code").annotate(n=Sum("minutes")):
        found[code] = found.get(code, 0) + minutes
    return found


@dataclass(frozen=True)
class GroupMinutes:
    """One group: minutes it was asked for within a year, and those it is about to be asked for."""

    name: str
    before: int
    now: int

    @property
    def is_much(self) -> bool:
        return self.before + self.now > MANY_MINUTES


def minutes_before(group: RoundGroup) -> int:
    """Return for how many minutes this group was asked within a year, before this round."""
    # Teams of a pulse are parts of one group, and its dates are noted beside the rounds.
    code = group.group.code if group.round.is_pulse else group.code
    asked = minutes_by_group(group.round.circle).get(code, 0)
    today = timezone.localdate()
    opens_on = group.round.opens_on
    is_counted = opens_on is not None and today - YEAR < opens_on <= today
    is_counted = is_counted and group.round.has_reached(Round.State.ASKING)
    return max(0, asked - group.minutes) if is_counted else asked
