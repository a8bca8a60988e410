"""``erdkreis calculate balance``: the Common Good matrix on the command line.

Needs no database. One sheet becomes a table; a file of cases becomes a file of figures.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO, NoReturn

from erdkreis.calc.commongood import (
    Assessment,
    Refused,
    answer_document,
    assess,
    case_answer,
    is_answer,
    matrix,
    matrix_document,
    new_sheet,
    sheet_from_answer,
    stakeholder_titles,
)
from erdkreis.calc.commongood.cases import intermediate_document

NOTICE = "Own assessment along the matrix, not audited."

_FINE, _ELSE, _UNREADABLE = 0, 1, 2
_MOST_DIGITS = 308  # with more, a whole number may be too large for a double, or for Python to read
_MOST_ISSUES = 5
_EVERY = 200


class _Unreadable(Exception):
    """The input cannot be used; the message names file and line."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare arguments."""
    parser.description = f"Calculate sheets of the Common Good matrix. {NOTICE}"
    parser.add_argument(
        "sheet", nargs="?", metavar="SHEET.json", help="one sheet in the official JSON format"
    )
    parser.add_argument(
        "--cases",
        metavar="IN.jsonl",
        help='many sheets, one per line: {"id", "input": {"create", "patches"?}}; needs --json',
    )
    parser.add_argument(
        "--json", metavar="FILE", help="write all figures as JSON; - is standard output"
    )
    parser.set_defaults(run_subject=run)


def run(args: argparse.Namespace) -> int:
    """Calculate what the arguments ask for; return 0, 2 for unusable input, 1 for anything else."""
    try:
        _run(args)
    except _Unreadable as unreadable:
        return _complain(str(unreadable), _UNREADABLE)
    except BrokenPipeError:
        # The reader has had enough. Python would complain again when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _ELSE
    except OSError as error:
        return _complain(
            f"{error.filename or args.json}: cannot be written: {error.strerror}", _ELSE
        )
    return _FINE


def _run(args: argparse.Namespace) -> None:
    if (args.sheet is None) == (args.cases is None):
        raise _Unreadable("give either one SHEET.json or --cases IN.jsonl")
    if args.cases is None:
        _run_sheet(Path(args.sheet), args.json)
    elif args.json is None:
        raise _Unreadable("--cases needs --json FILE to write to")
    else:
        _write(_answered_lines(Path(args.cases)), args.json)


def _complain(sentence: str, status: int) -> int:
    print(_printable(f"erdkreis: {sentence}", sys.stderr.encoding), file=sys.stderr)
    return status


def _printable(text: str, encoding: str | None) -> str:
    """Keep what the terminal can show: no control characters, no letters it does not have."""
    clean = "".join(sign if sign.isprintable() or sign == "\n" else "?" for sign in text)
    encoding = encoding or "utf-8"
    return clean.encode(encoding, "replace").decode(encoding)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None
    return _decoded(content, path)


def _decoded(content: bytes, path: Path, number: int = 1) -> str:
    """Read text that begins on this line; only the first may begin with a byte order mark."""
    try:
        return content.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        line = number + content.count(b"\n", 0, error.start)
        raise _Unreadable(f"{path}, line {line}: this is not UTF-8 text") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _whole_number(digits: str) -> int | float:
    return int(digits) if len(digits) < _MOST_DIGITS else float(digits)


def _document(text: str, path: Path, number: int | None = None) -> object:
    """Read JSON; ``number`` is the line of the file it stands on, if it stands on one line."""
    place = f"{path}" if number is None else f"{path}, line {number}"
    try:
        return json.loads(text, parse_constant=_no_number, parse_int=_whole_number)
    except json.JSONDecodeError as error:
        line = error.lineno if number is None else number
        fault = f"{path}, line {line}: this is not JSON: {error.msg} (column {error.colno})"
    except ValueError as error:
        fault = f"{place}: this is not JSON: {error}"
    except RecursionError:
        fault = f"{place}: this is nested too deeply"
    raise _Unreadable(fault)


def _json(document: object, indent: int | None = None) -> bytes:
    try:
        text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=indent)
        return text.encode() + b"\n"
    except UnicodeEncodeError:  # half a character, which JSON can name but UTF-8 cannot
        return json.dumps(document, allow_nan=False, indent=indent).encode() + b"\n"


