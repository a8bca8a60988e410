"""Whether tables are as new as the code is told by names, and by loading them only in doubt."""

import sys

import pytest
from django.db import connection
from django.db.migrations import executor
from django.db.migrations.recorder import MigrationRecorder

from erdkreis.web import tables

pytestmark = pytest.mark.django_db
SOMEBODYS = ("circles", "0001_initial")


@pytest.fixture(autouse=True)
def _with_migrations(settings):
    """The suite may be run without them; the names of those in the code are what this is about."""
    settings.MIGRATION_MODULES = {}
    tables.names_in_code.cache_clear()
    yield
    tables.names_in_code.cache_clear()


@pytest.fixture
def applied(monkeypatch):
    """What the database says was applied; a database made without migrations says nothing."""
    loader = executor.MigrationExecutor(connection).loader
    names = dict.fromkeys(loader.disk_migrations)
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _recorder: dict(names))
    return names


def test_the_names_are_those_that_django_finds(applied):
    assert tables.names_in_code() == set(applied)
    assert SOMEBODYS in applied


def test_where_all_are_applied_none_is_loaded(applied, monkeypatch):
    monkeypatch.setitem(sys.modules, "django.db.migrations.executor", None)  # fails when imported

    assert not tables.are_behind()


@pytest.mark.parametrize("room", ["questionnaires", "dialogues", "account"])
def test_one_that_waits_is_seen(applied, room):
    del applied[max(name for name in applied if name[0] == room)]

    assert tables.are_behind()


def test_one_of_a_newer_version_is_none_that_waits(applied):
    applied["circles", "9999_of_tomorrow"] = None

    assert not tables.are_behind()
