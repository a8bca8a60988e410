"""What may be said about people without saying who: minimum size, unanimity, rounding, totals."""

from erdkreis.calc.privacy.beside import (
    Beside,
    crowd_is_told,
    hidden_beside,
    move_is_told,
    newcomers_are_told,
    newcomers_may_be_told,
)
from erdkreis.calc.privacy.cell import Cell, Showing, Tendency, released_cell
from erdkreis.calc.privacy.counts import Counts
from erdkreis.calc.privacy.heard import (
    Heard,
    heard_group,
    heard_in_steps,
    heard_may_follow,
    heard_total,
)
from erdkreis.calc.privacy.marks import marks, n_marks
from erdkreis.calc.privacy.parts import may_stand_apart
from erdkreis.calc.privacy.rules import Rules
from erdkreis.calc.privacy.votes import (
    VoteCell,
    VoteCounts,
    may_follow,
    released_votes,
    votes_of_part,
)
from erdkreis.calc.privacy.words import released_words

__all__ = [
    "Beside",
    "Cell",
    "Counts",
    "Heard",
    "Rules",
    "Showing",
    "Tendency",
    "VoteCell",
    "VoteCounts",
    "crowd_is_told",
    "heard_group",
    "heard_in_steps",
    "heard_may_follow",
    "heard_total",
    "hidden_beside",
    "marks",
    "may_follow",
    "may_stand_apart",
    "move_is_told",
    "n_marks",
    "newcomers_are_told",
    "newcomers_may_be_told",
    "released_cell",
    "released_votes",
    "released_words",
    "votes_of_part",
]
