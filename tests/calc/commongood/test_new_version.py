"""A new version of the matrix is data: new rows in the tables, and nothing else."""

import csv
import shutil
from importlib.resources import as_file

import pytest

from erdkreis.calc.commongood import answer_document, assess, editions, matrix, new_sheet, tables
from factories.commongood import BAKERY_FACTS, request


def add(path, *rows):
    with path.open(encoding="utf-8", newline="") as file:
        names = csv.DictReader(file).fieldnames
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, names).writerows(rows)


def rows_of(path, **wanted):
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if wanted.items() <= row.items()]


@pytest.fixture
def invented_version(tmp_path, monkeypatch):
    """Add 6.00: D4 has a new aspect, harm at A4 is asked about, and A3 weighs by a new rule."""
    with as_file(tables.TABLES) as known:
        folder = shutil.copytree(known, tmp_path / "tables")
    aspects = rows_of(folder / "aspects.csv", aspect_set="matrix-5.1")
    new = [
        aspects[0] | {"code": "D4.9", "topic": "D4", "sign": "positive", "title_en": "Repair"},
        aspects[0] | {"code": "A4.9", "topic": "A4", "sign": "negative", "title_en": "Secrecy"},
    ]
    add(folder / "aspects.csv", *(row | {"aspect_set": "matrix-6"} for row in (*aspects, *new)))
    rules = [
        row | {"rules": "6.0"}
        for row in rows_of(folder / "topic_weights.csv", rules="5.0")
        if row["topic"] != "A3"
    ]
    first = {"rules": "6.0", "topic": "A3", "order": "1", "weight": "0.5"}
    last = first | {"order": "2", "when": "always", "weight": "1.5"}
    add(folder / "topic_weights.csv", first | {"when": "n_employees < 5"}, last, *rules)
    (known_row,) = rows_of(folder / "versions.csv", version="5.10", kind="Full")
    changed = {"version": "6.00", "aspect_set": "matrix-6", "topic_weight_rules": "6.0"}
    add(folder / "versions.csv", known_row | changed)
    monkeypatch.setattr(tables, "TABLES", folder)
    editions.cache_clear()
    yield
    editions.cache_clear()


@pytest.mark.usefixtures("invented_version")
def test_an_invented_version_is_calculated_from_its_tables():
    ratings = [
        {"shortName": "D4.9", "estimations": 10},
        {"shortName": "A4.9", "estimations": -50},
        {"shortName": "B1.2", "weight": 1},
        {"shortName": "B1.1", "weight": 0},
    ]

    result = assess(new_sheet(request("6.00", companyFacts=BAKERY_FACTS, ratings=ratings)))

    assert len(result.ratings) == 83
    assert result.rating("A3").weight == 1.5
    assert result.rating("D4.9").points == result.rating("D4.9").max_points > 0
    assert result.rating("A4.9").points == -result.rating("A4").max_points
    assert result.rating("D4").points < result.rating("D4").max_points
    assert len(matrix(result)) == 20
    assert answer_document(result)["version"] == "6.00"


@pytest.mark.usefixtures("invented_version")
def test_known_versions_stay_what_they_are_beside_a_new_one():
    result = assess(new_sheet(request(companyFacts=BAKERY_FACTS)))

    assert len(result.ratings) == 81
    assert result.rating("A3").weight == 2
