"""What mails and paper say: versioned data, German and English side by side.

Changing a word makes a new folder, as with the items of the questionnaire.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

CURRENT_VERSION = "2026-1"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def filled(text: str, names: Mapping[str, str]) -> str:
    """Fill placeholders in, once: what is filled in is never read as a placeholder again."""
    return _PLACEHOLDER.sub(lambda found: names[found[1]], text)


def text(
    file: str, name: str, language: str, names: Mapping[str, str], version: str = CURRENT_VERSION
) -> dict[str, str]:
    """Return the parts of one text, such as subject and body, with its placeholders filled."""
    parts: dict[str, str] = _in_language(_read(file, version)[name], language)
    return {part: filled(written, names).strip() for part, written in parts.items()}


def sentence(
    file: str,
    name: str,
    language: str,
    names: Mapping[str, str],
    version: str = CURRENT_VERSION,
) -> str:
    return filled(_in_language(_read(file, version)["sentence"][name], language), names)


def _in_language(texts: Mapping[str, Any], language: str) -> Any:
    """Return one of the texts; plain German falls back to German where it has none of its own."""
    return texts.get(language) or texts["de" if language.startswith("de") else "en"]


@cache
def _read(file: str, version: str) -> dict[str, Any]:
    folder = files("erdkreis.invitations.texts") / version.replace("-", "_")
    return tomllib.loads((folder / f"{file}.toml").read_text(encoding="utf-8"))
