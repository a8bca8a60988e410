"""A LimeSurvey survey becomes own questions, and says what has no counterpart."""

import pytest

from erdkreis.cli import main
from erdkreis.imports.counterparts import counterparts
from erdkreis.imports.limesurvey import LimeQuestion, Survey, SurveyError, plain, read_survey
from erdkreis.questionnaires.catalogue import catalogue
from erdkreis.questionnaires.models import ItemSet
from erdkreis.questionnaires.paths import Path
from erdkreis.rounds.models import Round
from factories import rounds
from factories.surveys import QUESTIONS, survey

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("newer", [False, True], ids=["DBVersion 178", "DBVersion 481"])


def report(found) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for remark in found.remarks:
        told.setdefault(remark.code, []).append(remark.sentence)
    return told


@BOTH
def test_both_forms_of_the_file_hold_the_same_questions(newer):
    found = counterparts(read_survey(survey(newer=newer)))

    assert found.title == "Erfunden: Bäckerei"
    assert [(q["de"], q["en"], q["scale"]) for q in found.questions] == [
        ("Ich komme gern hierher.", "I like to come here.", "agree"),
        ("Wie gut ist … – das Brot", "How good is … – the bread", "own_1"),
        ("Wie gut ist … – der Kaffee", "How good is … – the coffee", "own_1"),
    ]
    assert [o["de"] for o in found.open] == ["Was fehlt Ihnen?"]
    assert found.columns == {
        "mood": "own_1",
        "oven[SQ001]": "own_2",
        "oven[SQ002]": "own_3",
        "why": "closing.own_1",
    }


@BOTH
def test_a_scale_that_begins_at_its_top_is_turned_and_can_be_turned_back(newer):
    read = read_survey(survey(newer=newer))
    guessed = counterparts(read).scales["own_1"]
    other = counterparts(read, turned=frozenset({"own_1"})).scales["own_1"]

    assert [step["en"] for step in guessed] == ["very poor", "poor", "fair", "good", "very good"]
    assert other == guessed[::-1]


def test_what_has_no_counterpart_is_named_with_its_reason():
    told = report(counterparts(read_survey(survey(newer=True))))

    assert told["colour"] == [
        "2 answers to choose from; Erdkreis asks on five steps. Not taken along."
    ]
    assert "Perhaps it makes a statement of a dialogue" in told["again"][0]
    assert "who people are is told by their group" in told["born"][0]
    assert "Not taken along" in told["rank"][0]
    assert "It was mandatory; here nobody has to answer." in told["mood"]
    assert "Its condition is left out: it is asked of everyone." in told["oven"]


@pytest.mark.parametrize("kind", list("L5ABCFH1:;MPNSTUYGDRX!K|*OQIE"))
def test_every_kind_of_question_is_taken_along_or_named(kind):
    lines = [("SQ001", "eins", "one"), ("SQ002", "zwei", "two")]
    five = [(f"A{n}", f"Stufe {n}", f"step {n}") for n in range(1, 6)]
    found = counterparts(
        read_survey(
            survey(newer=True, questions=[(kind, "q", "Satz", "sentence", lines, five, {})])
        )
    )

    n = {"5": 1, "L": 1, "!": 1, "O": 1, "A": 2, "F": 2, "H": 2}.get(kind, 0)
    n_open = {"S": 1, "T": 1, "U": 1, "Q": 2}.get(kind, 0)
    assert (len(found.questions), len(found.open)) == (n, n_open)
    assert n or n_open or any("Not taken along" in one for one in report(found)["q"])


def test_a_language_that_is_not_spoken_here_is_named():
    found = counterparts(read_survey(survey(newer=True, languages=("fr", "en"))))

    assert found.languages == ("en",)
    assert any("“fr” is left out" in one for one in report(found)[""])


def test_html_becomes_words():
    assert (
        plain('<p>Eins&nbsp;&amp; zwei</p><script>alert(1)</script><img src="x">') == "Eins & zwei"
    )


BOMB = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "x">]><document>&a;</document>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "line 1 cannot be read"),
        (b"<document>\n<questions>", "line 2 cannot be read"),
        (BOMB, "what no survey needs"),
        (b"<html></html>", "no LimeSurvey survey"),
        (b"PK\x03\x04", "line 1 cannot be read"),
        (b"<document><questions><rows/></questions></document>", "not a single question"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        (b'<?xml version="1.0" encoding="klingon"?><document/>', "Nothing was read"),
    ],
)
def test_what_is_no_survey_is_refused_in_a_sentence(data, says):
    with pytest.raises(SurveyError, match=says):
        read_survey(data)


