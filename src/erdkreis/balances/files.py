"""Sheets in and out: the official JSON, read with limits, written exactly."""

import json
from typing import Any, BinaryIO, NoReturn

from django.utils.translation import gettext as _

from erdkreis.balances.fact_forms import ROWS_AT_MOST
from erdkreis.calc import commongood

MOST_BYTES = 1024 * 1024
_MOST_DIGITS = 308  # with more, a whole number may be too large for a double, or for Python to read
_LISTS = ("supplyFractions", "employeesFractions", "industrySectors")


class UnreadableFile(Exception):
    """A file that is no sheet, said in a sentence for people."""


def sheet_in(file: BinaryIO) -> commongood.Sheet:
    """Read a sheet from an uploaded file; raises ``UnreadableFile`` or ``Refused``."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UnreadableFile(
            _(
                "The file is larger than one megabyte. Nothing was stored. Please choose a "
                "smaller one."
            )
        )
    document = _document(content)
    _check_limits(document)
    if commongood.is_answer(document):
        return commongood.sheet_from_answer(document)
    return commongood.new_sheet(document)


def json_out(document: dict[str, object]) -> str:
    """Write a document: numbers in the shortest form that reads back the same."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _document(content: bytes) -> object:
    try:
        text = content.decode("utf-8-sig")
        document: object = json.loads(text, parse_constant=_no_number, parse_int=_whole_number)
        # Half a character can be named in JSON, but neither stored nor written again.
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeError:
        raise UnreadableFile(
            _(
                "The file is not UTF-8 text. Nothing was stored. Please save it as UTF-8 and read "
                "it in again."
            )
        ) from None
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            _(
                "The file is not JSON (line %(line)s). Nothing was stored. Please check this line "
                "and read the file in again."
            )
            % {"line": error.lineno}
        ) from None
    except (ValueError, RecursionError):
        raise UnreadableFile(
            _(
                "The file is not JSON. Nothing was stored. Please check whether you chose the "
                "right file."
            )
        ) from None
    if "\\u0000" in text or "\x00" in text:
        raise UnreadableFile(
            _(
                "The file holds characters that cannot be stored. Nothing was stored. Please take "
                "them out and read the file in again."
            )
        )
    return document


def _check_limits(document: object) -> None:
    facts: Any = document.get("companyFacts") if isinstance(document, dict) else None
    entries = [facts.get(name) for name in _LISTS] if isinstance(facts, dict) else []
    if any(isinstance(entry, list) and len(entry) > ROWS_AT_MOST for entry in entries):
        raise UnreadableFile(
            _(
                "A list in the file has more than %(n)s entries. Nothing was stored. Please "
                "shorten it and read the file in again."
            )
            % {"n": ROWS_AT_MOST}
        )


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _whole_number(digits: str) -> int | float:
    return int(digits) if len(digits) < _MOST_DIGITS else float(digits)
