"""A file that takes minutes is made by a worker, once, and is whole or not there."""

import pytest

from erdkreis.cli import main
from erdkreis.dialogues import large_file
from erdkreis.dialogues.models import Dialogue, KeptPiece
from erdkreis.dialogues.open_data import matrix
from erdkreis.jobs.models import Job
from erdkreis.jobs.running import do
from factories.polis import export

pytestmark = pytest.mark.django_db


@pytest.fixture
def large(tmp_path, monkeypatch):
    """A published conversation that counts as large, kept in pieces of a few lines."""
    monkeypatch.setattr(large_file, "MANY", 4)
    monkeypatch.setattr(large_file, "PIECE", 60)
    main(["import", "polis", str(export(tmp_path))])
    return Dialogue.objects.get()


def ask(client, dialogue, name=large_file.MATRIX):
    return client.get(f"/dialogues/{dialogue.pk}/open-data/{name}")


def work() -> None:
    """Do what was put in. What comes by the clock wants no transaction around it."""
    waiting = Job.objects.filter(kind="open_data", state=Job.State.WAITING)
    for job in waiting.order_by("pk"):
        job.state = Job.State.RUNNING
        job.save()
        do(job)


def whole(answer) -> str:
    return b"".join(answer.streaming_content).decode()


def test_who_asks_is_told_and_finds_it_once_it_is_made(client, large):
    told, again = ask(client, large), ask(client, large)

    assert (told.status_code, again.status_code) == (202, 202)
    assert "The file is being made" in told.content.decode()
    assert Job.objects.filter(kind="open_data").count() == 1
    work()
    answer = ask(client, large)
    assert answer.status_code == 200
    assert whole(answer) == "".join(matrix(large))
    assert KeptPiece.objects.count() > 1
    ask(client, large)
    assert not Job.objects.filter(kind="open_data", state=Job.State.WAITING).exists()


def test_who_has_the_file_already_is_told_so_until_it_is_made_anew(client, large):
    ask(client, large)
    work()
    comments, matrix_ = ask(client, large, "comments.csv"), ask(client, large)

    def again(answer, name):
        known = {"if-none-match": answer["ETag"]}
        return client.get(f"/dialogues/{large.pk}/open-data/{name}", headers=known)

    assert again(comments, "comments.csv").status_code == 304
    assert again(matrix_, large_file.MATRIX).status_code == 304
    assert again(comments, "summary.csv").status_code == 200
    large_file.make(large, lambda *_: None)
    assert again(matrix_, large_file.MATRIX).status_code == 200
    large.statements.filter(number=1).update(text="Said in other words.")
    assert again(comments, "comments.csv").status_code == 200


def test_a_small_file_is_handed_out_at_once(client, large, monkeypatch):
    assert ask(client, large, "comments.csv").status_code == 200
    monkeypatch.setattr(large_file, "MANY", 5)

    assert whole(ask(client, large)) == "".join(matrix(large))
    assert not Job.objects.filter(kind="open_data").exists()


def test_what_a_worker_left_half_done_is_handed_to_nobody_and_made_anew(client, large, monkeypatch):
    keep = large_file._keep

    def keep_and_die(*which, **how):
        keep(*which, **how)
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(large_file, "_keep", keep_and_die)
        with pytest.raises(SystemExit):
            large_file.make(large, lambda *_how_far: None)

    assert KeptPiece.objects.count() == 1
    assert ask(client, large).status_code == 202
    work()
    assert whole(ask(client, large)) == "".join(matrix(large))


def test_how_far_it_is_and_what_failed_is_seen(client, large):
    ask(client, large)
    job = Job.objects.filter(kind="open_data")

    job.update(state=Job.State.RUNNING, n_done=30, n_total=120)
    assert "25 % done" in ask(client, large).content.decode()

    job.update(state=Job.State.SET_ASIDE)
    assert "It could not be made" in ask(client, large).content.decode()
    assert job.count() == 1
