"""What every request of a program passes: no cookies, counted, errors that programs can read."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from erdkreis.api import problems, rate, repeats
from erdkreis.api.models import Token
from erdkreis.api.problems import Problem, sentence
from erdkreis.api.queries import valid_token
from erdkreis.api.rate import Room
from erdkreis.api.services import BEGINNING, digest_of
from erdkreis.api.strict_json import require_json, unknown_parameters
from erdkreis.web.caching import known_again, tag_of

Answer = Callable[[HttpRequest], HttpResponse]
ROOT = "/api/v1/"
LARGEST_BODY = 256 * 1024
WITH_BODY = {"POST", "PATCH"}
LEAST_ERROR, SERVER_ERROR = 400, 500


def doorway(get_response: Answer) -> Answer:
    """Receive programs; whoever asks for a page goes by."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not f"{request.path_info}/".startswith(ROOT):
            return get_response(request)
        # No cookie is read here, so there is no session, and nothing to be forged.
        request.META.pop("HTTP_COOKIE", None)
        with translation.override(translation.get_language_from_request(request)):
            return _received(request, get_response)

    return answer


def _received(request: HttpRequest, get_response: Answer) -> HttpResponse:
    token = _token_of(request)
    room = rate.count(request, token)
    try:
        response = _let_through(request, token, get_response, room)
    except Problem as problem:
        response = problems.answer(problem)
    if response.status_code >= LEAST_ERROR and response["Content-Type"] != problems.PROBLEM:
        response = problems.answer(Problem(response.status_code, sentence(response.status_code)))
    room.write_into(response)
    response.cookies.clear()
    patch_vary_headers(response, ["Accept-Language", "Authorization"])
    return response


def _let_through(
    request: HttpRequest, token: Token | None, get_response: Answer, room: Room
) -> HttpResponse:
    # Only here: the description is made from the routers, which are loaded after the settings.
    from erdkreis.api.v1 import operations  # noqa: PLC0415 - see above

    _require_our_name(request)
    if room.is_over:
        raise Problem(429, sentence(429))
    if _announced(request) > LARGEST_BODY:
        raise Problem(413, sentence(413))
    known = operations.at(request.path_info)
    if known is None:
        raise Problem(404, sentence(404))
    allowed = {
        "Allow": ", ".join(sorted({*known, "OPTIONS", *(["HEAD"] if "GET" in known else [])}))
    }
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=allowed)
    method = "GET" if request.method == "HEAD" else str(request.method)
    if method not in known:
        raise Problem(405, sentence(405), headers=allowed)
    is_head, request.method = request.method == "HEAD", method
    request.api_token = token  # type: ignore[attr-defined]  # read by the scopes
    unknown_parameters(request.GET, known[method].parameters)
    if known[method].needs_token and token is None:
        raise Problem(401, sentence(401), headers={"WWW-Authenticate": 'Bearer realm="erdkreis"'})
    if method in WITH_BODY:
        return _written(request, token, get_response)
    is_public = not known[method].needs_token
    response = _read(request, get_response(request), is_public=is_public)
    if is_head:
        response.content = b""
    return response


def _require_our_name(request: HttpRequest) -> None:
    # Before anything is said: the page of every other room asks this further inside.
    try:
        request.get_host()
    except DisallowedHost:
        raise Problem(400, sentence(400)) from None


def _announced(request: HttpRequest) -> int:
    # No more than this is ever read: a body that does not say its length counts as empty.
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _written(request: HttpRequest, token: Token | None, get_response: Answer) -> HttpResponse:
    require_json(request.META.get("CONTENT_TYPE", ""))
    if token is not None and "Idempotency-Key" in request.headers:
        return repeats.once(request, token, get_response)
    return get_response(request)


def _read(request: HttpRequest, response: HttpResponse, *, is_public: bool) -> HttpResponse:
    if response.status_code != 200:  # noqa: PLR2004 - only what was found has a version
        return response
    # To be asked for again each time, and answered briefly if nothing has changed: words that
    # were taken out are gone everywhere.
    if is_public:
        patch_cache_control(response, public=True, no_cache=True)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return known_again(request, response, tag_of(response.content))


def _token_of(request: HttpRequest) -> Token | None:
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip()
    if kind.lower() != "bearer" or not secret.startswith(BEGINNING) or not secret.isascii():
        return None
    token = valid_token(digest_of(secret))
    today = timezone.localdate()
    if token is not None and token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
    return token
