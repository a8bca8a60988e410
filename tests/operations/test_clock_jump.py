"""A clock that jumps: nothing is deleted by mistake, nothing is held up for long."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from erdkreis.dialogues.models import Dialogue
from erdkreis.dialogues.services import LONGEST_ANALYSIS, refresh_opinion
from erdkreis.operations import due
from erdkreis.operations.trusted_clock import NOTE, is_to_be_trusted
from erdkreis.questionnaires.models import Voice
from erdkreis.web.throttle import WINDOW_SECONDS
from factories.dialogues import two_camps
from factories.phones import Phone, at, sent

DAY = date(2026, 3, 1)


def nights(folder, *days_after):
    return [is_to_be_trusted(folder, DAY + timedelta(days=n)) for n in days_after]


@pytest.mark.parametrize(
    ("days", "trusted"),
    [
        ([0, 1, 2, 32, 33], [True] * 5),
        ([0, 3650], [True, False]),  # ten years ahead
        ([0, 3650, 3650, 3650], [True, False, False, False]),  # all of that day
        ([0, 3650, 1], [True, False, True]),  # set right
        ([0, 3650, 1, 3650], [True, False, True, False]),  # and wrong again
        ([0, 3650, 9000, 9001], [True, False, False, True]),  # jumped twice, then stood
        ([0, 90, 91, 92], [True, False, True, True]),  # off for three months
        ([0, -3650, 1], [True, False, True]),  # back, and right again
        ([0, -5, 1], [True, True, True]),  # back by days
    ],
)
def test_a_clock_that_jumped_is_believed_after_a_day(tmp_path, days, trusted):
    assert nights(tmp_path, *days) == trusted


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"last": "x", "doubted": null}', "null"])
def test_a_damaged_note_stops_nobody(tmp_path, damage):
    (tmp_path / NOTE).write_text(damage)

    assert nights(tmp_path, 0, 1) == [True, True]


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_a_jump_ahead_deletes_no_answer_before_a_day_has_passed(employees, phone, on_day, data):
    today = timezone.localdate()
    sent(phone, employees)
    due.delete_what_is_due()

    on_day(today + timedelta(days=3650))
    due.delete_what_is_due()
    assert Voice.objects.count() == 1

    on_day(today)
    due.delete_what_is_due()
    assert Voice.objects.count() == 1
    assert phone.post(at(employees, 2), {"answer": "3"}).status_code == 302  # and goes on

    on_day(today + timedelta(days=3650))
    due.delete_what_is_due()
    on_day(today + timedelta(days=3651))
    due.delete_what_is_due()
    assert Voice.objects.count() == 0  # it was right: kept as promised, a day late


@pytest.mark.django_db
def test_a_day_outside_of_the_round_closes_the_door_and_the_right_day_opens_it(employees, on_day):
    today, phone = timezone.localdate(), Phone()
    sent(phone, employees)

    for jump in (3650, -3650):
        on_day(today + timedelta(days=jump))
        assert phone.post(at(employees, 2), {"answer": "3"}).status_code == 409
    on_day(today)

    assert phone.post(at(employees, 2), {"answer": "3"}).status_code == 302


@pytest.mark.django_db
def test_a_clock_set_back_does_not_hold_up_the_analysis(circle):
    talk = two_camps(circle, 10)
    Dialogue.objects.update(analysing_until=timezone.now() + timedelta(days=300))

    assert refresh_opinion(talk)

    Dialogue.objects.update(analysing_until=timezone.now() + LONGEST_ANALYSIS / 2)
    assert not refresh_opinion(talk)  # somebody really is at it


@pytest.mark.django_db
def test_a_throttle_ends_by_itself_after_a_jump(client, on_day, settings):
    """It is counted by day: on another day, ahead or back, nobody is slowed down by this one."""
    today = timezone.localdate()
    on_day(today)
    statuses = [client.get("/v/AAAA-AAAA-AAAA-AAAA/").status_code for _guess in range(25)]
    assert statuses[-1] == 429

    for jump in (1, -1):
        on_day(today + timedelta(days=jump))
        assert client.get("/v/AAAA-AAAA-AAAA-AAAA/").status_code == 404
    assert WINDOW_SECONDS <= 15 * 60
