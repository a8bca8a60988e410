"""From SQLite to PostgreSQL by archive: codes and receipts that people hold stay good."""

import shutil
from itertools import islice

import pytest
from benchmarks.house import House, missing_answers, missing_votes, serving
from benchmarks.load import answerers, drive, post, voters

pytestmark = [pytest.mark.races, pytest.mark.long]


def unused_code(house):
    """Give somebody a code, past the application's pages."""
    made = house.run_code(
        "from erdkreis.invitations.services import issue_codes\n"
        "from erdkreis.rounds.models import RoundGroup\n"
        f"group = RoundGroup.objects.get(slug='{house.inside['group']}')\n"
        "print(issue_codes(group, 1)[0])"
    )
    return made.split()[-1]


def test_a_round_moves_to_another_database_while_people_answer(on_sqlite, database_url, tmp_path):
    shutil.copytree(on_sqlite.data, tmp_path / "old")
    old = House(tmp_path / "old", inside=on_sqlite.inside)
    votes, answers = [], []
    with serving(old, "--no-worker") as server:
        drive(server.port, islice(voters(old.inside, votes), 120), 8)
        drive(server.port, islice(answerers(old.inside, answers), 60), 8)
    code = unused_code(old)
    old.run("erdkreis", "export", "archive", tmp_path / "all.zip")

    new = House(tmp_path / "new", database_url, old.inside)
    new.data.mkdir()
    new.run("erdkreis", "init")
    new.run("erdkreis", "import", "archive", tmp_path / "all.zip")

    assert missing_votes(new, votes) == []
    assert missing_answers(new, answers) == []
    with serving(new, "--no-worker") as server:
        again, further = [], []
        changed = drive(server.port, islice(voters(new.inside, again, seed=2), 120), 8)
        more = drive(server.port, islice(answerers(new.inside, further), 60, 120), 8)
        cookie, token = new.inside["tokens"][0]
        heard = []

        def with_code():
            fields, cookies = f"csrfmiddlewaretoken={token}", f"csrftoken={cookie}"
            heard.append((yield post(f"/v/{code}/", fields, cookies)).status)
            heard.append((yield post(f"/v/{code}/", fields, cookies)).status)

        drive(server.port, iter([with_code()]), 1)
    assert (changed.n_errors, more.n_errors) == (0, 0)
    assert heard == [302, 404]  # good once, and then used up
    assert missing_votes(new, again) == []
    assert missing_answers(new, answers + further) == []
    assert new.rows("SELECT count(*) FROM dialogues_vote") == [(120,)]
