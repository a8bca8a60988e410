"""Bodies as JSON and nothing else: one value per name, no numbers that are none, not too deep."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from ninja.parser import Parser

from erdkreis.api.problems import Problem, sentence


class StrictParser(Parser):
    """What a program sends is taken as it stands, or refused."""

    def parse_body(self, request: HttpRequest) -> Any:
        return read(request.body)

    def parse_querydict(
        self, data: Any, list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        twice = [name for name, values in data.lists() if len(values) > 1]
        if twice:
            raise Problem(
                422,
                _("A parameter stands in the address twice."),
                errors=[{"where": f"query.{name}", "what": _("once only")} for name in twice],
            )
        found: dict[str, Any] = super().parse_querydict(data, list_fields, request)
        return found


def read(content: bytes) -> Any:
    """Read JSON strictly, or raise the problem that says why not."""
    try:
        return json.loads(
            content.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_no_number
        )
    except Problem:
        raise
    except (ValueError, RecursionError) as error:  # also bytes that are no UTF-8, and huge numbers
        raise Problem(
            400, _("The body is not JSON that can be read. Nothing was changed.")
        ) from error


def unknown_parameters(query: QueryDict, known: frozenset[str]) -> None:
    """Refuse parameters that mean nothing here: a typing mistake must not go unnoticed."""
    if strange := sorted(set(query) - known):
        raise Problem(
            422,
            _("A parameter in the address is not known here."),
            errors=[{"where": f"query.{name}"[:80], "what": _("unknown")} for name in strange[:20]],
        )


def require_json(content_type: str) -> None:
    kind, _semicolon, options = content_type.partition(";")
    charset = options.strip().lower().replace('"', "")
    if kind.strip().lower() != "application/json" or charset not in {"", "charset=utf-8"}:
        raise Problem(415, sentence(415))


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Problem(400, _("A name stands in the same object twice. Nothing was changed."))
    return found


def _no_number(_text: str) -> NoReturn:
    raise ValueError("not a number")
