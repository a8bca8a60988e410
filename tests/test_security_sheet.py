"""The security sheet names tests that exist, and leaves no chapter out."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHEET = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in SHEET.splitlines()
    if re.match(r"\| \d", line)
]


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`((?:tests|docs)/[^`]+)`", SHEET))))
def test_what_is_named_exists(named):
    path, _colons, name = named.partition("::")

    assert (ROOT / path).exists()
    assert not name or f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_every_line_has_a_test_or_a_reason():
    assert len(ROWS) > 100
    assert [row for row in ROWS if len(row) != 3 or not all(row)] == []


def test_every_chapter_is_gone_through_and_nothing_is_said_twice():
    numbers = [n for row in ROWS for n in re.findall(r"\d+\.\d+\.\d+", row[0])]

    assert {int(n.split(".")[0]) for n in numbers} == set(range(1, 17))
    assert sorted({n for n in numbers if numbers.count(n) > 1}) == []
