"""Mails that came back: noted if it is for good and about a letter of ours, and nothing else."""

import io
import mailbox
from email import message_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erdkreis.circles.models import Circle
from erdkreis.cli import main
from erdkreis.invitations.bounces import Outcome, take_in
from erdkreis.invitations.letters import free_letter, guardian_letter, letter
from erdkreis.invitations.models import Letter, Mail, NoMail
from erdkreis.invitations.outbox import queue_invitations, queue_reminder, send_due_mails
from erdkreis.invitations.roll import gets_mail, stop_token
from factories.bounces import bytes_of, exchange, exim, postfix
from factories.roll import invited, listed
from factories.rounds import group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

ANNA = "anna@example.org"


@pytest.fixture
def anna(employees):
    return listed(employees, "anna")[0]


@pytest.fixture
def sent(anna, employees):
    """The invitation as it went to Anna."""
    return letter(
        Mail(round_group=employees, kind=Mail.Kind.INVITATION, invitee=anna, language="en")
    )


def read(report: bytes) -> Outcome:
    return take_in(message_from_bytes(report))


@pytest.mark.parametrize("server", [postfix, exim, exchange])
def test_who_is_not_there_gets_no_more_mail_from_this_circle(sent, server, circle, charlotte):
    assert read(server(sent, ANNA)) is Outcome.NOTED

    assert not gets_mail(circle, ANNA)
    assert gets_mail(Circle.objects.exclude(pk=circle.pk).get(), ANNA)
    assert list(NoMail.objects.values_list("reason", flat=True)) == ["bounced"]


def test_the_same_report_twice_changes_nothing(sent):
    for _time in range(2):
        assert read(postfix(sent, ANNA)) is Outcome.NOTED

    assert NoMail.objects.count() == 1


@pytest.mark.parametrize(
    "status", ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.1", "5.4.4"]
)
def test_what_is_wrong_with_an_address_is_for_good(sent, status):
    assert read(postfix(sent, ANNA, status)) is Outcome.NOTED


@pytest.mark.parametrize(
    ("status", "action"),
    [
        ("4.4.1", "delayed"),  # nobody answers yet
        ("4.2.2", "failed"),  # given up on a full mailbox
        ("5.2.2", "failed"),  # full
        ("5.2.3", "failed"),  # too large
        ("5.3.4", "failed"),  # too large for the whole server
        ("5.7.1", "failed"),  # refused as spam: says something of us, not of the address
        ("5.7.26", "failed"),  # our own records are wrong
        ("5.1.1", "delayed"),
        ("2.0.0", "delivered"),
        ("2.0.0", "relayed"),
        ("5.1.1", "expanded"),
        ("nonsense", "failed"),
        ("", "failed"),
        ("5.1.1", ""),
    ],
)
def test_what_may_pass_leaves_the_address_on_the_list(sent, circle, status, action):
    assert read(postfix(sent, ANNA, status, action)) is Outcome.PASSING
    assert gets_mail(circle, ANNA)


@pytest.mark.parametrize(
    ("diagnosis", "outcome"),
    [
        ("smtp; 550 No such user here", Outcome.NOTED),
        ("smtp; 550 5.1.1 unknown", Outcome.NOTED),
        ("", Outcome.NOTED),  # Unrouteable address
        ("smtp; 452 4.2.2 over quota", Outcome.PASSING),
        ("smtp; 421 try later", Outcome.PASSING),
        ("smtp; 554 5.7.1 looks like spam", Outcome.PASSING),
        ("smtp; 552 5.2.2 mailbox full", Outcome.PASSING),
    ],
)
def test_where_a_server_says_nothing_in_numbers_its_words_count(sent, diagnosis, outcome):
    assert read(exim(sent, ANNA, diagnosis=diagnosis)) is outcome


@pytest.mark.parametrize("kind", ["reminder", "guardian", "letter"])
def test_every_kind_of_mail_can_come_back(circle, employees, asking, kind):
    if kind == "reminder":
        invited(employees, 1, 1)
        queue_reminder(employees, is_last=True)
        mail = Mail.objects.order_by("pk")[0]
        written, to = letter(mail), mail.invitee.email
    elif kind == "guardian":
        to = "river@example.org"
        written = guardian_letter(group(asking, "environment"), to, "en", None)
    else:
        to = "dora@example.org"
        written = free_letter(
            Letter(circle=circle, about="x", address=to, language="en", subject="S", body="B")
        )

    assert read(postfix(written, to)) is Outcome.NOTED
    assert not gets_mail(circle, to)


