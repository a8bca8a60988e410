"""erdkreis import polis: published conversations come in whole, or not at all."""

import json
import os
from pathlib import Path

import pytest
from django.db import IntegrityError

from erdkreis.circles.models import Circle
from erdkreis.cli import main
from erdkreis.dialogues import imports
from erdkreis.dialogues.models import Dialogue, Statement, Voter
from erdkreis.dialogues.queries import vote_counts
from factories.polis import VOTES, export, votes_file

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).resolve().parents[3] / "shared"
CONVERSATIONS = ["london.youth.policing", "scoop-hivemind.biodiversity", "vtaiwan.uberx"]


def import_polis(*arguments: object) -> int:
    return main(["import", "polis", *map(str, arguments)])


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_counts_of_a_published_conversation_equal_the_reference(name):
    if os.environ.get("ERDKREIS_NO_SHARED"):
        pytest.skip("ERDKREIS_NO_SHARED is set: the published conversations are not at hand.")
    folder = SHARED / "data" / "polis" / name
    assert folder.is_dir(), (
        f"{folder} is missing. Put the published conversations beside the repository, or set "
        "ERDKREIS_NO_SHARED=1 to leave this test out."
    )
    assert import_polis(folder) == 0

    reference = json.loads((SHARED / "reference" / "opinion" / f"{name}.json").read_text())
    counts = vote_counts(Dialogue.objects.get())
    numbers = dict(Statement.objects.values_list("pk", "external_id"))
    mine = {
        numbers[pk]: {"agree": c.agree, "disagree": c.disagree, "seen": c.n}
        for pk, c in counts.items()
        if c.n
    }
    assert mine == {key: entry["all"] for key, entry in reference["statements"].items()}
    assert Voter.objects.filter(votes__isnull=False).distinct().count() == len(
        reference["participants"]
    )


def test_a_conversation_gets_a_circle_of_its_own(tmp_path, capsys):
    assert import_polis(export(tmp_path), "--licence", "CC BY 4.0") == 0
    talk = Dialogue.objects.get()

    assert (talk.title, talk.source, talk.licence) == (
        "Bread for all",
        "https://pol.is/abc",
        "CC BY 4.0",
    )
    assert (talk.state, talk.is_public_source, talk.circle.slug) == (
        "closed",
        True,
        "bread-for-all",
    )
    assert not talk.circle.is_invented
    assert list(talk.statements.values_list("number", "status", "reason")) == [
        (0, "accepted", ""),
        (1, "rejected", "at_source"),
        (4, "pending", ""),
    ]
    assert Voter.objects.exclude(receipt_digest=None).count() == 0
    out = capsys.readouterr().out
    assert "3 people, 3 statements, 5 votes" in out
    assert f"/d/{talk.slug}/" in out
    assert "has no host" in out


def test_a_conversation_comes_into_a_named_circle(tmp_path, circle, as_ada):
    import_polis(export(tmp_path), "--circle", circle.slug, "--title", "Bread")
    talk = circle.dialogues.get()

    assert talk.title == "Bread"
    page = as_ada.get(f"/dialogues/{talk.pk}/results/")
    first = page.context["rows"][0]
    assert (first.n, first.agree, first.passed, first.disagree) == ("3", "2", "0", "1")
    assert "https://pol.is/abc" in page.content.decode()


def test_whoever_alone_hosts_here_hosts_the_new_circle(tmp_path, ada, circle):
    import_polis(export(tmp_path))

    assert Circle.objects.get(slug="bread-for-all").roles.get().person == ada


def test_a_host_can_be_named(tmp_path, ada, charlotte, circle):
    import_polis(export(tmp_path), "--host", charlotte.email)

    assert Circle.objects.get(slug="bread-for-all").roles.get().person == charlotte


def test_a_private_conversation_shows_nothing_below_five(tmp_path, circle, as_ada, client):
    import_polis(export(tmp_path), "--private", "--circle", circle.slug)
    address = f"/dialogues/{Dialogue.objects.get().pk}/results/"

    assert b"fewer than 5 votes" in as_ada.get(address).content
    assert client.get(address).status_code == 302


def test_bad_rows_are_named_and_nothing_is_half_imported(tmp_path, capsys):
    folder = export(tmp_path, votes=VOTES + "30,x,0,7,5\n31,x,0,<script>,1\n")

    assert import_polis(folder) == 2
    told = capsys.readouterr().err
    assert told.startswith("Nothing was imported.\n")
    assert "votes.csv, line 7: “5” in the column “vote” is none of 1, 0, -1." in told
    assert "votes.csv, line 8:" in told
    assert "Traceback" not in told
    assert not Circle.objects.exists()


def test_a_failure_while_writing_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(imports, "WRITE_VOTE", imports.WRITE_VOTE.replace("%s, %s)", "%s, 9 + %s)"))
    with pytest.raises(IntegrityError):
        import_polis(export(tmp_path))

    assert not Circle.objects.exists()
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--circle", "nowhere"], "There is no circle “nowhere”."),
        (["--host", "nobody@example.org"], "Nobody here has the address"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(tmp_path, capsys, arguments, told):
    assert import_polis(export(tmp_path), *arguments) == 2
    assert told in capsys.readouterr().err
    assert not Dialogue.objects.exists()


@pytest.mark.parametrize("arguments", [[], ["x", "--agree", "2"], ["x", "--agree", "yes"]])
def test_wrong_arguments_end_with_two(arguments):
    with pytest.raises(SystemExit) as ended:
        import_polis(*arguments)

    assert ended.value.code == 2


def test_a_folder_that_does_not_exist_is_told(tmp_path, capsys):
    assert import_polis(tmp_path / "nowhere") == 2
    assert "is not a folder" in capsys.readouterr().err


def test_the_same_conversation_comes_in_once(tmp_path, capsys):
    import_polis(export(tmp_path))

    assert import_polis(tmp_path) == 2
    assert "is here already" in capsys.readouterr().err
    assert import_polis(tmp_path, "--title", "Once more") == 0
    assert Dialogue.objects.count() == 2


def test_a_sign_that_looks_wrong_is_said(tmp_path, capsys):
    assert import_polis(export(tmp_path), "--agree", "-1") == 0

    assert "import with --agree 1" in capsys.readouterr().err


def test_a_conversation_without_a_summary_is_named_after_its_folder(tmp_path):
    folder = tmp_path / "talk.about.bread"
    folder.mkdir()
    import_polis(export(folder, summary=None, votes=votes_file()))
    talk = Dialogue.objects.get()

    assert (talk.title, talk.source) == ("talk.about.bread", "talk.about.bread")


def test_markup_in_a_published_conversation_is_shown_as_text(tmp_path, client):
    folder = export(tmp_path, summary="topic,<svg onload=x>\nurl,<b>here</b>\n")
    import_polis(folder)
    talk = Dialogue.objects.get()

    for page in (f"/d/{talk.slug}/", f"/dialogues/{talk.pk}/results/"):
        shown = client.get(page).content
        assert b"<svg onload" not in shown
        assert b"<b>here" not in shown
        assert b"&lt;svg onload=x&gt;" in shown


def test_looking_first_writes_nothing_and_shows_counts_of_known_statements(tmp_path, capsys):
    assert import_polis(export(tmp_path), "--look") == 0

    said = capsys.readouterr().out
    assert "3 statements" in said
    assert "     2 agree,      1 disagree" in said
    assert not Dialogue.objects.exists()
