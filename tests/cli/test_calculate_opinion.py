"""``erdkreis calculate opinion`` on good and bad folders."""

import csv
import gzip
import io
import json
import random

import pytest

from erdkreis.cli import main
from shared_data import shared

HEADING = "timestamp,datetime,comment-id,voter-id,vote\n"
STATEMENTS = "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"


def votes(rows):
    return HEADING + "".join(f"{time},x,{s},{p},{v}\n" for time, s, p, v in rows)


@pytest.fixture
def folder(tmp_path):
    """A place for an export; ``write`` takes file names to text or bytes."""

    def write(**files):
        for name, content in files.items():
            path = tmp_path / name.replace("__", ".").replace("_", "-")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(tmp_path)

    return write


def run(*arguments, capsys):
    code = main(["calculate", "opinion", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def figures(path, *flags, capsys):
    code, out, _ = run(path, *flags, "--json", "-", capsys=capsys)
    assert code == 0
    return json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} in the JSON"))


GOOD = votes([(1, 1, 7, 1), (1, 2, 7, -1), (2, 1, 8, 0)])

BAD = {
    "a vote outside the three": (
        votes([(1, 1, 7, 1), (1, 2, 7, 2)]),
        "votes.csv, line 3: the vote 2",
    ),
    "a vote that is a word": (votes([(1, 1, 7, "yes")]), 'votes.csv, line 2: the vote "yes"'),
    "a time that is no number": (votes([("NaN", 1, 7, 1)]), 'line 2: the timestamp "NaN"'),
    "an empty time": (votes([("", 1, 7, 1)]), 'line 2: the timestamp ""'),
    "an id that is no number": (votes([(1, "a", 7, 1)]), 'line 2: the comment-id "a"'),
    "an id beyond all bounds": (votes([(1, 10**30, 7, 1)]), "is too large"),
    "a doubled heading": ("timestamp,vote,vote,comment-id,voter-id\n", 'the column "vote" twice'),
    "a missing column": ("timestamp,comment-id,vote\n1,1,1\n", 'the column "voter-id" is missing'),
    "a short row": (HEADING + "1,x,1,7\n", "line 2: the row has 4 cells, the heading 5"),
    "an empty file": ("", "votes.csv, line 1: the file is empty"),
    "only a heading": (HEADING, "not a single vote"),
    "binary content": (b"\0\1\2\3" * 50, "votes.csv, line 1"),
    "a cell that would steer the terminal": (
        votes([(1, 1, 7, '"\x1b[2J\nyes"')]),
        'line 3: the vote "·[2J·yes" is not',
    ),
    "semicolons": (GOOD.replace(",", ";"), "Are the columns separated by commas?"),
    "a quotation mark never closed": (HEADING + '1,"x,1,7,1\n' + "y" * 1_100_000, "quotation mark"),
}


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD.keys())
def test_unreadable_votes_end_with_one_sentence(folder, capsys, content, sentence):
    path = folder(votes__csv=content)

    code, out, err = run(path, capsys=capsys)

    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_a_name_that_is_no_folder_is_refused(capsys):
    for name in ("x" * 5000, __file__, "\0"):
        code, _, err = run(name, capsys=capsys)

        assert (code, err.count("\n")) == (2, 1)


def test_an_empty_folder_is_refused(folder, capsys):
    code, _, err = run(folder(), capsys=capsys)

    assert code == 2
    assert "neither votes.csv nor participants-votes.csv" in err


def test_statements_alone_are_refused(folder, capsys):
    assert run(folder(comments__csv=STATEMENTS + "1,1,1,0,0,1,x\n"), capsys=capsys)[0] == 2


def test_a_missing_folder_is_refused(tmp_path, capsys):
    code, _, err = run(str(tmp_path / "nowhere"), capsys=capsys)

    assert code == 2
    assert "no such folder" in err


