import json
import os
import subprocess
import sys
import tracemalloc

import pytest

from erdkreis.calc.commongood import is_answer
from erdkreis.cli import main
from factories.commongood import BAKERY_FACTS, request


def run(*words):
    return main(["calculate", "balance", *map(str, words)])


@pytest.fixture
def bakery(tmp_path):
    path = tmp_path / "bäckerei.json"
    document = request(
        companyFacts=BAKERY_FACTS,
        ratings=[{"shortName": "A1.1", "estimations": 6}, {"shortName": "B4", "weight": 2}],
    )
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def complaint(capsys):
    """Return the one sentence on stderr; nothing may stand on stdout."""

    def read():
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert "Traceback" not in err
        return err

    return read


def case(**fields):
    return {"id": "bakery", "input": {"create": request(companyFacts=BAKERY_FACTS)}} | fields


def write_lines(path, *documents):
    path.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    return path


def test_a_sheet_becomes_a_table_that_says_what_it_is(bakery, capsys):
    assert run(bakery) == 0

    out = capsys.readouterr().out
    assert "Backhaus Ada eG - matrix 5.10 Full" in out
    assert "Own assessment along the matrix, not audited." in out
    assert "A3  Environment in the supply chain" in out
    assert "Total: " in out
    ownership = next(line for line in out.splitlines() if line.startswith("  B4"))
    assert "2*" in ownership


def test_the_json_of_a_sheet_is_an_official_answer_with_the_figures_beside(bakery, tmp_path):
    target = tmp_path / "answer.json"

    assert run(bakery, "--json", target) == 0

    answer = json.loads(target.read_text(encoding="utf-8"))
    assert is_answer(answer)
    assert answer["notice"] == "Own assessment along the matrix, not audited."
    assert answer["intermediate"]["topicWeightsComputed"]["A3"] == 2
    assert len(answer["matrix"]["ratings"]) == 20


def test_an_answer_can_be_read_again_with_the_same_result(bakery, tmp_path, capsys):
    target = tmp_path / "answer.json"
    run(bakery, "--json", target)
    first = capsys.readouterr().out
    answer = json.loads(target.read_text(encoding="utf-8")) | {"id": 41}
    target.write_text(json.dumps(answer), encoding="utf-8")

    assert run(target, "--json", target) == 0

    assert capsys.readouterr().out == first
    assert json.loads(target.read_text(encoding="utf-8")) == answer


@pytest.mark.parametrize(
    ("written", "read"), [("true", -1), ('"x"', -1), ("9" * 400, None), ("2.5", 2.5)]
)
def test_an_odd_number_of_a_sheet_breaks_nothing(written, read, bakery, tmp_path):
    target = tmp_path / "answer.json"
    run(bakery, "--json", target)
    text = target.read_text(encoding="utf-8")
    target.write_text(text.replace('"id": -1', f'"id": {written}'), encoding="utf-8")

    assert run(target, "--json", target) == 0

    assert json.loads(target.read_text(encoding="utf-8"))["id"] == read


def test_a_dash_writes_only_json_to_standard_output(bakery, capsysbinary):
    assert run(bakery, "--json", "-") == 0

    assert json.loads(capsysbinary.readouterr().out)["version"] == "5.10"


def test_cases_become_one_line_each_refusals_included(tmp_path):
    wrong = case(id=2, input={"create": request("5.20")})
    patched = case(input={"create": request(), "patches": [{"ratings": []}]})
    source = write_lines(tmp_path / "in.jsonl", case(), wrong, patched)
    target = tmp_path / "out.jsonl"

    assert run("--cases", source, "--json", target) == 0

    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["status"]) for row in rows] == [
        ("bakery", 200),
        (2, 400),
        ("bakery", 200),
    ]
    assert list(rows[0]) == [
        "id",
        "status",
        "intermediate",
        "ratings",
        "stakeholders",
        "totalPoints",
        "matrix",
        "companyFacts",
    ]
    assert (rows[1]["kind"], rows[1]["stage"]) == ("validation", "request")


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path):
    general = request()["generalInformation"] | {"company": {"name": "a\u2028b\ud800"}}
    document = case(input={"create": request(generalInformation=general)}, id="\ud800\u2028")
    source = tmp_path / "in.jsonl"
    text = json.dumps(document).replace("\\u2028", "\u2028")
    source.write_text("\ufeff" + text + "\r\n\n", encoding="utf-8")
    target = tmp_path / "out.jsonl"

    assert run("--cases", source, "--json", target) == 0

    lines = target.read_bytes().splitlines()
    assert len(lines) == 1
    assert json.loads(lines[0])["id"] == "\ud800\u2028"


@pytest.mark.parametrize(
    "words", [[], ["--cases", "in.jsonl"], ["sheet.json", "--cases", "in.jsonl", "--json", "-"]]
)
def test_wrong_use_is_status_2_and_one_sentence(words, complaint):
    assert run(*words) == 2
    assert complaint().startswith("erdkreis: ")


def test_a_file_that_is_not_there_is_named(tmp_path, complaint):
    assert run(tmp_path / "nowhere.json") == 2
    assert "nowhere.json: cannot be read: No such file" in complaint()


