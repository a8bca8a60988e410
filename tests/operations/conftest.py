"""Installations of their own, with real processes, on whichever database the suite runs on."""

import shutil
import uuid

import pytest
from benchmarks.house import House, serving
from django.conf import settings


@pytest.fixture(scope="module")
def database_url():
    """An empty PostgreSQL database beside that of the suite; on SQLite nothing."""
    of_suite = settings.DATABASES["default"]
    if "postgresql" not in of_suite["ENGINE"]:
        yield ""
        return
    import psycopg

    at = f"{of_suite['USER']}@{of_suite['HOST']}:{of_suite['PORT']}"
    name = f"house_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(f"postgres://{at}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"postgres://{at}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory):
    """A house that nobody serves, to copy."""
    return House(tmp_path_factory.mktemp("made") / "data").prepare(40, 1500, 40)


@pytest.fixture(scope="module")
def house(tmp_path_factory, database_url, request):
    data = tmp_path_factory.mktemp("house") / "data"
    if database_url:
        return House(data, database_url).prepare(40, 1500, 40)
    made = request.getfixturevalue("on_sqlite")
    shutil.copytree(made.data, data)
    return House(data, inside=made.inside)


@pytest.fixture(scope="module")
def server(house, tmp_path_factory):
    house.more["TMPDIR"] = str(tmp_path_factory.mktemp("uploads"))
    with serving(house, "--no-worker") as running:
        yield running
