"""Answers that were collected elsewhere come in whole, mixed, and like paper; or not at all."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from erdkreis.circles.models import JournalEntry
from erdkreis.cli import main
from erdkreis.gate.services import released
from erdkreis.imports import mapping
from erdkreis.imports.counterparts import counterparts
from erdkreis.imports.limesurvey import read_survey
from erdkreis.imports.responses import read_responses
from erdkreis.invitations.tables import TableError
from erdkreis.pictures.analysis import PICTURE
from erdkreis.pictures.services import make_picture
from erdkreis.questionnaires.models import Answer, EntryBatch, ItemSet, Voice
from factories import rounds
from factories.surveys import survey

pytestmark = pytest.mark.django_db

HEADER = ["Name", "Gruppe", "q1_work", "q6_real_needs", "closing.better", "submitdate"]
ROWS = [
    ["Ada", "Employees", "5", "stimmt eher", "Mehr Zeit", "2026-01-01 10:00:00"],
    ["Bela", "Employees", "1", "weiß nicht", "", "2026-01-02 10:00:00"],
    ["Cleo", "Customers", "4", "", "", "2026-01-03 10:00:00"],
    ["Dora", "Customers", "", "", "", "2026-01-03 10:00:00"],
]


def table(rows=None, header=HEADER, delimiter=";") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([header, *(ROWS if rows is None else rows)])
    return text.getvalue().encode("utf-8-sig")


def understood(round_, data: bytes, said: dict[str, str] | None = None):
    responses, asked = read_responses(data), mapping.asked_in(round_)
    meant = mapping.guess(responses, asked, mapping.known_columns(asked))
    meant = mapping.corrected(meant, responses, asked, said or {})
    return responses, meant, mapping.ballots(responses, meant, asked)


def test_columns_values_and_groups_are_guessed(asking):
    _responses, meant, found = understood(asking, table())

    assert meant.columns == {
        "Name": "", "Gruppe": "group", "q1_work": "q1_work", "q6_real_needs": "q6_real_needs",
        "closing.better": "closing.better", "submitdate": "",
    }  # fmt: skip
    assert meant.values == {
        "5": "5", "1": "1", "4": "4", "": "left_out", "stimmt eher": "4", "weiß nicht": "dont_know",
    }  # fmt: skip
    assert {group: len(forms) for group, forms in found.by_group.items()} == {
        "employees": 2,
        "customers": 1,
    }
    assert (found.problems, found.n_empty) == ([], 1)


def test_what_is_unclear_is_named_with_its_line_and_can_be_corrected(asking):
    rows = [[*ROWS[0][:2], "super", *ROWS[0][3:]], ["x", "Martians", "3", "3", "", ""]]
    _responses, meant, found = understood(asking, table(rows))

    assert [(p.line, p.sentence) for p in found.problems] == [
        (2, "“super” is no step of the scale yet."),
        (3, "“Martians” is no group of this round yet."),
    ]
    said = {
        f"value_{at}_{mapping.sign(value)}": "5" if value == "super" else meant.values[value]
        for at, value in enumerate(meant.values)
    } | {
        f"group_{at}_{mapping.sign(value)}": "-" if value == "Martians" else group
        for at, (value, group) in enumerate(meant.groups.items())
    }
    _responses, _meant, found = understood(asking, table(rows), said)
    assert found.problems == []
    assert (found.n, found.n_left_out) == (1, 1)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_delimiter_and_a_mark_at_the_beginning(asking, delimiter):
    assert understood(asking, table(delimiter=delimiter))[2].n == 3


def test_a_hundred_columns_are_read(asking):
    header = HEADER + [f"x{n}" for n in range(100)]
    rows = [row + ["y"] * 100 for row in ROWS]

    assert understood(asking, table(rows, header))[2].n == 3


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "file is empty"),
        (table([]), "only names of columns"),
        (b"a;a\n1;2\n", "Two columns are called"),
        (b"PK\x03\x04" + b"\0" * 99, "cannot be read"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "old Excel"),
        (";".join(f"c{n}" for n in range(9)).encode() + b"\n" + b"1;2\n" * 5001, "can have 5000"),
    ],
)
def test_what_is_no_table_of_answers_is_refused_in_a_sentence(data, says):
    with pytest.raises(TableError, match=says):
        read_responses(data)


def upload(client, round_, data, name="antworten.csv"):
    return client.post(f"/rounds/{round_.pk}/bring/", {"file": SimpleUploadedFile(name, data)})


def test_from_the_page_to_voices_that_tell_nothing_of_the_file(asking, as_ada):
    looked = upload(as_ada, asking, table())
    assert not Voice.objects.exists()
    assert looked.context["found"].n == 3
    sealed = looked.context["sealed"]

    taken = as_ada.post(f"/rounds/{asking.pk}/bring/take/", {"sealed": sealed})

    assert taken["Location"] == f"/rounds/{asking.pk}/"
    voices = Voice.objects.all()
    assert {(v.channel, v.is_sent, v.sheet) for v in voices} == {("helper", True, None)}
    assert len({v.day for v in voices}) == 1  # the day it was taken in, not that of the file
    said = Answer.objects.filter(voice__round_group__code="employees")
    assert sorted((a.item, a.status, a.value) for a in said.exclude(value=None)) == [
        ("q1_work.employees.core", "rated", 1),
        ("q1_work.employees.core", "rated", 5),
        ("q6_real_needs.employees.core", "rated", 4),
    ]
    assert said.get(words="Mehr Zeit").item == "closing.better"
    assert JournalEntry.objects.filter(action="imports.answers_brought").exists()
    assert "Ada" not in str(list(Answer.objects.values())) + str(list(EntryBatch.objects.values()))


def test_the_same_file_does_not_come_in_twice(asking, as_ada):
    sealed = upload(as_ada, asking, table()).context["sealed"]
    as_ada.post(f"/rounds/{asking.pk}/bring/take/", {"sealed": sealed})

    again = as_ada.post(f"/rounds/{asking.pk}/bring/take/", {"sealed": sealed})

    assert again.status_code == 422
    assert b"was taken in already" in again.content
    assert Voice.objects.count() == 3


def test_one_line_that_is_unclear_keeps_the_whole_file_out(asking, as_ada):
    data = table([*ROWS, ["x", "Employees", "super", "", "", ""]])
    sealed = upload(as_ada, asking, data).context["sealed"]

    refused = as_ada.post(f"/rounds/{asking.pk}/bring/take/", {"sealed": sealed})

    assert refused.status_code == 422
    assert not Voice.objects.exists()
    assert not EntryBatch.objects.exists()


def test_a_round_that_is_not_open_takes_nothing_in(asking, as_ada):
    sealed = upload(as_ada, asking, table()).context["sealed"]
    type(asking).objects.filter(pk=asking.pk).update(opens_on="2020-01-01", closes_on="2020-01-02")

    refused = as_ada.post(f"/rounds/{asking.pk}/bring/take/", {"sealed": sealed})

    assert refused.status_code == 422
    assert not Voice.objects.exists()


def test_a_page_that_was_changed_stores_nothing(asking, as_ada):
    assert as_ada.post(f"/rounds/{asking.pk}/bring/take/", {"sealed": "x"}).status_code == 302
    assert not Voice.objects.exists()


def test_markup_in_a_file_is_shown_as_text(asking, as_ada):
    header = ["<script>alert(1)</script>", *HEADER[1:]]
    page = upload(as_ada, asking, table([["<b>", "<i>", "<u>", "", "", ""]], header)).content

    assert b"<script>alert(1)" not in page
    assert b"&lt;u&gt;" in page


@pytest.fixture
def own(circle):
    """A round that asks the questions of an invented survey."""
    found = counterparts(read_survey(survey(newer=True)))
    questions = ItemSet.objects.create(circle=circle, title="Eigene", content=found.content)
    return rounds.asking(circle, item_version=questions.version)


VV = (
    '"Response ID"\tsubmitted\tpage\tlanguage\tmood\tbread\tcoffee\twhy\n'
    "id\tsubmitdate\tlastpage\tstartlanguage\tmood\toven_SQ001\toven_SQ002\twhy\n"
    "1\t1980-01-01\t3\tde\t5\tA1\t{question_not_shown}\t"
    "Eine Zeile{newline}und {lbrace}eine{tab}mehr\n"
    "2\t1980-01-01\t3\ten\t2\tA5\tA6\t\n"
)


def test_a_vv_file_is_read_with_its_signs_and_codes(own):
    responses, meant, found = understood(own, VV.encode(), {"group": "employees"})

    assert responses.is_vv
    assert meant.columns["oven_SQ001"] == "own_2"
    assert meant.columns["startlanguage"] == "language"
    # In this survey A1 is the best answer, and five is the highest step.
    assert (meant.values["very good"], meant.values["very poor"]) == ("5", "1")
    assert meant.values["don't know"] == "dont_know"
    (de, first), (en, second) = found.by_group["employees"]
    assert (de, en) == ("de", "en")
    assert first["own_2.observer.core"].value == 5
    assert "own_3.observer.core" not in first  # never shown is not left out
    assert first["closing.own_1"].words == "Eine Zeile\nund {eine\tmehr"
    assert second["own_3.observer.core"].status == "dont_know"


def test_csv_with_whole_questions_and_full_answers(own):
    header = ["id", "I like to come here.", "How good is … [the bread]", "What do you miss?"]
    data = table([["1", "completely true", "sehr gut", "Salz"]], header, ",")

    _responses, meant, found = understood(own, data, {"group": "customers"})

    assert list(meant.columns.values()) == ["", "own_1", "own_2", "closing.own_1"]
    assert [g.value for g in found.by_group["customers"][0][1].values()] == [5, 5, None]


def test_codes_in_brackets_are_known(own):
    data = table([["1", "A2", "A4"]], ["id", "oven[SQ001]", "oven[SQ002]"], ",")

    _responses, meant, found = understood(own, data, {"group": "customers"})

    assert list(meant.columns.values()) == ["", "own_2", "own_3"]
    assert [g.value for g in found.by_group["customers"][0][1].values()] == [4, 2]


def test_what_came_in_makes_a_picture_through_the_gate(own, as_ada):
    header = ["Gruppe", "mood", "oven[SQ001]", "oven[SQ002]"]
    rows = [["Employees", str(1 + n % 5), f"A{1 + n % 5}", "A1"] for n in range(24)]
    rows += [["Customers", "3", "A3", "A1"]] * 3
    sealed = upload(as_ada, own, table(rows, header)).context["sealed"]
    as_ada.post(f"/rounds/{own.pk}/bring/take/", {"sealed": sealed})
    type(own).objects.filter(pk=own.pk).update(closes_on="2020-01-02", opens_on="2020-01-01")

    make_picture(own.__class__.objects.get(pk=own.pk), "Ada")

    told = released(own, PICTURE)
    assert sum(told.group("employees").cells["own_1.observer.core"].steps) == 24
    assert not told.group("customers").heard.is_enough
    for page in ("picture/", "files/", "files/answers.csv", "files/all.xlsx", "reveal/"):
        assert as_ada.get(f"/rounds/{own.pk}/{page}").status_code == 200, page
    assert "I like to come here." in as_ada.get(f"/rounds/{own.pk}/picture/").content.decode()


def test_the_command_writes_what_it_guessed_and_reads_it_corrected(asking, tmp_path, capsys):
    file, guessed = tmp_path / "antworten.csv", tmp_path / "mapping.json"
    file.write_bytes(table([["Ada", "Employees", "super", "4", "", ""]]))
    about = ["import", "answers", str(file), "--round", str(asking.pk)]

    assert main(about) == 2
    assert f"{file}, line 2: “super” is no step of the scale yet." in capsys.readouterr().err
    assert main([*about, "--write-mapping", str(guessed)]) == 0
    guessed.write_text(guessed.read_text().replace('"super": ""', '"super": "5"'))
    assert main([*about, "--mapping", str(guessed), "--look"]) == 0
    assert not Voice.objects.exists()
    assert main([*about, "--mapping", str(guessed)]) == 0
    assert Answer.objects.get(item="q1_work.employees.core").value == 5


def test_participants_of_limesurvey_come_in_as_a_list():
    from erdkreis.invitations.lists import understand
    from erdkreis.invitations.tables import read_table

    data = (
        '"tid","firstname","lastname","email","emailstatus","token","language","validfrom"\n'
        '"1","Ada","Lovelace","ada@example.org","OK","abc123","de",""\n'
        '"2","Bela","Bartók","bela@example.org","OK","def456","en",""\n'
    ).encode("utf-8-sig")

    entries = understand(read_table(data), ["de", "en"]).entries

    assert [(e.email, e.name, e.language) for e in entries] == [
        ("ada@example.org", "Ada Lovelace", "de"),
        ("bela@example.org", "Bela Bartók", "en"),
    ]
