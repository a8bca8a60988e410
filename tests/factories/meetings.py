"""Circle meetings, planned."""

from datetime import date

from erdkreis.circles.models import Circle
from erdkreis.meetings.models import Meeting
from erdkreis.rounds.models import Round


def planned(circle: Circle, round_: Round | None = None) -> Meeting:
    return Meeting.objects.create(
        circle=circle,
        round=round_,
        title="Talk",
        day=date(2027, 1, 12),
        what_is_open="All.",
        what_is_decided="Nothing.",
    )