def test_a_statement_listed_twice_is_refused(folder, capsys):
    path = folder(votes__csv=GOOD, comments__csv=STATEMENTS + "1,1,1,0,0,1,x\n1,1,1,0,0,1,y\n")

    code, _, err = run(path, capsys=capsys)

    assert code == 2
    assert "comments.csv, line 3: the statement 1 is listed twice" in err


def test_a_participant_with_two_rows_is_refused(folder, capsys):
    path = folder(participants_votes__csv="participant,group-id,1,2\n7,,1,\n7,,,1\n")

    code, _, err = run(path, capsys=capsys)

    assert code == 2
    assert "line 3: participant 7 has a row already, on line 2" in err


def test_gzip_that_unpacks_without_end_is_refused(folder, monkeypatch, capsys):
    monkeypatch.setattr("erdkreis.calc.opinion.packed.N_BYTES_HARMLESS", 1_000_000)
    bomb = gzip.compress(HEADING.encode() + b"1,x,1,7,1\n" * 400_000)

    code, _, err = run(folder(votes__csv__gz=bomb), capsys=capsys)

    assert code == 2
    assert "unpacks to far more" in err


@pytest.mark.parametrize(
    "content", [b"no gzip", gzip.compress(GOOD.encode())[:-20]], ids=["no gzip", "cut off"]
)
def test_damaged_gzip_is_refused(folder, capsys, content):
    code, _, err = run(folder(votes__csv__gz=content), capsys=capsys)

    assert code == 2
    assert "votes.csv: the file cannot be read or unpacked" in err


@pytest.mark.parametrize(
    "disguised",
    [
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("1,x,", "1,Z\u00fcrich,").encode("latin-1"),
        "vote,voter-id,comment-id,timestamp\n1,7,1,1\n-1,7,2,1\n0,8,1,2\n",
        votes([(5, 2, 7, -1), (9, 1, 7, 1), (3, 1, 7, -1), (2, 1, 8, 0)]),
        votes([(1, 1, 7, -1), (1, 1, 7, 1), (1, 2, 7, -1), (2, 1, 8, 0)]),
        GOOD.replace(",7,", ",7.0,"),
    ],
    ids=["BOM", "CRLF", "latin-1", "other order", "older vote below", "same time", "as float"],
)
def test_every_disguise_gives_the_same_votes(folder, tmp_path, capsys, disguised):
    path = folder(votes__csv=disguised)
    expected = {"participants": 2, "statements": 2, "votes": 3}

    found = figures(path, capsys=capsys)["kept"]

    assert {name: found[name] for name in expected} == expected


def test_the_matrix_stands_in_for_a_missing_log(folder, capsys):
    path = folder(participants_votes__csv="participant,xid,group-id,1,2\n7,,0,1,-1\n8,,,0,\n")

    found = figures(path, "--classic", capsys=capsys)

    assert found["input"]["from"] == "participants-votes.csv"
    assert found["statements"]["1"]["all"] == {"agree": 1, "disagree": 0, "seen": 2}


LONDON = ("data", "polis", "london.youth.policing")


def columns(text, kept=lambda _name: True, order=lambda names: names):
    """Write a table anew with some of its columns, in another order."""
    table = csv.DictReader(io.StringIO(text, newline=""))
    names = order([name for name in table.fieldnames if kept(name)])
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, names, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    return stream.getvalue()


def shuffled_rows(text):
    head, *rows = text.splitlines(keepends=True)
    return head + "".join(random.Random(1).sample(rows, len(rows)))


def newer(text):
    """Add the columns that newer exports have."""
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([*head[:-1], "is-meta", "is-seed", "group-informed-consensus", head[-1]])
    writer.writerows([*row[:-1], "false", "true", "0.25", row[-1]] for row in rows)
    return stream.getvalue()


def unquoted(text):
    """Write the words of a statement as the web server's own export does: bare, at the end."""
    return "".join(
        ",".join(row).replace("\n", " ") + "\n" for row in csv.reader(io.StringIO(text, newline=""))
    )


