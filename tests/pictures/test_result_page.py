"""The whole picture: who sees it when, what is on it, and what never is."""

import re

import pytest
from django.test import Client

from erdkreis.gate.models import Release
from erdkreis.pictures import services
from erdkreis.pictures.redaction import MARK
from erdkreis.pictures.services import make_picture, publish_picture
from erdkreis.questionnaires.models import OwnWords, Prediction
from erdkreis.rounds.models import LogEntry
from factories import circles, pictures, rounds, voices
from factories.rounds import group

pytestmark = pytest.mark.django_db

ITEM = "q1_work.employees.core"


@pytest.fixture
def pictured(circle):
    return pictures.with_picture(circle)


def written(round_, code, texts):
    """Let people rate and write, before the picture is made."""
    for text in texts:
        voice = voices.voice(group(round_, code), {f"q1_work.{code}.core": 3})
        voice.answers.update(words=text)


def page_of(client, round_):
    return client.get(f"/rounds/{round_.pk}/picture/")


def public(round_):
    return f"/p/{round_.publication.slug}/"


def test_a_picture_is_public_only_after_it_is_published(pictured, as_ada, client):
    services.write_note(pictured, "We will listen.")
    before = client.get(public(pictured)).status_code

    as_ada.post(f"/rounds/{pictured.pk}/picture/publish/", {"has_looked": "on"})

    assert (before, client.get(public(pictured)).status_code) == (404, 200)
    assert "We will listen." in client.get(public(pictured)).content.decode()


def test_publishing_moves_nothing_else_and_is_logged_once(pictured, as_ada):
    for _press in range(2):
        as_ada.post(f"/rounds/{pictured.pk}/picture/publish/", {"has_looked": "on"})

    pictured.refresh_from_db()
    assert pictured.state == "picture"
    assert pictured.log.filter(kind=LogEntry.Kind.PUBLISHED).count() == 1


def test_nobody_publishes_without_having_looked(pictured, as_ada, client):
    services.prepare_publication(pictured)

    as_ada.post(f"/rounds/{pictured.pk}/picture/publish/")

    assert client.get(public(pictured)).status_code == 404


def test_a_facilitator_does_not_publish(pictured, as_bela):
    answer = as_bela.post(f"/rounds/{pictured.pk}/picture/publish/", {"has_looked": "on"})

    assert answer.status_code == 403


def test_everyone_sees_the_whole_picture_or_nothing(pictured, client):
    publish_picture(pictured, "Ada")
    # Who prepares the talk has buttons beside; what is told is the same for everyone.
    as_reader = Client()
    as_reader.force_login(circles.member(pictured.circle, "reader", "reader"))

    seen = [client.get(public(pictured)), page_of(as_reader, pictured)]

    whole = [
        re.search(
            r'<section aria-labelledby="findings-title">.*</main>', s.content.decode(), re.DOTALL
        )
        for s in seen
    ]
    assert whole[0].group() == whole[1].group()


def test_a_published_picture_needs_no_account_and_hands_out_files(pictured):
    publish_picture(pictured, "Ada")
    passer_by = Client()

    answers = {e: passer_by.get(f"{public(pictured)}rundbild.{e}") for e in ("svg", "csv", "txt")}

    assert [a.status_code for a in answers.values()] == [200, 200, 404]
    assert b"var(--" not in answers["svg"].content
    assert "Employees" in answers["csv"].content.decode("utf-8-sig")


def test_png_says_what_to_install(pictured, as_ada, monkeypatch):
    monkeypatch.setattr("erdkreis.pictures.files.has_png", lambda: False)

    answer = as_ada.get(f"/rounds/{pictured.pk}/picture/rundbild.png")

    assert answer.status_code == 501
    assert "make setup" in answer.content.decode()


def test_predictions_are_part_of_the_release(circle):
    round_ = rounds.asking(circle)
    lead = voices.voice(group(round_, "leadership"), is_collective=True)
    Prediction.objects.create(
        voice=lead, round_group=group(round_, "employees"), question="q1_work",
        status="rated", value=4,
    )  # fmt: skip

    table = make_picture(round_, "Ada")

    assert [(e.group, e.question, e.value) for e in table.expected] == [("employees", "q1_work", 4)]


