"""Words of this room that are data: German and English side by side, as originals."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import get_language

from erdkreis.calc.commongood import industries
from erdkreis.calc.commongood.tables import Language, Titles
from erdkreis.questionnaires.catalogue import Wording


@cache
def texts(name: str) -> dict[str, Any]:
    """Read one file; every pair of languages in it becomes a wording."""
    file = files("erdkreis.balances") / "texts" / f"{name}.toml"
    read: dict[str, Any] = _worded(tomllib.loads(file.read_text(encoding="utf-8")))
    return read


def _worded(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if node.keys() == {"de", "en"}:
        return Wording(**node)
    return {key: _worded(inner) for key, inner in node.items()}


def language() -> Language:
    """Return the language of the page."""
    return "de" if (get_language() or "").startswith("de") else "en"


def say(wording: Wording, **names: str) -> str:
    """Say a sentence in the language of the page."""
    return wording.in_language(language(), **names)


def titled(titles: Titles) -> str:
    """Say a title of the calculation in the language of the page."""
    return titles.in_language(language())


def industry_name(code: str) -> str:
    """Name an industry with its code; one without figures keeps the code alone."""
    industry = industries().get(code)
    return f"{code} · {titled(industry.titles)}" if industry else code
