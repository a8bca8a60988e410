"""So many requests a minute, counted over all processes.

Each process counts for itself and reads the counts of the others: a counter that several of them
wrote would lose some. Of a visitor nothing is kept but a digest that changes every day.
"""

import hmac
import os
import threading
import time
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from erdkreis.api.models import Token
from erdkreis.web.throttle import address_of

SECONDS = 60
COUNTERS = 16
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Room:
    """How much room is left in this minute."""

    most: int
    used: int
    seconds_left: int

    @property
    def is_over(self) -> bool:
        return self.most > 0 and self.used > self.most

    def write_into(self, response: HttpResponse) -> None:
        if not self.most:
            return
        left = max(self.most - self.used, 0)
        response["RateLimit-Policy"] = f'"default";q={self.most};w={SECONDS}'
        response["RateLimit"] = f'"default";r={left};t={self.seconds_left}'
        if self.is_over:
            response["Retry-After"] = str(self.seconds_left)


def count(request: HttpRequest, token: Token | None) -> Room:
    """Count this request, and return how much room is left."""
    most = settings.API_PER_MINUTE
    window, since = divmod(int(time.time()), SECONDS)
    used = _count(f"{_who(request, token)}:{window}") if most else 0
    return Room(most, used, SECONDS - since)


def _count(who: str) -> int:
    places = [f"api-rate:{who}:{number}" for number in range(COUNTERS)]
    own = places[os.getpid() % COUNTERS]
    with _one_at_a_time:
        counted = cache.get_many(places)
        counted[own] = counted.get(own, 0) + 1
        cache.set(own, counted[own], SECONDS)
    return sum(counted.values())


def _who(request: HttpRequest, token: Token | None) -> str:
    who = f"token {token.pk}" if token else f"guest {address_of(request)}"
    message = f"{timezone.localdate()}|{who}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, sha256).hexdigest()[:32]
