"""Reports, decisions and appeals about what was said."""

import pytest
from django.test import Client

from erdkreis.conversations import speaking
from erdkreis.conversations.models import Contribution
from erdkreis.moderation.models import Case
from factories import conversations
from factories.conversations import NAME, said, side

pytestmark = pytest.mark.django_db


def test_report_decision_appeal_and_second_eyes(circle, as_ada, as_bela):
    talk = conversations.conversation(circle)
    phone, where = Client(), side(talk, "employees")
    phone.cookies[NAME] = token = conversations.token(talk, "employees")
    mine = said(speaking.speaker_with(token, where), "Herr Maier is lazy.")
    at, queue = f"/t/{where.slug}/", f"/conversations/{talk.pk}/moderation/"
    other = f"/t/{side(talk, 'customers').slug}/"

    Client().post(f"{other}{mine.pk}/report/", {"reason": "names"})
    case = Case.objects.get()
    as_bela.post(queue, {"case": case.pk, "outcome": "hidden", "reason": "names"})
    page = Client().get(other).content.decode()
    assert "Herr Maier" not in page
    assert "It names a person" in page

    phone.post(f"{at}{mine.pk}/appeal/", {"text": "He is a figure of a play."})
    again = {"case": case.pk, "outcome": "shown", "note": "A figure of a play."}
    assert as_bela.post(queue, again).status_code == 422
    assert Contribution.objects.get().state == "hidden"
    as_ada.post(queue, again)
    assert Contribution.objects.get().state == "shown"


def test_where_words_are_read_first_only_their_author_sees_them(circle, as_bela):
    talk = conversations.conversation(circle, reads_first=True)
    phone = Client()
    at = conversations.as_voice(phone, talk, "employees")
    phone.post(at, {"phase": "heard", "kind": "view", "text": "Read me first."})
    other = f"/t/{side(talk, 'customers').slug}/"
    assert "Read me first." in phone.get(at).content.decode()
    assert "Read me first." not in Client().get(other).content.decode()
    news = Client().get(f"{other}news/?after=0&phase=heard").content.decode()
    assert "Read me first." not in news
    as_bela.post(
        f"/conversations/{talk.pk}/moderation/",
        {"case": Case.objects.get().pk, "outcome": "shown"},
    )
    assert "Read me first." in Client().get(other).content.decode()
