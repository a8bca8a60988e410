"""A dialogue from Polis, brought along on a page: looked through, then taken in as it was."""

import numpy as np
import pytest

from erdkreis.dialogues.models import Dialogue, Vote
from erdkreis.dialogues.queries import vote_counts
from erdkreis.imports import forms, published
from erdkreis.jobs.models import Job
from factories.polis import MATRIX, VOTES, conversation_to_take, uploaded, votes_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(as_ada, circle):
    address = f"/circles/{circle.slug}/bring/conversation/"
    return lambda **files: as_ada.post(address, {"csv_files": uploaded(**files)})


def counted() -> dict[str, tuple[int, int, int]]:
    talk = Dialogue.objects.get()
    texts = dict(talk.statements.values_list("pk", "text"))
    counts = vote_counts(talk)
    return {texts[pk]: (c.agree, c.disagree, c.n) for pk, c in counts.items() if c.n}


def test_the_preview_says_what_the_files_hold_and_stores_nothing(bring):
    page = bring()

    assert page.context["n_people"] == 3
    assert len(page.context["export"].votes) == 5
    assert page.context["first"][0] == published.Counted("More bread.", 2, 1)
    assert not Dialogue.objects.exists()


def test_it_comes_in_closed_with_its_source_and_is_analysed(as_ada, circle):
    address, data = conversation_to_take(as_ada, circle)
    as_ada.post(address, data | {"licence": "CC BY 4.0"})
    talk = Dialogue.objects.get()

    assert (talk.circle, talk.title, talk.source, talk.licence, talk.state) == (
        circle, "Bread for all", "https://pol.is/abc", "CC BY 4.0", Dialogue.State.CLOSED,
    )  # fmt: skip
    assert not talk.is_public_source, "only what somebody says is public is shown in full"
    assert counted()["More bread."] == (2, 1, 3)
    assert Job.objects.filter(kind="opinion").exists()


def test_a_sign_that_runs_the_other_way_is_turned(as_ada, circle):
    address, data = conversation_to_take(as_ada, circle)
    as_ada.post(address, data | {"is_turned": "on", "is_public": "on"})

    assert counted()["More bread."] == (1, 2, 3)
    assert Dialogue.objects.get().is_public_source


def test_files_that_fit_the_other_sign_are_turned_unless_somebody_says_no(bring):
    turned = VOTES.replace(",1\n", ",x\n").replace(",-1\n", ",1\n").replace(",x\n", ",-1\n")
    page = bring(votes=turned)

    assert page.context["taken"].initial["is_turned"]
    assert "fit the other way round" in page.content.decode()


def test_twice_is_once(as_ada, circle):
    address, data = conversation_to_take(as_ada, circle)
    as_ada.post(address, data)
    answer = as_ada.post(address, data, follow=True)

    assert "This dialogue is here already" in answer.content.decode()
    assert Dialogue.objects.count() == 1


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"votes": votes_file("1,x,99,7,1")}, "votes.csv, line 2: the statement 99"),
        ({"votes": ""}, "neither votes.csv nor participants-votes.csv"),
        ({"comments": ""}, "no comments.csv"),
        ({"comments": "\x00"}, "comments.csv, line 1"),
        ({"photo": "x"}, "not named as the files of a dialogue"),
        ({"participants_votes": MATRIX, "participant_votes": MATRIX}, "two files"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_stored(bring, files, sentence):
    page = bring(**files)

    assert page.status_code == 422
    assert sentence in page.context["form"].errors.as_text()
    assert not Dialogue.objects.exists()


def test_a_file_name_reaches_no_other_folder(as_ada, circle, tmp_path):
    evil = uploaded()
    evil[1].name = f"{tmp_path}/../votes.csv"  # the upload cuts it; the end of the name decides
    page = as_ada.post(f"/circles/{circle.slug}/bring/conversation/", {"csv_files": evil})

    assert page.status_code == 200
    assert not list(tmp_path.iterdir())


def test_the_matrix_is_read_where_there_is_no_log(bring):
    page = bring(votes="", participant_votes=MATRIX)

    assert len(page.context["export"].votes) == 5


def test_what_is_too_large_for_a_page_is_refused(bring, monkeypatch):
    monkeypatch.setattr(forms, "LARGEST_SEALED", 100)
    page = bring()

    assert "erdkreis import polis" in page.context["form"].errors.as_text()
    assert not Dialogue.objects.exists()


def test_what_a_page_carried_along_cannot_be_changed_or_exchanged(as_ada, circle):
    address, data = conversation_to_take(as_ada, circle)
    changed = as_ada.post(address, data | {"sealed": data["sealed"][:-2] + "xx"}, follow=True)
    other = as_ada.post(f"/circles/{circle.slug}/bring/questions/take/", data, follow=True)

    for answer in (changed, other):
        assert "Nothing was stored" in answer.content.decode()
    assert not Vote.objects.exists()


def test_a_conversation_travels_through_a_page_unchanged(tmp_path):
    export = published.read_files(uploaded())
    again = published.from_data(published.as_data(export))

    assert again.statements == export.statements
    for column in ("participants", "statements", "values"):
        assert np.array_equal(getattr(again.votes, column), getattr(export.votes, column))