def upload(client, circle, data, name="umfrage.lss"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile(name, data)
    return client.post(f"/circles/{circle.slug}/bring/questions/", {"file": file})


def test_from_the_file_to_a_round_that_asks_it(circle, as_ada):
    looked = upload(as_ada, circle, survey(newer=True))
    assert looked.status_code == 200
    assert not ItemSet.objects.exists()
    sealed = looked.context["taken"].initial["sealed"]

    address = f"/circles/{circle.slug}/bring/questions/take/"
    taken = as_ada.post(address, {"sealed": sealed, "title": "Unsere Fragen", "turn_own_1": "on"})
    stored = ItemSet.objects.get()
    assert taken["Location"] == f"/own-questions/{stored.pk}/"
    assert stored.content["scales"]["own_1"][0]["en"] == "very good"

    as_ada.post(f"/own-questions/{stored.pk}/round/", {"title": "Runde mit eigenen Fragen"})
    round_ = Round.objects.get(title="Runde mit eigenen Fragen")
    assert round_.item_version == stored.version
    texts = catalogue(stored.version)
    assert texts.questions[0].title.de == "Ich komme gern hierher."
    assert texts.satisfaction_of("employees") == ()


def test_a_page_that_was_changed_stores_nothing(circle, as_ada):
    address = f"/circles/{circle.slug}/bring/questions/take/"

    assert as_ada.post(address, {"sealed": "abc", "title": "x"}).status_code == 302
    assert not ItemSet.objects.exists()


def test_every_group_is_asked_the_same_and_the_leadership_predicts_it(circle):
    found = counterparts(read_survey(survey(newer=True)))
    stored = ItemSet.objects.create(circle=circle, title="t", content=found.content)
    asking = rounds.asking(circle, item_version=stored.version)

    employees = Path(rounds.group(asking, "employees")).pages
    leaders = Path(rounds.group(asking, "leadership")).pages

    codes = ["own_1", "own_2", "own_3"]
    assert [p.item.code for p in employees] == [
        *(f"{code}.observer.core" for code in codes),
        "closing.own_1",
    ]
    assert [p.item.code for p in leaders if p.item][:3] == [f"{c}.leadership.core" for c in codes]
    assert [p.question.code for p in leaders if p.is_prediction] == codes


def test_the_command_says_what_it_does_and_stores_it(circle, tmp_path, capsys):
    file = tmp_path / "umfrage.lss"
    file.write_bytes(survey(newer=False))

    assert main(["import", "limesurvey", str(file), "--circle", circle.slug, "--look"]) == 0
    assert not ItemSet.objects.exists()
    assert "report  colour (list): 2 answers" in capsys.readouterr().out
    assert main(["import", "limesurvey", str(file), "--circle", circle.slug]) == 0
    assert ItemSet.objects.get().circle == circle
    file.write_bytes(b"<document>")
    assert main(["import", "limesurvey", str(file), "--circle", circle.slug]) == 2
    assert f"{file}: This is not valid XML: line 1" in capsys.readouterr().err


def test_markup_in_a_survey_is_shown_as_text(circle, as_ada):
    hostile = [
        (k, "<b>x</b>", f"{{{{7*7}}}}{q}", q, li, a, m) for k, _c, _d, q, li, a, m in QUESTIONS
    ]
    page = upload(as_ada, circle, survey(newer=True, questions=hostile)).content.decode()

    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_plain_german_comes_along_as_a_wording_of_the_same_question(circle):
    words = {"de": "Ich werde gehört.", "de-easy": "Man hört mir zu.", "en": "I am heard."}
    question = LimeQuestion("Q1", "5", words, "", is_mandatory=False, has_other=False, condition="")
    survey = Survey(
        {"de": "Umfrage"}, ("de", "de-easy", "en"), [question], "", 1, 0, 0, 0, has_pictures=False
    )

    found = counterparts(survey)
    kept = ItemSet.objects.create(circle=circle, title=found.title, content=found.content)
    wording = catalogue(kept.version).questions[0].ask

    assert [wording.in_language(code) for code in ("de", "de-easy", "en")] == [*words.values()]
