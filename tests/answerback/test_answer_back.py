"""The answer back: one page, looked at, published, sent once to everyone, corrected openly."""

from datetime import timedelta

import pytest
from django.test import Client

from erdkreis.answerback.letters import what_we_heard
from erdkreis.answerback.models import AnswerBack
from erdkreis.invitations.models import NoMail
from erdkreis.invitations.roll import stop_mail
from erdkreis.web.languages import EASY
from factories import circles, pictures
from factories.post_office import words
from factories.roll import invited
from factories.rounds import group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

WRITTEN = {
    "said": "Nights are long.",
    "heard": "That it goes on for years.",
    "trying": "We begin at five.",
    "not_doing": "We do not close on Mondays, because of the rent.",
    "look_again_on": "2027-06-01",
    "language": "en",
}


@pytest.fixture
def talked(at_noon, circle):
    return pictures.with_picture(circle)


@pytest.fixture
def base(talked):
    return f"/rounds/{talked.pk}/answer-back/"


def text(answer):
    return answer.content.decode()


def public(round_):
    round_.refresh_from_db()
    return f"/p/{round_.publication.slug}/answer/"


def test_it_begins_with_what_is_known_and_is_looked_at_before_anybody_sees_it(as_ada, talked, base):
    first = as_ada.get(base).context["form"].initial["said"]
    assert "agree" in first, "common ground of the picture"

    as_ada.post(base, WRITTEN)

    assert "We do not close on Mondays" in text(as_ada.get(f"{base}look/"))
    assert AnswerBack.objects.get().published_at is None
    as_ada.post(f"{base}publish/")
    page = Client().get(public(talked))
    assert "We do not close on Mondays" in text(page)


def test_half_an_answer_is_kept_but_not_published(as_ada, talked, base):
    as_ada.post(base, WRITTEN | {"not_doing": ""})

    answer = as_ada.post(f"{base}publish/", follow=True)

    assert "Still empty: What we do not do, and why" in text(answer)
    assert AnswerBack.objects.get().said == "Nights are long."
    assert not AnswerBack.objects.get().is_published


def test_everyone_who_was_invited_gets_one_mail_except_who_wants_none(
    as_ada, talked, base, circle, post_office
):
    invited(group(talked, "employees"), n_used=1, n_unused=2)
    stop_mail(circle, ["person2@example.org"], NoMail.Reason.UNSUBSCRIBED)
    as_ada.post(base, WRITTEN)
    assert "First publish it" in text(as_ada.post(f"{base}send/", follow=True))
    as_ada.post(f"{base}publish/")

    as_ada.post(f"{base}send/")
    again = as_ada.post(f"{base}send/", follow=True)

    assert post_office.addressees == ["person0@example.org", "person1@example.org"]
    letter = words(post_office.letters[0])
    assert public(talked) in letter
    assert "We begin at five." in letter
    assert "It was sent already" in text(again)


def test_whoever_was_asked_in_plain_german_is_told_in_it_too(as_ada, talked, base):
    as_ada.post(base, WRITTEN)

    _subject, body = what_we_heard(AnswerBack.objects.get(), "https://x.example/p/", EASY)

    assert "Das haben die Menschen gesagt:" in body
    assert f"https://x.example/p/?language={EASY}" in body
    as_ada.post(f"{base}publish/")
    assert f'href="?language={EASY}"' in text(Client().get(public(talked)))


def test_a_late_answer_is_said_kindly_to_everyone(as_ada, talked, on_day):
    from erdkreis.pictures.services import publish_picture

    publish_picture(talked, "Ada")
    assert "The answer is promised by" in text(Client().get(public(talked)))
    on_day(talked.answer_back_on + timedelta(days=1))

    assert "It is still to come." in text(Client().get(public(talked)))


def test_a_correction_needs_its_reason_and_the_earlier_words_stay(as_ada, talked, base):
    as_ada.post(base, WRITTEN)
    as_ada.post(f"{base}publish/")
    changed = WRITTEN | {"heard": "That it was better once."}

    refused = as_ada.post(base, changed)
    assert refused.status_code == 422
    assert "That it was better once." in text(refused)
    as_ada.post(base, changed | {"why": "We had misheard."})

    page = text(Client().get(public(talked)))
    for said in ("That it was better once.", "We had misheard.", "That it goes on for years."):
        assert said in page


def test_nothing_is_public_before_it_is_published(as_ada, talked, base):
    from erdkreis.pictures.services import prepare_publication

    prepare_publication(talked)
    as_ada.post(base, WRITTEN)

    assert Client().get(public(talked)).status_code == 404


def test_the_same_stands_on_paper(as_ada, base):
    as_ada.post(base, WRITTEN)

    assert "We begin at five." in text(as_ada.get(f"{base}print/"))
    assert as_ada.get(f"{base}print.pdf").status_code == 200


def test_those_who_prepare_write_and_only_hosts_publish_and_send(
    circle, as_bela, as_charlotte, base
):
    reader = Client()
    reader.force_login(circles.member(circle, "emil", "reader"))
    for client in (reader, as_charlotte, Client()):
        client.post(base, WRITTEN)
    assert not AnswerBack.objects.exists()
    as_bela.post(base, WRITTEN)
    assert AnswerBack.objects.get().heard == WRITTEN["heard"]

    for client in (reader, as_charlotte, as_bela, Client()):
        client.post(f"{base}publish/")
        client.post(f"{base}send/")

    assert (AnswerBack.objects.get().published_at, AnswerBack.objects.get().sent_on) == (None, None)


def test_markup_stays_text(as_ada, talked, base):
    nasty = "<img src=x onerror=alert(1)>"
    as_ada.post(base, WRITTEN | {"said": nasty, "trying": nasty})
    as_ada.post(f"{base}publish/")

    for page in (Client().get(public(talked)), as_ada.get(f"{base}look/"),
                 as_ada.get(f"{base}print/")):  # fmt: skip
        assert "<img src=x" not in text(page)


def test_whoever_answered_finds_the_answer_by_the_link_of_the_thanks(as_ada, talked, base, phone):
    address = f"/e/{group(talked, 'employees').slug}/answer/"
    assert "The answer is promised by" in text(phone.get(address))
    as_ada.post(base, WRITTEN)
    assert "We do not close on Mondays" not in text(phone.get(address)), "written, not published"

    as_ada.post(f"{base}publish/")

    assert phone.get(address).url == public(talked)
    assert "We do not close on Mondays" in text(phone.get(public(talked)))


def test_before_a_round_has_links_nothing_is_there(circle, phone):
    assert phone.get("/e/nothing/answer/").status_code == 404


def test_the_sheet_speaks_the_language_of_the_answer(as_ada, talked, base):
    as_ada.post(base, WRITTEN | {"language": "de", "said": "Die Nächte sind lang."})

    sheet = text(as_ada.get(f"{base}print/", headers={"accept-language": "en"}))

    assert "Was Sie gesagt haben" in sheet
    assert "What you said" not in sheet
