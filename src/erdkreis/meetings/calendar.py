"""The day of a meeting for calendars: an iCalendar file (RFC 5545) with one event."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from erdkreis.meetings.models import Meeting

LENGTH = timedelta(minutes=90)
LONGEST_LINE = 75  # octets; what is longer goes on in the next line, after a space


def calendar_of(meeting: Meeting) -> str:
    """Return the event: with a time the 90 minutes, without one the whole day."""
    address = f"{settings.PUBLIC_URL}{reverse('meetings:meeting', args=[meeting.pk])}"
    host = settings.PUBLIC_URL.partition("//")[2].partition("/")[0]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Erdkreis//Erdkreis//EN",
        "BEGIN:VEVENT",
        f"UID:meeting-{meeting.pk}@{host}",
        f"DTSTAMP:{_moment(timezone.now())}",
        *_when(meeting),
        f"SUMMARY:{_escaped(f'{meeting.title} ({meeting.circle.organisation.name})')}",
        *([f"LOCATION:{_escaped(meeting.place)}"] if meeting.place else []),
        f"DESCRIPTION:{_escaped(meeting.what_is_open)}",
        f"URL:{address}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _when(meeting: Meeting) -> list[str]:
    if meeting.starts_at is None:
        after = meeting.day + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{meeting.day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    here = timezone.get_current_timezone()
    begin = datetime.combine(meeting.day, meeting.starts_at, tzinfo=here)
    return [f"DTSTART:{_moment(begin)}", f"DTEND:{_moment(begin + LENGTH)}"]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """Break a line where it has reached its longest, never inside a character."""
    parts, part, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST_LINE:
            parts.append(part)
            part, size = "", 1  # the space with which a line goes on counts
        part, size = part + sign, size + width
    return "\r\n ".join([*parts, part])
