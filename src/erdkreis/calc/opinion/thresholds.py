"""The thresholds of ``defaults.toml``: value with unit and source, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

PRIOR: Final = 0.5
"""Of agreement and of the rest, before any vote: Beta(½, ½)."""


@dataclass(frozen=True)
class Threshold:
    """One figure of the method."""

    name: str
    value: float
    unit: str
    source: str


@cache
def thresholds() -> Mapping[str, Threshold]:
    """Return all thresholds by dotted name, e.g. ``common_ground.share_agree``.

    Examples
    --------
    >>> thresholds()["intervals.level"].value, thresholds()["intervals.level"].unit
    (0.9, 'probability that the interval holds the share')
    """
    text = files("erdkreis.calc.opinion").joinpath("defaults.toml").read_text(encoding="utf-8")
    return {
        f"{section}.{name}": Threshold(f"{section}.{name}", **entry)
        for section, entries in tomllib.loads(text).items()
        for name, entry in entries.items()
    }


def threshold(name: str) -> float:
    """Return the value of one threshold.

    Examples
    --------
    >>> threshold("common_ground.share_agree")
    0.6
    """
    return thresholds()[name].value
