"""Each misconfiguration made real, and what the doctor says about it."""

import json
import os
import socket
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from django.utils import timezone

from erdkreis.cli import main
from erdkreis.jobs import services
from erdkreis.jobs.models import Job, Worker
from erdkreis.operations import backups, doctor
from erdkreis.operations.doctor import Level, database, machine, work
from erdkreis.operations.doctor import settings as of_settings
from erdkreis.web import proxies

pytestmark = pytest.mark.django_db
GOOD_KEY = "kD8x-2mQz_7vLpR4tYw9BnC1sFhJ6gUeA3oViXcZ5qTbN0yM"


@pytest.fixture
def house(settings, tmp_path):
    """An installation in good order, on the open internet."""
    tmp_path.chmod(0o700)
    settings.DATA = tmp_path
    settings.SECRET_KEY = GOOD_KEY
    settings.PUBLIC_URL = "https://kreis.example.org"
    settings.IS_HTTPS = True
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    settings.ALLOWED_HOSTS = ["kreis.example.org"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "erdkreis@example.org"
    settings.OPERATOR, settings.PRIVACY_CONTACT = "The town", "privacy@example.org"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")
    (tmp_path / backups.LAST).write_text(
        json.dumps({"at": timezone.localtime().isoformat(), "bytes": 1000})
    )
    services.sign_on("here:1", timezone.now())
    return settings


def amiss(about):
    return [f for f in doctor.examine() if f.about == about and f.level == Level.MEND]


def test_nothing_is_to_be_mended_in_a_house_in_good_order(house, monkeypatch):
    monkeypatch.setattr(database, "place_of_sqlite", lambda: iter(()))
    monkeypatch.setattr(database, "migrations_wait", lambda: False)  # tests may run without

    found = [f for f in doctor.examine() if f.level == Level.MEND and f.about != "SQLite"]

    assert found == []


def _key(settings, key):
    settings.SECRET_KEY = key


BROKEN = {
    "a short key": ("secret key", lambda s: _key(s, "short")),
    "one sign again and again": ("secret key", lambda s: _key(s, "ab" * 30)),
    "the key of a template": ("secret key", lambda s: _key(s, f"django-insecure-{GOOD_KEY}")),
    "debugging": ("debugging", lambda s: setattr(s, "DEBUG", True)),
    "not encrypted": ("address", lambda s: setattr(s, "PUBLIC_URL", "http://kreis.example.org")),
    "a path": ("address", lambda s: setattr(s, "PUBLIC_URL", "https://example.org/kreis")),
    "no scheme": ("address", lambda s: setattr(s, "PUBLIC_URL", "kreis.example.org")),
    "any host": ("address", lambda s: setattr(s, "ALLOWED_HOSTS", ["*"])),
    "no proxy is trusted": ("proxy", lambda s: setattr(s, "TRUSTED_PROXIES", [])),
    "mails into files": (
        "mail",
        lambda s: setattr(s, "EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"),
    ),
    "mails from nowhere": ("mail", lambda s: setattr(s, "DEFAULT_FROM_EMAIL", "e@127.0.0.1")),
    "nobody is responsible": ("responsible", lambda s: setattr(s, "OPERATOR", "")),
    "no files collected": (
        "front end",
        lambda s: (s.STATIC_ROOT / "staticfiles.json").unlink(),
    ),
    "a scheduler that is away": (
        "Dask",
        lambda s: setattr(s, "DASK_SCHEDULER", "tcp://127.0.0.1:9"),
    ),
    "no backup": ("backup", lambda s: (s.DATA / backups.LAST).unlink()),
    "an old backup": (
        "backup",
        lambda s: (s.DATA / backups.LAST).write_text(
            json.dumps({"at": (timezone.now() - timedelta(days=9)).isoformat(), "bytes": 1})
        ),
    ),
    "no worker": ("worker", lambda _s: Worker.objects.all().delete()),
    "a clock that is behind": (
        "clock",
        lambda _s: Worker.objects.update(seen_at=timezone.now() + timedelta(hours=1)),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_amiss_is_named_with_what_to_do(house, name):
    about, break_it = BROKEN[name]
    assert amiss(about) == []

    break_it(house)
    (found,) = amiss(about)
    assert found.says
    assert found.do


def test_a_key_that_others_can_read(house):
    key = house.DATA / "secret_key"
    key.write_text("x")
    key.chmod(0o644)

    (found,) = amiss("secret key")
    assert found.do == f"chmod 600 {key}"


def test_a_data_folder_that_everybody_can_read(house):
    (house.DATA / "erdkreis.sqlite3").touch(0o644)
    assert amiss("data folder") == []
    house.DATA.chmod(0o755)

    assert "chmod 700" in amiss("data folder")[0].do


def test_a_data_folder_that_cannot_be_written(house, monkeypatch):
    # Not by taking the right away: whoever runs the tests as root may write everywhere.
    monkeypatch.setattr(machine.os, "access", lambda _path, _mode: False)

    assert "Nothing can be written" in amiss("data folder")[0].says


@pytest.mark.parametrize(("free", "level"), [(100, Level.MEND), (1000, Level.NOTE)])
def test_a_disk_that_is_nearly_full(house, monkeypatch, free, level):
    usage = type("Usage", (), {"free": free * machine.MEGABYTE})
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: usage)

    (found,) = machine.disk()
    assert found.level == level
    assert f"{free:,} MB" in found.says


MOUNTED = """/dev/sda1 / ext4 rw 0 0
server:/export /srv nfs4 rw 0 0
/dev/sdb1 /srv/local xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/kreis/db.sqlite3", "nfs4"),
        ("/srv/local/db.sqlite3", "xfs"),
        ("/srv-other/db.sqlite3", "ext4"),
        ("/var/db.sqlite3", "ext4"),
    ],
)
def test_the_drive_below_a_file(tmp_path, monkeypatch, path, kind):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTED)
    monkeypatch.setattr(database, "MOUNTS", mounts)

    assert database.kind_of_mount(type(mounts)(path)) == kind


class _Sqlite:
    """A connection to a real file, as Django would have it."""

    vendor = "sqlite"

    def __init__(self, file):
        self.file = file

    def cursor(self):
        return closing(sqlite3.connect(self.file))


def test_a_database_on_a_network_drive_and_one_without_its_log(tmp_path, monkeypatch):
    file, mounts = tmp_path / "db.sqlite3", tmp_path / "mounts"
    monkeypatch.setattr(database, "connection", _Sqlite(file))
    monkeypatch.setattr(database, "MOUNTS", mounts)

    mounts.write_text(f"/dev/sda1 {tmp_path} ext4 rw 0 0\n")
    (found,) = database.place_of_sqlite()
    assert "write-ahead log is off (delete)" in found.says

    with closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA journal_mode=WAL")
    assert list(database.place_of_sqlite()) == []

    mounts.write_text(f"server:/x {tmp_path} nfs rw 0 0\n")
    (found,) = database.place_of_sqlite()
    assert "network drive (nfs)" in found.says


@pytest.mark.parametrize(
    ("version", "isolation", "encoding", "says"),
    [
        (130_012, "read committed", "UTF8", "PostgreSQL 13 is too old"),
        (150_000, "serializable", "UTF8", "isolated as “serializable”"),
        (150_000, "read committed", "SQL_ASCII", "encoded as SQL_ASCII"),
    ],
)
def test_a_postgresql_that_does_not_fit(version, isolation, encoding, says):
    (found,) = database.judge_postgresql(version, isolation, encoding)

    assert says in found.says
    assert list(database.judge_postgresql(150_000, "read committed", "UTF8")) == []


def test_tables_of_another_version(house, monkeypatch):
    monkeypatch.setattr(database, "migrations_wait", lambda: True)

    assert amiss("database")[0].do == "erdkreis init"


def test_missing_fonts_and_missing_pango(house, monkeypatch):
    monkeypatch.setattr(machine, "FONTS", ("vendor/no-such-font.woff2",))
    assert "make setup" in amiss("front end")[0].do

    def no_pango(_name):
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(machine, "import_module", no_pango)
    assert "libpango" in amiss("PDF")[0].do


def test_a_proxy_that_says_nothing(house, client, monkeypatch):
    monkeypatch.setattr(proxies._Told, "at", -float(proxies.AN_HOUR))
    client.get("/", headers={"host": "kreis.example.org"})

    assert "X-Forwarded-For" in amiss("proxy")[0].do


def test_a_proxy_that_says_all(house, client, monkeypatch):
    monkeypatch.setattr(proxies._Told, "at", -float(proxies.AN_HOUR))
    said = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
    client.get("/", headers={"host": "kreis.example.org", **said})

    assert amiss("proxy") == []


def test_work_that_nobody_takes_or_that_fails_again_and_again(house):
    now = timezone.now()
    Job.objects.create(kind="opinion", due_at=now - timedelta(hours=1))
    Job.objects.create(
        kind="retention", key=Job.CLOCK, due_at=now, attempts=4, reason=Job.Reason.FAILED
    )
    Job.objects.create(kind="opinion", state=Job.State.SET_ASIDE, due_at=now, ended_at=now)

    said = [finding.says for finding in (*work.worker(), *work.failures())]
    assert said == [
        "1 worker is there.",
        "Work has been due for more than half an hour, and nobody takes it.",
        "“Delete what has reached its day” has failed 4 times in a row: an error came up.",
        "1 piece of work was set aside.",
    ]


def test_utc_is_worth_knowing(house):
    house.TIME_ZONE = "UTC"

    (found,) = of_settings.time_zone()
    assert found.level == Level.NOTE


def test_the_mail_server_is_really_asked(house, post_office):
    (found,) = of_settings.mail_server_lets_us_in()
    assert found.level == Level.FINE

    with socket.create_server(("127.0.0.1", 0)) as closed:
        house.EMAIL_PORT = closed.getsockname()[1]
    (found,) = of_settings.mail_server_lets_us_in()
    assert (found.level, "refuses us (ConnectionRefusedError)" in found.says) == (Level.MEND, True)


def test_backups_that_cannot_be_written(house, tmp_path):
    (tmp_path / "a file").touch()
    house.BACKUPS = tmp_path / "a file" / "backups"

    assert "Nothing can be written into" in amiss("backup")[0].says


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "nonsense"),
        ("ERDKREIS_TRUSTED_PROXIES", "127.0.0.1,my-proxy"),
        ("ERDKREIS_EMAIL_URL", "nonsense"),
        ("ERDKREIS_DATA", "/proc/1/none"),
    ],
)
def test_a_setting_with_which_nothing_can_be_loaded_is_named(capfd, monkeypatch, name, value):
    def fails():
        raise ValueError("a reason\nin two lines")

    for one in [n for n in os.environ if n.startswith("ERDKREIS_")]:
        monkeypatch.delenv(one)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "erdkreis.config.settings")
    monkeypatch.setenv(name, value)
    monkeypatch.setattr("erdkreis.cli.doctor.start_django", fails)

    assert main(["doctor"]) == 1
    said = capfd.readouterr().err
    assert said.splitlines()[0] == f"✗ {name}: this cannot be used (a reason in two lines)."
    assert "docs/settings.md" in said


def test_the_command_says_it_and_ends_with_1(house, capsys, monkeypatch):
    house.DEBUG = True
    assert main(["doctor"]) == 1
    assert "✗ debugging: ERDKREIS_DEBUG is on" in capsys.readouterr().out

    assert main(["doctor", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert {"about", "level", "says", "do"} == said[0].keys()
    assert said[0]["level"] == "mend"

    monkeypatch.setattr("erdkreis.operations.doctor.CHECKS", (of_settings.time_zone,))
    assert main(["doctor"]) == 0
