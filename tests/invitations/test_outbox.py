"""The outbox against a real mail server: who gets what, when, and how often."""

import logging
import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from erdkreis.invitations import letters
from erdkreis.invitations.codes import code_from
from erdkreis.invitations.models import Code, Invitee, Mail, NoMail, Reminding
from erdkreis.invitations.outbox import (
    OutboxError,
    ask_guardian,
    queue_invitations,
    queue_reminder,
    send_due_mails,
    try_again,
)
from erdkreis.invitations.roll import stop_mail
from erdkreis.rounds.models import Round
from factories.at_once import at_once
from factories.phones import Phone
from factories.post_office import words
from factories.roll import invited, listed
from factories.rounds import group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def asking(at_noon, circle):
    from factories import rounds

    return rounds.asking(circle)


@pytest.fixture
def later(monkeypatch):
    """Let time pass."""

    def pass_time(**passed):
        then = timezone.now() + timedelta(**passed)
        monkeypatch.setattr("django.utils.timezone.now", lambda: then)

    return pass_time


def test_everyone_on_the_list_is_invited_once(employees, post_office):
    listed(employees, "anna", "ben")

    for _press in range(3):
        queue_invitations(employees)
        send_due_mails()

    assert post_office.addressees == ["anna@example.org", "ben@example.org"]
    assert Mail.objects.count() == 0
    today = timezone.localdate()
    assert set(Invitee.objects.values_list("invited_on", flat=True)) == {today}


def test_the_link_in_a_mail_lets_one_person_in(employees, post_office):
    listed(employees, "anna")
    queue_invitations(employees)
    send_due_mails()
    (letter,) = post_office.letters

    (path,) = set(re.findall(r"http://testserver(/v/[^\s\"]+)", words(letter)))
    assert path in words(letter, "html")
    assert Phone().post(path).status_code == 302
    assert Phone().post(path).status_code == 404


def test_codes_stand_nowhere_but_in_the_mail(employees, post_office, caplog):
    caplog.set_level(logging.DEBUG)
    (anna,) = listed(employees, "anna")
    code = code_from(anna.seed)
    queue_invitations(employees)

    outbox = str(list(Mail.objects.values()))
    send_due_mails()

    assert code in words(post_office.letters[0])
    assert code not in outbox + caplog.text + str(list(Invitee.objects.values()))


def test_evenings_nights_and_sundays_are_quiet(employees, post_office, monkeypatch):
    listed(employees, "anna")
    queue_invitations(employees)
    for moment in ("2026-11-25 20:00", "2026-11-26 07:59", "2026-11-29 12:00"):
        now = datetime.fromisoformat(moment).replace(tzinfo=timezone.get_current_timezone())
        monkeypatch.setattr("django.utils.timezone.now", lambda now=now: now)
        assert send_due_mails().is_quiet

    assert post_office.letters == []


def test_nobody_is_invited_before_the_group_can_answer(asking, employees, post_office):
    listed(employees, "anna")
    Round.objects.update(state=Round.State.INVITING)
    queue_invitations(employees)

    send_due_mails()
    assert post_office.letters == []
    Round.objects.update(state=Round.State.ASKING)
    send_due_mails()

    assert post_office.addressees == ["anna@example.org"]


def test_after_the_last_day_nothing_leaves_and_nothing_waits(asking, employees, post_office):
    listed(employees, "anna")
    queue_invitations(employees)
    Round.objects.update(closes_on=timezone.localdate() - timedelta(days=1), opens_on=None)

    send_due_mails()

    assert post_office.letters == []
    assert Mail.objects.count() == 0


def test_when_the_round_is_over_codes_can_no_longer_be_made(asking, employees):
    listed(employees, "anna")
    Round.objects.update(state=Round.State.PICTURE)

    send_due_mails()

    assert Invitee.objects.get().seed is None


def test_who_wants_no_mail_gets_none(circle, employees, post_office):
    listed(employees, "anna", "ben")
    stop_mail(circle, ["anna@example.org"], NoMail.Reason.UNSUBSCRIBED)
    queue_invitations(employees)

    send_due_mails()

    assert post_office.addressees == ["ben@example.org"]
    assert Mail.objects.count() == 0


