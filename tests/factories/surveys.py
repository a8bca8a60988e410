"""Invented LimeSurvey surveys, in the older form and in the newer one."""

from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile

from erdkreis.imports.counterparts import counterparts
from erdkreis.imports.limesurvey import read_survey
from erdkreis.questionnaires.models import ItemSet
from factories import rounds

# Kind, code, German, English, lines of the matrix, answers to choose from, further fields.
QUESTIONS = [
    ("5", "mood", "Ich komme gern hierher.", "I like to come here.", [], [], {"mandatory": "Y"}),
    (
        "F", "oven", "<p>Wie gut ist &hellip;</p>", "How good is …",
        [("SQ001", "das Brot", "the bread"), ("SQ002", "der Kaffee", "the coffee")],
        [
            ("A1", "sehr gut", "very good"), ("A2", "gut", "good"), ("A3", "mittel", "fair"),
            ("A4", "schlecht", "poor"), ("A5", "sehr schlecht", "very poor"),
            ("A6", "weiß nicht", "don't know"),
        ],
        {"relevance": "mood == 5"},
    ),
    ("L", "colour", "Farbe?", "Colour?", [], [("A1", "rot", "red"), ("A2", "blau", "blue")], {}),
    ("T", "why", "Was <b>fehlt</b> Ihnen?", "What do you miss?", [], [], {}),
    ("Y", "again", "Kommen Sie wieder?", "Will you come again?", [], [], {}),
    ("D", "born", "Geburtstag?", "Birthday?", [], [], {}),
    ("R", "rank", "Reihenfolge?", "Order?", [], [("1", "a", "a"), ("2", "b", "b")], {}),
]  # fmt: skip


def survey(*, newer: bool, languages: tuple[str, ...] = ("de", "en"), questions=None) -> bytes:
    """Return a .lss file; ``newer`` keeps the words in tables of their own."""
    asked, lines, choices, q_words, a_words = [], [], [], [], []
    for number, (kind, code, de, en, below, answers, more) in enumerate(questions or QUESTIONS, 1):
        qid = str(number * 10)
        row = {
            "qid": qid, "parent_qid": "0", "gid": "1", "type": kind, "title": code, "other": "N",
            "mandatory": "N", "question_order": str(number), "relevance": "1", **more,
        }  # fmt: skip
        asked += _rows(row, {"question": (de, en)}, q_words, newer, languages, {"qid": qid})
        for n, (line, line_de, line_en) in enumerate(below, 1):
            sub = {"qid": f"{qid}{n}", "parent_qid": qid, "title": line, "question_order": str(n)}
            texts = {"question": (line_de, line_en)}
            lines += _rows(sub, texts, q_words, newer, languages, {"qid": sub["qid"]})
        for n, (choice, a_de, a_en) in enumerate(answers, 1):
            aid = f"{qid}{n}"
            row = {"aid": aid, "qid": qid, "code": choice, "sortorder": str(n), "scale_id": "0"}
            choices += _rows(row, {"answer": (a_de, a_en)}, a_words, newer, languages, {"aid": aid})
    tables = {
        "answers": choices,
        "groups": [{"gid": "1", "group_name": "Alles", "group_order": "1"}],
        "questions": asked,
        "subquestions": lines,
        "surveys_languagesettings": [
            {"surveyls_language": "de", "surveyls_title": "Erfunden: Bäckerei"},
        ],
    }
    if newer:
        tables |= {"question_l10ns": q_words, "answer_l10ns": a_words}
    spoken = "".join(f"<language>{one}</language>" for one in languages)
    version = "481" if newer else "178"
    body = "".join(_table(name, rows) for name, rows in tables.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<document>\n'
        f"<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>{version}</DBVersion>"
        f"<languages>{spoken}</languages>{body}</document>"
    ).encode()


def _rows(row, texts, words, newer, languages, key):
    (name, (de, en)) = next(iter(texts.items()))
    said = {"de": de, "en": en}
    if newer:
        words += [key | {"language": one, name: said.get(one, en)} for one in languages]
        return [row]
    return [row | {"language": one, name: said.get(one, en)} for one in languages]


def _table(name, rows):
    inside = "".join(
        "<row>" + "".join(f"<{k}>{escape(v)}</{k}>" for k, v in row.items()) + "</row>"
        for row in rows
    )
    return f"<{name}><fields/><rows>{inside}</rows></{name}>"


def stored(circle):
    """Return the questions of the survey, stored for a circle."""
    found = counterparts(read_survey(survey(newer=True)))
    return ItemSet.objects.create(circle=circle, title=found.title, content=found.content)


def looked_through(client, circle) -> str:
    """Upload the survey; return what the page carries on."""
    file = SimpleUploadedFile("umfrage.lss", survey(newer=True))
    page = client.post(f"/circles/{circle.slug}/bring/questions/", {"file": file})
    return page.context["taken"].initial["sealed"]


def answers_to_take(client, circle) -> tuple[str, dict[str, str]]:
    """Upload one answer for an open round; return where to take it in, and with what."""
    address = f"/rounds/{rounds.asking(circle).pk}/bring/"
    file = SimpleUploadedFile("antworten.csv", b"Gruppe;q1_work\nEmployees;5\n")
    page = client.post(address, {"file": file})
    return f"{address}take/", {"sealed": page.context["sealed"]}
