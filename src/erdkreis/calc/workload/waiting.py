"""Waiting in front of one station: Kingman's approximation, and Sakasegawa's for several people."""

from dataclasses import dataclass
from math import inf, sqrt


@dataclass(frozen=True)
class Station:
    """One place at which tasks wait for people.

    Parameters
    ----------
    task_days : float
        Mean time for one task, in days, above 0.
    spread_arrivals, spread_tasks : float
        Standard deviation divided by mean, of the gaps between arrivals and of the task times.
        0 is perfectly regular; 1 is the simplest irregular case.
    people : int
        How many can stand in for each other, 1 or more.

    Raises
    ------
    ValueError
        A value lies outside its range.

    References
    ----------
    Domain description, section i; docs/methods/workload.md.

    Examples
    --------
    >>> Station().people
    1
    """

    task_days: float = 1.0
    spread_arrivals: float = 1.0
    spread_tasks: float = 1.0
    people: int = 1

    def __post_init__(self) -> None:
        if self.task_days <= 0 or self.people < 1:
            raise ValueError("a task takes time, and somebody does it")
        if self.spread_arrivals < 0 or self.spread_tasks < 0:
            raise ValueError("a spread is not negative")


def waiting_factor(load: float, people: int = 1) -> float:
    """Return how many task times a task waits, at a spread of 1.

    Parameters
    ----------
    load : float
        Share of capacity in use, 0 or more.
    people : int
        How many can stand in for each other.

    Returns
    -------
    float
        0 or more; infinite from full load on. For one person ``load / (1 - load)``, for several
        ``load ** (sqrt(2 * (people + 1)) - 1) / (people * (1 - load))``.

    Raises
    ------
    ValueError
        ``load`` is negative.

    References
    ----------
    Kingman (1961), "The single server queue in heavy traffic"; Sakasegawa (1977), "An
    approximation formula for the mean queue length"; docs/methods/workload.md.

    Examples
    --------
    >>> [round(waiting_factor(load), 1) for load in (0.5, 0.8, 0.9, 0.95)]
    [1.0, 4.0, 9.0, 19.0]
    >>> round(waiting_factor(0.8, people=2), 2)
    1.81
    """
    if load < 0:
        raise ValueError("a load is not negative")
    if load >= 1:
        return inf
    return float(load ** (sqrt(2 * (people + 1)) - 1) / (people * (1 - load)))


def waiting_days(load: float, station: Station) -> float:
    """Return how long a task waits on average before somebody begins it, in days.

    Parameters
    ----------
    load : float
        Share of capacity in use, 0 or more.
    station : Station
        The place at which it waits.

    Returns
    -------
    float
        Days, 0 or more; infinite from full load on. Exact for random arrivals and times at one
        person, good near full load, otherwise rough.

    References
    ----------
    Domain description, section i; docs/methods/workload.md.

    Examples
    --------
    >>> round(waiting_days(0.9, Station()), 3)
    9.0
    >>> round(waiting_days(0.9, Station(spread_arrivals=0.5, spread_tasks=0.5)), 3)
    2.25
    """
    irregular = (station.spread_arrivals**2 + station.spread_tasks**2) / 2
    # Perfectly regular work at full load: nothing waits for an irregularity, and nothing catches
    # up either. The model has no answer there; we say the more cautious one.
    factor = waiting_factor(load, station.people)
    return factor if factor == inf else irregular * factor * station.task_days
