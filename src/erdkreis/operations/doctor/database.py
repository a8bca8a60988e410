"""The database: whether it answers, is up to date, and lies where it may."""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.operations.doctor.finding import Finding, fine, mend
from erdkreis.operations.health import migrations_wait

MOUNTS = Path("/proc/mounts")
OVER_A_NETWORK = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs", "lustre", "afs",
    "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone",
}  # fmt: skip
OLDEST_POSTGRESQL = 140_000
MOST_SECONDS_APART = 30


def answers() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, "?")
    yield fine("database", _("%s answers.") % name)


def migrations() -> Iterator[Finding]:
    if migrations_wait():
        yield mend("database", _("The tables are those of another version."), "erdkreis init")


def place_of_sqlite() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        mode = str(cursor.execute("PRAGMA journal_mode").fetchone()[0])
        ((_seq, _name, file),) = [
            row for row in cursor.execute("PRAGMA database_list").fetchall() if row[1] == "main"
        ]
    if file and (kind := kind_of_mount(Path(file))) in OVER_A_NETWORK:
        yield mend(
            "SQLite",
            _("The database lies on a network drive (%s): SQLite can lose answers there.") % kind,
            _("Put ERDKREIS_DATA on a disk of this machine, or use PostgreSQL."),
        )
    elif file and mode != "wal":
        yield mend(
            "SQLite",
            _("The write-ahead log is off (%s): readers and writers wait for each other.") % mode,
            _("Stop everything that has the file open, then start again."),
        )


def kind_of_mount(path: Path) -> str:
    """Return the kind of file system that a path lies on, as the system calls it."""
    at, kind = "", ""
    for line in MOUNTS.read_text().splitlines() if MOUNTS.exists() else []:
        where, what = line.split()[1:3]
        if len(where) >= len(at) and (path == Path(where) or Path(where) in path.parents):
            at, kind = where, what
    return kind


def postgresql() -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, current_setting("
            "'default_transaction_isolation'), current_setting('server_encoding'), now()"
        )
        version, isolation, encoding, now = cursor.fetchone()
    yield from judge_postgresql(version, isolation, encoding)
    if abs((timezone.now() - now).total_seconds()) > MOST_SECONDS_APART:
        yield mend(
            "clock",
            _("The clocks of this machine and of the database differ."),
            _("Let both set their clock by themselves (NTP)."),
        )


def judge_postgresql(version: int, isolation: str, encoding: str) -> Iterator[Finding]:
    if version < OLDEST_POSTGRESQL:
        yield mend(
            "PostgreSQL",
            _("PostgreSQL %s is too old.") % (version // 10_000),
            _("Take 14 or newer."),
        )
    if isolation != "read committed":
        yield mend(
            "PostgreSQL",
            _("Transactions are isolated as “%s”: answers given at once would be refused.")
            % isolation,
            "ALTER DATABASE … SET default_transaction_isolation = 'read committed'",
        )
    if encoding != "UTF8":
        yield mend(
            "PostgreSQL",
            _("The database is encoded as %s: not every name can be written.") % encoding,
            "createdb -E UTF8",
        )


CHECKS = (answers, migrations, place_of_sqlite, postgresql)
