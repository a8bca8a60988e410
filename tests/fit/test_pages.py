"""The pages of both sides: what each sees, keeps and gets to take home."""

import pytest
from django.test import Client

from erdkreis.fit import services
from erdkreis.fit.models import Line, Value, WillingVoice
from erdkreis.web.pdf import can_make_pdf
from factories import circles, fits, rounds
from factories.fits import PROVIDER, SEEKER, begun, decided, writes
from factories.pdf import unpacked

pytestmark = pytest.mark.django_db


@pytest.fixture
def seated(circle, ada):
    """A conversation, and a browser that came in with the invitation."""
    talk, code = services.begin(circle, ada, "A new oven", seeker_name="Emil")
    emil = Client()
    emil.post(f"/f/in/{code}/")
    talk.refresh_from_db()
    return talk, emil


def test_looking_at_an_invitation_does_not_use_it_up(circle, ada, client):
    _talk, code = services.begin(circle, ada, "A new oven")

    assert client.get(f"/f/in/{code}/").status_code == 200
    assert client.get(f"/f/in/{code}/").status_code == 200


def test_a_colleague_who_hosts_the_same_circle_reads_nothing(circle, ada):
    talk = begun(circle, ada)
    writes(talk, SEEKER, "occasion", "My secret.")
    dora = Client()
    dora.force_login(circles.member(circle, "dora", "host"))

    assert dora.get(f"/fit/{talk.pk}/1/").status_code == 403
    assert "A new oven" not in dora.get(f"/circles/{circle.slug}/fit/").content.decode()


def test_whoever_loses_the_role_no_longer_reads(circle, ada, as_ada):
    talk = begun(circle, ada)
    circle.roles.filter(person=ada).delete()

    assert as_ada.get(f"/fit/{talk.pk}/1/").status_code == 403


def test_the_own_link_opens_the_seat_on_another_device(seated):
    talk, emil = seated
    page = emil.get(f"/f/{talk.slug}/1/").content.decode()
    link = page[page.index("/f/own/") :].split('"')[0]

    other = Client()
    other.get(link)

    assert "Step 1 of 12" in other.get(f"/f/{talk.slug}/1/").content.decode()


def test_without_the_key_typed_words_come_back(seated):
    talk, _emil = seated

    answer = Client().post(f"/f/{talk.slug}/1/", {"text": "What I wanted to say."})

    assert answer.status_code == 409
    assert "What I wanted to say." in answer.content.decode()


def test_a_key_opens_only_its_own_conversation(seated, circle, ada):
    _talk, emil = seated
    other = begun(circle, ada)
    emil.cookies["fit"]["path"] = "/"

    assert "does not open anything" in emil.get(f"/f/{other.slug}/1/").content.decode()


def test_words_that_are_too_long_come_back_whole(seated):
    talk, emil = seated

    answer = emil.post(f"/f/{talk.slug}/1/", {"text": "x" * 2001})

    assert answer.status_code == 422
    assert "x" * 2001 in answer.content.decode()
    assert not Line.objects.exists()


def test_each_line_says_who_wrote_it_and_markup_stays_text(seated, as_ada):
    talk, emil = seated
    emil.post(f"/f/{talk.slug}/1/", {"text": "<b>Loud</b>"})

    page = as_ada.get(f"/fit/{talk.pk}/1/").content.decode()

    assert "Emil" in page
    assert "&lt;b&gt;Loud&lt;/b&gt;" in page


def test_a_decision_is_not_told_before_both_have(seated, as_ada):
    talk, emil = seated
    emil.post(f"/f/{talk.slug}/12/", {"value": "someone_else", "why": "Too dear.", "who": "Otto"})

    pages = [
        as_ada.get(f"/fit/{talk.pk}/{path}", follow=True) for path in ("12/", "summary/", "1/")
    ]

    for page in pages:
        words = page.content.decode()
        assert "Too dear." not in words
        assert "Otto" not in words
    assert as_ada.get(f"/fit/{talk.pk}/summary.pdf").status_code == 302


def test_not_yet_stands_on_every_page(seated):
    talk, emil = seated
    fits.whole(talk)

    for number in range(1, 13):
        assert "Not yet." in emil.get(f"/f/{talk.slug}/{number}/").content.decode()


