"""The directions in which votes differ most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.linalg import eigh

if TYPE_CHECKING:
    from erdkreis.calc.opinion.votes import Floats

SMALLEST_SHARE: Final = 1e-12
"""An axis below this share of the variance is rounding, not opinion."""
SAME_SIZE: Final = 1e-9
"""Entries that differ by less than this share tie."""


@dataclass(frozen=True, eq=False)
class Axes:
    """Leading eigenvectors of a symmetric table, strongest first.

    Attributes
    ----------
    directions : shape (n_axes, n_statements)
        Unit length; the entry of largest size is positive. All zero where the votes carry no such
        axis.
    strengths : shape (n_axes,)
        Eigenvalues, never negative.
    total : float
        Sum of all eigenvalues.
    """

    directions: Floats
    strengths: Floats
    total: float


def leading_axes(table: Floats, n_axes: int) -> Axes:
    """Find the strongest axes of a symmetric table, shape (n_statements, n_statements).

    Examples
    --------
    >>> leading_axes(np.array([[2.0, 0.0], [0.0, 1.0]]), 1).strengths.tolist()
    [2.0]
    """
    size = len(table)
    n_found = min(n_axes, size)
    total = float(np.trace(table))
    directions, strengths = np.zeros((n_axes, size)), np.zeros(n_axes)
    if n_found and total > 0:
        values, vectors = eigh(table, subset_by_index=(size - n_found, size - 1))
        strengths[:n_found] = values[::-1]
        directions[:n_found] = vectors[:, ::-1].T
        # Excluded statements weigh nothing at all, not the rounding of the solver.
        directions[:, ~table.any(axis=0)] = 0.0
    is_rounding = strengths <= SMALLEST_SHARE * total
    strengths[is_rounding], directions[is_rounding] = 0.0, 0.0
    return Axes(_largest_entry_positive(directions), strengths, total)


def _largest_entry_positive(directions: Floats) -> Floats:
    # Without a fixed sign the map would mirror itself from one update to the next. Entries that tie
    # but for rounding count as equal, and the first of them decides.
    sizes = np.abs(directions)
    ties = sizes >= (1 - SAME_SIZE) * sizes.max(axis=1, keepdims=True, initial=0.0)
    largest = ties.argmax(axis=1)
    signs = np.sign(directions[np.arange(len(directions)), largest])
    return directions * np.where(signs == 0, 1.0, signs)[:, None]
