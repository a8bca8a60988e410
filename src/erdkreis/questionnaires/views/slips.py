"""Slips without a name: a public key for browsers, and a signature through an envelope.

Two requests that share nothing: the key is asked for without the code, the signature without
cookies, and the slip comes in later without either.
"""

import base64
import binascii
from http import HTTPStatus

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from erdkreis.invitations.blind_signatures import NotSignable
from erdkreis.invitations.slips import Slip, group_that_may_sign, key_of, public_numbers, sign
from erdkreis.questionnaires.queries import group_at
from erdkreis.rounds.models import RoundGroup
from erdkreis.web.throttle import count_failure, is_slowed_down

LONGEST = 2000  # letters; a signature of 4096 bits has 683


@require_safe
@cache_control(public=True, max_age=300)
def key(_request: HttpRequest, slug: str) -> JsonResponse:
    """The public key of a group, the same for everybody. Asked for without any code."""
    group = group_at(slug)
    found = key_of(group) if group else None
    if found is None:
        raise Http404
    numbers = public_numbers(found)
    return JsonResponse(
        {
            "kty": "RSA",
            "n": _written(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big")),
            "e": _written(numbers.e.to_bytes(3, "big")),
            "fingerprint": found.fingerprint,
        }
    )


# The code is the permission; a cookie would only be something that two requests share.
@csrf_exempt
@never_cache
@require_POST
def signature(request: HttpRequest, code: str) -> JsonResponse:
    """Sign an envelope for a code, once. Unknown and used codes get the same answer."""
    if is_slowed_down(request, "code"):
        return _refused(HTTPStatus.TOO_MANY_REQUESTS)
    envelope = read(request.POST.get("envelope", ""))
    if not envelope:
        return _refused(HTTPStatus.BAD_REQUEST)
    group = group_that_may_sign(code, envelope)
    if group is None:
        count_failure(request, "code")
        return _refused(HTTPStatus.NOT_FOUND)
    return _signed(group, code, envelope)


def _signed(group: RoundGroup, code: str, envelope: bytes) -> JsonResponse:
    found = key_of(group)
    if found is None or not group.is_open:
        return _refused(HTTPStatus.CONFLICT)
    try:
        signature = sign(code, envelope, found)
    except NotSignable:
        return _refused(HTTPStatus.BAD_REQUEST)
    if signature is None:
        return _refused(HTTPStatus.NOT_FOUND)  # another envelope came a moment sooner
    return JsonResponse({"signature": _written(signature)})


def slip_in(request: HttpRequest) -> Slip | None:
    """Return the slip that came with a form; an empty one if something else came in its place."""
    message = request.POST.get("slip_message", "")
    if not message:
        return None
    return Slip(read(message), read(request.POST.get("slip_signature", "")))


def read(written: str) -> bytes:
    """Read bytes as browsers write them into addresses (base64url); nothing if they are none."""
    if len(written) > LONGEST:
        return b""
    try:
        padded = written + "=" * (-len(written) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _written(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode("ascii").rstrip("=")


def _refused(status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"signature": None}, status=status)
