"""The language of a page, where those who ask have decided in which ones they ask.

Beside German stands *Einfache Sprache*, for whoever answers: a language of its own in the house,
which falls back to German where nothing of its own is written.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

EASY = "de-easy"
# How each language calls itself.
OWN_NAMES = {"de": "Deutsch", "en": "English"}
NAMES_FOR_VOICES = OWN_NAMES | {EASY: "Einfache Sprache"}
PARAMETER = "language"

Answer = Callable[[HttpRequest], HttpResponse]


def for_voices(codes: Iterable[str]) -> list[str]:
    """Return what whoever answers may choose: where German is spoken, its plain form as well."""
    return [
        c for code in codes if code != EASY for c in ((code, EASY) if code == "de" else (code,))
    ]


def bcp47(code: str) -> str:
    """Name a language as browsers know it: ``simple`` is a variant registered with IANA."""
    return "de-simple" if code == EASY else code


def in_one_language(texts: Any, language: str) -> Any:
    """Choose one language wherever texts from a file stand side by side in both."""
    if isinstance(texts, list):
        return [in_one_language(text, language) for text in texts]
    if not isinstance(texts, dict):
        return texts
    if texts.keys() == {"de", "en"}:
        return texts[language]
    return {key: in_one_language(text, language) for key, text in texts.items()}


def speak_one_of(request: HttpRequest, codes: Sequence[str]) -> None:
    """Keep to these languages, whatever the browser prefers; a link may bring one along."""
    wanted = request.GET.get(PARAMETER, "")
    if wanted in for_voices(codes):
        translation.activate(wanted)
        request.LANGUAGE_CODE = request.chosen_language = wanted  # type: ignore[attr-defined]
    elif (translation.get_language() or "")[:2] not in codes:
        translation.activate(codes[0])
        request.LANGUAGE_CODE = codes[0]


def asked_language(request: HttpRequest, codes: Sequence[str]) -> str:
    """Return the language of the address (``?lang=de``), or else the browser's."""
    spoken = (translation.get_language() or "")[:2]
    wanted = request.GET.get("lang", spoken)
    return wanted if wanted in codes else (spoken if spoken in codes else codes[0])


def language_of_page(get_response: Answer) -> Answer:
    """Speak the visitor's language, name it as others know it, keep the one that came with a link.

    It is kept as a press on the choice of languages keeps it, and on no page that forgets it. What
    Django's own does beside this, languages in addresses, has no place here.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        patch_vary_headers(response, ("Accept-Language",))
        spoken = response.headers.get("Content-Language") or translation.get_language()
        response.headers["Content-Language"] = bcp47(spoken or settings.LANGUAGE_CODE)
        chosen = getattr(request, "chosen_language", "")
        if chosen and settings.LANGUAGE_COOKIE_NAME not in response.cookies:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite="Lax",
            )
        return response

    return answer
