"""The same request twice is done once: Idempotency-Key.

The deed and the answer that is kept are written in one transaction: either both are there, or
nothing happened and the request may come again.
"""

import contextlib
import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.api.models import Repeat, Token
from erdkreis.api.problems import Problem
from erdkreis.api.services import KEPT_REPEATS

Answer = Callable[[HttpRequest], HttpResponse]
KEY = re.compile(r"[!-~]{1,255}")
# Whoever has not finished by now was interrupted, and nothing of it was written.
LONGEST_WORK = timedelta(minutes=2)
SUCCESS = range(200, 300)


def once(request: HttpRequest, token: Token, get_response: Answer) -> HttpResponse:
    """Do this request, or repeat the answer it was given before."""
    key = request.headers["Idempotency-Key"]
    if not KEY.fullmatch(key):
        raise Problem(
            422, _("An Idempotency-Key has 1 to 255 visible ASCII characters, without spaces.")
        )
    mine, known = _claim(token, _digest(key), _fingerprint(request))
    if known is not None:
        return _again(known)
    with transaction.atomic():
        response = get_response(request)
        if response.status_code in SUCCESS:
            mine.status, mine.body = response.status_code, response.content.decode()
            mine.location = response.get("Location", "")
            mine.save(update_fields=["status", "body", "location"])
        else:
            transaction.set_rollback(True)
    if response.status_code not in SUCCESS:
        # Nothing was done, so nothing has to be remembered: the key is free again.
        mine.delete()
    return response


def _claim(token: Token, key: str, fingerprint: str) -> tuple[Repeat, Repeat | None]:
    """Return the own row, or the row of who came first and is done."""
    now = timezone.now()
    Repeat.objects.filter(token=token, key_digest=key, begun_at__lt=now - KEPT_REPEATS).delete()
    with contextlib.suppress(IntegrityError), transaction.atomic():
        return Repeat.objects.create(token=token, key_digest=key, fingerprint=fingerprint), None
    first = Repeat.objects.filter(token=token, key_digest=key).first()
    if first is None:  # done in vain a moment ago, so the key is free again
        raise _in_work()
    if first.fingerprint != fingerprint:
        raise Problem(422, _("This Idempotency-Key was used for another request. Take a new one."))
    if first.status is None:
        return _take_over(first), None
    return first, first


def _take_over(row: Repeat) -> Repeat:
    """Take over from who was interrupted; of several who want to, one succeeds."""
    now = timezone.now()
    if row.begun_at < now - LONGEST_WORK:
        interrupted = Repeat.objects.filter(pk=row.pk, status=None, begun_at=row.begun_at)
        if interrupted.update(begun_at=now):
            return row
    raise _in_work()


def _in_work() -> Problem:
    return Problem(
        409,
        _("The same request is being worked on. Please ask again in a moment."),
        headers={"Retry-After": "1"},
    )


def _again(row: Repeat) -> HttpResponse:
    response = HttpResponse(row.body, status=row.status, content_type="application/json")
    response["Idempotency-Replayed"] = "true"
    if row.location:
        response["Location"] = row.location
    return response


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def _fingerprint(request: HttpRequest) -> str:
    what = f"{request.method} {request.get_full_path()}\n".encode()
    return sha256(what + request.body).hexdigest()
