"""Whose word on a visitor counts: that of proxies named by the operator, and nobody else's."""

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def is_trusted(address: str) -> bool:
    try:
        at = ip_address(address)
    except ValueError:
        return False
    return any(at in ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES)


def only_from_trusted_proxies(get_response: Answer) -> Answer:
    """Forget what a stranger claims about encryption, before anything believes it.

    Otherwise whoever reaches this server past the proxy is served in the clear as if encrypted.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if not is_trusted(request.META.get("REMOTE_ADDR", "")):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        return get_response(request)

    return answer
