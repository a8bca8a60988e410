"""Origins of other sites, as browsers write them: scheme, host and port, nothing else.

What stands in the allow-list goes into a header; so an address is not passed on as it was typed, it
is taken apart, checked and written anew.
"""

import ipaddress
import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

MOST = 20
USUAL_PORTS = {"https": 443, "http": 80}
AT_HOME = {"localhost", "127.0.0.1", "[::1]"}
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
LONGEST_HOST = 253


class NoOrigin(ValueError):
    """An address that is not that of a site, said in a sentence for people."""


def origins_in(text: str, *, is_https: bool) -> list[str]:
    """Read one origin from each line. The first that is none is named.

    An installation on https is framed by https only; on this machine http is fine for trying out.

    Raises
    ------
    NoOrigin
        With the line and what is wrong with it.
    """
    found = dict.fromkeys(
        origin(line.strip(), is_https=is_https) for line in text.splitlines() if line.strip()
    )
    if len(found) > MOST:
        raise NoOrigin(_("At most %(n)s sites. Nothing was changed.") % {"n": MOST})
    return list(found)


def origin(address: str, *, is_https: bool) -> str:
    """Return the origin of an address, as a browser writes it.

    Examples
    --------
    >>> origin("HTTPS://Bäckerei.example:443/", is_https=True)
    'https://xn--bckerei-5wa.example'
    """
    try:
        parts = urlsplit(address)
        host, port = _host(parts.hostname or ""), parts.port
    except (ValueError, UnicodeError) as wrong:
        raise _refused(address) from wrong
    is_more = parts.path not in {"", "/"} or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in USUAL_PORTS or not host or is_more or any(map(str.isspace, address)):
        raise _refused(address)
    if parts.scheme == "http" and is_https and host not in AT_HOME:
        raise NoOrigin(
            _("%(address)s: only with https, so that nobody on the way changes what is around it.")
            % {"address": address}
        )
    ending = "" if port in {None, USUAL_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{host}{ending}"


def _refused(address: str) -> NoOrigin:
    return NoOrigin(
        _("%(address)s is not the address of a site. It looks like this: https://www.example.org")
        % {"address": address[:100]}
    )


def _host(name: str) -> str:
    """Return a host in plain letters; nothing where it cannot be one."""
    if ":" in name:
        return f"[{ipaddress.IPv6Address(name)}]"
    plain = name.encode("idna").decode("ascii").lower() if name else ""
    labels = plain.split(".")
    is_host = len(plain) <= LONGEST_HOST and all(LABEL.fullmatch(label) for label in labels)
    return plain if is_host else ""