def _write(lines: Iterable[bytes], target: str) -> None:
    """Write everything or nothing: lines are kept aside until the last one is made.

    They are kept on disk, so that a file of any length needs no more memory than one line.
    """
    with TemporaryFile() as kept:
        kept.writelines(lines)
        kept.seek(0)
        if target == "-":
            sys.stdout.flush()
            copyfileobj(kept, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            with Path(target).open("wb") as file:
                copyfileobj(kept, file)


def _answered_lines(path: Path) -> Iterator[bytes]:
    n_cases = 0
    with _opened(path) as file:
        total = os.fstat(file.fileno()).st_size
        n_read = 0
        # By bytes, not as text: a text in JSON may hold U+2028, which is no end of line here.
        for number, line in enumerate(_lines(file, path), 1):
            n_read += len(line)
            text = _decoded(line, path, number)
            if text.strip():
                n_cases += 1
                yield _json(_answered(_document(text, path, number), path, number))
            _show_progress(n_read, total, n_cases)
    if not n_cases:
        raise _Unreadable(f"{path}: there is no case in this file")


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise _unreadable(path, error) from None


def _lines(file: BinaryIO, path: Path) -> Iterator[bytes]:
    try:
        yield from file
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> _Unreadable:
    return _Unreadable(f"{path}: cannot be read: {error.strerror}")


def _answered(case: object, path: Path, number: int) -> dict[str, object]:
    body = case.get("input") if isinstance(case, dict) else None
    if not isinstance(case, dict) or not isinstance(body, dict) or "create" not in body:
        wanted = '{"id", "input": {"create", "patches"?}}'
        raise _Unreadable(f"{path}, line {number}: a case looks like {wanted}")
    if "id" not in case:
        raise _Unreadable(f"{path}, line {number}: the case has no id")
    patches = body.get("patches", [])
    if not isinstance(patches, list):
        raise _Unreadable(f"{path}, line {number}: patches must be a list")
    return {"id": case["id"]} | case_answer(body["create"], patches)


def _show_progress(read: int, total: int, n_cases: int) -> None:
    """Show how much of the file has been read; how many cases there will be nobody knows yet."""
    if sys.stderr.isatty() and (n_cases % _EVERY == 0 or read == total):
        width = 30 * read // total if total else 0  # of what comes through a pipe no end is known
        end = "\n" if read == total else ""
        print(f"\r[{'#' * width:30}] {n_cases} cases", end=end, file=sys.stderr, flush=True)


def _run_sheet(path: Path, target: str | None) -> None:
    document = _document(_text(path), path)
    try:
        sheet = sheet_from_answer(document) if is_answer(document) else new_sheet(document)
        assessment = assess(sheet)
    except Refused as refusal:
        raise _Unreadable(f"{path}: {_sentence(refusal)}") from None
    if target is not None:
        figures = answer_document(assessment, sheet_id=_sheet_id(document)) | {
            "matrix": matrix_document(assessment),
            "intermediate": intermediate_document(assessment),
            "notice": NOTICE,
        }
        _write([_json(figures, indent=2)], target)
    if target != "-":
        print(_printable("\n".join(_table(assessment)), sys.stdout.encoding), flush=True)


def _sheet_id(document: object) -> float:
    """Return the number an answer carries; -1 for a sheet that was never saved."""
    number = document.get("id") if isinstance(document, dict) else None
    if isinstance(number, bool) or not isinstance(number, int | float):
        return -1
    return number


def _sentence(refusal: Refused) -> str:
    shown = "; ".join(str(issue) for issue in refusal.issues[:_MOST_ISSUES])
    more = len(refusal.issues) - _MOST_ISSUES
    return f"{shown}; and {more} more" if more > 0 else shown


def _table(assessment: Assessment) -> Iterator[str]:
    sheet = assessment.sheet
    edition = sheet.edition
    yield f"{sheet.general_information.company_name} - matrix {edition.version} {edition.kind}"
    yield NOTICE
    yield ""
    yield f"{'':4}{'':48}{'weight':>8}{'points':>9}{'of':>8}{'reached':>9}"
    cells = {cell.code: cell for cell in matrix(assessment)}
    titles = stakeholder_titles()
    for group, sums in assessment.stakeholders.items():
        weight = assessment.stakeholder_weights[group]
        is_chosen = any(group == code for code, _ in sheet.stakeholder_weights)
        figures = (
            f"{_weight(weight, is_chosen=is_chosen)}{sums.points:>9.1f}{sums.max_points:>8.1f}"
        )
        yield f"{group:4}{titles[group].en:48}{figures}"
        for topic in assessment.topics:
            if topic.code[0] == group:
                title = edition.rating_kind(topic.code).titles.en
                weight_text = _weight(topic.weight, is_chosen=topic.is_weight_chosen)
                figures = f"{weight_text}{topic.points:>9.1f}{topic.max_points:>8.1f}"
                reached = _reached(cells[topic.code].percentage_reached)
                yield f"  {topic.code:4}{title:46}{figures}{reached:>9}"
    yield ""
    yield f"Total: {assessment.total_points:.1f} of 1000 points"
    yield "* weight chosen by hand; all others follow from the company facts"


def _weight(weight: float, *, is_chosen: bool) -> str:
    return f"{weight:>7g}{'*' if is_chosen else ' '}"


def _reached(percentage: float | None) -> str:
    return "-" if percentage is None else f"{percentage:.0f} %"
