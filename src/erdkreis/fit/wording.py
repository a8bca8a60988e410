"""What the twelve steps ask, in both languages and by version."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from erdkreis.questionnaires.catalogue import Wording

CURRENT_VERSION = "2026-1"


@dataclass(frozen=True)
class Asked:
    """What one step asks: of the provider, or of everyone else."""

    title: Wording
    ask: Wording
    help: Wording | None = None
    ask_provider: Wording | None = None
    help_provider: Wording | None = None


@dataclass(frozen=True)
class Wordings:
    """One version of everything that a fit conversation says."""

    say: Mapping[str, Wording]
    steps: Mapping[str, Asked]
    aspects: Mapping[str, Wording]
    choices: Mapping[str, Wording]
    decisions: Mapping[str, Wording]
    mails: Mapping[str, Mapping[str, Wording]]


@cache
def wordings(version: str = CURRENT_VERSION) -> Wordings:
    file = files("erdkreis.fit") / "texts" / f"{version.replace('-', '_')}.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return Wordings(
        say=_all(data["say"]),
        steps={code: Asked(**_all(step)) for code, step in data["step"].items()},
        aspects=_all(data["aspect"]),
        choices=_all(data["choice"]),
        decisions=_all(data["decision"]),
        mails={name: _all(mail) for name, mail in data["mail"].items()},
    )


def _all(table: Mapping[str, Mapping[str, str]]) -> dict[str, Wording]:
    return {name: Wording(**both) for name, both in table.items()}
