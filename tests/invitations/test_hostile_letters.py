"""Whatever hosts and lists contain, a mail keeps its headers, its one addressee, and its text."""

from email import message_from_bytes, policy

import pytest

from erdkreis.cli import main
from erdkreis.fit import letters as fit_letters
from erdkreis.fit.models import FitConversation
from erdkreis.fit.services import begin as begin_fit
from erdkreis.invitations.letters import test_letter as letter_to_oneself
from erdkreis.invitations.outbox import (
    Addressee,
    ask_guardian,
    queue_invitations,
    queue_letters,
    queue_reminder,
    send_due_mails,
)
from factories import rounds
from factories.poison import poison
from factories.post_office import words
from factories.roll import invited, listed
from factories.rounds import group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

ATTACK = "X\r\nBcc: all@example.org\r\nSubject: Y\n\n<script>hurt()</script>"
TO = {"anna@example.org", "dora@example.org", "person0@example.org", "person1@example.org",
      "river@example.org"}  # fmt: skip


@pytest.fixture
def poisoned(at_noon, circle):
    """Every kind of mail in the outbox, and an attack in whatever anybody typed."""
    asking = rounds.asking(circle)
    employees, customers = group(asking, "employees"), group(asking, "customers")
    listed(customers, "anna")
    queue_invitations(customers)
    invited(employees, 1, 1)
    queue_reminder(employees, is_last=False)
    ask_guardian(group(asking, "environment"), "river@example.org", "en", asking.closes_on)
    queue_letters(circle, "x", [Addressee("dora@example.org", "en")], lambda _l: (ATTACK, ATTACK))
    poison(lambda field: ATTACK[: field.max_length])
    return asking


def test_no_mail_has_more_headers_or_addressees_than_we_gave_it(poisoned, post_office):
    assert main(["mail"]) == 0

    assert set(post_office.addressees) == TO
    for letter in post_office.letters:
        assert letter["Bcc"] is None
        assert len(letter.get_all("Subject")) == len(letter.get_all("To")) == 1
        assert "\n" not in letter["Subject"]
        assert letter["From"].addresses[0].addr_spec == "erdkreis@testserver"
        assert "<script>" not in words(letter, "html")
        assert letter.defects == []


def test_a_test_mail_is_no_way_round(poisoned, employees):
    message = letter_to_oneself(group(poisoned, "employees"), "ada@example.org", "en").message()

    read = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert read["Bcc"] is None
    assert "\n" not in read["Subject"]


def test_the_question_after_half_a_year_neither(circle, ada, mailoutbox):
    begin_fit(circle, ada, "A new oven")
    FitConversation.objects.update(
        follow_up_email="sue@example.org", follow_up_language="en", settled_on="2020-01-01"
    )
    poison(lambda field: ATTACK[: field.max_length])

    fit_letters.queue_what_is_due()
    send_due_mails()

    (message,) = mailoutbox
    assert message.recipients() == ["sue@example.org"]
    assert "\n" not in message.subject
