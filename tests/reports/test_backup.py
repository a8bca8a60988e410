"""A backup is whole and of one moment, or it is not there; restoring loses nothing."""

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from erdkreis.reports import backup
from erdkreis.reports.backup import BackupError, back_up, copy_sqlite, look_into, restore_sqlite

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path) -> Path:
    """A folder with a database in use and a key."""
    folder = tmp_path / "home"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "db.sqlite3", isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE pair (a INTEGER, b INTEGER)")
        made.execute("CREATE TABLE voice (id INTEGER PRIMARY KEY)")
        made.execute("CREATE TABLE answer (voice REFERENCES voice)")
        made.execute("BEGIN")
        made.executemany("INSERT INTO pair VALUES (?, ?)", [(n, n) for n in range(20_000)])
        made.execute("COMMIT")
    (folder / "secret_key").write_text("the key")
    return folder


def make(home: Path, target: Path) -> backup.Backup:
    database = home / "db.sqlite3"
    return back_up(
        target,
        home / "secret_key",
        lambda path: copy_sqlite(database, path, lambda _done, _all: None),
        name=backup.DATABASE,
        now=NOW,
    )


def rows(database: Path, what: str = "count(*)") -> object:
    with closing(sqlite3.connect(database)) as found:
        return found.execute(f"SELECT {what} FROM pair").fetchone()[0]


def test_a_backup_comes_back_with_its_key(home, tmp_path):
    made = make(home, tmp_path / "b.zip")
    with closing(sqlite3.connect(home / "db.sqlite3")) as used, used:
        used.execute("DELETE FROM pair")
    (home / "secret_key").write_text("another key")

    aside = restore_sqlite(tmp_path / "b.zip", home / "db.sqlite3", home / "secret_key", LATER)

    assert made.names == ("erdkreis.sqlite3", "secret_key")
    assert rows(home / "db.sqlite3") == 20_000
    assert (home / "secret_key").read_text() == "the key"
    assert rows(aside) == 0
    assert (home / "secret_key.before-20260302-120000").read_text() == "another key"
    for file in (tmp_path / "b.zip", home / "db.sqlite3", home / "secret_key"):
        assert file.stat().st_mode & 0o077 == 0, file


def test_a_copy_is_of_one_moment_while_others_write(home, tmp_path):
    stop, n_written = threading.Event(), 0

    def write() -> None:
        nonlocal n_written
        with closing(sqlite3.connect(home / "db.sqlite3", timeout=20)) as mine:
            while not stop.is_set():
                with mine:  # both or neither
                    mine.execute("UPDATE pair SET a = a + 1")
                    mine.execute("UPDATE pair SET b = b + 1")
                n_written += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while n_written == 0:
            time.sleep(0.01)
        make(home, tmp_path / "b.zip")
    finally:
        stop.set()
        writer.join()

    with zipfile.ZipFile(tmp_path / "b.zip") as file:
        file.extract(backup.DATABASE, tmp_path)
    assert rows(tmp_path / backup.DATABASE, "sum(a - b)") == 0
    assert rows(tmp_path / backup.DATABASE, "min(a) > 0")


@pytest.mark.parametrize("at", [40, 5_000, 60_000])
def test_a_damaged_backup_is_refused_and_nothing_changes(home, tmp_path, at):
    make(home, tmp_path / "b.zip")
    content = bytearray((tmp_path / "b.zip").read_bytes())
    content[at] ^= 0xFF
    (tmp_path / "b.zip").write_bytes(content)

    with pytest.raises(BackupError):
        restore_sqlite(tmp_path / "b.zip", home / "db.sqlite3", home / "secret_key", LATER)

    assert rows(home / "db.sqlite3") == 20_000
    assert sorted(p.name for p in home.glob("*before*")) == []


@pytest.mark.parametrize("size", [0, 200, 20_000])
def test_half_a_backup_is_refused_with_the_reason(home, tmp_path, size):
    make(home, tmp_path / "b.zip")
    (tmp_path / "half.zip").write_bytes((tmp_path / "b.zip").read_bytes()[:size])

    with pytest.raises(BackupError, match="no whole backup"):
        look_into(tmp_path / "half.zip")


def test_a_changed_file_is_named(home, tmp_path):
    make(home, tmp_path / "b.zip")
    with (
        zipfile.ZipFile(tmp_path / "b.zip") as old,
        zipfile.ZipFile(tmp_path / "c.zip", "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, b"other" if name == backup.KEY else old.read(name))

    with pytest.raises(BackupError, match="secret_key differs"):
        look_into(tmp_path / "c.zip")


def test_an_unsound_database_is_no_backup(home, tmp_path):
    with closing(sqlite3.connect(home / "db.sqlite3")) as used, used:
        used.execute("INSERT INTO answer VALUES (7)")  # a voice that is not there

    with pytest.raises(BackupError, match="answer points to nothing"):
        make(home, tmp_path / "b.zip")

    assert not (tmp_path / "b.zip").exists()


def test_while_a_server_runs_nothing_is_restored(home, tmp_path):
    make(home, tmp_path / "b.zip")

    with backup.serving(home), pytest.raises(BackupError, match="Stop it first"):
        restore_sqlite(tmp_path / "b.zip", home / "db.sqlite3", home / "secret_key", LATER)


def test_a_full_disk_leaves_nothing_behind(home, tmp_path):
    def full(_target: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(BackupError, match="No space left on device"):
        back_up(tmp_path / "b.zip", home / "secret_key", full, name=backup.DATABASE, now=NOW)

    assert [p.name for p in tmp_path.iterdir()] == ["home"]


def _copy_for_ever(home: Path, target: Path) -> None:
    def slow(path: Path) -> None:
        path.write_bytes(b"half")
        time.sleep(60)

    back_up(target, home / "secret_key", slow, name=backup.DATABASE, now=NOW)


def test_who_is_killed_in_the_middle_leaves_no_backup(home, tmp_path):
    target = tmp_path / "out" / "b.zip"
    target.parent.mkdir()
    process = multiprocessing.get_context("fork").Process(
        target=_copy_for_ever, args=(home, target)
    )
    process.start()
    while not any(target.parent.iterdir()):
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.join()

    assert not target.exists()
    make(home, target)  # and the next one is made as if nothing had been
    assert look_into(target).is_of_sqlite


@pytest.mark.long
def test_the_commands_back_up_and_restore_an_installation(tmp_path):
    data = tmp_path / "data"

    def erdkreis(*arguments: object) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "erdkreis", *map(str, arguments)],
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "erdkreis.config.settings",
                "DATABASE_URL": f"sqlite:///{data}/e.db",
                "ERDKREIS_DATA": str(data),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    erdkreis("init", "--host", "ada@example.org")
    erdkreis("backup", tmp_path / "b.zip")
    (data / "e.db").unlink()

    said = erdkreis("restore", tmp_path / "b.zip")

    assert "Now run: erdkreis init" in said
    with closing(sqlite3.connect(data / "e.db")) as found:
        assert found.execute("SELECT email FROM accounts_person").fetchall() == [
            ("ada@example.org",)
        ]
