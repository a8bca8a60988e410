"""Waiting near full load: figures of the domain description, and what must hold in between."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erdkreis.calc.workload import Station, waiting_days, waiting_factor

LOADS = st.floats(0, 0.999)


@pytest.mark.parametrize(
    ("load", "factor"),
    [(0.5, 1), (0.7, 2.3), (0.8, 4), (0.85, 5.7), (0.9, 9), (0.95, 19), (0.98, 49)],
)
def test_the_factors_of_the_domain_description(load, factor):
    assert round(waiting_factor(load), 1) == factor


@given(LOADS)
def test_one_person_is_kingman(load):
    assert waiting_factor(load, 1) == pytest.approx(load / (1 - load))


@given(LOADS, st.integers(1, 30))
def test_one_more_who_can_stand_in_never_makes_it_longer(load, people):
    assert waiting_factor(load, people + 1) <= waiting_factor(load, people)


@given(LOADS, LOADS, st.integers(1, 30))
def test_more_load_never_means_less_waiting(one, other, people):
    less, more = sorted((one, other))

    assert waiting_factor(less, people) <= waiting_factor(more, people)


def test_half_the_spread_is_a_quarter_of_the_waiting():
    calm = Station(spread_arrivals=0.5, spread_tasks=0.5)

    assert waiting_days(0.9, calm) == pytest.approx(waiting_days(0.9, Station()) / 4)


@pytest.mark.parametrize("spread", [0, 1])
@pytest.mark.parametrize("load", [1, 1.4])
def test_from_full_load_on_it_never_ends(load, spread):
    assert waiting_days(load, Station(spread_arrivals=spread, spread_tasks=spread)) == inf


@pytest.mark.parametrize(
    "wrong", [{"task_days": 0}, {"people": 0}, {"spread_arrivals": -1}, {"spread_tasks": -1}]
)
def test_impossible_stations_are_refused(wrong):
    with pytest.raises(ValueError, match=r"takes time|not negative"):
        Station(**wrong)


def test_a_negative_load_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        waiting_factor(-0.1)