def test_of_too_few_leaders_not_even_leaving_out_is_told(circle):
    circle.groups.filter(code="leadership").update(voice_mode="anonymous")
    round_ = rounds.asking(circle)
    for _person in range(4):
        lead = voices.voice(group(round_, "leadership"))
        Prediction.objects.create(
            voice=lead, round_group=group(round_, "employees"), question="q1_work", status="skipped"
        )

    (expected,) = make_picture(round_, "Ada").expected

    assert expected.cell.showing == "too_few"


def test_the_parts_of_a_group_stand_apart_on_all_pages(circle, as_ada, client):
    round_ = rounds.asking(circle)
    for channel in ("code", "link"):
        for said in [1, 2, 3, 4, 5] * 5:
            voices.voice(group(round_, "employees"), {ITEM: said}, channel=channel)
    make_picture(round_, "Ada")
    publish_picture(round_, "Ada")

    whole, mine = page_of(as_ada, round_), client.get(f"{public(round_)}group/employees/")

    for told in (whole.content.decode(), mine.content.decode()):
        assert "<small>by invitation</small>" in told
        assert "<small>by open link: not representative</small>" in told
    ways = [e.way for s in whole.context["page"].sheets for e in s.entries if e.item == ITEM]
    assert ways == ["by invitation", "by open link: not representative"]


def test_a_large_leadership_expects_only_through_the_gate(circle):
    circle.groups.filter(code="leadership").update(voice_mode="anonymous")
    round_ = rounds.asking(circle)
    for _person in range(4):
        lead = voices.voice(group(round_, "leadership"))
        Prediction.objects.create(
            voice=lead, round_group=group(round_, "employees"), question="q1_work",
            status="rated", value=4,
        )  # fmt: skip

    (expected,) = make_picture(round_, "Ada").expected

    assert (expected.value, expected.cell.showing) == (None, "too_few")


def test_words_come_only_from_enough_people(circle, as_ada):
    round_ = rounds.asking(circle)
    written(round_, "employees", [f"Text {i}" for i in range(5)])
    written(round_, "customers", ["Alone 1", "Alone 2", "Alone 3", "Alone 4"])
    make_picture(round_, "Ada")

    page = page_of(as_ada, round_).content.decode()

    assert all(f"Text {i}" in page for i in range(5))
    assert "Alone" not in page
    assert not OwnWords.objects.filter(text__contains="Alone").exists()


def test_what_is_redacted_is_gone_and_the_mark_stays(circle, as_bela):
    round_ = rounds.asking(circle)
    written(round_, "employees", [f"Frau Meier {i} shouts." for i in range(5)])
    make_picture(round_, "Ada")
    released = Release.objects.get(subject__endswith=".words").content
    address = f"/rounds/{round_.pk}/picture/words/"
    data = {"group": "employees", "item": ITEM, "number": 0, "passage": "Frau Meier"}

    as_bela.post(address, data)

    texts = [OwnWords.objects.get(pk=key).text for key in released["employees"]]
    assert Release.objects.get(subject__endswith=".words").content == released
    assert texts[0].startswith(MARK)
    assert sum("Frau Meier" in text for text in texts) == 4
    assert OwnWords.objects.filter(text__startswith=MARK).count() == 1
    assert '<mark class="redacted">' in page_of(as_bela, round_).content.decode()
    entry = round_.log.get(kind=LogEntry.Kind.REDACTED)
    assert "Meier" not in entry.after


