"""Lists in parts. A part begins after a number, so nothing is skipped when something is added."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from erdkreis.api.v1.fields import Page

Row = TypeVar("Row", bound=Model)
Part = dict[str, Any]


def by_key(
    request: HttpRequest,
    response: HttpResponse,
    page: Page,
    rows: QuerySet[Row],
    shown: Callable[[Row], Any],
    key: str = "pk",
) -> Part:
    """Return a part of a table in the order of a key."""
    found = list(rows.filter(**{f"{key}__gt": page.after}).order_by(key)[: page.limit + 1])
    part, rest = found[: page.limit], found[page.limit :]
    after = int(getattr(part[-1], key)) if rest else None
    return _part(request, response, page, [shown(row) for row in part], after)


def by_place(request: HttpRequest, response: HttpResponse, page: Page, rows: Sequence[Any]) -> Part:
    """Return a part of rows that have a fixed order and no key."""
    begin = min(page.after, len(rows))
    part = rows[begin : begin + page.limit]
    end = begin + len(part)
    return _part(request, response, page, part, end if end < len(rows) else None)


def _part(
    request: HttpRequest,
    response: HttpResponse,
    page: Page,
    items: Iterable[Any],
    after: int | None,
) -> Part:
    if after is not None:
        query = urlencode({"after": after, "limit": page.limit})
        response["Link"] = f'<{settings.PUBLIC_URL}{request.path}?{query}>; rel="next"'
    return {"items": list(items), "next": after}
