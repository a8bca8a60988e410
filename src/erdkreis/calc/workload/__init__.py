"""A model of waiting: how work piles up near full load, and how rework can tip it."""

from erdkreis.calc.workload.rework import (
    Rework,
    loads_until_still,
    settled_load,
    share_again,
    tipping_point,
)
from erdkreis.calc.workload.waiting import Station, waiting_days, waiting_factor

__all__ = [
    "Rework",
    "Station",
    "loads_until_still",
    "settled_load",
    "share_again",
    "tipping_point",
    "waiting_days",
    "waiting_factor",
]
