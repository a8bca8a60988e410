"""Reading a published Polis conversation, and naming what cannot be read."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from erdkreis.dialogues.polis_files import PolisExport, PolisFilesError, read_polis_folder
from factories.polis import COMMENTS, MATRIX, VOTES, export, packed, votes_file

FIRST_VOTES = {(7, 0): 1, (8, 0): 1, (3, 0): -1, (7, 1): 0, (8, 1): 1}


def read(folder, **files) -> PolisExport:
    return read_polis_folder(export(folder, **files))


def votes(conversation: PolisExport) -> dict[tuple[int, int], int]:
    v = conversation.votes
    pairs = zip(v.participants.tolist(), v.statements.tolist(), strict=True)
    return dict(zip(pairs, v.values.tolist(), strict=True))


def complaints(folder, **files) -> list[str]:
    with pytest.raises(PolisFilesError) as refused:
        read(folder, **files)
    return [str(problem) for problem in refused.value.problems]


def test_a_conversation_is_read_whole(tmp_path):
    conversation = read(tmp_path)

    assert conversation.topic == "Bread for all"
    assert conversation.description == "What should change?\n\nTell us."
    assert conversation.url == "https://pol.is/abc"
    assert [(s.id, s.author, s.moderated) for s in conversation.statements] == [
        (0, 7, 1),
        (1, 8, -1),
        (4, 9, 0),
    ]
    assert conversation.statements[1].text == 'Two lines,\nwith a "quote".'
    assert votes(conversation) == FIRST_VOTES
    assert not conversation.looks_inverted


def test_the_last_vote_wins_and_at_the_same_time_the_later_row(tmp_path):
    conversation = read(
        tmp_path,
        votes=votes_file("30,x,0,7,-1", "20,x,0,7,1", "5,x,1,7,1", "5,x,1,7,0"),
    )

    assert votes(conversation) == {(7, 0): -1, (7, 1): 0}
    assert conversation.votes.n_cast == 4


def test_the_matrix_serves_where_there_is_no_log(tmp_path):
    conversation = read(tmp_path, votes=None, participants_votes=MATRIX)

    assert votes(conversation) == FIRST_VOTES


def test_marks_windows_line_ends_and_packed_files_change_nothing(tmp_path):
    plain = read(tmp_path)
    for name in ("comments", "votes", "summary"):
        file = tmp_path / f"{name}.csv"
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    again = read_polis_folder(packed(tmp_path))

    assert votes(again) == votes(plain)
    assert again.topic == plain.topic
    assert [s.text.replace("\r\n", "\n") for s in again.statements] == [
        s.text for s in plain.statements
    ]


def test_columns_are_found_by_name_in_any_order(tmp_path):
    conversation = read(tmp_path, votes="vote,voter-id,new,comment-id,timestamp\n-1,7,?,4,1\n")

    assert votes(conversation) == {(7, 4): -1}


def test_newer_exports_mark_seeds_and_questions_about_the_person(tmp_path):
    comments = (
        "comment-id,author-id,moderated,is-meta,is-seed,comment-body\n"
        "0,7,1,false,true,One.\n1,8,1,true,false,Two.\n"
    )
    first, second = read(tmp_path, comments=comments).statements

    assert (first.is_seed, first.is_meta) == (True, False)
    assert (second.is_seed, second.is_meta) == (False, True)


def test_the_sign_is_turned_only_when_told_so(tmp_path):
    folder = export(tmp_path)
    turned = read_polis_folder(folder, agree=-1)

    assert votes(turned) == {pair: -value for pair, value in FIRST_VOTES.items()}
    assert turned.looks_inverted


def test_a_conversation_without_votes_or_summary_is_read(tmp_path):
    conversation = read(tmp_path, votes=VOTES.partition("\n")[0] + "\n", summary=None)

    assert len(conversation.votes) == 0
    assert conversation.topic == ""


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("10,x,0,7,2", "“2” in the column “vote” is none of 1, 0, -1."),
        ("10,x,0,7,", "“” in the column “vote” is none of 1, 0, -1."),
        ("10,x,0,7,agree", "“agree” in the column “vote” is none of 1, 0, -1."),
        ("10,x,0,,1", "“” in the column “voter-id” is no number from 0 upwards."),
        ("10,x,0,-7,1", "“-7” in the column “voter-id” is no number from 0 upwards."),
        ("10,x,0,٣,1", "“٣” in the column “voter-id” is no number from 0 upwards."),
        ("10,x,0,99999999999,1", "“99999999999” in the column “voter-id” is no number"),
        ("soon,x,0,7,1", "“soon” in the column “timestamp” is no number from 0 upwards."),
        (f"{'9' * 5000},x,0,7,1", "in the column “timestamp” is no number from 0 upwards."),
        ("10,x,2,7,1", "the statement 2 does not stand in comments.csv."),
        ("10,x,0,7", "4 values, but the first line names 5 columns."),
        ("10,x,0,7,1,1", "6 values, but the first line names 5 columns."),
        ('10,"x"y,0,7,1', "this is no valid CSV"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(tmp_path, row, told):
    (told_at,) = complaints(tmp_path, votes=votes_file("1,x,0,7,1", row))

    assert told_at.startswith("votes.csv, line 3: ")
    assert told in told_at


def test_lines_are_counted_as_an_editor_counts_them(tmp_path):
    bad = COMMENTS + '4,x,5,x,0,0,1,"Three\nlines\nlong"\n5,x,6,1,0,0,1,\n'

    assert complaints(tmp_path, comments=bad) == [
        "comments.csv, line 6: “x” in the column “author-id” is no number from 0 upwards.",
        "comments.csv, line 9: the statement has no text.",
    ]


def test_the_first_twenty_places_are_named(tmp_path):
    rows = [f"{n},x,0,7,{n % 2}" if n % 2 else f"{n},x,0,7,nine" for n in range(100)]

    named = complaints(tmp_path, votes=votes_file(*rows))
    assert len(named) == 20
    assert named[1].startswith("votes.csv, line 4:")


def test_problems_of_several_files_are_named_together(tmp_path):
    named = complaints(
        tmp_path, comments=COMMENTS + "1,x,0,7,2,1,1,Again.\n", votes=votes_file("1,x,0,7,9")
    )

    assert [n.partition(":")[0] for n in named] == ["comments.csv, line 6", "votes.csv, line 2"]


@pytest.mark.parametrize("column", ["comment-id", "voter-id", "vote", "timestamp"])
def test_a_missing_column_is_named(tmp_path, column):
    header, _, rows = VOTES.partition("\n")
    names = ["other" if name == column else name for name in header.split(",")]

    assert complaints(tmp_path, votes=",".join(names) + "\n" + rows) == [
        f"votes.csv, line 1: the column “{column}” is missing."
    ]


def test_a_file_in_another_encoding_is_named(tmp_path):
    latin = COMMENTS.replace("More", "Für").encode("latin-1")

    assert complaints(tmp_path, comments=latin) == ["comments.csv, line 2: this is not UTF-8."]
    assert "not UTF-8" in complaints(tmp_path, votes=VOTES.encode("utf-16"))[0]


def test_a_quote_that_never_ends_is_named_where_it_begins(tmp_path):
    named = complaints(tmp_path, votes=votes_file("1,x,0,7,1", '2,"x,0,7,1', "3,x,0,8,1"))

    assert named[0].startswith("votes.csv, line 3: this is no valid CSV")


def test_a_packed_file_that_breaks_off_is_named(tmp_path):
    folder = packed(export(tmp_path))
    file = folder / "votes.csv.gz"
    file.write_bytes(file.read_bytes()[:-12])

    with pytest.raises(PolisFilesError, match=r"votes\.csv\.gz, line .* breaks off"):
        read_polis_folder(folder)


def test_rows_of_the_matrix_are_checked_as_well(tmp_path):
    matrix = MATRIX.replace("0,1\n3", "0,1,77\n3").replace("\n3,,0,1,0,1,-1,", "\n3,,0,1,0,1,5,")
    named = complaints(tmp_path, votes=None, participants_votes=matrix)

    assert named[0] == (
        "participants-votes.csv, line 1: the statement 77 does not stand in comments.csv."
    )
    twice = MATRIX + "3,,0,1,0,1,1,\n4,,0,1,0,1,yes,\n"
    assert complaints(tmp_path, votes=None, participants_votes=twice) == [
        "participants-votes.csv, line 5: the participant 3 stands here a second time.",
        "participants-votes.csv, line 6: “yes” in the column “0” is none of 1, 0, -1.",
    ]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"comments": None}, "holds no comments.csv"),
        ({"votes": None}, "holds neither votes.csv nor participants-votes.csv"),
    ],
)
def test_a_missing_file_is_told_in_a_sentence(tmp_path, files, told):
    assert told in complaints(tmp_path, **files)[0]


def test_a_folder_that_is_none_is_told(tmp_path):
    with pytest.raises(PolisFilesError, match="is not a folder"):
        read_polis_folder(tmp_path / "nowhere")


def test_empty_files_are_told(tmp_path):
    assert complaints(tmp_path, comments="") == [
        "comments.csv, line 1: the column “comment-id” is missing."
    ]


# Each example overwrites the same files; on a busy machine writing them takes its time.
ON_DISK = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
CELLS = st.sampled_from(["0", "1", "-1", "7", "", "x", '"', "\n", "\x00", "1\r"])


@ON_DISK
@given(st.lists(st.lists(CELLS, min_size=4, max_size=6), max_size=6))
def test_whatever_stands_in_the_file_it_is_read_or_named(tmp_path, rows):
    text = votes_file(*(",".join(row) for row in rows))

    try:
        values = read(tmp_path, votes=text).votes.values.tolist()
    except PolisFilesError as error:
        named = [str(problem) for problem in error.problems]
    else:
        named = []
        assert set(values) <= {-1, 0, 1}
    assert all(one.startswith("votes.csv, line ") for one in named)


VOTE_ROWS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from([0, 1, 4]), st.integers(0, 3), st.integers(-1, 1))
)


@ON_DISK
@given(VOTE_ROWS)
def test_the_last_vote_is_the_one_a_plain_loop_finds(tmp_path, rows):
    latest: dict[tuple[int, int], tuple[int, int]] = {}
    for time, statement, person, value in rows:
        if (person, statement) not in latest or latest[person, statement][0] <= time:
            latest[person, statement] = (time, value)
    text = votes_file(*(f"{t},x,{s},{p},{v}" for t, s, p, v in rows))

    assert votes(read(tmp_path, votes=text)) == {k: v for k, (_t, v) in latest.items()}
