"""Settings on which people's safety rests."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from erdkreis.config.secret import secret_key_from
from erdkreis.config.settings import _database, _several

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a setting of SQLite")


@on_sqlite
@pytest.mark.django_db
def test_deleted_answers_are_overwritten_in_the_file():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)


@on_sqlite
def test_tests_use_a_file_as_installations_do():
    assert ".sqlite3" in settings.DATABASES["default"]["TEST"]["NAME"]
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_no_request_runs_in_one_long_transaction():
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS")


def test_every_way_into_the_log_takes_codes_out():
    handlers = settings.LOGGING["handlers"].values()

    assert [handler["filters"] for handler in handlers] == [["without_codes"]]


def test_a_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "secret_key"

    first, second = secret_key_from(path), secret_key_from(path)

    assert first == second
    assert len(first) > 60
    assert path.stat().st_mode & 0o777 == 0o600


def test_several_may_be_written_as_the_documentation_does(monkeypatch):
    monkeypatch.setenv("ERDKREIS_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,")

    assert _several("ERDKREIS_TRUSTED_PROXIES") == ["127.0.0.1", "10.0.0.0/8"]
    assert _several("ERDKREIS_NOBODY_SET_THIS") == []


def test_cookies_are_kept_from_scripts():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(("query", "expected"), [("", 0), ("?prepare_threshold=None", None)])
def test_plans_are_kept_unless_a_pooler_stands_between(query, expected):
    options = _database(f"postgres://somebody@db.example/erdkreis{query}")["OPTIONS"]

    assert options == {"connect_timeout": 5, "prepare_threshold": expected}
