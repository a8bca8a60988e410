"""Offer what may be the same entry already. A person decides; nothing is merged silently."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from erdkreis.directory.models import Entry

ALIKE = 0.82  # share of matching letters from which on two names are alike
NEAR_KM = 1.0
EARTH_RADIUS_KM = 6371.0
# What nobody means by a name. Without it, “Muster GmbH” and “Beispiel GmbH” are not alike.
_LEGAL_FORM = re.compile(
    r"\b(?:gmbh|mbh|ggmbh|ag|kg|ohg|gbr|ug|eg|ev|e\s?v|e\s?k|e\s?g|se|inc|ltd|llc|plc|co|sa|sarl|bv|"
    r"stiftung|verein|genossenschaft)\b"
)


@dataclass(frozen=True)
class Candidate:
    """Enough of an entry to be compared."""

    name: str
    website: str = ""
    latitude: float | None = None
    longitude: float | None = None


def possible_duplicates(candidate: Candidate, entries: Iterable[Entry]) -> list[Entry]:
    """Return entries with the same website, nearly the same name, or in the same spot."""
    return [entry for entry in entries if _may_be_same(candidate, entry)]


def of_entry(entry: Entry) -> Candidate:
    return Candidate(entry.name, entry.website, entry.latitude, entry.longitude)


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance between two places (latitude, longitude) on the globe.

    Examples
    --------
    >>> round(distance_km((48.137, 11.575), (52.52, 13.405)))  # Munich to Berlin
    504
    """
    (lat_a, lon_a), (lat_b, lon_b) = (tuple(map(math.radians, place)) for place in (a, b))
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def host_of(website: str) -> str:
    """Return the host of an address, without “www.”."""
    return (urlsplit(website).hostname or "").removeprefix("www.")


def _may_be_same(candidate: Candidate, entry: Entry) -> bool:
    host = host_of(candidate.website)
    if host and host == host_of(entry.website):
        return True
    likeness = _likeness(candidate.name, entry.name)
    if likeness >= ALIKE:
        return True
    # In the same spot a half alike name is enough: a house can hold two firms, though.
    return likeness >= ALIKE / 2 and _is_near(candidate, entry)


def _likeness(one: str, other: str) -> float:
    a, b = _bare(one), _bare(other)
    return SequenceMatcher(None, a, b).ratio() if a and b else 0.0


def _bare(name: str) -> str:
    letters = re.sub(r"[^\w ]+", " ", name.casefold())
    return " ".join(_LEGAL_FORM.sub(" ", letters).split()) or " ".join(letters.split())


def _is_near(candidate: Candidate, entry: Entry) -> bool:
    places = (candidate.latitude, candidate.longitude, entry.latitude, entry.longitude)
    if any(number is None for number in places):
        return False
    lat_a, lon_a, lat_b, lon_b = (float(number or 0) for number in places)
    return distance_km((lat_a, lon_a), (lat_b, lon_b)) <= NEAR_KM
