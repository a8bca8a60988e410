"""Letters that later rooms write: the same outbox, the same quiet, the same way out."""

import re

import pytest

from erdkreis.invitations.models import Letter
from erdkreis.invitations.outbox import Addressee, queue_letters, send_due_letters, send_due_mails
from erdkreis.invitations.roll import gets_mail
from factories.phones import Phone
from factories.post_office import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

ABOUT = "experiments.1.review"
ANNA, BEN = Addressee("anna@example.org", "en"), Addressee("Ben@example.org ", "de")


def write(language):
    return {"en": ("Look back", "Dear all,\n\nwe look back."), "de": ("Rückschau", "Hallo.")}[
        language
    ]


def test_each_gets_one_letter_in_their_language(circle, post_office):
    n = queue_letters(circle, ABOUT, [ANNA, BEN, ANNA], write, reply_to="dora@example.org")

    assert (n, send_due_mails().n_sent) == (2, 2)
    (to_anna,), (to_ben,) = post_office.to("anna@example.org"), post_office.to("ben@example.org")
    assert to_anna["Subject"] == "Look back"
    assert "we look back." in words(to_anna)
    assert to_anna["Reply-To"] == "dora@example.org"
    assert to_ben["Subject"] == "Rückschau"
    assert not Letter.objects.exists()


def test_what_waits_is_not_put_there_twice(circle):
    assert queue_letters(circle, ABOUT, [ANNA], write) == 1
    assert queue_letters(circle, ABOUT, [ANNA, BEN], write) == 1


def test_one_press_stops_letters_from_this_circle_only(circle, charlotte, post_office):
    elsewhere = charlotte.roles.get().circle
    queue_letters(circle, ABOUT, [ANNA], write)
    send_due_letters(ABOUT)
    (letter,) = post_office.letters
    (path,) = set(re.findall(r"http://testserver(/stop/[^\s>]+)", letter["List-Unsubscribe"]))

    assert path in words(letter)
    assert Phone().post(path).status_code == 200

    assert not gets_mail(circle, "anna@example.org")
    assert gets_mail(elsewhere, "anna@example.org")
    queue_letters(circle, ABOUT, [ANNA], write)
    send_due_letters(ABOUT)
    assert len(post_office.letters) == 1


@pytest.mark.parametrize("token", ["1-", "1-abc", "x", "1-abc.forged"])
def test_a_token_that_is_none_of_ours_stops_nothing(circle, token):
    assert Phone().post(f"/stop/{token}/").status_code == 404


def test_a_line_break_in_a_subject_is_no_header(circle, post_office):
    queue_letters(circle, ABOUT, [ANNA], lambda _language: ("Hi\nBcc: x@example.org", "Text"))

    send_due_letters(ABOUT)

    (letter,) = post_office.letters
    assert (letter["Bcc"], letter["Subject"]) == (None, "Hi Bcc: x@example.org")
