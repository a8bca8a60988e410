"""Ask a stranger's server something, without being sent into our own house.

An address comes from a person, so it may point at this machine, at its neighbours or at a cloud's
own service. Every name is looked up here, every address it has must be a public one, and the
connection goes to exactly that address: a name that changes its mind in between gains nothing.
Redirects are followed by the same rule.
"""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import cast
from urllib.parse import urljoin, urlsplit

SECONDS = 10
MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
MOVED = {301, 302, 303, 307, 308}
NOT_ALLOWED = {403, 405, 501}  # servers that do not like HEAD say one of these


class Refused(Exception):
    """An address that is never asked, whatever it would answer."""


class Unreachable(Exception):
    """Nobody answered: no such name, no connection, no answer in time."""


@dataclass(frozen=True)
class Target:
    """Where a request really goes."""

    scheme: str
    host: str
    address: str
    port: int
    path: str


def status_of(url: str) -> int:
    """Return the status with which an address answers in the end. Its content is not read."""
    for _hop in range(MOST_REDIRECTS + 1):
        target = target_of(url)
        status, location = _ask(target, "HEAD")
        if status in NOT_ALLOWED:
            status, location = _ask(target, "GET")
        if status not in MOVED or not location:
            return status
        url = urljoin(url, location)
    raise Unreachable(f"more than {MOST_REDIRECTS} redirects")


def target_of(url: str) -> Target:
    """Look an address up, and refuse it unless it is public."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise Refused("not an address") from error
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        raise Refused("only http and https, without a user")
    if port != PORTS[parts.scheme]:
        raise Refused("only the usual ports")
    addresses = _addresses(parts.hostname, port)
    if not all(is_public(address) for address in addresses):
        raise Refused("not a public address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, addresses[0], port, path)


def is_public(address: str) -> bool:
    """Say whether an address belongs to the public internet.

    Examples
    --------
    >>> [is_public(a) for a in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1")]
    [False, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # Ways to write an IPv4 address inside an IPv6 one: judge what is inside.
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable("no such name") from error
    return [str(sockaddr[0]) for *_, sockaddr in found]


def _ask(target: Target, method: str) -> tuple[int, str]:
    connection = _Pinned(target)
    try:
        connection.request(method, target.path, headers={"User-Agent": "Erdkreis (link check)"})
        answer = connection.getresponse()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable("no answer") from error
    else:
        return answer.status, answer.getheader("Location", "")
    finally:
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked at, speaking to the host that was meant."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self._target = target

    def connect(self) -> None:
        plain = socket.create_connection((self._target.address, self._target.port), SECONDS)
        if self._target.scheme == "http":
            self.sock = plain
            return
        context = ssl.create_default_context()
        self.sock = cast(
            "socket.socket", context.wrap_socket(plain, server_hostname=self._target.host)
        )
