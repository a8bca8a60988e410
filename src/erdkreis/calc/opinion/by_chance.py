"""What would have been agreed had everybody been shown everything: weights for how statements came.

Routing shows some statements to some people rather than to others, so votes are not missing at
random. Each vote is weighted by the inverse of the stored chance with which its statement came. A
sensitivity analysis: it stands beside the plain shares and replaces none. Source: Horvitz &
Thompson (1952), J. Am. Stat. Assoc. 47.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from erdkreis.calc.opinion.sign import AGREE, DISAGREE
from erdkreis.calc.opinion.thresholds import threshold

if TYPE_CHECKING:
    from erdkreis.calc.opinion.votes import Flags, Floats, Ints, Votes


@dataclass(frozen=True, eq=False)
class ByChance:
    """Shares weighted by chance beside the plain ones of the same votes, each (n_statements,).

    Attributes
    ----------
    agree, disagree : weighted shares, 0 where no chance is known
    agree_plain, disagree_plain : unweighted, over the same votes
    n : votes with a known chance
    n_effective : as many equally weighted votes would be as sure (Kish)
    n_people, n_trimmed : people with known chances; votes whose weight was cut
    """

    agree: Floats
    disagree: Floats
    agree_plain: Floats
    disagree_plain: Floats
    n: Ints
    n_effective: Floats
    n_people: int
    n_trimmed: int


def by_chance(votes: Votes, chances: Floats, excluded: Flags) -> ByChance | None:
    """Weigh every vote by the inverse of the chance with which its statement was shown.

    Parameters
    ----------
    chances : shape (n_votes,)
        Of :class:`~.routing.Shown`; NaN where a person chose the statement from the list, or where
        nothing was stored. Those votes take no part.
    excluded : shape (n_statements,)

    Returns
    -------
    ByChance, or None where no chance is known at all

    Notes
    -----
    A person who was shown n statements weighs 1 / (n * chance) on each: over all the ways in which
    the draws could have fallen this is 1 on average for every statement, whatever the probabilities
    were. Who was shown every statement weighs 1 on each, because nothing was left to chance.

    Examples
    --------
    >>> from erdkreis.calc.opinion.votes import votes_from_table
    >>> votes = votes_from_table([[1, np.nan, 1], [1, np.nan, 1], [-1, 1, np.nan]])
    >>> found = by_chance(votes, np.array([0.4, 0.4, 0.4, 0.4, 0.1, 0.4]), np.zeros(3, dtype=bool))
    >>> float(found.agree[0].round(2)), float(found.agree_plain[0].round(2)), int(found.n[0])
    (0.33, 0.67, 3)
    """
    known = np.isfinite(chances)
    if not known.any():
        return None
    rows, columns, values = votes.rows[known], votes.columns[known], votes.values[known]
    shown = np.bincount(rows, minlength=votes.n_participants)
    weights = 1 / (shown[rows] * chances[known])
    kept = ~excluded[columns]
    complete = np.bincount(rows[kept], minlength=votes.n_participants) == (~excluded).sum()
    weights[complete[rows]] = 1.0
    limit = threshold("routing.largest_weight") * float(np.median(weights))
    n_trimmed = int((weights > limit).sum())
    weights = np.minimum(weights, limit)

    def summed(parts: Floats) -> Floats:
        return np.bincount(columns, parts, minlength=votes.n_statements).astype(np.float64)

    total, squares, n = summed(weights), summed(weights**2), summed(np.ones(len(weights)))
    safe, seen = np.where(total > 0, total, 1.0), np.maximum(n, 1)
    agree, disagree = (values == AGREE).astype(float), (values == DISAGREE).astype(float)
    return ByChance(
        agree=summed(weights * agree) / safe,
        disagree=summed(weights * disagree) / safe,
        agree_plain=summed(agree) / seen,
        disagree_plain=summed(disagree) / seen,
        n=n.astype(np.int64),
        n_effective=total**2 / np.where(squares > 0, squares, 1.0),
        n_people=int((shown > 0).sum()),
        n_trimmed=n_trimmed,
    )
