"""The roll and the ballots, as somebody sees them who holds the database."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from erdkreis.checks import roll
from erdkreis.checks.attack import Tallies
from erdkreis.checks.roll import Held, attack_roll, real_round
from erdkreis.checks.sqlite_file import rows_as_written
from erdkreis.questionnaires.traces import wipe_traces_of_order
from factories import voices

# Somebody else who reads and ends, as every command beside the server does.
COME_AND_GO = """
import sqlite3, sys
from contextlib import closing
with closing(sqlite3.connect(sys.argv[1])) as beside:
    beside.execute("SELECT count(*) FROM questionnaires_voice").fetchone()
"""


def attacked(*held: Held) -> Tallies:
    tallies = Tallies()
    for one in held:
        attack_roll(one, tallies)
    return tallies


def weak(n=20, **fields) -> Held:
    """A store as many are built: one row of the roll, one ballot, told apart by ``fields``."""
    dice, noon = Random(1), datetime(2026, 11, 23, 12)  # noqa: DTZ001 - only its order matters
    ids = dice.sample(range(10**6), n)
    ballots = [{"id": key, "value": dice.randint(1, 5)} for key in ids]
    came = [{"id": i, "digest": f"d{i}", "is_used": True} for i in range(n)]
    for i, ballot in enumerate(ballots):
        if "time" in fields:
            ballot["at"] = noon + timedelta(minutes=i)
        if "sequence" in fields:
            ballot["number"] = i
        if "key" in fields:
            ballot["code"] = came[i]["digest"]
    truth = [ballot["id"] for ballot in ballots]
    return Held(came, sorted(ballots, key=lambda b: b["id"]), truth)


@pytest.mark.parametrize(
    ("held", "name"),
    [
        (weak(n=1), roll.BY_COUNT),
        (weak(sequence=True), roll.BY_ORDER),
        (weak(time=True), roll.BY_TIME),
        (weak(key=True), roll.BY_KEY),
    ],
)
def test_an_attack_on_a_weak_store_succeeds(held, name):
    assert attacked(held)[name].successes > 0


def test_a_store_without_traces_withstands():
    assert [t.example for t in attacked(weak()) if t.successes] == []


@pytest.mark.django_db(transaction=True)
def test_roll_and_ballots_of_the_house_withstand():
    tallies = attacked(*(real_round(5, number) for number in range(4)))

    assert [tally.example for tally in tallies if tally.successes] == []
    assert tallies[roll.BY_ORDER].tries > 5


@pytest.mark.django_db(transaction=True)
def test_the_file_shows_the_order_until_it_is_written_anew(employees):
    """What an operator could read without it: why the tables are written anew."""
    if connection.vendor != "sqlite":
        pytest.skip("The places of rows are read from a file of SQLite.")
    came = [voices.voice(employees).pk for _person in range(12)]

    def as_written() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return rows_as_written(Path(connection.settings_dict["NAME"]), set(came))

    assert as_written() == came
    wipe_traces_of_order()
    assert as_written() in (sorted(came), sorted(came, reverse=True))


@pytest.mark.django_db(transaction=True)
def test_looking_into_the_file_leaves_the_locks_on_it(employees):
    """Else the next process that ends would remove the log, and what is written then is lost."""
    if connection.vendor != "sqlite":
        pytest.skip("Locks of SQLite.")
    file = Path(connection.settings_dict["NAME"])
    voices.voice(employees)
    rows_as_written(file, set())

    subprocess.run([sys.executable, "-c", COME_AND_GO, str(file)], check=True)

    assert file.with_name(f"{file.name}-wal").exists()


@pytest.mark.django_db(transaction=True)
def test_without_mixing_postgresql_tells_the_order(monkeypatch):
    """By the place of rows and the numbers of transactions: why they are written anew."""
    if connection.vendor != "postgresql":
        pytest.skip("Needs DATABASE_URL of a PostgreSQL.")
    monkeypatch.setattr("erdkreis.questionnaires.services.mix_with_other_voices", lambda _v: None)
    monkeypatch.setattr("erdkreis.pictures.services.part_voices_from_people", lambda _round: None)

    assert attacked(real_round(5, 2))[roll.BY_ORDER].successes > 0
