"""Statements a circle may start with, as versioned data in both languages and in plain German."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from erdkreis.questionnaires.catalogue import Wording

CURRENT_VERSION = "2026-1"


@dataclass(frozen=True)
class Starter:
    """One statement to start with."""

    code: str
    topic: str
    wording: Wording


@cache
def starters(version: str = CURRENT_VERSION) -> tuple[Starter, ...]:
    """Read one version from its file."""
    file = files("erdkreis.dialogues") / "starters" / f"{version.replace('-', '_')}.toml"
    return tuple(
        Starter(
            code=f"{version}.{entry['code']}",
            topic=entry["topic"],
            wording=Wording(entry["de"], entry["en"], entry["de_easy"]),
        )
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["statement"]
    )


@cache
def starter_wording(code: str) -> Wording:
    """Return what a starter says; its code names the version it comes from."""
    version = code.rpartition(".")[0]
    return next(starter.wording for starter in starters(version) if starter.code == code)