def test_nothing_is_chosen_beforehand(seated):
    talk, emil = seated
    fits.whole(talk)

    for path in ("6/", "8/", "11/", "12/", "not-yet/"):
        page = emil.get(f"/f/{talk.slug}/{path}").content.decode()
        assert " checked" not in page
    assert " checked" not in emil.get(f"/f/{talk.slug}/12/").content.decode()


def test_both_get_the_same_record(seated, as_ada):
    talk, emil = seated
    decided(fits.whole(talk), Value.YES, Value.NOT_YET)

    for client, base in ((as_ada, f"/fit/{talk.pk}/"), (emil, f"/f/{talk.slug}/")):
        sheet = client.get(f"{base}summary/print/").content.decode()
        assert "The old one burns at the back." in sheet
        assert "Yes, it fits." in sheet
        assert "Not yet." in sheet


@pytest.mark.skipif(not can_make_pdf(), reason="this machine lacks Pango; the page says so")
def test_the_pdf_is_tagged_and_for_both(seated, as_ada):
    talk, emil = seated
    decided(fits.whole(talk), Value.NO, Value.NO)

    for client, base in ((as_ada, f"/fit/{talk.pk}/"), (emil, f"/f/{talk.slug}/")):
        made = client.get(f"{base}summary.pdf").content
        assert made.startswith(b"%PDF")
        assert b"/MarkInfo" in unpacked(made)
        assert b"/StructTreeRoot" in unpacked(made)


def test_deleted_words_are_gone_from_page_and_paper_of_both(seated, as_ada):
    talk, emil = seated
    line = writes(talk, SEEKER, "occasion", "My neighbour Gustav.")
    decided(talk, Value.NO, Value.NO)
    assert as_ada.post(f"/fit/{talk.pk}/lines/{line.pk}/delete/").status_code == 404

    emil.post(f"/f/{talk.slug}/lines/{line.pk}/delete/")

    for client, base in ((as_ada, f"/fit/{talk.pk}/"), (emil, f"/f/{talk.slug}/")):
        for path in ("summary/", "summary/print/"):
            page = client.get(base + path).content.decode()
            assert "Gustav" not in page
            assert "[deleted by those who wrote it]" in page


def test_a_no_may_become_a_voice_by_the_link_of_everyone(seated, circle):
    talk, emil = seated
    assert emil.get(f"/f/{talk.slug}/voice/").status_code == 302, "nothing is decided yet"
    decided(talk, Value.NOT_YET, Value.NO)
    emil.post(f"/f/{talk.slug}/voice/", {"email": "emil@example.org"})
    assert WillingVoice.objects.get().email == "emil@example.org"
    door = rounds.group(rounds.asking(circle), "non_customers").slug

    assert f"/e/{door}/" in emil.get(f"/f/{talk.slug}/voice/").content.decode()


def test_a_list_of_three_asks_the_database_no_more_than_one_of_one(
    circle, ada, as_ada, django_assert_num_queries
):
    begun(circle, ada)
    with django_assert_num_queries(8):
        as_ada.get(f"/circles/{circle.slug}/fit/")
    begun(circle, ada)
    begun(circle, ada)
    with django_assert_num_queries(8):
        as_ada.get(f"/circles/{circle.slug}/fit/")


def test_the_review_begins_with_its_own_words(circle, ada, as_ada):
    talk = begun(circle, ada, variant="review")

    assert "Does it still fit?" in as_ada.get(f"/fit/{talk.pk}/1/").content.decode()


def test_a_mirror_is_offered_to_the_provider_only(seated, as_ada):
    talk, emil = seated
    fits.whole(talk)

    as_ada.post(f"/fit/{talk.pk}/4/", {"text": "Bread at six."})

    assert Line.objects.get(text="Bread at six.").aspect == "mirror"
    assert 'value="right"' in emil.get(f"/f/{talk.slug}/4/").content.decode()
    assert 'value="right"' not in as_ada.get(f"/fit/{talk.pk}/4/").content.decode()
    assert PROVIDER.other == SEEKER
