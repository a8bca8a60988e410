"""Installations of their own, with real processes, on whichever database the suite runs on."""

import fcntl
import json
import os
import shutil
import uuid
from contextlib import contextmanager

import pytest
from benchmarks.house import House, serving
from django.conf import settings

SIZE = (40, 1500, 40)
MADE = "house_made"


def server_url():
    """The PostgreSQL of the suite; on SQLite nothing."""
    of_suite = settings.DATABASES["default"]
    if "postgresql" not in of_suite["ENGINE"]:
        return ""
    return f"postgres://{of_suite['USER']}@{of_suite['HOST']}:{of_suite['PORT']}"


def tell_server(sql):
    import psycopg

    with psycopg.connect(f"{server_url()}/postgres", autocommit=True) as server:
        server.execute(sql)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """Make a house in the first process of a run that wants it; the others find it there."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def made_once(name, database_url=""):
        folder = shared / name
        data, inside = folder / "data", folder / "inside.json"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not inside.exists():
                if database_url:
                    tell_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
                    tell_server(f"CREATE DATABASE {name}")
                made = House(data, database_url).prepare(*SIZE)
                inside.write_text(json.dumps(made.inside))
        return House(data, database_url, json.loads(inside.read_text()))

    return made_once


@pytest.fixture(scope="session")
def on_sqlite(made_once):
    """A house that nobody serves, to copy."""
    return made_once("house_on_sqlite" if server_url() else MADE)


@contextmanager
def own_database(made_from):
    """A PostgreSQL database beside that of the suite, for as long as this lasts."""
    if not server_url():
        yield ""
        return
    name = f"house_{uuid.uuid4().hex[:8]}"
    tell_server(f"CREATE DATABASE {name} TEMPLATE {made_from}")
    yield f"{server_url()}/{name}"
    tell_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def database_url():
    """Where an empty database is; on SQLite nothing."""
    with own_database("template0") as url:
        yield url


@contextmanager
def copied(tmp_path_factory, made_once):
    """A copy of the house, on the database of the suite, for as long as this lasts."""
    made = made_once(MADE, f"{server_url()}/{MADE}" if server_url() else "")
    data = tmp_path_factory.mktemp("house") / "data"
    shutil.copytree(made.data, data)
    with own_database(MADE) as url:
        yield House(data, url, made.inside)


@pytest.fixture(scope="module")
def house(tmp_path_factory, made_once):
    with copied(tmp_path_factory, made_once) as made:
        yield made


@pytest.fixture
def house_apart(tmp_path_factory, made_once):
    """For a fault that every server on the house would feel, also that of the next test."""
    with copied(tmp_path_factory, made_once) as made:
        yield made


@pytest.fixture(scope="module")
def server(house, tmp_path_factory):
    house.more["TMPDIR"] = str(tmp_path_factory.mktemp("uploads"))
    with serving(house, "--no-worker") as running:
        yield running
