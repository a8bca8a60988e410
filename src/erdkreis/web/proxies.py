"""Whose word on a visitor counts: that of proxies named by the operator, and nobody else's."""

import time
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
SILENT = "trusted-proxy-says-nothing"
A_DAY, AN_HOUR = 24 * 60 * 60, 60 * 60


def is_trusted(address: str) -> bool:
    if not settings.TRUSTED_PROXIES:
        return False
    try:
        at = ip_address(address)
    except ValueError:
        return False
    return any(at in network for network in _networks(tuple(settings.TRUSTED_PROXIES)))


@lru_cache(1)
def _networks(proxies: tuple[str, ...]) -> list[IPv4Network | IPv6Network]:
    return [ip_network(proxy, strict=False) for proxy in proxies]


def proxy_is_silent() -> bool:
    """Say whether a trusted proxy has passed on requests lately without saying for whom."""
    return bool(cache.get(SILENT))


class _Told:
    """When this process noted it last: once in an hour is enough."""

    at = -float(AN_HOUR)


def _note_silence(request: HttpRequest) -> None:
    says = request.META.get("HTTP_X_FORWARDED_FOR"), request.META.get("HTTP_X_FORWARDED_PROTO")
    if all(says) or time.monotonic() - _Told.at < AN_HOUR:
        return
    _Told.at = time.monotonic()
    cache.set(SILENT, value=True, timeout=A_DAY)


def only_from_trusted_proxies(get_response: Answer) -> Answer:
    """Forget what a stranger claims about encryption, before anything believes it.

    Otherwise whoever reaches this server past the proxy is served in the clear as if encrypted.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if not is_trusted(request.META.get("REMOTE_ADDR", "")):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        elif settings.IS_HTTPS:
            _note_silence(request)
        return get_response(request)

    return answer
