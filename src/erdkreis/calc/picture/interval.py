"""How far a share could lie from what was heard."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from erdkreis.calc.picture.thresholds import DEFAULTS

if TYPE_CHECKING:
    import numpy as np

JEFFREYS = 0.5
ALMOST = 1e-9  # sums of many small probabilities miss a round figure by less
# Above this many people not heard, the correction no longer shows in a whole percent.
TREATED_AS_ENDLESS = 20_000


@dataclass(frozen=True)
class Interval:
    """Two ends between which a figure probably lies.

    Parameters
    ----------
    low, high : float
        In the unit of the figure: shares 0 to 1, or steps 1 to 5.
    """

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Say whether a value lies within, ends included."""
        return self.low - ALMOST <= value <= self.high + ALMOST

    def meets(self, other: "Interval") -> bool:
        """Say whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high


@cache
def share_interval(
    n_yes: int, n: int, *, n_unheard: int | None = None, level: float = DEFAULTS.level
) -> Interval:
    """Say between which ends the share in the whole group probably lies.

    Parameters
    ----------
    n_yes, n : int
        How many of those heard, ``0 <= n_yes <= n``.
    n_unheard : int or None
        People of the group who were not heard. None where the size of the group is not known:
        the group is then treated as endless.
    level : float
        Probability inside, 0 to 1; the same share of the rest lies beyond each end.

    Returns
    -------
    Interval
        Between 0 and 1. Without a voice, from 0 to 1; with all voices, the share itself.

    References
    ----------
    Brown, Cai & DasGupta (2001), "Interval estimation for a binomial proportion" (Jeffreys prior,
    ends 0 and 1 kept when nobody or everybody said yes); with a known size the answers of those
    not heard follow the Beta-binomial distribution with the same prior: docs/methods/picture.md.

    Examples
    --------
    >>> heard = share_interval(15, 30)
    >>> round(heard.low, 2), round(heard.high, 2)
    (0.35, 0.65)
    >>> share_interval(15, 30, n_unheard=0)
    Interval(low=0.5, high=0.5)
    """
    if n_unheard is None or n_unheard > TREATED_AS_ENDLESS:
        return _endless(n_yes, n, level)
    if n_unheard == 0 and n:
        return Interval(n_yes / n, n_yes / n)
    return _counted(n_yes, n, n_unheard, level)


def _endless(n_yes: int, n: int, level: float) -> Interval:
    from scipy.special import betaincinv  # noqa: PLC0415 - heavy, and most processes never need it

    tail = (1 - level) / 2
    a, b = n_yes + JEFFREYS, n - n_yes + JEFFREYS
    low = 0.0 if n_yes == 0 else float(betaincinv(a, b, tail))
    high = 1.0 if n_yes == n else float(betaincinv(a, b, 1 - tail))
    return Interval(low, high)


def _counted(n_yes: int, n: int, n_unheard: int, level: float) -> Interval:
    """Add to the yes that was heard the yes that those not heard could add."""
    import numpy as np  # noqa: PLC0415 - heavy, and most processes never need it

    tail = (1 - level) / 2
    up_to = np.cumsum(_beta_binomial(n_unheard, n_yes + JEFFREYS, n - n_yes + JEFFREYS))
    fewest = 0 if n_yes == 0 else int(np.searchsorted(up_to, tail - ALMOST))
    most = n_unheard if n_yes == n else int(np.searchsorted(up_to, 1 - tail - ALMOST))
    total = n + n_unheard
    # With a handful unheard the share of the heard may fall between two possible shares of all.
    # The picture shows it as a dot: an interval beside its own dot would only confuse.
    low, high = (n_yes + fewest) / total, (n_yes + most) / total
    return Interval(min(low, n_yes / n), max(high, n_yes / n)) if n else Interval(low, high)


def _beta_binomial(n: int, a: float, b: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return the probabilities of 0 to ``n`` yes among ``n`` people."""
    import numpy as np  # noqa: PLC0415 - heavy, and most processes never need it
    from scipy.special import betaln, gammaln  # noqa: PLC0415 - heavy, and most processes never need it

    yes = np.arange(n + 1)
    choose = gammaln(n + 1) - gammaln(yes + 1) - gammaln(n - yes + 1)
    probabilities: np.ndarray[tuple[int], np.dtype[np.float64]] = np.exp(
        choose + betaln(yes + a, n - yes + b) - betaln(a, b)
    )
    return probabilities