DISGUISES = {
    "CRLF": lambda v, m, c: {"votes.csv": v.replace("\n", "\r\n"), "comments.csv": c},
    "BOM": lambda v, m, c: {"votes.csv": "\ufeff" + v, "comments.csv": "\ufeff" + c},
    "no datetime": lambda v, m, c: {
        "votes.csv": columns(v, kept=lambda name: name != "datetime"),
        "comments.csv": columns(c, kept=lambda name: name != "datetime"),
    },
    "columns turned round": lambda v, m, c: {
        "votes.csv": columns(v, order=lambda names: names[::-1]),
        "comments.csv": columns(c, order=lambda names: names[::-1]),
    },
    "rows in any order": lambda v, m, c: {"votes.csv": shuffled_rows(v), "comments.csv": c},
    "newer columns": lambda v, m, c: {"votes.csv": v, "comments.csv": newer(c)},
    "bare words": lambda v, m, c: {"votes.csv": v, "comments.csv": unquoted(c)},
    "matrix only": lambda v, m, c: {"participants-votes.csv": m, "comments.csv": c},
    "matrix as the report names it": lambda v, m, c: {
        "participant-votes.csv": m,
        "comments.csv": c,
    },
    "matrix without counts": lambda v, m, c: {
        "participants-votes.csv": columns(
            m, kept=lambda name: name == "participant" or name.isdigit()
        ),
        "comments.csv": c,
    },
    "only ids and moderation": lambda v, m, c: {
        "votes.csv": v,
        "comments.csv": columns(c, kept=lambda name: name in ("comment-id", "moderated")),
    },
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES.keys())
def test_a_published_conversation_gives_the_same_figures_however_it_was_written(
    tmp_path, capsys, disguise, packed
):
    names = ("votes.csv", "participants-votes.csv", "comments.csv")
    texts = [shared(*LONDON, name).read_text(encoding="utf-8") for name in names]
    expected = figures(str(shared(*LONDON)), "--classic", capsys=capsys)

    for name, text in disguise(*texts).items():
        content = text.encode()
        path = tmp_path / (f"{name}.gz" if packed else name)
        path.write_bytes(gzip.compress(content) if packed else content)

    found = figures(str(tmp_path), "--classic", capsys=capsys)
    for says_where_from in ("made_with", "input", "remarks"):
        del found[says_where_from], expected[says_where_from]
    assert found == expected


def test_agree_minus_one_turns_every_vote_around(folder, capsys):
    found = figures(folder(votes__csv=GOOD), "--classic", "--agree", "-1", capsys=capsys)

    assert found["statements"]["1"]["all"] == {"agree": 0, "disagree": 1, "seen": 2}


def test_an_inverted_sign_is_warned_about_but_not_guessed(folder, capsys):
    rows = [(1, 1, person, -1) for person in range(5)]
    path = folder(votes__csv=votes(rows), comments__csv=STATEMENTS + "1,1,1,5,0,1,x\n")

    code, _, err = run(path, capsys=capsys)

    assert code == 0
    assert "sign looks inverted" in err


def test_a_statement_text_left_unquoted_keeps_its_commas(folder, capsys):
    path = folder(votes__csv=GOOD, comments__csv=STATEMENTS + "1,1,1,0,0,1,one, two, three\n")

    assert figures(path, capsys=capsys)["statements"]["1"]["text"] == "one, two, three"


