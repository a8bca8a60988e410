"""What people do with a meeting: plan it, write its one page of minutes."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from erdkreis.meetings.models import Idea, Meeting

MOST_IDEAS = 40


@transaction.atomic
def write_minutes(
    meeting: Meeting, written: Mapping[str, object], ideas: Iterable[str], by: str
) -> Meeting:
    """Save the minutes. Ideas that are known stay the same: experiments may have come of them."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    for name, value in written.items():
        setattr(meeting, name, value)
    meeting.state, meeting.noted_by = Meeting.State.HELD, by
    meeting.save()
    wanted = list(dict.fromkeys(ideas))[:MOST_IDEAS]
    meeting.ideas.exclude(text__in=wanted).delete()
    known = set(meeting.ideas.values_list("text", flat=True))
    Idea.objects.bulk_create(
        Idea(meeting=meeting, text=text, position=position)
        for position, text in enumerate(wanted)
        if text not in known
    )
    return meeting
