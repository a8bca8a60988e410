"""The style sheet inside the first page that somebody opens.

A page whose style lies elsewhere waits a second time on a slow line before anything can be seen. So
the first page brings it along, and fetches the files afterwards, for all that follow. The policy
allows this one text by its digest, and no other.
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

SHEETS = ("vendor/base.css", "web/erdkreis.css")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ADDRESS = re.compile(r"url\(\s*[\"']?\./([^\"')]+)[\"']?\s*\)")


def knows_our_style(request: HttpRequest) -> bool:
    """Say whether this browser has seen a page of ours: then it has the files."""
    return settings.CSRF_COOKIE_NAME in request.COOKIES


@cache
def first_style() -> SafeString:
    """Return both sheets as one text, without comments and needless spaces."""
    text = "".join(_with_addresses(name) for name in SHEETS)
    # Letters that come late move no line of a page that is being read; the next page has them.
    text = text.replace("font-display: swap", "font-display: optional")
    assert "</" not in text  # noqa: S101 - it stands inside an element
    return mark_safe(text)  # noqa: S308 - files of ours


@cache
def digest() -> str:
    """Return what the policy names the text by."""
    return f"'sha256-{b64encode(sha256(first_style().encode()).digest()).decode()}'"


def _with_addresses(name: str) -> str:
    """Let what a sheet names beside itself be found from the address of any page."""
    found = finders.find(name)
    assert isinstance(found, str)  # noqa: S101 - shipped with us; make setup fetches what is not ours
    folder = name.rpartition("/")[0]
    sheet = _without_spaces(_COMMENT.sub("", Path(found).read_text(encoding="utf-8")))
    return _ADDRESS.sub(lambda one: f'url("{static(f"{folder}/{one[1]}")}")', sheet)


def _without_spaces(sheet: str) -> str:
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", sheet)).strip()
