"""What a mail says, and what cannot be smuggled into it."""

import re

import pytest

from erdkreis.invitations.codes import code_from
from erdkreis.invitations.letters import guardian_letter, letter
from erdkreis.invitations.letters import test_letter as letter_to_oneself
from erdkreis.invitations.models import Mail, Reminding
from erdkreis.invitations.roll import stop_token
from erdkreis.invitations.texts import filled
from factories.roll import listed
from factories.rounds import group

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(employees):
    return listed(employees, "anna", language="en")[0]


def mail(invitee, kind="invitation", **more):
    return Mail(
        round_group=invitee.round_group,
        kind=kind,
        invitee=invitee,
        language=invitee.language,
        **more,
    )


def reminder(invitee, *, is_last=True, n_unused=None):
    reminding = Reminding(
        round_group=invitee.round_group, day="2026-11-25", is_last=is_last, n_unused=n_unused
    )
    return said(letter(mail(invitee, "reminder", reminding=reminding)))


def said(written) -> str:
    """Return the words of a mail, wherever its lines end."""
    return " ".join(written.body.split())


def test_an_invitation_says_what_was_promised_and_carries_the_personal_link(anna):
    written = letter(mail(anna))

    assert written.subject == "Your view of Kornblume – 5 minutes"
    assert written.to == ["anna@example.org"]
    assert written.body.startswith("Hello,\n\nKornblume would like to know")
    assert f"Start here: http://testserver/v/{code_from(anna.seed)}/\n" in written.body
    assert "at least 5 people from your group" in said(written)
    assert "contact dora@example.org" in said(written)
    assert written.reply_to == ["dora@example.org"]


def test_the_mail_is_in_the_language_of_the_person(employees):
    (ben,) = listed(employees, "ben")

    written = letter(mail(ben))

    assert written.subject == "Ihre Sicht auf Kornblume – 5 Minuten"
    assert "Hier geht es los: http" in written.body


def test_text_and_html_say_the_same(anna):
    written = letter(mail(anna))
    (html, kind) = written.alternatives[0]

    assert kind == "text/html"
    links = re.findall(r"http://testserver/\S+", written.body)
    assert [link for link in links if f'href="{link}"' not in html] == []
    assert "<img" not in html
    assert "testserver" not in re.sub(r'(?:href=")?http://testserver/(?:v|stop)/', "", html)


def test_a_mail_can_be_stopped_with_one_press(anna):
    headers = letter(mail(anna)).extra_headers

    assert headers["List-Unsubscribe"] == f"<http://testserver/stop/{stop_token(anna)}/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nobody_who_is_away_is_made_to_say_so_to_the_host(anna):
    """An answer “I am away” to a reminder would tell the host whose code is not used yet."""
    headers = letter(mail(anna)).extra_headers

    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["X-Auto-Response-Suppress"] == "OOF, AutoReply"


def test_a_group_that_speaks_as_one_is_not_told_it_is_anonymous(asking):
    (boss,) = listed(group(asking, "leadership"), "boss", language="en")

    body = said(letter(mail(boss)))

    assert "anonymous." in body
    assert "not be honest to call this anonymous" in body
    assert "voluntary and anonymous" not in body


def test_a_reminder_says_to_whom_it_goes_and_whether_another_follows(anna):
    assert "so this mail goes to everyone. " not in reminder(anna, n_unused=7)
    assert "whose code has not been used" in reminder(anna, n_unused=7)
    assert "so this mail goes to everyone." in reminder(anna)
    assert "This is the only reminder." in reminder(anna)
    assert "once more at most" in reminder(anna, is_last=False)
    anna.n_reminders = 1
    assert "This is the last reminder." in reminder(anna)


def test_a_reminder_carries_the_same_link_as_the_invitation(anna):
    assert f"/v/{code_from(anna.seed)}/" in reminder(anna)


def test_a_guardian_is_asked_without_any_link(asking, employees):
    written = guardian_letter(group(asking, "environment"), "g@example.org", "de", None)

    assert written.subject == "Möchten Sie bei Kornblume für die Umwelt sprechen?"
    assert "die Umwelt kann nicht selbst antworten" in written.body
    assert "http" not in written.body
    assert "/stop/" in written.extra_headers["List-Unsubscribe"]


def test_a_test_mail_carries_a_code_that_opens_nothing(employees, phone):
    written = letter_to_oneself(employees, "ada@example.org", "en")

    assert written.subject.startswith("Test: ")
    path = re.search(r"http://testserver(/v/\S+)", written.body)[1]
    assert phone.get(path).status_code == 404


@pytest.mark.parametrize("field", ["purpose", "named_person", "contact"])
def test_no_header_can_be_smuggled_in_by_what_a_host_writes(anna, asking, field):
    setattr(anna.round_group.round, field, "x\r\nBcc: all@example.org\n\n<script>alert(1)</script>")

    message = letter(mail(anna)).message()

    assert message["Bcc"] is None
    assert sorted(set(message.keys())) == sorted(message.keys())
    assert "<script>" not in letter(mail(anna)).alternatives[0][0]


def test_no_header_can_be_smuggled_in_by_the_name_of_the_organisation(anna):
    organisation = anna.round_group.round.circle.organisation
    organisation.name = 'Korn\r\nBcc: all@example.org" <evil@example.org>'

    message = letter(mail(anna)).message()

    assert message["Bcc"] is None
    assert message["From"].endswith("<erdkreis@testserver>")


def test_what_is_filled_in_is_never_read_as_a_placeholder():
    assert filled("{a} {b}", {"a": "{b}", "b": "{a}"}) == "{b} {a}"
