"""How clearly points belong to their own cluster rather than to the next one.

Exact up to 5,000 points; above that on at most 1,000 weighted micro-clusters, so that no step grows
with the square of the number of people.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from erdkreis.calc.opinion.votes import Floats, Ints

N_POINTS_EXACT: Final = 5000
N_POINTS_BLOCK: Final = 512
N_CLUSTERS_COMPARED: Final = 2


def silhouettes(
    points: Floats, labelings: Sequence[Ints], weights: Floats | None = None
) -> list[float | None]:
    """Mean silhouette of several labelings of the same points; distances are computed once.

    Parameters
    ----------
    points : shape (n_points, n_axes)
    labelings : each shape (n_points,), labels 0, 1, 2, …
    weights : shape (n_points,), optional
        A point of weight w stands for w points at the same place.

    Notes
    -----
    Euclidean; 0 for the only member of a cluster. Source: Rousseeuw (1987), J. Comput. Appl. Math.
    20.

    Examples
    --------
    >>> round(silhouettes(np.array([[0.0], [1.0], [10.0]]), [np.array([0, 0, 1])])[0], 6)
    0.596296
    """
    mass = np.ones(len(points)) if weights is None else weights
    memberships = [_membership(labels, mass) for labels in labelings]
    sums: list[list[Floats]] = [[] for _ in labelings]
    for start in range(0, len(points), N_POINTS_BLOCK):
        distances = _distances(points[start : start + N_POINTS_BLOCK], points)
        for found, membership in zip(sums, memberships, strict=True):
            found.append(distances @ membership)
    return [
        _mean_silhouette(np.concatenate(found), labels, mass)
        for found, labels in zip(sums, labelings, strict=True)
    ]


def _membership(labels: Ints, mass: Floats) -> Floats:
    table = np.zeros((len(labels), int(labels.max(initial=0)) + 1))
    table[np.arange(len(labels)), labels] = mass
    return table


def _distances(points: Floats, others: Floats) -> Floats:
    squares = np.zeros((len(points), len(others)))
    for axis in range(points.shape[1]):
        squares += (points[:, axis, None] - others[:, axis]) ** 2
    return np.sqrt(squares, out=squares)


def _mean_silhouette(sums: Floats, labels: Ints, mass: Floats) -> float | None:
    sizes = np.bincount(labels, mass, minlength=sums.shape[1])
    if np.count_nonzero(sizes) < N_CLUSTERS_COMPARED:
        return None
    rows = np.arange(len(labels))
    own_size = sizes[labels]
    # The other copies of a weighted point lie at distance 0, so they count in the size only.
    own = sums[rows, labels] / np.maximum(own_size - 1, 1)
    others = np.where(sizes > 0, sums / np.maximum(sizes, 1), np.inf)
    others[rows, labels] = np.inf
    nearest = others.min(axis=1)
    scale = np.maximum(own, nearest)
    values = np.where(
        (own_size > 1) & (scale > 0), (nearest - own) / np.where(scale > 0, scale, 1), 0
    )
    return float((values * mass).sum() / mass.sum())