@pytest.mark.parametrize("flags", [[], ["--classic"]], ids=["ours", "classic"])
@pytest.mark.parametrize(
    "rows",
    [
        [(1, 1, 1, 1)],
        [(1, s, 1, 1) for s in range(12)],
        [(1, 1, p, 1) for p in range(30)],
        [(1, s, p, 0) for s in range(8) for p in range(25)],
        [(1, s, p, 1) for s in range(8) for p in range(25)],
        [(1, s, p, -1) for s in range(8) for p in range(2)],
        [(1, s, p, 1 if p % 2 else -1) for s in range(8) for p in range(25)],
    ],
    ids=[
        "one vote",
        "one person",
        "one statement",
        "all pass",
        "all agree",
        "two people",
        "two camps",
    ],
)
def test_tiny_and_constant_dialogues_have_a_stated_verdict(folder, capsys, rows, flags):
    found = figures(folder(votes__csv=votes(rows)), *flags, capsys=capsys)

    assert found["groups"]["verdict"]


def test_two_clear_camps_are_named(folder, capsys):
    rows = [(1, s, p, 1 if (p < 30) == (s < 10) else -1) for s in range(20) for p in range(60)]

    found = figures(folder(votes__csv=votes(rows)), capsys=capsys)

    assert found["groups"]["verdict"] == "stable"
    assert found["groups"]["sizes"] == [30, 30]


def test_stakeholder_groups_come_from_a_table(folder, tmp_path, capsys):
    rows = [(1, s, p, 1 if p < 20 or s else -1) for s in range(3) for p in range(40)]
    people = tmp_path / "people.csv"
    people.write_text(
        "participant,group\n"
        + "".join(f"{p},{'staff' if p < 20 else 'clients'}\n" for p in range(40))
    )

    found = figures(folder(votes__csv=votes(rows)), "--people", str(people), capsys=capsys)

    told = found["stakeholder_groups"]
    assert told["names"] == ["clients", "staff"]
    assert told["statements"]["0"]["tension"]["answer"] == "yes"
    assert told["statements"]["1"]["common_ground"]["answer"] == "yes"


def test_a_statement_in_the_list_without_votes_has_no_column(folder, capsys):
    path = folder(votes__csv=GOOD, comments__csv=STATEMENTS + "1,9,1,0,0,1,unseen\n")

    assert "9" not in figures(path, "--classic", capsys=capsys)["statements"]


def test_rejected_and_meta_statements_stay_out_of_the_map(folder, capsys):
    rows = [(1, s, p, (-1) ** (s + p)) for s in range(4) for p in range(9)]
    listed = "comment-id,moderated,is-meta\n0,-1,false\n1,1,true\n2,0,false\n3,1,false\n"

    found = figures(
        folder(votes__csv=votes(rows), comments__csv=listed), "--classic", capsys=capsys
    )

    assert found["kept"]["moderated_out_statements"] == [0, 1]
    assert found["kept"]["meta_statements"] == [1]
    assert found["pca"]["pc1"][:2] == [0.0, 0.0]
    assert found["statements"]["1"]["priority"] == 49.0


def test_progress_is_told_step_by_step_when_asked_for(folder, capsys):
    path = folder(votes__csv=GOOD)
    _, _, quiet = run(path, "--json", "-", capsys=capsys)
    _, _, told = run(path, "--progress", "--json", "-", capsys=capsys)

    steps = ["reading", "adding up votes", "looking for axes", "placing people", "opinion groups"]
    places = [told.index(step) for step in steps]
    assert not any(step in quiet for step in steps)
    assert places == sorted(places)
    assert "100 %" in told
    assert "\r" not in told


def two_groups(folder, tmp_path):
    """Ten of staff who agree, thirty clients who do not."""
    rows = [(1, s, p, 1 if p < 10 else -1) for s in range(3) for p in range(40)]
    people = tmp_path / "people.csv"
    people.write_text(
        "participant,group\n"
        + "".join(f"{p},{'staff' if p < 10 else 'clients'}\n" for p in range(40))
    )
    return folder(votes__csv=votes(rows)), people