# What strangers send -------------------------------------------------------------------------


def test_a_forged_report_stops_nobodys_mail(sent, anna, circle):
    """Everybody may write to our mailbox, and knows what a report looks like."""
    del sent.extra_headers["List-Unsubscribe"]
    for sign in ("", "<http://testserver/stop/1.forged/>", "<http://testserver/stop//>"):
        sent.extra_headers["List-Unsubscribe"] = sign
        assert read(postfix(sent, ANNA)) is Outcome.LEFT_ALONE

    assert gets_mail(circle, ANNA)


def test_with_the_sign_in_ones_own_letter_one_stops_only_ones_own_mail(sent, circle, employees):
    listed(employees, "ben")

    read(postfix(sent, "ben@example.org"))

    assert gets_mail(circle, "ben@example.org")


def test_an_out_of_office_note_or_an_answer_is_left_alone(sent):
    answer = b"Subject: Away\nAuto-Submitted: auto-replied\n\nBack on Monday.\n\n> " + bytes_of(
        sent
    )

    assert read(answer) is Outcome.LEFT_ALONE


def test_a_report_of_having_been_read_is_left_alone(sent):
    report = postfix(sent, ANNA).replace(b"delivery-status", b"disposition-notification")

    assert read(report) is not Outcome.NOTED


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\0\xff" * 500,
        b"Content-Type: multipart/report\n\nno parts",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n",
        b"Content-Type: multipart/report; boundary=\n\n--\n",
        b"Content-Type: multipart/report; boundary=x; report-type*0*=%\n\n--x--",
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 2000,
    ],
)
def test_garbage_is_left_alone_without_a_word(garbage, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(garbage)))

    assert main(["bounces"]) == 0
    assert capsys.readouterr().out == "0 came back for good, 0 for now, 1 left alone.\n"


@given(cut=st.integers(0, 4000), put=st.binary(max_size=20))
def test_a_damaged_report_never_breaks(cut, put):
    whole = postfix(_Plain(), ANNA)

    assert read(whole[:cut] + put + whole[cut + 5 :]) is not Outcome.NOTED


class _Plain:
    def message(self):
        return message_from_bytes(b"List-Unsubscribe: <http://x/stop/1.2/>\n\nwords")


def test_parts_nested_without_end_are_left_alone(monkeypatch, capsys):
    nested = b"".join(
        b"Content-Type: multipart/report; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
    )
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(nested)))

    assert main(["bounces", "-"]) == 0
    assert "1 left alone" in capsys.readouterr().out


# The command ---------------------------------------------------------------------------------


def test_a_whole_mailbox_is_read(sent, employees, tmp_path, capsys):
    boxes = {
        "Maildir": mailbox.Maildir(tmp_path / "Maildir"),
        "mbox": mailbox.mbox(tmp_path / "mbox"),
    }
    for name, box in boxes.items():
        NoMail.objects.all().delete()
        for report in (postfix(sent, ANNA), postfix(sent, ANNA, "4.4.1", "delayed"), b"Hello\n\n!"):
            box.add(report)
        box.close()

        assert main(["bounces", str(tmp_path / name)]) == 0
        assert capsys.readouterr().out == "1 came back for good, 1 for now, 1 left alone.\n"
        assert NoMail.objects.count() == 1


def test_one_mail_in_a_file_is_read_too(sent, tmp_path, capsys):
    (tmp_path / "one.eml").write_bytes(exchange(sent, ANNA))

    assert main(["bounces", str(tmp_path / "one.eml")]) == 0
    assert capsys.readouterr().out.startswith("1 came back for good")


@pytest.mark.parametrize("where", ["missing", "empty"])
def test_what_is_no_mailbox_is_said_in_one_sentence(tmp_path, capsys, where):
    (tmp_path / "empty").mkdir()

    assert main(["bounces", str(tmp_path / where)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_the_command_never_names_an_address(sent, anna, tmp_path, capsys):
    (tmp_path / "one.eml").write_bytes(postfix(sent, ANNA))

    main(["bounces", str(tmp_path / "one.eml")])

    said = "".join(capsys.readouterr())
    assert [word for word in (ANNA, stop_token(anna), "Kornblume") if word in said] == []


def test_after_a_report_the_outbox_writes_no_more(sent, anna, employees, post_office):
    queue_invitations(employees)
    read(postfix(sent, ANNA))

    assert send_due_mails().n_sent == 0
    assert post_office.letters == []
