"""The language of a page, where those who ask have decided in which ones they ask."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils import translation

# How each language calls itself.
OWN_NAMES = {"de": "Deutsch", "en": "English"}


def speak_one_of(request: HttpRequest, codes: Sequence[str]) -> None:
    """Keep to these languages, whatever the browser prefers."""
    if (translation.get_language() or "")[:2] not in codes:
        translation.activate(codes[0])
        request.LANGUAGE_CODE = codes[0]


def asked_language(request: HttpRequest, codes: Sequence[str]) -> str:
    """Return the language of the address (``?lang=de``), or else the browser's."""
    spoken = (translation.get_language() or "")[:2]
    wanted = request.GET.get("lang", spoken)
    return wanted if wanted in codes else (spoken if spoken in codes else codes[0])
