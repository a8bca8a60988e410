"""Countries by their three-letter code (ISO 3166-1), named in the language of the page."""

import tomllib
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language


def country_name(code: str) -> str:
    """Name a country; one we have no name for keeps its code."""
    names = _countries().get(code)
    return names[_language()] if names else code


def country_choices() -> list[tuple[str, str]]:
    """Return code and name of every country, sorted by name."""
    language = _language()
    return sorted(
        ((code, names[language]) for code, names in _countries().items()),
        key=lambda choice: choice[1].replace("Ä", "A").replace("Ö", "O").casefold(),
    )


@cache
def _countries() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("erdkreis.web") / "countries.toml").read_text(encoding="utf-8"))


def _language() -> str:
    return "de" if (get_language() or "").startswith("de") else "en"
