"""A dialogue as Polis open data: what was read comes out again; our own keeps its people."""

import csv
import io

import pytest

from erdkreis.cli import main
from erdkreis.dialogues.models import Dialogue
from erdkreis.dialogues.open_data import comments, files_of
from erdkreis.dialogues.queries import vote_counts
from factories import dialogues
from factories.polis import export

pytestmark = pytest.mark.django_db


def by_number(dialogue: Dialogue) -> dict[str, tuple[int, int, int]]:
    counts = vote_counts(dialogue)
    return {
        s.external_id: (counts[s.pk].agree, counts[s.pk].passed, counts[s.pk].disagree)
        for s in dialogue.statements.all()
    }


def test_a_published_conversation_comes_out_as_it_came_in(tmp_path):
    (tmp_path / "in").mkdir()
    assert main(["import", "polis", str(export(tmp_path / "in"))]) == 0
    first = Dialogue.objects.get()

    assert main(["export", "polis", first.slug, str(tmp_path / "out")]) == 0

    again = ["import", "polis", str(tmp_path / "out"), "--title", "Again"]
    assert main(again) == 0
    second = Dialogue.objects.get(title="Again")
    assert by_number(second) == by_number(first) == {"0": (2, 0, 1), "1": (1, 1, 0), "4": (0, 0, 0)}
    assert [s.text for s in second.statements.all()] == [s.text for s in first.statements.all()]
    assert [s.status for s in second.statements.all()] == [s.status for s in first.statements.all()]
    assert second.source == first.source


def test_the_sign_is_named(tmp_path):
    (tmp_path / "in").mkdir()
    main(["import", "polis", str(export(tmp_path / "in"))])
    main(["export", "polis", Dialogue.objects.get().slug, str(tmp_path / "out")])

    assert "vote-sign,1 means agree" in (tmp_path / "out" / "summary.csv").read_text()


def test_how_people_voted_in_our_own_dialogue_is_in_no_file(circle, as_ada):
    dialogue = dialogues.dialogue(circle)
    for _person in range(4):
        dialogues.voter(dialogue, {1: 1, 2: -1})

    assert sorted(files_of(dialogue)) == ["comments.csv", "summary.csv"]
    address = f"/dialogues/{dialogue.pk}/open-data/"
    assert as_ada.get(f"{address}participants-votes.csv").status_code == 404
    rows = list(csv.DictReader(io.StringIO("".join(comments(dialogue)))))
    assert {(row["agrees"], row["disagrees"]) for row in rows} == {("", "")}


def test_counts_stand_where_they_were_let_out(circle):
    dialogue = dialogues.dialogue(circle)
    for person in range(24):
        dialogues.voter(dialogue, {1: 1 if person % 3 else -1})

    rows = list(csv.DictReader(io.StringIO("".join(comments(dialogue)))))

    assert (rows[0]["agrees"], rows[0]["disagrees"]) == ("16", "8")
    assert (rows[1]["agrees"], rows[1]["disagrees"]) == ("", "")


def test_everyone_may_take_along_what_was_published(tmp_path, client):
    main(["import", "polis", str(export(tmp_path))])
    dialogue = Dialogue.objects.get()

    answer = client.get(f"/dialogues/{dialogue.pk}/open-data/participants-votes.csv")

    assert answer.status_code == 200
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0] == "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,4"
    assert min(lines[1:]).startswith("3,,,1,0,1,-1,,")


def test_a_statement_that_would_be_a_formula_is_tamed(circle):
    dialogue = dialogues.dialogue(circle, ["=HYPERLINK(1)"])

    assert "'=HYPERLINK(1)" in "".join(comments(dialogue))


def test_an_unknown_dialogue_and_an_old_folder_are_said_in_a_sentence(circle, tmp_path, capsys):
    assert main(["export", "polis", "nothing", str(tmp_path / "x")]) == 2
    assert "There is no dialogue" in capsys.readouterr().err
    dialogue = dialogues.dialogue(circle)
    assert main(["export", "polis", dialogue.slug, str(tmp_path)]) == 2
    assert "cannot be written" in capsys.readouterr().err
