"""A bad day, with real processes: killed, locked out, without room, cut off.

What is done lies in benchmarks/faults.py, which does it more often: `python -m benchmarks.faults`.
"""

import os
import re
import shutil
import time
from html import unescape
from itertools import islice
from pathlib import Path

import pytest
from benchmarks import faults
from benchmarks.house import House, missing_votes, serving
from benchmarks.load import drive, voters

pytestmark = [pytest.mark.races, pytest.mark.long]

N_THREADS = 8  # two web processes with four threads each, on PostgreSQL


def test_whoever_is_locked_out_is_told_and_loses_nothing(house, server):
    with faults.locked(house):
        began = time.monotonic()
        told = faults.one_answer(house, server, "Leiser%2C+bitte.")
        waited = time.monotonic() - began
        voted = faults.one_vote(house, server, 3)

    assert (told.status, told.header("retry-after")) == (503, "30")
    assert waited < 15  # not the twenty seconds that a command may wait
    page = unescape(told.body.decode())
    assert ">Leiser, bitte.</textarea>" in page  # what was typed stands in a form, to send again
    assert re.search(r'<input type="hidden" name="answer" value="4">', page)
    assert f'action="/e/{house.inside["group"]}/1/"' in page
    assert voted.status == 503
    assert house.answers() == {}
    assert faults.one_answer(house, server, "Leiser%2C+bitte.").status == 302
    assert faults.one_vote(house, server, 3).status == 302
    assert list(house.answers().values()) == [4]


def test_a_database_that_is_away_is_told_and_comes_back_by_itself(house_apart):
    if not house_apart.database_url:
        return  # SQLite is a file: it can be locked or full, and both are tried
    with serving(house_apart, "--no-worker") as server:
        with faults.away(house_apart):
            told = faults.one_vote(house_apart, server, 4)
        # Each thread finds out once that its old connection is gone: so many come that all work.
        meanwhile = drive(server.port, islice(voters(house_apart.inside, []), 300), 32)
        after = [faults.one_vote(house_apart, server, 4).status for _again in range(12)]

    assert told.status == 503
    assert set(meanwhile.statuses) <= {302, 503}
    assert meanwhile.statuses.get(503, 0) <= N_THREADS
    assert set(after) == {302}


def test_server_and_worker_come_back_by_themselves_once_the_database_is_there(house_apart):
    if not house_apart.database_url:
        return  # as above
    told = faults.gone_for(house_apart, 4)

    assert told.startswith("told with 503")


def test_half_a_file_leaves_nothing_behind(house, server):
    uploads = Path(house.more["TMPDIR"])
    before = house.answers()

    faults.half_a_file(house, server)

    for _wait in range(100):
        if not list(uploads.iterdir()):
            break
        time.sleep(0.05)
    assert list(uploads.iterdir()) == []
    assert house.answers() == before
    assert faults.one_vote(house, server, 5).status == 302


def test_a_thousand_votes_at_many_connections_are_all_there_once(house, server):
    kept = []

    seen = drive(server.port, islice(voters(house.inside, kept), 1000), 100)

    assert seen.n_errors == 0
    assert len(kept) == 1000
    assert missing_votes(house, kept) == []


def test_what_was_acknowledged_survives_kills_under_load(house, server):
    """Once all of the server, once one of its processes, once all of it again."""
    seen, kept, missing, n_twice = faults.killed_under_load(house, 3)

    assert len(kept) > 20
    assert (missing, n_twice) == ([], 0)
    assert [status for status in seen.statuses if status >= 500] == []


def test_with_the_first_process_all_others_end_and_another_server_finds_the_port_free(house):
    assert faults.first_killed(house).endswith("another server on the same port answers with 302")


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_is_told_and_works_again_when_there_is_room(on_sqlite):
    with faults.small_disk(120) as disk:
        shutil.copytree(on_sqlite.data, disk / "data")
        house = House(disk / "data", inside=on_sqlite.inside)
        with faults.serving(house, "--no-worker") as server:
            assert faults.one_vote(house, server).status == 302
            with faults.filled(disk):
                told = faults.first_refused(house, server)
                kept = faults.one_answer(house, server, "Mehr+Platz+bitte.")
            page = unescape(told.body.decode())
            assert told.status == 507
            assert "Festplatte" in page or "disk" in page
            assert "Mehr Platz bitte." in unescape(kept.body.decode())
            assert faults.one_answer(house, server, "Mehr+Platz+bitte.").status == 302
            assert faults.one_vote(house, server, 39).status == 302
