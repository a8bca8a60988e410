"""What probes and collectors of figures get to see, and what nobody does."""

import shutil

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from erdkreis.invitations.models import Mail
from erdkreis.jobs import services
from erdkreis.operations import counts, health, requests
from factories.phones import Phone, sent
from factories.roll import listed

pytestmark = pytest.mark.django_db

TOKEN = "a token of our own"


@pytest.fixture(autouse=True)
def _house(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    settings.METRICS_TOKEN = TOKEN
    monkeypatch.setattr(requests, "COUNTER", counts.Counter())
    monkeypatch.setattr(health, "_see_that_none_waits", lambda: None)


def ready(client):
    response = client.get("/health/ready")
    return response.status_code, dict(
        line.split(": ") for line in response.content.decode().splitlines()
    )


def scrape(client):
    response = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    lines = [x for x in response.content.decode().splitlines() if not x.startswith("#")]
    return dict(line.rsplit(" ", 1) for line in lines)


def test_probes_come_without_a_host_of_ours_and_without_encryption(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    strange = {"host": "10.2.0.7:8000"}

    assert client.get("/health/live", headers=strange).status_code == 200
    assert client.get("/health/ready", headers=strange).status_code == 200
    assert client.get("/", headers=strange).status_code in {301, 400}


def test_ready_names_what_is_there(client):
    assert ready(client) == (
        200, {"database": "ok", "migrations": "ok", "disk": "ok", "worker": "none"}
    )  # fmt: skip
    services.sign_on("here:1", timezone.now())
    assert ready(client)[1]["worker"] == "ok"


def test_not_ready_without_database_tables_or_room(client, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(health, "migrations_wait", away)
    assert ready(client)[0] == 503
    assert ready(client)[1]["database"] == "away"

    monkeypatch.setattr(health, "migrations_wait", lambda: True)
    assert ready(client) == (
        503, {"database": "ok", "migrations": "waiting", "disk": "ok", "worker": "ok"}
    )  # fmt: skip

    monkeypatch.setattr(health, "migrations_wait", lambda: False)
    full = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
    assert ready(client)[0] == 503


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}"])
def test_without_the_token_there_are_no_metrics(client, given):
    assert client.get("/metrics", headers={"authorization": given}).status_code == 404


def test_without_a_token_in_the_settings_nobody_gets_them(client, settings):
    settings.METRICS_TOKEN = ""
    for given in ("", "Bearer "):
        assert client.get("/metrics", headers={"authorization": given}).status_code == 404


def test_whoever_watches_does_not_see_that_somebody_answers(client, employees, monkeypatch):
    """Between two looks ten people answer one after the other: no figure moves."""
    monkeypatch.setattr("erdkreis.operations.metrics.time.perf_counter", lambda: 0.0)
    monkeypatch.setattr("erdkreis.operations.storage.free_bytes", lambda: 1)
    invitees = listed(employees, "anna", "bert")
    before = scrape(client)
    for _ in range(10):
        assert sent(Phone(), employees)
    Mail.objects.create(round_group=employees, invitee=invitees[0], kind=Mail.Kind.REMINDER)
    after = scrape(client)

    moving = {name for name in after if after[name] != before.get(name)}
    # That a mail could leave is seen, not to whom, how many, or of which circle.
    assert moving <= {"erdkreis_mails_overdue_seconds", "erdkreis_jobs_overdue_seconds"}
    assert not any("kornblume" in name.lower() or "employees" in name for name in after)


def test_requests_are_counted_in_hundreds_and_failures_one_by_one():
    for _ in range(250):
        requests.COUNTER.add(counts.OK)
    requests.COUNTER.add(counts.FAILED)
    other_process = counts.Counter()
    for _ in range(99):
        other_process.add(counts.OK)

    assert counts.in_all()[:3] == [349, 0, 1]
    assert counts.shown() == [300, 0, 1, 0]


def test_a_request_is_counted_by_how_it_ended(client):
    client.get("/health/live")  # probes do not count
    client.get("/trust/")
    client.get("/no-such-page/")

    assert counts.in_all()[:3] == [1, 1, 0]


def test_a_full_disk_keeps_nobody_from_answering(client, settings, tmp_path):
    settings.DATA = tmp_path / "file"
    settings.DATA.write_text("no folder")

    assert client.get("/trust/").status_code == 200


def test_metrics_are_well_formed(client):
    services.sign_on("here:1", timezone.now())
    found = scrape(client)

    assert found["erdkreis_workers"] == "1"
    assert found["erdkreis_database_answers"] == "1"
    assert found['erdkreis_jobs{state="waiting"}'] == "0"
    assert all(float(value) >= 0 for value in found.values())


def test_metrics_tell_that_the_database_is_away(monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr("erdkreis.operations.metrics._work", away)
    assert scrape(Client())["erdkreis_database_answers"] == "0"
