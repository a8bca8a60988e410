"""A host of one circle puts numbers and names of another into every address, and gets nothing.

Two circles are built alike, so that coming addresses are walked by themselves: where their
addresses differ stands an id. It is swapped alone and together with the others.
"""

import inspect
from itertools import combinations

import pytest
from django.apps import apps
from django.test import Client

from erdkreis.circles.models import Role
from factories import circles, rounds
from test_access_rules import LOOKING, MISSING, NO, PRESSING
from test_access_rules import addresses as addresses_fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdfs")]

# The same for everyone, signed in or not: no role is asked for, so there is none to borrow.
OPEN = {name for name, seen in LOOKING.items() if len({*seen}) == 1}


@pytest.fixture
def two_alike(request, ada, circle, monkeypatch):
    """Addresses of a circle of Ada and of one of Charlotte, with the same things in both."""
    made, number = circles.person, iter(range(10**6))
    build = addresses_fixture._get_wrapped_function()
    hers = circles.circle(made("charlotte"), "Anderswo")
    monkeypatch.setattr(circles, "person", lambda name: made(f"{name}{next(number)}"))
    both = []
    for one, host in ((circle, ada), (hers, hers.roles.get().person)):
        known = {"circle": one, "asking": rounds.asking(one), "ada": host}
        wanted = inspect.signature(build).parameters
        both.append(build(**{n: known[n] if n in known else request.getfixturevalue(n)
                             for n in wanted}))  # fmt: skip
    client = Client()
    client.force_login(hers.roles.filter(kind=Role.Kind.HOST).first().person)
    return client, *both


def swapped(own: str, foreign: str):
    """Yield an own address with one or more of its ids taken from the other circle."""
    here, there = own.split("/"), foreign.split("/")
    assert len(here) == len(there)
    differ = [at for at, part in enumerate(here) if part != there[at]]
    for n in range(1, len(differ) + 1):
        for chosen in combinations(differ, n):
            yield "/".join(there[at] if at in chosen else part for at, part in enumerate(here))


def walk(two_alike, names):
    _client, foreign, own = two_alike
    for name in names:
        if name not in OPEN and own[name] != foreign[name]:
            for address in swapped(own[name], foreign[name]):
                yield name, address


def whole_database():
    left_out = {"sessions.Session"}
    return {
        table._meta.label: sorted(map(repr, table._base_manager.values_list()))
        for table in apps.get_models()
        if table._meta.label not in left_out
    }


def test_looking_with_ids_of_another_circle_shows_nothing(two_alike):
    client = two_alike[0]

    shown = {
        address: answer
        for _name, address in walk(two_alike, LOOKING)
        if (answer := client.get(address).status_code) not in {NO, MISSING, 405}
    }

    assert shown == {}


def test_pressing_with_ids_of_another_circle_does_nothing(two_alike):
    client, before = two_alike[0], whole_database()

    pressed = {
        address: answer
        for _name, address in walk(two_alike, PRESSING)
        if (answer := client.post(address, {"title": "Mine", "text": "Mine"}).status_code)
        not in {NO, MISSING}
    }

    assert pressed == {}
    assert whole_database() == before


def test_the_walk_is_not_empty(two_alike):
    assert len({name for name, _address in walk(two_alike, LOOKING)}) > 40
    assert any(a.count("/") > 4 for _n, a in walk(two_alike, PRESSING))


# A public key, a description: that all get the same is its point, so it may be kept on the way.
THE_SAME_FOR_EVERYBODY = {"questionnaires:slip_key", "api:openapi"}
# The address holds a code: not even our own next page is told it.
HOLDING_A_CODE = {"questionnaires:personal", "questionnaires:guardian"}


def test_no_page_is_kept_for_the_next_person(two_alike):
    client, _foreign, own = two_alike

    kept = [
        address
        for name, address in own.items()
        if name not in THE_SAME_FOR_EVERYBODY
        and {"no-store", "private"} - {*client.get(address).get("Cache-Control", "").split(", ")}
    ]

    assert kept == []


def test_every_page_carries_what_protects_it(two_alike):
    client, _foreign, own = two_alike

    for name, address in own.items():
        answer = client.get(address)
        policy = answer["Content-Security-Policy"]
        for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'",
                     "form-action 'self'", "frame-ancestors 'none'"):  # fmt: skip
            assert rule in policy, address
        assert answer["X-Content-Type-Options"] == "nosniff", address
        policy = "strict-origin" if name in HOLDING_A_CODE else "same-origin"
        assert answer["Referrer-Policy"] == policy, address
