"""What may be said of a block over several dates: more, less, no clear change, or too few."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

from erdkreis.calc.picture import DEFAULTS, Interval
from erdkreis.calc.pulse.band import Band

FEWEST_DATES = 3


class Verdict(StrEnum):
    """What may be said. It never says that something is good, or why it changed."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Point:
    """One date.

    Parameters
    ----------
    week : float
        Weeks since the first date.
    band : Band or None
        None where nothing may be shown, or nothing was asked.
    """

    week: float
    band: Band | None


@dataclass(frozen=True)
class Trend:
    """What a row of dates says.

    Parameters
    ----------
    verdict : Verdict
        Which sentence.
    n_dates : int
        Dates that could be shown.
    change : Interval or None
        Where the change from the first to the last of them probably lies, in steps, −4 to 4.
        None where there are too few dates.
    """

    verdict: Verdict
    n_dates: int
    change: Interval | None = None


def trend(points: Sequence[Point], *, level: float = DEFAULTS.level) -> Trend:
    """Say whether answers lie higher or lower at the end of a row of dates than at its beginning.

    A straight line is laid through the means by least squares. Its error comes from how few
    answered. Weeks also differ for reasons of their own: where the dates scatter more around the
    line than so few answers explain, the error grows in the same measure (Birge's ratio).

    Parameters
    ----------
    points : sequence of Point
        In the order of time.
    level : float
        Probability with which the interval is meant to hold the change, 0 to 1.

    Returns
    -------
    Trend
        ``higher`` or ``lower`` only where the interval leaves out zero. With fewer than three
        dates that may be shown, ``too_few``.

    References
    ----------
    Birge (1932), "The calculation of errors by the method of least squares", Phys. Rev. 40;
    docs/methods/pulse.md.

    Examples
    --------
    >>> def at(week, mean):
    ...     return Point(week, Band(2, 3, 4, 25, 25, mean, 0.04))
    >>> trend([at(0, 2.0), at(2, 3.0), at(4, 4.0)]).verdict.value
    'higher'
    >>> trend([at(0, 2.0), at(2, 4.0), at(4, 2.4)]).verdict.value
    'no_clear_change'
    >>> trend([at(0, 2.0), Point(2, None), at(4, 4.0)]).verdict.value
    'too_few'
    """
    shown = [(point.week, point.band) for point in points if point.band is not None]
    if len(shown) < FEWEST_DATES:
        return Trend(Verdict.TOO_FEW, len(shown))
    change = _change([w for w, _ in shown], [b for _, b in shown], level)
    if change.low > 0:
        verdict = Verdict.HIGHER
    elif change.high < 0:
        verdict = Verdict.LOWER
    else:
        verdict = Verdict.NO_CLEAR_CHANGE
    return Trend(verdict, len(shown), change)


def _change(weeks: Sequence[float], bands: Sequence[Band], level: float) -> Interval:
    n = len(weeks)
    middle, mean = sum(weeks) / n, sum(band.mean for band in bands) / n
    width = sum((week - middle) ** 2 for week in weeks)
    pulls = [(week - middle) / width for week in weeks]
    slope = sum(pull * band.mean for pull, band in zip(pulls, bands, strict=True))
    of_few = sum(pull**2 * band.variance for pull, band in zip(pulls, bands, strict=True))
    left = sum(
        (band.mean - mean - slope * (week - middle)) ** 2 / band.variance
        for week, band in zip(weeks, bands, strict=True)
    )
    error = sqrt(of_few * max(1.0, left / (n - 2)))
    span = weeks[-1] - weeks[0]
    reach = NormalDist().inv_cdf((1 + level) / 2) * error
    return Interval(span * (slope - reach), span * (slope + reach))
