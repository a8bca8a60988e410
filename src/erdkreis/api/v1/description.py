"""The API as an object: what it is called, who is let in, and its description.

The description is made from the code of the operations. What every operation shares stands here:
the errors each of them can give, and how a program shows its token.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError

from erdkreis.api import problems
from erdkreis.api.models import Token
from erdkreis.api.problems import Problem, sentence
from erdkreis.api.scopes import Scope
from erdkreis.api.strict_json import StrictParser

ABOUT = """\
Programs read and do here what hosts read and do on pages: by the same services, and through the
same gate. Numbers about people come out only as they were released.

Send `Authorization: Bearer erdkreis_…`. Hosts make tokens on the page "Programs of others" of
their circle. Addresses below `/public/` need none.

Lists come in parts: `limit` says how many, `after` where to begin; the header `Link` leads to the
next part. Errors are `application/problem+json` (RFC 9457). With a header `Idempotency-Key`, the
same writing request is done once, however often it comes within 24 hours. Answers to reading
carry an `ETag`: send it back as `If-None-Match`, and nothing comes twice.
"""
READ_ERRORS = (400, 404, 405, 409, 413, 422, 429, 500, 503)
WITH_TOKEN = (401, 403)
WRITE_ERRORS = (415,)
PROBLEM_SCHEMA = {
    "title": "Problem",
    "type": "object",
    "description": "What went wrong, as RFC 9457 says it.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What happened, and what to do next."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "what"],
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
            },
        },
    },
}
HEADERS = {
    name: {"description": meaning, "schema": {"type": "string"}}
    for name, meaning in (
        ("RateLimit", "How much room is left, and for how many seconds."),
        ("RateLimit-Policy", "How many requests a minute are allowed."),
    )
}
HEADERS_OF_LIMITS = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}


class Api(NinjaAPI):
    """The API whose description says of each operation all that can come back."""

    def get_openapi_schema(self, **options: Any) -> Any:
        made = super().get_openapi_schema(**{"path_prefix": "/api/v1", **options})
        made["components"]["schemas"]["Problem"] = PROBLEM_SCHEMA
        made["components"]["headers"] = HEADERS
        made["components"]["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer", "description": "A token of one circle."}
        }
        for methods in made["paths"].values():
            for method, operation in methods.items():
                _complete(method, operation)
        return made

    def get_openapi_operation_id(self, operation: Any) -> str:
        name: str = operation.view_func.__name__
        return name


@dataclass(frozen=True)
class WithScope:
    """Lets in who shows a token with this scope. Who that is, was found at the doorway."""

    scope: Scope

    def __call__(self, request: HttpRequest) -> Token:
        token: Token | None = getattr(request, "api_token", None)
        if token is None:
            raise Problem(401, sentence(401))
        if self.scope not in token.scopes:
            raise Problem(
                403,
                _("This token may not do that: it lacks “%(scope)s”.")
                % {"scope": self.scope.value},
            )
        return token


def needs(scope: Scope) -> dict[str, Any]:
    """Return what an operation is declared with that needs a token with this scope."""
    return {
        "auth": WithScope(scope),
        "tags": [scope.value],
        "openapi_extra": {"security": [{"token": [scope.value]}]},
    }


# One for all that needs a token: reading and writing share addresses.
router = Router()


def make_api() -> Api:
    api = Api(
        title="Erdkreis",
        version="1",
        description=ABOUT,
        urls_namespace="api_v1",
        openapi_url=None,
        docs_url=None,
        parser=StrictParser(),
        servers=[{"url": "/", "description": "this installation"}],
        default_router=Router(),
    )
    for kind, handler in (
        (Problem, _refused),
        (ValidationError, _not_valid),
        (HttpError, _unwrapped),
    ):
        api.add_exception_handler(kind, handler)
    return api


@dataclass(frozen=True)
class Known:
    """What the doorway knows of one operation."""

    parameters: frozenset[str]
    needs_token: bool


class Operations:
    """Which methods an address knows: read from the description, so that the two agree."""

    def __init__(self, api: Api) -> None:
        self._api = api

    @cached_property
    def _known(self) -> list[tuple[re.Pattern[str], dict[str, Known]]]:
        found = [
            (re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)), _known_in(methods))
            for path, methods in self.description["paths"].items()
        ]
        own = {"GET": Known(frozenset(), needs_token=False)}
        return [*found, (re.compile(re.escape("/api/v1/openapi.json")), own)]

    @cached_property
    def description(self) -> Any:
        return self._api.get_openapi_schema()

    def at(self, path: str) -> dict[str, Known] | None:
        return next((known for fits, known in self._known if fits.fullmatch(path)), None)


def _known_in(methods: dict[str, Any]) -> dict[str, Known]:
    return {
        method.upper(): Known(
            frozenset(p["name"] for p in operation["parameters"] if p["in"] == "query"),
            needs_token=bool(operation["security"]),
        )
        for method, operation in methods.items()
    }


def _complete(method: str, operation: dict[str, Any]) -> None:
    """Add what the code of an operation does not say of itself."""
    operation.setdefault("security", [])
    errors = [*READ_ERRORS, *(WITH_TOKEN if operation["security"] else ())]
    if method == "get":
        operation["responses"][304] = {"description": "Not changed since this ETag."}
    else:
        errors += WRITE_ERRORS
    for status in sorted(errors):
        operation["responses"][status] = {
            "description": _plain(status),
            "content": {problems.PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    operation["responses"] = {
        str(status): response | {"headers": HEADERS_OF_LIMITS | response.get("headers", {})}
        for status, response in sorted(operation["responses"].items())
    }


def _plain(status: int) -> str:
    return {
        400: "Not understood", 401: "No valid token", 403: "The token lacks the scope",
        404: "Nothing there, or out of reach of this token", 405: "Method not known here",
        409: "Does not fit to how things stand; `detail` says why", 413: "Too large",
        415: "Not JSON", 422: "Understood, but not valid", 429: "Too many requests",
        500: "Our fault", 503: "Busy",
    }[status]  # fmt: skip


def _refused(_request: HttpRequest, problem: Any) -> HttpResponse:
    return problems.answer(problem)


def _not_valid(_request: HttpRequest, invalid: Any) -> HttpResponse:
    errors = [
        {"where": ".".join(str(part) for part in e["loc"])[:120], "what": _what(e)}
        for e in invalid.errors[:20]
    ]
    return problems.answer(
        Problem(422, _("Something does not fit. Nothing was changed."), errors=errors)
    )


def _what(error: dict[str, Any]) -> str:
    return str(error["msg"]).removeprefix("Value error, ")[:200]


def _unwrapped(_request: HttpRequest, error: Any) -> HttpResponse:
    """Say what the parser said; the library wraps it."""
    cause = error.__cause__
    if isinstance(cause, Problem):
        return problems.answer(cause)
    return problems.answer(Problem(error.status_code, sentence(error.status_code)))