def test_many_words_come_page_by_page_and_all_of_them(circle, client, as_ada):
    round_ = rounds.asking(circle)
    written(round_, "employees", [f"Text {i}." for i in range(120)])
    make_picture(round_, "Ada")
    publish_picture(round_, "Ada")

    whole = page_of(as_ada, round_).content.decode()
    address = f"{public(round_)}group/employees/"
    pages = [client.get(f"{address}?page={n}").content.decode() for n in (1, 2, 3, 99, "x")]

    assert len(re.findall(r"Text \d+\.", whole)) == 12
    assert "12 of 120 texts stand here, in a random order." in whole
    read = [re.findall(r"Text \d+\.", page) for page in pages]
    assert [len(texts) for texts in read] == [50, 50, 20, 20, 50]
    assert {text for texts in read[:3] for text in texts} == {f"Text {i}." for i in range(120)}


def test_whoever_redacts_finds_a_name_among_many_texts(circle, as_bela):
    round_ = rounds.asking(circle)
    written(round_, "employees", [f"Text {i}." for i in range(60)] + ["FRAU MEIER shouts."])
    make_picture(round_, "Ada")
    address = f"/rounds/{round_.pk}/picture/words/"

    first = as_bela.get(address).content.decode()
    found = as_bela.get(f"{address}?find=frau+meier").content.decode()
    number = re.search(r'name="number" value="(\d+)"', found)[1]
    data = {"group": "employees", "item": ITEM, "number": number, "passage": "FRAU MEIER"}
    answer = as_bela.post(f"{address}?find=frau+meier", data)

    assert first.count("<blockquote>") == 50
    assert found.count("<blockquote>") == 1
    assert answer.headers["Location"] == f"{address}?find=frau+meier"
    assert OwnWords.objects.filter(text=f"{MARK} shouts.").count() == 1


def test_nothing_can_be_put_into_somebodys_mouth(circle, as_bela):
    round_ = rounds.asking(circle)
    written(round_, "employees", [f"Text {i}" for i in range(5)])
    make_picture(round_, "Ada")
    before = set(OwnWords.objects.values_list("pk", "text"))

    answer = as_bela.post(
        f"/rounds/{round_.pk}/picture/words/",
        {"group": "employees", "item": ITEM, "number": 0, "passage": "not there"},
    )

    assert answer.status_code == 422
    assert set(OwnWords.objects.values_list("pk", "text")) == before


def test_a_guardians_request_waits_for_an_answer_in_the_open(pictured, as_ada):
    voice = group(pictured, "environment").voices.first()
    voice.answers.create(item="closing.experiment", status="words", words="Stop the heating.")
    address = f"/rounds/{pictured.pk}/picture/replies/"
    waiting = page_of(as_ada, pictured).content.decode()

    refused = as_ada.post(address, {"request": "0", "r0-kind": "no", "r0-words": ""})
    as_ada.post(address, {"request": "0", "r0-kind": "no", "r0-words": "It is winter."})

    assert "Not answered yet" in waiting
    assert refused.status_code == 422
    assert "It is winter." in page_of(as_ada, pictured).content.decode()


def test_a_group_finds_its_own_part(pictured, as_ada, client):
    publish_picture(pictured, "Ada")

    mine = client.get(f"{public(pictured)}group/employees/").content.decode()
    hidden = client.get(f"{public(pictured)}group/non_customers/").content.decode()

    assert f'data-item="{ITEM}"' in mine
    # Own answers are marked only beside numbers that may be shown.
    assert "data-item" not in hidden
    assert "hidden from everyone" in hidden
    assert client.get(f"{public(pictured)}group/nobody/").status_code == 404


def test_the_reveal_holds_nothing_hidden(pictured, as_ada):
    page = as_ada.get(f"/rounds/{pictured.pk}/reveal/").content.decode()

    shown = re.findall(r'data-moment aria-label="[^"]*, ([^"]*)"', page)
    assert "Employees" in shown
    assert "People who do not buy" not in shown


def test_the_page_costs_the_same_for_few_and_for_many(
    circle, as_ada, django_assert_max_num_queries
):
    costs = []
    for n in (6, 18):
        round_ = rounds.asking(circle)
        written(round_, "employees", [f"Text {i}" for i in range(n)])
        make_picture(round_, "Ada")
        with django_assert_max_num_queries(25) as captured:
            page_of(as_ada, round_)
        costs.append(len(captured))

    assert costs[0] == costs[1]
