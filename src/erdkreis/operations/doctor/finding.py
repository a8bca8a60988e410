from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    MEND = 0  # must be mended: something does not work, or is not safe
    NOTE = 1  # worth knowing
    FINE = 2


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was seen, and what to do next."""

    about: str
    level: Level
    says: str
    do: str = ""


def mend(about: str, says: str, do: str) -> Finding:
    return Finding(about, Level.MEND, says, do)


def note(about: str, says: str, do: str = "") -> Finding:
    return Finding(about, Level.NOTE, says, do)


def fine(about: str, says: str) -> Finding:
    return Finding(about, Level.FINE, says)