def test_a_folder_is_no_file(tmp_path, complaint):
    assert run(tmp_path) == 2
    assert "cannot be read" in complaint()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"type": "Full",\n "version": }', "line 2: this is not JSON"),
        (b"", "line 1: this is not JSON"),
        (b'{\n\n"type": "\xff"}', "line 3: this is not UTF-8 text"),
        (b'{"type": NaN}', "NaN is no number in JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"3", "an object is expected"),
        (b'{"ratings": [{"isWeightSelectedByUser": true}]}', "version: this field is missing"),
        (b'{"type": ' + b"9" * 5000 + b"}", "type: a text is expected"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_status_2_and_says_where(
    content, sentence, tmp_path, complaint
):
    path = tmp_path / "sheet.json"
    path.write_bytes(content)

    assert run(path) == 2

    message = complaint()
    assert f"{path}" in message
    assert sentence in message


def test_many_faults_are_counted_not_listed(tmp_path, complaint):
    ratings = [{"shortName": "A1.1", "weight": 3}] * 9
    path = write_lines(tmp_path / "sheet.json", request(ratings=ratings))

    assert run(path) == 2
    assert "ratings[4].weight" in (message := complaint())
    assert "and 4 more" in message


@pytest.mark.parametrize(
    "document",
    [
        request(companyFacts={"mainOriginOfOtherSuppliers": "XXX"}),
        request(ratings=[{"shortName": "A1.1", "estimations": -5}]),
        request(stakeholderWeights=[{"shortName": code, "weight": 0} for code in "ABCDE"]),
    ],
)
def test_a_refused_sheet_is_status_2_and_nothing_is_written(document, tmp_path, complaint):
    path = write_lines(tmp_path / "sheet.json", document)
    target = tmp_path / "out.json"

    assert run(path, "--json", target) == 2

    assert str(path) in complaint()
    assert not target.exists()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "not JSON"),
        ("3", "a case looks like"),
        ('{"id": 1}', "a case looks like"),
        ('{"id": 1, "input": {}}', "a case looks like"),
        ('{"input": {"create": {}}}', "the case has no id"),
        ('{"id": 1, "input": {"create": {}, "patches": {}}}', "patches must be a list"),
        ('{"id": 1, "input": {"create": Infinity}}', "Infinity is no number"),
    ],
)
def test_a_line_that_is_no_case_is_named_and_nothing_is_written(
    line, sentence, tmp_path, complaint
):
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(case()) + "\n\n" + line + "\n", encoding="utf-8")
    target = tmp_path / "out.jsonl"

    assert run("--cases", source, "--json", target) == 2

    message = complaint()
    assert f"{source}, line 3: " in message
    assert sentence in message
    assert not target.exists()


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n \n"])
def test_a_file_without_a_case_is_said_to_hold_none(content, tmp_path, complaint):
    source = tmp_path / "in.jsonl"
    source.write_bytes(content)
    target = tmp_path / "out.jsonl"

    assert run("--cases", source, "--json", target) == 2
    assert "there is no case in this file" in complaint()
    assert not target.exists()


def test_the_line_that_is_not_utf8_is_named(tmp_path, complaint):
    source = tmp_path / "in.jsonl"
    source.write_bytes(json.dumps(case()).encode() + b'\r\n{"id": "\xff"}\n')

    assert run("--cases", source, "--json", "-") == 2
    assert f"{source}, line 2: this is not UTF-8 text" in complaint()


def test_a_file_of_any_length_needs_the_memory_of_a_few_lines(tmp_path):
    source = tmp_path / "in.jsonl"
    refused = json.dumps(case(input={"create": {}}, padding="x" * 1_000_000)) + "\n"
    source.write_text(refused * 60, encoding="utf-8")
    words = ["calculate", "balance", "--cases", str(source), "--json", str(tmp_path / "out.jsonl")]

    tracemalloc.start()
    status = main(words)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert status == 0
    assert peak < 20_000_000


def test_a_target_that_cannot_be_written_is_status_1(bakery, tmp_path, complaint):
    assert run(bakery, "--json", tmp_path / "no" / "folder.json") == 1
    assert "cannot be written" in complaint()


def test_control_characters_do_not_reach_the_terminal(tmp_path, capsys):
    general = request()["generalInformation"] | {"company": {"name": "a\x1b[31mb"}}
    path = write_lines(tmp_path / "sheet.json", request(generalInformation=general))

    assert run(path) == 0
    assert capsys.readouterr().out.startswith("a?[31mb")


def script(*words, **options):
    """Run in a process of its own, where standard output is a real one."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | options.pop("env", {})
    return subprocess.Popen(
        [sys.executable, "-m", "erdkreis", "calculate", "balance", *map(str, words)],
        env=environment,
        stderr=subprocess.PIPE,
        **options,
    )


def test_a_terminal_without_umlauts_gets_question_marks_not_a_traceback(tmp_path):
    general = request()["generalInformation"] | {"company": {"name": "Bäckerei"}}
    path = write_lines(tmp_path / "sheet.json", request(generalInformation=general))

    with script(path, stdout=subprocess.PIPE, env={"PYTHONIOENCODING": "ascii"}) as process:
        out, err = process.communicate()

    assert (process.returncode, err) == (0, b"")
    assert out.startswith(b"B?ckerei")


def test_a_reader_that_leaves_early_gets_no_traceback(bakery):
    read_end, write_end = os.pipe()
    os.close(read_end)
    with script(bakery, stdout=write_end) as process:
        os.close(write_end)
        _, err = process.communicate()

    assert (process.returncode, err) == (1, b"")


def test_cases_may_come_through_a_pipe():
    words = ("--cases", "/dev/stdin", "--json", "-")
    with script(*words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        out, err = process.communicate(json.dumps(case()).encode())

    assert (process.returncode, err) == (0, b"")
    assert json.loads(out)["status"] == 200


def test_long_work_shows_its_progress_on_a_terminal(tmp_path, capsys, monkeypatch):
    source = write_lines(tmp_path / "in.jsonl", *[case()] * 3)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)

    assert run("--cases", source, "--json", tmp_path / "out.jsonl") == 0
    assert capsys.readouterr().err.endswith("3 cases\n")