def test_who_stops_mails_while_one_waits_does_not_get_it(circle, employees, post_office):
    listed(employees, "anna")
    queue_invitations(employees)
    stop_mail(circle, ["anna@example.org"], NoMail.Reason.UNSUBSCRIBED)

    send_due_mails()

    assert post_office.letters == []


# Reminders -----------------------------------------------------------------------------------


def test_a_reminder_goes_to_those_who_have_not_answered(employees, post_office):
    people = invited(employees, n_used=5, n_unused=6)

    reminding = queue_reminder(employees, is_last=True)
    send_due_mails()

    assert reminding.n_unused == 6
    assert post_office.addressees == sorted(p.email for p in people[5:])
    assert "deren Einladungscode bis heute nicht benutzt" in words(post_office.letters[0])


@pytest.mark.parametrize(("n_used", "n_unused"), [(4, 20), (20, 4), (0, 20), (20, 0), (2, 2)])
def test_a_reminder_goes_to_all_where_choosing_would_tell_who_has_answered(
    employees, post_office, n_used, n_unused
):
    people = invited(employees, n_used, n_unused)

    reminding = queue_reminder(employees, is_last=True)
    send_due_mails()

    assert reminding.n_unused is None
    assert post_office.addressees == sorted(p.email for p in people)
    assert "geht diese Mail an alle" in words(post_office.letters[0])


@pytest.mark.parametrize(("n_since", "n_told"), [(0, 20), (4, 20), (5, 5)])
def test_two_reminders_beside_each_other_tell_nothing_either(
    employees, post_office, later, n_since, n_told
):
    people = invited(employees, n_used=10, n_unused=10)
    queue_reminder(employees, is_last=False)
    send_due_mails()
    Code.objects.filter(pk__in=[p.code_id for p in people[10 : 10 + n_since]]).update(is_used=True)
    later(days=7)
    post_office.letters.clear()

    queue_reminder(employees, is_last=True)
    send_due_mails()

    assert len(post_office.letters) == n_told


def test_nobody_gets_more_than_two_reminders(employees, post_office, later):
    invited(employees, 0, 3)
    for _week in range(2):
        queue_reminder(employees, is_last=False)
        send_due_mails()
        later(days=7)

    with pytest.raises(OutboxError, match="no further reminder"):
        queue_reminder(employees, is_last=True)
    assert len(post_office.letters) == 6
    assert set(Invitee.objects.values_list("n_reminders", flat=True)) == {2}


def test_what_was_called_the_only_reminder_stays_the_only_one(employees, post_office, later):
    invited(employees, 0, 1)
    queue_reminder(employees, is_last=True)
    later(days=3)

    with pytest.raises(OutboxError, match="no further reminder"):
        queue_reminder(employees, is_last=True)


def test_two_reminders_never_come_on_one_day(employees):
    invited(employees, 0, 1)
    queue_reminder(employees, is_last=False)

    with pytest.raises(OutboxError, match="reminded today"):
        queue_reminder(employees, is_last=True)


def test_who_was_not_invited_is_not_reminded(employees):
    listed(employees, "anna")

    with pytest.raises(OutboxError, match="Nobody"):
        queue_reminder(employees, is_last=True)
    assert Reminding.objects.count() == 0


# What goes wrong -----------------------------------------------------------------------------


def test_an_address_the_server_does_not_know_is_set_aside_and_not_tried_again(
    employees, post_office
):
    listed(employees, "anna", "ben")
    post_office.answers["anna@example.org"] = "550 no such user"
    queue_invitations(employees)

    sent = send_due_mails()

    assert (sent.n_sent, sent.n_set_aside) == (1, 1)
    assert post_office.addressees == ["ben@example.org"]
    assert Mail.objects.get().reason == "the mail server refused the address"
    assert NoMail.objects.get().reason == "bounced"


def test_a_busy_server_is_tried_again_with_longer_and_longer_pauses(employees, post_office, later):
    listed(employees, "anna")
    post_office.answers["anna@example.org"] = "451 try later"
    queue_invitations(employees)
    pauses = []
    for _try in range(4):
        assert send_due_mails().n_sent == 0
        pauses.append(round((Mail.objects.get().next_try - timezone.now()).total_seconds() / 60))
        assert send_due_mails().n_sent == 0, "not before the pause is over"
        Mail.objects.update(next_try=timezone.now())

    send_due_mails()

    assert pauses == [5, 30, 120, 480]
    assert Mail.objects.get().reason == "tried five times without success"


