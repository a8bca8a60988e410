"""Slow down guessing. Counts failures per visitor and purpose for some minutes, in the cache.

No internet address is kept: the counter's key is a keyed digest of it that changes every day.
"""

import hmac
import logging
from hashlib import sha256
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from erdkreis.web.proxies import is_trusted

logger = logging.getLogger(__name__)

WINDOW_SECONDS = 15 * 60
MOST_FAILURES = 20
# One household or one server has that many addresses of IPv6, and could guess from each.
SHARED_BITS_OF_IPV6 = 64


def is_slowed_down(request: HttpRequest, purpose: str) -> bool:
    """Say whether this visitor failed too often in the last minutes.

    Only failures count: two hundred people behind one address may all come in.
    """
    return cache.get(_places(request, purpose)[-1]) is not None


def count_failure(request: HttpRequest, purpose: str) -> None:
    """Take the next free place. Adding is one step, in whichever process: no failure gets lost."""
    places = _places(request, purpose)
    taken = cache.get_many(places)
    for place in places:
        if place not in taken and cache.add(place, 1, WINDOW_SECONDS):
            return
    cache.set(places[-1], 1, WINDOW_SECONDS)
    # Of the visitor nothing: beside the time it could tell who answered.
    logger.warning("Too many failures: somebody is slowed down (%s).", purpose)


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address: the last one in the chain that is not a proxy of ours.

    What a visitor writes into the header herself stands further to the left, and is not read.
    """
    chain = [*request.headers.get("X-Forwarded-For", "").split(","), request.META["REMOTE_ADDR"]]
    address = ""
    for named in reversed(chain):
        address = named.strip() or address
        if not is_trusted(address):
            break
    return _without_last_half(address)


def _without_last_half(address: str) -> str:
    try:
        at = ip_address(address)
    except ValueError:
        return address
    if at.version == 4:  # noqa: PLR2004 - a version, not a number
        return address
    return str(ip_network(f"{address.partition('%')[0]}/{SHARED_BITS_OF_IPV6}", strict=False))


def _places(request: HttpRequest, purpose: str) -> list[str]:
    visitor = _visitor(request)
    return [f"throttle:{purpose}:{visitor}:{n}" for n in range(MOST_FAILURES)]


def _visitor(request: HttpRequest) -> str:
    message = f"{timezone.localdate()}|{address_of(request)}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, sha256).hexdigest()[:32]
