"""The answers of one date as a band: between which steps the middle half of them lies."""

from collections.abc import Sequence
from dataclasses import dataclass

from erdkreis.calc.privacy import Cell, Tendency

N_STEPS = 5
# Of an (almost) unanimous group only the end is known, so its people are laid on both steps of it.
ENDS = {Tendency.DISAGREE: (1, 2), Tendency.MIDDLE: (3,), Tendency.AGREE: (4, 5)}
QUARTERS = (0.25, 0.5, 0.75)
# Where all gave the same answer they might still have differed by less than a step.
LEAST_VARIANCE = 0.25
ALMOST = 1e-9


@dataclass(frozen=True)
class Band:
    """Where the answers of one group lie on one date.

    Parameters
    ----------
    low, middle, high : int
        Steps 1 to 5 below which a quarter, half and three quarters of the answers lie.
    n_from, n_to : int
        Answers behind it, don't-knows included; of several items the fewest and the most.
    mean : float
        Mean step, 1 to 5. For comparing dates only; it is never shown.
    variance : float
        How far that mean could lie from what all would have said, in squared steps.
    is_coarse : bool
        Of at least one item only the end is known at which its answers lie.
    """

    low: int
    middle: int
    high: int
    n_from: int
    n_to: int
    mean: float
    variance: float
    is_coarse: bool = False


def band_of(cells: Sequence[Cell]) -> Band | None:
    """Lay the answers to one or more items of the same direction together.

    Each item counts the same, however many answered it. What the gate told in words only counts as
    the end it names.

    Parameters
    ----------
    cells : sequence of Cell
        As released. Cells that show nothing are left out.

    Returns
    -------
    Band or None
        None where nothing may be shown.

    References
    ----------
    docs/methods/pulse.md. A dot counts as one person: decision 0030.

    Examples
    --------
    >>> from erdkreis.calc.privacy import Showing
    >>> band = band_of([Cell(Showing.COUNTS, 20, 20, (1, 4, 6, 7, 2), 0)])
    >>> band.low, band.middle, band.high, band.n_from
    (2, 3, 4, 20)
    >>> band_of([Cell(Showing.TOO_FEW)]) is None
    True
    """
    laid = [(cell, shares) for cell in cells if (shares := _shares(cell)) is not None]
    if not laid:
        return None
    shares = [sum(of[step] for _cell, of in laid) / len(laid) for step in range(N_STEPS)]
    means = [_mean(of) for _cell, of in laid]
    low, middle, high = (_quantile(shares, at) for at in QUARTERS)
    return Band(
        low=low,
        middle=middle,
        high=high,
        n_from=min(cell.n_from for cell, _of in laid),
        n_to=max(cell.n_to for cell, _of in laid),
        mean=sum(means) / len(laid),
        # The same people answer all items of a date: nothing is gained by asking two.
        variance=max(_variance_of_mean(*one) for one in laid),
        is_coarse=any(cell.tendency is not None for cell, _of in laid),
    )


def _shares(cell: Cell) -> list[float] | None:
    if cell.tendency is not None:
        steps = ENDS[cell.tendency]
        return [1 / len(steps) if step in steps else 0.0 for step in range(1, N_STEPS + 1)]
    total = sum(cell.steps)
    return [n / total for n in cell.steps] if total else None


def _mean(shares: Sequence[float]) -> float:
    return sum(step * share for step, share in enumerate(shares, start=1))


def _variance_of_mean(cell: Cell, shares: Sequence[float]) -> float:
    mean = _mean(shares)
    spread = sum(share * (step - mean) ** 2 for step, share in enumerate(shares, start=1))
    # Of a group told in words not even dots are known: it weighs as the fewest it could be.
    n = sum(cell.steps) or cell.n_from
    return max(spread, LEAST_VARIANCE) / max(n - 1, 1)


def _quantile(shares: Sequence[float], at: float) -> int:
    so_far = 0.0
    for step, share in enumerate(shares, start=1):
        so_far += share
        if so_far >= at - ALMOST:
            return step
    return N_STEPS
