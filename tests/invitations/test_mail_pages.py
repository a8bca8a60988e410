"""Uploading, looking through, sending and stopping, through the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from erdkreis.invitations.models import Code, Invitee, Mail, NoMail
from erdkreis.invitations.roll import stop_token
from factories import rounds
from factories.post_office import words
from factories.roll import invited, listed
from factories.rounds import group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

LIST = (
    b"Name;Mail;Sprache\nAnna;anna@example.org;en\nBen;ben@example.org;\nBen;ben@example.org;\nx;y"
)


@pytest.fixture
def asking(at_noon, circle):
    return rounds.asking(circle)


@pytest.fixture
def base(asking, employees):
    return f"/rounds/{asking.pk}/links/{employees.slug}/"


def text_of(answer):
    return answer.content.decode()


def upload(client, base, content=LIST, name="list.csv"):
    return client.post(f"{base}list/", {"file": SimpleUploadedFile(name, content)})


def take(client, base, preview):
    table = preview.context["taken_form"].initial["table"]
    return client.post(f"{base}list/take/", {"table": table}, follow=True)


def test_a_facilitator_uploads_a_list_looks_through_it_and_takes_it(as_bela, base, employees):
    preview = upload(as_bela, base)

    assert "2 people can be invited" in text_of(preview)
    assert "Line 4: Ben ben@example.org – twice" in text_of(preview)
    assert "Line 5: x y – no usable mail address" in text_of(preview)
    assert Invitee.objects.count() == Code.objects.count() == 0, "nothing is half done"

    taken = take(as_bela, base, preview)

    assert "2 people are on the list now" in text_of(taken)
    assert list(Invitee.objects.order_by("email").values_list("email", "name", "language")) == [
        ("anna@example.org", "Anna", "en"),
        ("ben@example.org", "Ben", "de"),
    ]


def test_a_pasted_list_is_as_good_as_a_file(as_bela, base):
    preview = as_bela.post(f"{base}list/", {"pasted": "anna@example.org\nben@example.org"})

    assert "2 people can be invited" in text_of(preview)


def test_taking_a_list_twice_invites_nobody_twice(as_bela, base):
    preview = upload(as_bela, base)

    take(as_bela, base, preview)
    take(as_bela, base, preview)

    assert Invitee.objects.count() == 2
    assert "is on this list already" in text_of(upload(as_bela, base))


def test_what_came_back_from_the_browser_is_looked_through_again(as_bela, base):
    table = "anna@example.org\t\t\nevil\t\t\nb@example.org\r\nBcc: x@example.org\t\t"

    as_bela.post(f"{base}list/take/", {"table": table})

    stored = str(list(Invitee.objects.values_list("email", "name")))
    assert "anna@example.org" in stored
    assert "evil" not in stored
    assert "Bcc" not in stored


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no address here", "No mail address was found"),
        (b"a" * 2_200_000, "larger than 2 MB"),
        (b"PK\3\4broken", "cannot be read"),
        (b"x@example.org\n" * 6000, "5000 lines"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(as_bela, base, content, says):
    refused = upload(as_bela, base, content)

    assert refused.status_code == 422
    assert says in text_of(refused)
    assert Invitee.objects.count() == 0


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>.csv", "../../etc/passwd", "=cmd.csv"]
)
def test_markup_in_an_upload_is_shown_as_text(as_bela, base, name):
    evil = b'<img src=x onerror=alert(1)>;mail\n"<b>Anna</b>";<script>@example.org\nB;b@example.org'

    page = text_of(upload(as_bela, base, evil, name))

    assert "<script>@" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;@example.org" in page


def test_pressing_send_invites_a_first_batch_at_once(as_bela, base, employees, post_office):
    listed(employees, *[f"p{n}" for n in range(30)])

    page = as_bela.post(f"{base}mail/send/", follow=True)

    assert "25 mails were sent" in text_of(page)
    assert len(post_office.letters) == 25
    assert (Mail.objects.count(), Invitee.objects.filter(invited_on=None).count()) == (5, 5)


def test_in_quiet_hours_the_page_says_when_mails_leave(as_bela, base, employees, monkeypatch):
    listed(employees, "anna")
    monkeypatch.setattr("erdkreis.invitations.outbox.is_quiet", lambda: True)

    page = as_bela.post(f"{base}mail/send/", follow=True)

    assert "Sundays are quiet. The mails leave on" in text_of(page)
    assert Mail.objects.count() == 1


def test_the_page_shows_counts_and_no_names(as_bela, base, employees, post_office):
    invited(employees, n_used=5, n_unused=6)
    post_office.answers["late@example.org"] = "550 unknown"
    listed(employees, "late")
    as_bela.post(f"{base}mail/send/")

    page = text_of(as_bela.get(f"{base}mail/"))

    assert "the mail server refused the address" in page
    assert [p.email for p in Invitee.objects.all() if p.email in page] == []


def test_pages_are_the_same_however_many_have_used_their_code(as_bela, base, employees):
    people = invited(employees, n_used=0, n_unused=12)
    links = base[: base.index("links/") + 6]

    def seen():
        return [
            as_bela.get(address).content.replace(b"csrf", b"")
            for address in (f"{base}mail/", links)
        ]

    def without_tokens(pages):
        import re

        return [re.sub(rb'value="[A-Za-z0-9]{64}"', b"", page) for page in pages]

    before = without_tokens(seen())
    Code.objects.filter(pk__in=[p.code_id for p in people[:7]]).update(is_used=True)

    assert without_tokens(seen()) == before


def test_a_test_mail_goes_to_oneself_alone_and_at_any_hour(
    as_bela, base, employees, post_office, monkeypatch
):
    listed(employees, "anna")
    monkeypatch.setattr("erdkreis.invitations.outbox.is_quiet", lambda: True)

    as_bela.post(f"{base}mail/test/")

    assert set(post_office.addressees) == {"bela@example.org"}
    assert [letter["Subject"][:6] for letter in post_office.letters] == ["Test: "] * 3
    assert "/stop/" not in words(post_office.letters[0])


def test_a_mail_server_that_is_away_is_said_kindly(as_bela, base, post_office, settings):
    settings.EMAIL_PORT = 1

    page = as_bela.post(f"{base}mail/test/", follow=True)

    assert "The mail server cannot be reached" in text_of(page)


def test_reminding_through_the_page_says_to_whom_it_goes(as_bela, base, employees, post_office):
    invited(employees, n_used=2, n_unused=2)

    page = as_bela.post(f"{base}mail/remind/", {"is_last": "on"}, follow=True)

    assert "It goes to all: a choice would tell who has answered" in text_of(page)
    assert len(post_office.letters) == 4
    again = as_bela.post(f"{base}mail/remind/", {"is_last": "on"}, follow=True)
    assert "no further reminder" in text_of(again)


def test_nobody_is_told_how_many_are_reminded(as_bela, base, employees, post_office):
    invited(employees, n_used=6, n_unused=13)

    page = text_of(as_bela.post(f"{base}mail/remind/", follow=True))

    assert len(post_office.letters) == 13
    assert "The mails are on their way." in page
    assert "13" not in page[page.index('role="status"') : page.index("</ul>")]


def test_pressing_send_sends_nothing_of_other_groups(as_bela, asking, base, employees, post_office):
    from erdkreis.invitations.outbox import queue_invitations

    listed(employees, "anna")
    listed(group(asking, "customers"), "ben")
    queue_invitations(group(asking, "customers"))

    page = as_bela.post(f"{base}mail/send/", follow=True)

    assert "1 mail was sent" in text_of(page)
    assert post_office.addressees == ["anna@example.org"]


def test_addresses_that_came_back_are_found_in_whatever_is_pasted(as_bela, base, circle):
    text = "Mail delivery failed: <anna@example.org>: 550\nben@example.org; Carla <c@example.org>"

    page = as_bela.post(f"{base}mail/unreachable/", {"addresses": text}, follow=True)

    assert "3 addresses were noted" in text_of(page)
    assert set(NoMail.objects.values_list("reason", flat=True)) == {"bounced"}


# Stopping ------------------------------------------------------------------------------------


@pytest.fixture
def stop(employees):
    return f"/stop/{stop_token(listed(employees, 'anna')[0])}/"


def test_looking_at_the_way_out_stops_nothing(phone, stop):
    for method in (phone.get, phone.head):
        assert method(stop).status_code == 200

    assert NoMail.objects.count() == 0


def test_a_mail_program_stops_mails_with_one_press_and_without_a_cookie(stop):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(
        stop, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 200
    assert NoMail.objects.get().reason == "unsubscribed"


def test_stopping_is_all_that_the_token_can_do(phone, stop, employees, as_bela, base):
    token = stop.split("/")[2]

    opened = [
        phone.get(address).status_code
        for address in (f"/v/{token}/", f"/g/{token}/", f"/e/{token}/", f"/rounds/{token}/")
    ]
    phone.post(f"/e/{employees.slug}/resume/", {"receipt": token})

    assert opened == [404] * 4
    assert phone.receipt(employees) == ""
    assert "anna" not in text_of(phone.get(stop))


def test_whoever_wants_no_mail_can_still_answer(phone, employees, stop):
    from erdkreis.invitations.codes import code_from

    phone.post(stop)

    assert phone.post(f"/v/{code_from(Invitee.objects.get().seed)}/").status_code == 302


# Guardians -----------------------------------------------------------------------------------


def test_a_guardian_is_asked_by_mail(as_bela, asking, post_office):
    environment = group(asking, "environment")
    address = f"/rounds/{asking.pk}/guardians/{environment.slug}/ask/"
    asked = {"email": "G@example.org", "answer_by": "2030-01-01", "language": "de"}

    page = as_bela.post(address, asked, follow=True)

    assert "1 mail was sent" in text_of(page)
    assert post_office.addressees == ["g@example.org"]
    assert "Sagen Sie bis 1. Januar 2030 Bescheid" in words(post_office.letters[0])


def test_anonymous_groups_have_no_guardians_and_guardians_no_list(as_ada, asking, employees):
    environment = group(asking, "environment")

    assert as_ada.get(f"/rounds/{asking.pk}/guardians/{employees.slug}/ask/").status_code == 403
    assert as_ada.get(f"/rounds/{asking.pk}/links/{environment.slug}/mail/").status_code == 403


def test_a_group_that_is_not_asked_is_not_invited(as_ada, asking, employees, base):
    type(employees).objects.filter(pk=employees.pk).update(is_asked=False)

    assert as_ada.get(f"{base}mail/").status_code == 404


def test_the_next_group_to_reach_is_always_named(as_bela, asking, employees):
    address = f"/rounds/{asking.pk}/links/"
    assert "Nobody has been told yet: Leadership" in text_of(as_bela.get(address))

    listed(employees, "anna")

    assert "The list for “Employees” is ready" in text_of(as_bela.get(address))


def test_nothing_of_another_circle_is_touched(as_charlotte, base, employees):
    listed(employees, "anna")
    for path in ("mail/send/", "mail/remind/", "mail/test/", "list/clear/", "mail/unreachable/"):
        as_charlotte.post(base + path, {"addresses": "anna@example.org"})

    assert (Mail.objects.count(), NoMail.objects.count(), Invitee.objects.count()) == (0, 0, 1)
