"""Much load makes mistakes, mistakes make more work: the loop as a fixed point. Illustrative."""

from dataclasses import dataclass
from math import sqrt

MOST_TURNS = 10_000
STILL = 1e-10


@dataclass(frozen=True)
class Rework:
    """How the share of work that must be done again grows with load.

    Parameters
    ----------
    base : float
        Share at low load, 0 to below 1.
    growth : float
        By how much the share grows per unit of load above the start, 0 or more.
    start : float
        Load from which on it grows, 0 to 1.

    Raises
    ------
    ValueError
        A value lies outside its range.

    References
    ----------
    Domain description, section i: base 0.03, start 0.70; docs/methods/workload.md.

    Examples
    --------
    >>> Rework().start
    0.7
    """

    base: float = 0.03
    growth: float = 0.5
    start: float = 0.70

    def __post_init__(self) -> None:
        if not 0 <= self.base < 1 or self.growth < 0 or not 0 <= self.start <= 1:
            raise ValueError("shares lie between 0 and 1")


def share_again(load: float, rework: Rework) -> float:
    """Return the share of work that must be done again at a load.

    Examples
    --------
    >>> round(share_again(0.6, Rework()), 3), round(share_again(0.9, Rework()), 3)
    (0.03, 0.13)
    """
    return rework.base + rework.growth * max(0.0, load - rework.start)


def settled_load(planned: float, rework: Rework) -> float | None:
    """Return the load that a planned load becomes once rework is done, too.

    Parameters
    ----------
    planned : float
        Planned share of capacity, 0 or more.
    rework : Rework
        How the share of rework grows.

    Returns
    -------
    float or None
        0 to below 1; None where it never catches up.

    References
    ----------
    Smaller root of ``growth x**2 - a x + planned = 0`` with ``a = 1 - base + growth * start``;
    domain description, section i; docs/methods/workload.md.

    Examples
    --------
    >>> round(settled_load(0.80, Rework()), 3)
    0.943
    >>> settled_load(0.85, Rework()) is None
    True
    """
    if planned < 0:
        raise ValueError("a load is not negative")
    below = planned / (1 - rework.base)
    if below <= rework.start or rework.growth == 0:
        return below if below < 1 else None
    a = 1 - rework.base + rework.growth * rework.start
    under_root = a * a - 4 * rework.growth * planned
    # Where rework grows so steeply that both roots lie before its start, neither is a load.
    if under_root < 0 or a < 2 * rework.growth * rework.start:
        return None
    # Written so that a growth close to 0 loses no digits.
    load = 2 * planned / (a + sqrt(under_root))
    return load if load < 1 else None


def loads_until_still(planned: float, rework: Rework) -> tuple[float, ...]:
    """Follow the loop turn by turn, from the planned load until it is still or never will be.

    Parameters
    ----------
    planned : float
        Planned share of capacity, 0 or more.
    rework : Rework
        How the share of rework grows.

    Returns
    -------
    tuple of float
        The loads in their order. The last one is 1 or more where it never catches up.

    Examples
    --------
    >>> [round(load, 2) for load in loads_until_still(0.8, Rework())[:4]]
    [0.8, 0.87, 0.9, 0.92]
    >>> loads_until_still(0.9, Rework())[-1] >= 1
    True
    """
    loads = [planned]
    while loads[-1] < 1 and len(loads) < MOST_TURNS:
        kept = 1 - share_again(loads[-1], rework)
        following = planned / kept if kept > 0 else 1.0
        loads.append(following)
        if abs(loads[-1] - loads[-2]) < STILL:
            break
    return tuple(loads)


def tipping_point(rework: Rework) -> float:
    """Return the planned load from which on it never catches up.

    Examples
    --------
    >>> [round(tipping_point(Rework(growth=growth)), 3) for growth in (0, 0.25, 0.5, 1)]
    [0.97, 0.895, 0.82, 0.697]
    """
    growth, base, start = rework.growth, rework.base, rework.start
    a = 1 - base + growth * start
    if growth > 0 and start <= a / (2 * growth) < 1:
        return a * a / (4 * growth)
    if growth > 0 and a / (2 * growth) < start:
        # Steeper than the loop can bear from the very start of the growth.
        return (1 - base) * start
    return 1 - base - growth * (1 - start)
