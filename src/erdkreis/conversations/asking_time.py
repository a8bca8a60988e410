"""How much a conversation asks of people: said to them before, and warned of to the host."""

from dataclasses import dataclass

from django.utils import timezone

from erdkreis.circles.models import Circle
from erdkreis.conversations.models import Side
from erdkreis.conversations.services import MINUTES_TO_TALK, what_is_asked
from erdkreis.rounds.asking_time import YEAR, GroupMinutes, minutes_by_group
from erdkreis.rounds.models import Asked


@dataclass(frozen=True)
class MinutesToAsk:
    """What each group was asked for within a year, and what a conversation would add."""

    groups: list[GroupMinutes]

    @property
    def much(self) -> list[str]:
        """Groups of which it would be much."""
        return [one.name for one in self.groups if one.is_much]


def minutes_to_ask(circle: Circle) -> MinutesToAsk:
    before = minutes_by_group(circle)
    return MinutesToAsk(
        [
            GroupMinutes(group.name, before.get(group.code, 0), MINUTES_TO_TALK)
            for group in circle.groups.filter(is_on=True)
        ]
    )


def minutes_before(side: Side) -> int:
    """Return for how many minutes this group was asked within a year, without this talk."""
    conversation = side.conversation
    asked = minutes_by_group(conversation.circle).get(side.group.code, 0)
    own = Asked.objects.filter(
        circle=conversation.circle, group_code=side.group.code, what=what_is_asked(conversation),
        day__gt=timezone.localdate() - YEAR,
    )  # fmt: skip
    return max(0, asked - sum(own.values_list("minutes", flat=True)))
