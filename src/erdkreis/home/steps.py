from dataclasses import dataclass


@dataclass(frozen=True)
class NextStep:
    """One sentence, and one thing to press. Pressing changes something if ``is_change``."""

    sentence: str
    label: str = ""
    url: str = ""
    is_change: bool = False