def test_known_sizes_weigh_the_groups_and_say_how_sure_that_is(folder, tmp_path, capsys):
    path, people = two_groups(folder, tmp_path)
    sizes = tmp_path / "sizes.csv"
    sizes.write_text("group,people\nclients,100\nstaff,150\n")

    found = figures(path, "--people", str(people), "--sizes", str(sizes), capsys=capsys)
    told = found["weighting"]

    # 10 people of weight 2.4, 30 of weight 8/15: 40² / (10 · 2.4² + 30 · (8/15)²) = 24.2
    assert (told["choice"], told["n"]) == ("known sizes", 40)
    assert told["n_effective"] == pytest.approx(1600 / (57.6 + 64 / 7.5))
    assert told["statements"]["0"]["agree"] == pytest.approx(0.6)
    assert told["statements"]["0"]["agree_unweighted"] == pytest.approx(0.25)
    assert told["statements"]["0"]["n"] == 40


def test_without_sizes_each_group_is_one_voice_and_that_is_said(folder, tmp_path, capsys):
    path, people = two_groups(folder, tmp_path)
    code, out, _ = run(path, "--people", str(people), capsys=capsys)

    assert code == 0
    assert "Weighted, each group one voice: n = 40, as sure as 30 people." in out


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("group,people\nstaff,3\n", 'the group "clients" has no size'),
        ("group,people\nstaff,3\nstaff,4\n", 'line 3: the group "staff" is listed twice'),
        ("group,people\nstaff,0\nclients,2\n", "line 2: a group of 0 people cannot count"),
        ("group,people\nstaff,many\n", 'line 2: the people "many"'),
        ("group,n\nstaff,3\n", 'the column "people" is missing'),
    ],
)
def test_sizes_that_cannot_be_read_end_with_one_sentence(folder, tmp_path, capsys, text, sentence):
    path, people = two_groups(folder, tmp_path)
    sizes = tmp_path / "sizes.csv"
    sizes.write_text(text)
    code, _, err = run(path, "--people", str(people), "--sizes", str(sizes), capsys=capsys)

    assert code == 2
    assert sentence in err


def test_sizes_without_people_are_refused(folder, tmp_path, capsys):
    path, _ = two_groups(folder, tmp_path)
    code, _, err = run(path, "--sizes", str(tmp_path / "x.csv"), capsys=capsys)

    assert code == 2
    assert "--sizes needs --people" in err


def test_stored_chances_of_being_shown_weigh_the_votes(folder, capsys):
    """Statement 1: both who agree were likely to see it, the one who does not was not."""
    rows = [(1, 7, 1, 0.4), (1, 8, 1, 0.4), (1, 9, -1, 0.1)]
    rows += [(2, 7, 1, 0.4), (2, 8, 1, 0.4), (3, 9, -1, 0.4)]
    text = "timestamp,comment-id,voter-id,vote,chance\n"
    text += "1,1,7,-1,0.9\n" + "".join(f"2,{s},{p},{v},{c}\n" for s, p, v, c in rows)
    told = figures(folder(votes__csv=text), capsys=capsys)["by_chance"]

    # Weights 1 / (2 · 0.4) twice and 1 / (2 · 0.1): agreement 2.5 of 7.5. The older row is gone.
    assert told["statements"]["1"]["agree"] == pytest.approx(1 / 3)
    assert told["statements"]["1"]["agree_unweighted"] == pytest.approx(2 / 3)
    assert told["statements"]["1"]["n"] == 3
    assert told["statements"]["1"]["n_effective"] == pytest.approx(7.5**2 / (2 * 1.25**2 + 25))


@pytest.mark.parametrize("chance", ["0", "1.2", "-0.1", "nan", "often"])
def test_a_chance_that_is_none_is_refused(folder, capsys, chance):
    text = f"comment-id,voter-id,vote,chance\n1,7,1,\n1,8,1,{chance}\n"
    code, _, err = run(folder(votes__csv=text), capsys=capsys)

    assert code == 2
    assert f'votes.csv, line 3: the chance "{chance}"' in err


def test_without_chances_nothing_is_weighted_by_them(folder, capsys):
    assert figures(folder(votes__csv=GOOD), capsys=capsys)["by_chance"] is None
