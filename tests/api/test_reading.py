"""What programs read is what pages show of the same circle, and nothing of another one."""

import json

import pytest
from django.utils import timezone

from erdkreis.answerback.models import AnswerBack
from erdkreis.gate.services import released
from erdkreis.pictures.services import prepare_publication, publish_picture
from erdkreis.reports.rows import answers_of, words_of
from factories import conversations, dialogues, experiments, pictures, rounds
from factories.programs import Program, program

pytestmark = pytest.mark.django_db
HOSTILE = '=1+1 <img src=x onerror="alert(1)"> {{ 7 }}'


def whole(script, path):
    """Read a list to its end, in small parts, as its Link says."""
    items, at = [], f"{path}?limit=7"
    while at:
        answer = script.get(at)
        assert answer.status_code == 200, answer.content
        part = answer.json()
        items += part["items"]
        link = answer.get("Link", "")
        at = link.partition("/api/v1")[2].partition(">")[0]
        assert bool(at) == (part["next"] is not None)
    return items


def test_answers_are_those_of_the_files(circle):
    round_ = pictures.with_picture(circle)

    read = whole(program(circle), f"/rounds/{round_.pk}/answers")

    columns = set(read[0])
    assert read == [{c: row.get(c) for c in columns} for row in answers_of(round_).rows]
    assert {row["showing"] for row in read} >= {"counts", "dots", "tendency", "too_few", "silent"}


def test_before_the_picture_there_is_nothing(circle, asking):
    script = program(circle)

    assert script.get(f"/rounds/{asking.pk}/answers").json() == {"items": [], "next": None}
    for path in ("picture", "drawings/chairs", "answer-back"):
        early = script.get(f"/rounds/{asking.pk}/{path}")
        assert (early.status_code, "yet" in early.json()["detail"]) == (409, True)


def test_words_are_those_of_the_picture(circle):
    round_ = pictures.with_picture(circle)

    assert whole(program(circle), f"/rounds/{round_.pk}/words") == words_of(round_).rows


def test_the_picture_says_what_its_page_says(circle, as_ada):
    round_ = pictures.with_picture(circle)
    script = program(circle)

    read = script.get(f"/rounds/{round_.pk}/picture").json()
    page = as_ada.get(f"/rounds/{round_.pk}/picture/").content.decode()

    assert read["heard"] == {
        name: getattr(released(round_, "picture").heard, name) for name in read["heard"]
    }
    assert all(one["sentence"].split("“")[0] in page for one in read["findings"])
    drawing = script.get(f"/rounds/{round_.pk}/drawings/{read['drawings'][0]}")
    assert drawing["Content-Type"].startswith("image/svg+xml")


def test_structure_is_read_in_both_languages(circle):
    script, round_ = program(circle), rounds.asking(circle)

    groups = whole(script, "/groups")
    asked = whole(script, f"/rounds/{round_.pk}/groups/employees/questions")

    assert [g["code"] for g in groups] == [g.code for g in circle.groups.all()]
    assert all(one["text_de"] and one["text_en"] for one in asked)
    assert [r["id"] for r in whole(script, "/rounds")] == [round_.pk]
    assert script.get("/circle").json()["name"] == "Kornblume"
    assert script.get("/groups/employees").json()["name_de"] == "Mitarbeitende"
    frozen = whole(script, f"/rounds/{round_.pk}/groups")
    assert [g["code"] for g in frozen] == [g.code for g in round_.groups.all()]


def test_experiments_dialogues_and_conversations_are_read(circle):
    script = program(circle)
    tried, talk = experiments.shaped(circle), dialogues.dialogue(circle)
    conversation = conversations.conversation(circle)
    said = conversations.said(conversations.voice(conversation, "employees"))

    assert [e["title"] for e in whole(script, "/experiments")] == [tried.title]
    assert script.get(f"/experiments/{tried.pk}").json()["state"] == "shaped"
    assert whole(script, "/dialogues")[0]["title"] == talk.title
    statements = whole(script, f"/dialogues/{talk.pk}/statements")
    assert {s["showing"] for s in statements} == {"too_few"}
    assert [c["id"] for c in whole(script, "/conversations")] == [conversation.pk]
    (read,) = whole(script, f"/conversations/{conversation.pk}/contributions")
    assert read["text"] == said.text
    assert "day" not in read


def test_an_answer_back_is_there_once_it_is_published(circle):
    round_, script = pictures.with_picture(circle), program(circle)
    answer = AnswerBack.objects.create(round=round_, said="You said it.", language="en")
    before = script.get(f"/rounds/{round_.pk}/answer-back").status_code

    answer.published_at = timezone.now()
    answer.save()

    assert before == 409
    assert script.get(f"/rounds/{round_.pk}/answer-back").json()["said"] == "You said it."


