"""Guessing is slowed down, people are not."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

from erdkreis.web.throttle import (
    MOST_FAILURES,
    WINDOW_SECONDS,
    address_of,
    count_failure,
    is_slowed_down,
)
from factories.at_once import at_once


def visitor(address="192.0.2.1"):
    return RequestFactory(REMOTE_ADDR=address).get("/")


def fail(times, purpose="code", address="192.0.2.1"):
    for _time in range(times):
        count_failure(visitor(address), purpose)


def test_the_last_allowed_failure_is_allowed():
    fail(MOST_FAILURES - 1)

    assert not is_slowed_down(visitor(), "code")


def test_too_many_failures_slow_down():
    fail(MOST_FAILURES)

    assert is_slowed_down(visitor(), "code")


@pytest.mark.parametrize(("purpose", "address"), [("receipt", "192.0.2.1"), ("code", "192.0.2.2")])
def test_other_purposes_and_other_people_are_not_slowed_down(purpose, address):
    fail(MOST_FAILURES)

    assert not is_slowed_down(visitor(address), purpose)


@pytest.mark.parametrize(
    ("seconds", "slow"), [(WINDOW_SECONDS - 5, True), (WINDOW_SECONDS + 5, False)]
)
def test_the_pause_lasts_as_long_as_people_are_told(settings, tmp_path, monkeypatch, seconds, slow):
    """On a cache without incr() of its own, like the one in the database."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": tmp_path,
        }
    }
    fail(MOST_FAILURES)
    now = time.time()

    monkeypatch.setattr(time, "time", lambda: now + seconds)

    assert is_slowed_down(visitor(), "code") is slow


def test_no_address_is_kept(monkeypatch):
    kept = []
    monkeypatch.setattr(cache, "add", lambda key, *_rest: not kept.append(key), raising=False)

    fail(1)

    assert len(kept) == 1
    assert "192.0.2.1" not in kept[0]


def test_the_counter_of_tomorrow_is_another(on_day):
    fail(MOST_FAILURES)

    on_day(timezone.localdate() + timedelta(days=1))

    assert not is_slowed_down(visitor(), "code")


PROXY = "10.0.0.7"


def through(*chain, proxy=PROXY):
    return RequestFactory(REMOTE_ADDR=proxy, HTTP_X_FORWARDED_FOR=", ".join(chain)).get("/")


@pytest.mark.parametrize(
    ("chain", "proxy", "address"),
    [
        (["192.0.2.1"], PROXY, "192.0.2.1"),
        (["192.0.2.1", "10.0.0.9"], PROXY, "192.0.2.1"),
        (["198.51.100.1", "192.0.2.1"], PROXY, "192.0.2.1"),  # the first is the visitor's own word
        (["198.51.100.1"], "192.0.2.1", "192.0.2.1"),  # no proxy of ours says so
        (["nonsense"], PROXY, "nonsense"),
        ([], PROXY, PROXY),
        (["2001:db8::1"], PROXY, "2001:db8::/64"),
    ],
)
def test_only_our_proxies_are_believed(settings, chain, proxy, address):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]

    assert address_of(through(*chain, proxy=proxy)) == address


def test_without_a_trusted_proxy_nobody_is_believed():
    assert address_of(through("192.0.2.1")) == PROXY


def test_people_behind_one_proxy_are_counted_apart(settings):
    settings.TRUSTED_PROXIES = [PROXY]
    for n in range(MOST_FAILURES):
        count_failure(through(f"made up {n}", "192.0.2.1"), "code")

    assert is_slowed_down(through("192.0.2.1"), "code")
    assert not is_slowed_down(through("192.0.2.2"), "code")


def test_a_network_of_ipv6_is_one_visitor():
    for n in range(MOST_FAILURES):
        count_failure(visitor(f"2001:db8::{n:x}"), "code")

    assert is_slowed_down(visitor("2001:db8::ffff"), "code")
    assert not is_slowed_down(visitor("2001:db8:0:1::1"), "code")


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_failures_at_once_none_is_lost(settings):
    """As in the processes of a server, which share a cache in the database."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "erdkreis_cache",
        }
    }
    call_command("createcachetable")

    at_once(lambda _n: count_failure(visitor(), "code"), range(MOST_FAILURES))

    assert is_slowed_down(visitor(), "code")