def test_a_mail_that_waited_is_sent_when_the_server_is_well_again(employees, post_office, later):
    listed(employees, "anna")
    post_office.answer_to_data = "452 full"
    queue_invitations(employees)
    send_due_mails()
    post_office.answer_to_data = ""
    later(minutes=6)

    assert send_due_mails().n_sent == 1


def test_a_server_that_is_away_costs_no_mail_a_try(employees, post_office, settings):
    listed(employees, "anna", "ben")
    queue_invitations(employees)
    settings.EMAIL_PORT = 1

    sent = send_due_mails()

    assert (sent.is_server_away, sent.n_sent, sent.n_set_aside) == (True, 0, 0)
    assert set(Mail.objects.values_list("state", "attempts")) == {("waiting", 0)}


def test_a_server_that_is_away_for_a_day_gets_each_mail_once(
    employees, post_office, settings, later
):
    listed(employees, "anna", "ben", "cleo")
    queue_invitations(employees)
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    for _quarter in range(96):
        assert send_due_mails().n_sent == 0
        later(minutes=15)

    settings.EMAIL_PORT = there
    for _again in range(3):
        send_due_mails()

    assert post_office.addressees == [f"{n}@example.org" for n in ("anna", "ben", "cleo")]
    assert Mail.objects.count() == 0


def test_one_poisoned_mail_does_not_keep_the_others(employees, post_office, monkeypatch):
    listed(employees, "anna", "ben")
    queue_invitations(employees)
    write = letters.letter

    def poisoned(mail, *more):
        if mail.invitee.email == "anna@example.org":
            raise ValueError("anna@example.org ABCD-EFGH")
        return write(mail, *more)

    monkeypatch.setattr(letters, "letter", poisoned)

    send_due_mails()

    assert post_office.addressees == ["ben@example.org"]
    assert Mail.objects.get().reason == "the mail could not be written"


def test_after_a_change_of_the_secret_no_dead_link_is_sent(employees, post_office, settings):
    listed(employees, "anna")
    queue_invitations(employees)
    settings.SECRET_KEY = "new"

    send_due_mails()

    assert post_office.letters == []
    assert "secret of the server has changed" in Mail.objects.get().reason


def test_a_mail_that_was_interrupted_is_not_sent_twice(employees, post_office, later):
    listed(employees, "anna")
    queue_invitations(employees)
    Mail.objects.update(state=Mail.State.SENDING, next_try=timezone.now())
    later(hours=2)

    send_due_mails()
    try_again(employees)
    send_due_mails()

    assert post_office.letters == []
    assert "interrupted" in Mail.objects.get().reason


def test_what_was_set_aside_can_be_tried_again(employees, post_office):
    listed(employees, "anna")
    post_office.answer_to_data = "554 looks like spam"
    queue_invitations(employees)
    send_due_mails()
    post_office.answer_to_data = ""

    assert try_again(employees) == 1
    assert send_due_mails().n_sent == 1


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_that_work_off_the_outbox_at_once_send_each_mail_once(employees, post_office):
    listed(employees, *[f"p{n}" for n in range(12)])
    queue_invitations(employees)

    at_once(lambda _n: send_due_mails(), range(3))

    assert len(post_office.addressees) == len(set(post_office.addressees)) == 12


def test_a_batch_is_as_small_as_asked(employees, post_office):
    listed(employees, "anna", "ben", "cleo")
    queue_invitations(employees)

    send_due_mails(2)

    assert len(post_office.letters) == 2


def test_a_guardian_is_asked_once_at_a_time(asking, employees, post_office):
    environment = group(asking, "environment")
    ask_guardian(environment, "g@example.org", "en", timezone.localdate())

    with pytest.raises(OutboxError, match="being asked already"):
        ask_guardian(environment, "g@example.org", "en", timezone.localdate())
    send_due_mails()

    assert post_office.letters[0]["Subject"] == "Would you speak for the environment at Kornblume?"