def test_everyone_reads_what_is_published_and_nothing_before(circle):
    round_, guest = pictures.with_picture(circle), Program()
    prepared = pictures_address(round_)
    paths = ["", "/answers", "/words", "/drawings/chairs"]
    before = {guest.get(f"/public/rounds/{prepared}{path}").status_code for path in paths}

    publish_picture(round_, "Ada")

    assert before == {404}
    assert {guest.get(f"/public/rounds/{prepared}{path}").status_code for path in paths} == {200}
    own = program(circle).get(f"/rounds/{round_.pk}/picture").json()
    assert guest.get(f"/public/rounds/{prepared}").json()["picture"] == own


def pictures_address(round_):
    return prepare_publication(round_).slug


def test_of_dialogues_only_what_was_published_elsewhere_is_public(circle):
    own = dialogues.dialogue(circle)

    assert Program().get(f"/public/dialogues/{own.pk}").status_code == 404
    assert Program().get(f"/public/dialogues/{own.pk}/statements").status_code == 404


def test_a_program_of_another_circle_finds_nothing(circle, charlotte):
    round_ = pictures.with_picture(circle)
    tried, talk = experiments.shaped(circle), dialogues.dialogue(circle)
    conversation = conversations.conversation(circle)
    own = circle.groups.create(code="friends", kind="own", name_de="F", name_en="F")
    hers = program(charlotte.roles.get().circle)
    r = f"/rounds/{round_.pk}"

    for path in (
        r, f"{r}/groups", f"{r}/groups/employees/questions", f"{r}/picture", f"{r}/answers",
        f"{r}/words", f"{r}/answer-back", f"{r}/drawings/chairs", f"/groups/{own.code}",
        f"/experiments/{tried.pk}", f"/dialogues/{talk.pk}", f"/dialogues/{talk.pk}/statements",
        f"/conversations/{conversation.pk}", f"/conversations/{conversation.pk}/contributions",
    ):  # fmt: skip
        assert hers.get(path).status_code == 404, path
    for path, body in (
        (f"{r}/steps", {"to": "asking"}),
        (f"{r}/extensions", {"closes_on": "2030-01-01", "reason": "Mine"}),
        (f"{r}/groups/employees/people", {"people": [{"email": "a@example.org"}]}),
        (f"/dialogues/{talk.pk}/statements", {"text": "Mine."}),
    ):
        assert hers.send(path, body).status_code == 404, path
    assert hers.change(r, {"title": "Mine"}).status_code == 404
    assert hers.change(f"/groups/{own.code}", {"name_de": "Mine"}).status_code == 404
    assert all(whole(hers, p) == [] for p in ("/rounds", "/experiments", "/dialogues"))


def test_hostile_text_passes_unchanged_as_json(circle, ada):
    circle.organisation.name = circle.name = HOSTILE
    circle.organisation.save()
    circle.save()
    round_ = rounds.asking(circle)
    round_.title = HOSTILE
    round_.save()
    script = program(circle)

    answer = script.get("/rounds")

    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.json()["items"][0]["title"] == HOSTILE
    assert script.get("/circle").json()["organisation"] == HOSTILE


def test_what_did_not_change_does_not_come_twice(circle):
    round_ = pictures.with_picture(circle)
    publish_picture(round_, "Ada")
    guest, path = Program(), f"/public/rounds/{pictures_address(round_)}/answers"
    first = guest.get(path)

    again = guest.get(path, if_none_match=first["ETag"])
    other = guest.get(path, if_none_match='"other"')

    assert (again.status_code, again.content) == (304, b"")
    assert (other.status_code, other.content) == (200, first.content)
    assert "public" in first["Cache-Control"]
    assert "private" in program(circle).get("/circle")["Cache-Control"]


def test_texts_come_in_the_language_asked_for(circle):
    round_ = pictures.with_picture(circle)
    script = program(circle)

    german = script.get(f"/rounds/{round_.pk}/answers?limit=1", accept_language="de")

    assert german.json()["items"][0]["group_name"] == "Leitung"
    assert "Accept-Language" in german["Vary"]


def test_no_cookie_is_set_and_none_is_read(circle, as_ada):
    script = program(circle)
    script.client.cookies.update(as_ada.cookies)

    answer = script.get("/circle", accept_language="en")

    assert answer.status_code == 200
    assert not answer.cookies
    assert "Access-Control-Allow-Origin" not in answer


def test_lists_cost_the_same_for_one_row_and_three(circle, django_assert_num_queries):
    script = program(circle)
    script.get("/circle")  # the day of the last use is written once
    for path, make in (
        ("/experiments", lambda: experiments.shaped(circle)),
        ("/rounds", lambda: rounds.draft(circle)),
        ("/dialogues", lambda: dialogues.dialogue(circle)),
        ("/conversations", lambda: conversations.conversation(circle)),
    ):
        make()
        with django_assert_num_queries(2):
            script.get(path)
        make(), make()
        with django_assert_num_queries(2):
            script.get(path)


def test_the_description_is_served_and_read_by_people(client):
    described = client.get("/api/v1/openapi.json")
    page = client.get("/api/").content.decode()

    content = json.loads(described.content)
    assert content["openapi"].startswith("3.1")
    assert all(path in page for path in content["paths"])
    assert "<script" not in page.partition("</head>")[2]
