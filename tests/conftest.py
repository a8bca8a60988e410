"""The cast: Ada hosts, Bela facilitates, Charlotte belongs to another circle and sees nothing."""

import os
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client, TransactionTestCase
from django.utils import timezone, translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle
from erdkreis.rounds.models import Round, RoundGroup
from factories import circles, rounds
from factories.phones import Phone
from factories.post_office import PostOffice
from swept import empty_tables_that_hold_something

# Enough to find what is wrong, quick enough to run at every save; no database of old examples.
# Continuous integration tries the same examples every time; at a desk each run tries new ones.
hypothesis_settings.register_profile(
    "suite",
    max_examples=60,
    deadline=None,
    database=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("suite")

TransactionTestCase._fixture_teardown = empty_tables_that_hold_something

# What a test uses that asks the database, of the suite or of a house of its own.
ASKS_THE_DATABASE = {"db", "transactional_db", "live_server", "house", "database_url"}


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """Mark what is tried on both databases; begin with what takes long."""
    for item in items:
        if item.get_closest_marker("django_db") or ASKS_THE_DATABASE & {*item.fixturenames}:
            item.add_marker("database")
    yield
    items.sort(key=lambda item: "long" not in item.keywords)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def _english():
    """A request leaves its language behind; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _without_secret_wait(request, monkeypatch):
    """Let releases follow at the minimum, so that tests can count; the wait has its own tests."""
    if "secret_wait" not in request.keywords:
        monkeypatch.setattr("erdkreis.gate.services.secret_wait", lambda *_about: 0)
        monkeypatch.setattr("erdkreis.gate.services.secret_start", lambda _place: 0.5)


@pytest.fixture(scope="session")
def _one_key():
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture(autouse=True)
def _quick_keys(_one_key, monkeypatch):
    """Making keys takes half a second each: all groups of the tests share a smaller one."""
    monkeypatch.setattr("erdkreis.invitations.slips.new_key", lambda: _one_key)


@pytest.fixture
def quick_pdfs(monkeypatch):
    """Leave PDFs unset where the question is who gets them: hundreds would take minutes."""
    monkeypatch.setattr("weasyprint.HTML.write_pdf", lambda *_how, **_more: b"%PDF-1.7")


@pytest.fixture
def on_day(monkeypatch) -> Callable[[date], None]:
    """Set the clock of the server to noon of a day, forwards or backwards."""

    def set_clock(day: date) -> None:
        noon = datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())
        monkeypatch.setattr("django.utils.timezone.now", lambda: noon)

    return set_clock


@pytest.fixture
def at_noon(on_day):
    """The next Wednesday at noon, inside every round of these tests: mails may leave.

    Never today: what is stored with the real time of a Wednesday afternoon would lie ahead.
    """
    today = timezone.localdate()
    on_day(today + timedelta(days=(2 - today.weekday()) % 7 or 7))


@pytest.fixture
def post_office(settings):
    """A mail server on this machine; mails of the application go to it by SMTP."""
    office = PostOffice()
    office.open()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield office
    office.close()


@pytest.fixture
def phone() -> Phone:
    """Somebody who answers: no account, no session, no script."""
    return Phone()


@pytest.fixture
def other_phone() -> Phone:
    return Phone()


@pytest.fixture
def employees(asking) -> RoundGroup:
    return rounds.group(asking, "employees")


@pytest.fixture
def ada(db) -> Person:
    return circles.person("ada")


@pytest.fixture
def bela(db, circle) -> Person:
    return circles.member(circle, "bela", "facilitator")


@pytest.fixture
def charlotte(db) -> Person:
    charlotte = circles.person("charlotte")
    circles.circle(charlotte, "Anderswo")
    return charlotte


@pytest.fixture
def circle(ada) -> Circle:
    return circles.circle(ada, "Kornblume")


@pytest.fixture
def draft(circle) -> Round:
    return rounds.draft(circle)


@pytest.fixture
def asking(circle) -> Round:
    """A round in which everyone can answer; the leadership is sealed."""
    return rounds.asking(circle)


@pytest.fixture
def as_ada(ada) -> Client:
    return _signed_in(ada)


@pytest.fixture
def as_bela(bela) -> Client:
    return _signed_in(bela)


@pytest.fixture
def as_charlotte(charlotte) -> Client:
    return _signed_in(charlotte)


def _signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client
