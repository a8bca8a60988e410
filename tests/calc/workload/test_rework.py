"""The rework loop: the table of the domain description, and the closed form against the loop."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from erdkreis.calc.workload import Rework, loads_until_still, settled_load, tipping_point

NEVER = None
TABLE = {
    0.60: (0.619, 0.619, 0.619),
    0.70: (0.722, 0.727, 0.735),
    0.75: (0.773, 0.792, 0.828),
    0.80: (0.825, 0.860, 0.943),
    0.85: (0.876, 0.932, NEVER),
    0.90: (0.928, NEVER, NEVER),
}
GROWTHS = (0.0, 0.25, 0.5)
REFERENCE = [
    (planned, growth, expected)
    for planned, row in TABLE.items()
    for growth, expected in zip(GROWTHS, row, strict=True)
]
REWORKS = st.builds(
    Rework,
    base=st.floats(0, 0.3),
    growth=st.one_of(st.just(0.0), st.floats(1e-6, 3)),
    start=st.floats(0.3, 0.95),
)


@pytest.mark.parametrize(("planned", "growth", "expected"), REFERENCE)
def test_the_reference_table(planned, growth, expected):
    load = settled_load(planned, Rework(growth=growth))

    assert (load if load is None else round(load, 3)) == expected


@pytest.mark.parametrize(("growth", "tip"), [(0, 0.970), (0.25, 0.895), (0.5, 0.820), (1, 0.697)])
def test_the_reference_tipping_points(growth, tip):
    assert round(tipping_point(Rework(growth=growth)), 3) == tip


@given(st.floats(0, 1.2), REWORKS)
def test_the_closed_form_is_where_the_loop_comes_to_rest(planned, rework):
    # At the tip itself the loop creeps: both sides of it are what is asked about.
    assume(abs(planned - tipping_point(rework)) > 1e-3)

    load, turns = settled_load(planned, rework), loads_until_still(planned, rework)

    if load is None:
        assert turns[-1] >= 1
    else:
        assert turns[-1] == pytest.approx(load, abs=1e-6)


@given(st.floats(0, 1.2), REWORKS)
def test_it_tips_at_the_tipping_point_and_nowhere_else(planned, rework):
    assume(abs(planned - tipping_point(rework)) > 1e-9)

    assert (settled_load(planned, rework) is None) == (planned > tipping_point(rework))


@given(st.floats(0, 1), st.floats(0, 1), REWORKS)
def test_more_work_never_means_less_load(one, other, rework):
    less, more = sorted((one, other))
    loads = settled_load(less, rework), settled_load(more, rework)

    assert loads[1] is None or (loads[0] is not None and loads[0] <= loads[1] + 1e-12)


def test_so_steep_that_it_tips_where_rework_begins():
    steep = Rework(growth=2)

    assert tipping_point(steep) == pytest.approx(0.97 * 0.7)
    assert settled_load(0.68, steep) is None


@pytest.mark.parametrize("wrong", [{"base": 1}, {"base": -0.1}, {"growth": -1}, {"start": 1.1}])
def test_shares_outside_their_range_are_refused(wrong):
    with pytest.raises(ValueError, match="between 0 and 1"):
        Rework(**wrong)


def test_a_negative_load_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        settled_load(-0.1, Rework())
