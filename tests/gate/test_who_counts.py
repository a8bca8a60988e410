"""Few rooms hold single answers and votes. Whatever else shows a number has it from the gate."""

import ast
from pathlib import Path

import pytest

import erdkreis

SOURCE = Path(erdkreis.__file__).parent
OF_SINGLE_PEOPLE = {
    "erdkreis.questionnaires.models": {"Voice", "Answer", "Prediction", "SpentSlip"},
    "erdkreis.dialogues.models": {"Voter", "Vote"},
}
# Where they are written, counted for the gate, attacked, and deleted.
MAY_HOLD_THEM = {
    "questionnaires", "dialogues", "checks", "trust", "cli",
    # Counts what goes into the release of the picture, and nothing after it.
    "pictures/analysis.py",
    "pictures/apart.py",  # what guardians say, by name
    "imports/mapping.py",  # names the kinds of no answer; reads none that is stored
}  # fmt: skip


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            found |= names & OF_SINGLE_PEOPLE.get(node.module or "", set())
            whole = {f"{node.module}.{name}" for name in names}
            found |= whole & {*OF_SINGLE_PEOPLE}
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & {*OF_SINGLE_PEOPLE}
    return found


def may_hold_them(place: str) -> bool:
    return place in MAY_HOLD_THEM or place.partition("/")[0] in MAY_HOLD_THEM


def test_no_other_room_gets_at_single_answers():
    getting = {
        place: imported(file)
        for file in SOURCE.rglob("*.py")
        if "migrations" not in file.parts
        and not may_hold_them(place := file.relative_to(SOURCE).as_posix())
    }

    assert {place: names for place, names in getting.items() if names} == {}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("from erdkreis.questionnaires.models import OwnWords, Voice", {"Voice"}),
        ("from erdkreis.dialogues import models", {"erdkreis.dialogues.models"}),
        ("import erdkreis.dialogues.models", {"erdkreis.dialogues.models"}),
    ],
)
def test_every_way_of_importing_is_seen(tmp_path, line, found):
    file = tmp_path / "room.py"
    file.write_text(line)

    assert imported(file) == found
