"""Ask a stranger's server something, without being sent into our own house.

An address comes from a person, so it may point at this machine, at its neighbours or at a cloud's
own service. Every name is looked up here, every address it has must be a public one, and the
connection goes to exactly that address: a name that changes its mind in between gains nothing.
Redirects are followed by the same rule where they are followed at all. Nobody keeps us longer than
a while, however slowly he answers.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urljoin, urlsplit

SECONDS = 10
MOST_SECONDS = 20
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


def post(url: str, body: bytes, headers: Mapping[str, str], *, inside: Collection[str] = ()) -> int:
    """Send something by POST and return the status. No redirect is followed, no answer read.

    Only by https to public addresses; and, as the operator allows, to a host and port inside.
    """
    target = target_of(url, inside=inside)
    if target.scheme != "https" and urlsplit(url).netloc not in inside:
        raise Refused("only https")
    return _ask(target, "POST", body, headers)[0]


def target_of(url: str, *, inside: Collection[str] = ()) -> Target:
    """Look an address up, and refuse it unless it is public, or named as one inside."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise Refused("not an address") from error
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        raise Refused("only http and https, without a user")
    is_inside = parts.netloc in inside
    if port != PORTS[parts.scheme] and not is_inside:
        raise Refused("only the usual ports")
    addresses = _addresses(parts.hostname, port)
    if not is_inside and not all(is_public(address) for address in addresses):
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


def _ask(
    target: Target, method: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> tuple[int, str]:
    connection = _Pinned(target)
    # A socket's own limit is one for each piece: whoever sends letter by letter never meets it.
    end = threading.Timer(MOST_SECONDS, connection.give_up)
    end.daemon = True
    end.start()
    try:
        about_us = {"User-Agent": "Erdkreis (link check)" if body is None else "Erdkreis"}
        connection.request(method, target.path, body, about_us | dict(headers or {}))
        answer = connection.getresponse()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable("no answer") from error
    else:
        return answer.status, answer.getheader("Location", "")
    finally:
        end.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked at, speaking to the host that was meant."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self._target = target

    def give_up(self) -> None:
        """End the connection from outside, whatever is being waited for."""
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)

    def connect(self) -> None:
        plain = socket.create_connection((self._target.address, self._target.port), SECONDS)
        self.sock = plain
        if self._target.scheme == "http":
            return
        context = ssl.create_default_context()
        self.sock = cast(
            "socket.socket", context.wrap_socket(plain, server_hostname=self._target.host)
        )
