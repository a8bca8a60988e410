"""Arithmetic exactly as the official calculator does it: IEEE doubles, no tolerance.

Everything else in this package adds up with plain loops from 0, left to right. ``sum()``
compensates rounding since Python 3.12, and ``math.fsum`` always did: both change last digits.
"""

from collections.abc import Iterator
from math import copysign, floor, inf, isfinite, isnan, nan

PER_CENT = 100
_MOST_DECIMALS = 17


def ieee_divided(dividend: float, divisor: float) -> float:
    """Divide as the processor does, where Python would raise.

    Parameters
    ----------
    dividend, divisor : float
        Any doubles.

    Returns
    -------
    float
        The quotient; for a divisor of 0 an infinity with the sign of both, and NaN for 0 / 0.

    Examples
    --------
    >>> ieee_divided(1.0, 4.0), ieee_divided(-1.0, 0.0), ieee_divided(0.0, 0.0)
    (0.25, -inf, nan)
    """
    if divisor != 0:
        return dividend / divisor
    if dividend == 0 or isnan(dividend):
        return nan
    return copysign(inf, dividend) * copysign(1.0, divisor)


def rounded_half_up(value: float, decimals: int) -> float:
    """Round for the matrix view: halves go away from zero.

    Neither ``round`` (halves to even) nor ``floor(x + 0.5)`` (adds before it cuts) gives the
    official digits.

    Parameters
    ----------
    value : float
        A finite number.
    decimals : int
        Digits after the point, 0 or more.

    Returns
    -------
    float
        The rounded number.

    References
    ----------
    docs/methods/balance.md, "Rounding".

    Examples
    --------
    >>> rounded_half_up(2.5, 0), rounded_half_up(-2.5, 0), rounded_half_up(0.285, 2)
    (3.0, -3.0, 0.28)
    """
    scale = 10.0**decimals
    scaled = abs(value) * scale
    whole = floor(scaled)
    if scaled - whole >= 0.5:  # noqa: PLR2004 -- a half is what rounding is about
        whole += 1
    return copysign(float(whole), value) / scale


def plain_number(value: float) -> float | int | None:
    """Write a double the way JSON of the official calculator shows it.

    Parameters
    ----------
    value : float
        Any double.

    Returns
    -------
    float, int or None
        Whole numbers without ``.0``, infinities and NaN as None (JSON has no word for them).

    Examples
    --------
    >>> plain_number(3.0), plain_number(0.1), plain_number(float("nan"))
    (3, 0.1, None)
    """
    if not isfinite(value):
        return None
    # Beyond 1e15 doubles lose units, and a row of digits would promise them.
    if value.is_integer() and -1e15 < value < 1e15:  # noqa: PLR2004 -- see above
        return int(value)
    return value


def _shorter(value: float) -> Iterator[float]:
    """Yield a double rounded to few decimals, then to more, up to itself."""
    for decimals in range(_MOST_DECIMALS):
        yield round(value, decimals)


def percentage_of(fraction: float) -> float:
    """Return the percentage that was entered to give this fraction.

    Parameters
    ----------
    fraction : float
        0.01 to 1.

    Returns
    -------
    float
        The shortest percentage p with ``p / 100 == fraction``.

    Examples
    --------
    >>> 0.5499 * 100, percentage_of(0.5499)
    (54.99000000000001, 54.99)
    """
    shown = fraction * PER_CENT
    entered = (one for one in _shorter(shown) if one / PER_CENT == fraction)
    return next(entered, shown)


def percentage_before(shown: float) -> float:
    """Return the percentage that an answer shows as ``shown``.

    Examples
    --------
    >>> percentage_before(54.99000000000001)
    54.99
    """
    entered = (one for one in _shorter(shown) if one / PER_CENT * PER_CENT == shown)
    return next(entered, shown)
