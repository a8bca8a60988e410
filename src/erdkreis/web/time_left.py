"""How long it still takes, said so that it is never less than people then need."""

import math
from dataclasses import dataclass

# Of one statement to agree or disagree with; with it, a whole dialogue can be counted.
MINUTES_OF_A_STATEMENT = 1 / 6


@dataclass(frozen=True)
class TimeLeft:
    """What is left of a path, in efforts of its pages and in minutes."""

    effort: int
    effort_left: int
    exact: float

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded up; none means less than one."""
        return math.ceil(self.exact) if self.exact > 1 else int(self.exact)


def time_left(efforts: list[int], done: int, minutes: float) -> TimeLeft:
    """Share the minutes of the whole among its pages; ``done`` of them lie behind."""
    left = sum(efforts[done:])
    share = left / sum(efforts) if efforts else 0
    return TimeLeft(efforts[done] if done < len(efforts) else 0, left, minutes * share)
