"""The day of a meeting in a calendar."""

from datetime import date, time

import pytest

from erdkreis.meetings.models import Meeting
from factories import meetings

pytestmark = pytest.mark.django_db


def lines_of(client, meeting) -> list[str]:
    answer = client.get(f"/meetings/{meeting.pk}/meeting.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def test_a_meeting_with_a_time_takes_ninety_minutes_of_the_clock_on_the_wall(as_ada, circle):
    summer = meetings.planned(circle)
    Meeting.objects.filter(pk=summer.pk).update(day=date(2027, 7, 1), starts_at=time(16, 30))

    lines = lines_of(as_ada, summer)

    assert "DTSTART:20270701T143000Z" in lines, "Berlin is two hours ahead in summer"
    assert "DTEND:20270701T160000Z" in lines


def test_without_a_time_it_is_the_whole_day(as_ada, circle):
    lines = lines_of(as_ada, meetings.planned(circle))

    assert "DTSTART;VALUE=DATE:20270112" in lines
    assert "DTEND;VALUE=DATE:20270113" in lines


def test_hostile_and_long_words_stay_words(as_ada, circle):
    meeting = meetings.planned(circle)
    Meeting.objects.filter(pk=meeting.pk).update(
        title="Nächte, Brot; und\\mehr", place="Ä" * 150,
        what_is_open="One\r\nBEGIN:VALARM\nTwo",
    )  # fmt: skip

    lines = lines_of(as_ada, meeting)

    assert "SUMMARY:Nächte\\, Brot\\; und\\\\mehr (Kornblume)" in lines
    assert f"LOCATION:{'Ä' * 150}" in lines
    assert "DESCRIPTION:One\\nBEGIN:VALARM\\nTwo" in lines
    assert "BEGIN:VALARM" not in lines
