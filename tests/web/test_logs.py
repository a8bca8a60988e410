"""The log knows neither codes nor answers."""

import logging
import re

import pytest
from django.test import Client

from erdkreis.invitations.codes import new_code
from erdkreis.invitations.models import Guardian
from erdkreis.invitations.outbox import queue_invitations, send_due_mails
from erdkreis.invitations.roll import stop_token
from erdkreis.invitations.services import appoint_guardian, issue_codes
from erdkreis.web.logs import WithoutCodes
from factories.phones import Phone, at, begin
from factories.post_office import words
from factories.roll import listed
from factories.rounds import group
from factories.slips import hand_in, slip_for
from factories.slips import written as base64_of

pytestmark = pytest.mark.django_db

SECRET = "The dough machine wakes our children."


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.DEBUG)
    # What Django itself tells, not the statements it runs in debug mode.
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    return caplog


def written(log):
    return "\n".join(f"{record.getMessage()} {record.args}" for record in log.records)


def test_a_code_that_opens_nothing_is_not_logged(log, phone, employees):
    (used,) = issue_codes(employees, 1)
    phone.post(f"/v/{used}/")
    unknown = new_code()

    for code in (used, unknown):
        phone.get(f"/v/{code}/")
        phone.post(f"/v/{code}/")
        phone.get(f"/g/{code}/")
        phone.delete(f"/v/{code}/")

    assert "Not Found: /v/…/" in written(log)
    assert [code for code in (used, unknown) if code in written(log)] == []


def test_a_good_code_is_not_logged_when_its_form_is_refused(log, employees):
    (code,) = issue_codes(employees, 1)
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(f"/v/{code}/").status_code == 403

    assert "Forbidden" in written(log)
    assert code not in written(log)


def test_a_code_is_not_logged_when_something_breaks(log, employees, monkeypatch):
    (code,) = issue_codes(employees, 1)

    def broken(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr("erdkreis.questionnaires.views.doors.group_of_unused_code", broken)
    answer = Client(raise_request_exception=False).get(f"/v/{code}/")

    assert answer.status_code == 500
    assert "Internal Server Error: /v/…/" in written(log)
    assert code not in written(log)


def test_neither_answers_nor_receipt_codes_are_logged(log, asking, employees, phone, other_phone):
    environment = group(asking, "environment")
    code = appoint_guardian(Guardian(round_group=environment, name="Emil"))
    guardian = Phone()
    guardian.post(f"/g/{code}/")
    receipt = begin(phone, employees)
    phone.post(at(employees, 1), {"answer": "2", "words": SECRET})
    phone.post(at(employees, 1), {"answer": "9", "words": SECRET})
    guardian.post(at(environment, 1), {"answer": "2", "words": SECRET})
    for _try in range(21):
        other_phone.post(at(employees, "resume"), {"receipt": receipt[:-1] + "U"})
    phone.post(at(employees, "withdraw"))

    phone.post(at(employees, 1), {"answer": "2", "words": SECRET})

    assert "Conflict" in written(log)
    assert [s for s in (SECRET, receipt, receipt[:-1], code) if s in written(log)] == []


@pytest.mark.parametrize(
    ("message", "args", "clean"),
    [
        ("%s: %s", ("Not Found", "/v/ABCD-0123/"), "Not Found: /v/…/"),
        ('"GET /g/ABCD HTTP/1.1" 200', (), '"GET /g/… HTTP/1.1" 200'),
        ("%s", ("/v/ABCD?next=/v/EFGH",), "/v/…?next=/v/…"),
        ("%s", ("/stop/12.aB_c-d/",), "/stop/…/"),
        ("%s", ("/e/mitarbeitende-x7k2/1/",), "/e/mitarbeitende-x7k2/1/"),
    ],
)
def test_codes_are_taken_out_of_addresses(message, args, clean):
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, message, args, None)

    assert WithoutCodes().filter(record)

    assert record.getMessage() == clean


def test_the_whole_way_of_an_answer_leaves_no_trace_in_the_log(
    caplog, employees, at_noon, post_office
):
    """At the most talkative level: from the mail to the sent answer, by a slip without a name."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # the other mail server’s own
    (anna,) = listed(employees, "anna")
    queue_invitations(employees)
    send_due_mails()
    link = re.search(r"/v/(\S+)/", words(post_office.letters[0]))
    code = link[1]
    phone = Phone(REMOTE_ADDR="203.0.113.7", headers={"user-agent": "Annas phone"})
    phone.get(f"/v/{code}/")
    slip = slip_for(phone, code, employees)
    hand_in(phone, employees, slip)
    phone.post(at(employees, 1), {"answer": "2", "words": SECRET})
    phone.post(at(employees, "check"))
    receipt = phone.receipt(employees)
    phone.post(f"/v/{code}/")
    phone.get(f"/stop/{stop_token(anna)}/")

    told = written(caplog)
    secrets = {
        "code": code, "seed": anna.seed, "receipt": receipt, "words": SECRET,
        "mail address": anna.email, "address": "203.0.113.7", "device": "Annas phone",
        "stop": stop_token(anna), "slip": base64_of(slip.message),
        "signature": base64_of(slip.signature),
    }  # fmt: skip
    assert {name for name, secret in secrets.items() if str(secret) in told} == set()


def test_no_line_can_be_smuggled_into_the_log(log, client):
    client.get("/x%0ASign-in:%20fine%0D%0A/")

    assert [line for line in written(log).splitlines() if line.startswith("Sign-in: fine")] == []
