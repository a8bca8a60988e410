"""Who is shown with a group: nobody can be found out by being the only one without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erdkreis.conversations.sides import Invited, ways_of_showing

GROUPS = st.lists(
    st.builds(Invited, code=st.uuids().map(str), n_people=st.integers(0, 40)), max_size=6
)


def test_large_groups_are_named():
    ways = ways_of_showing([Invited("staff", 30), Invited("customers", 200)], 5)
    assert set(ways.values()) == {"with_group"}


def test_the_next_smallest_is_taken_along_with_a_small_one():
    groups = [Invited("customers", 200), Invited("dealers", 3), Invited("staff", 30)]
    assert ways_of_showing(groups, 5) == {
        "customers": "with_group",
        "dealers": "own_choice",
        "staff": "without_group",
    }


def test_small_groups_that_are_enough_together_need_nobody_else():
    groups = [Invited("dealers", 3), Invited("clubs", 4), Invited("staff", 30)]
    assert ways_of_showing(groups, 5)["staff"] == "with_group"


def test_the_leadership_is_always_known_as_such():
    groups = [Invited("leadership", 3, is_always_named=True), Invited("staff", 30)]
    assert set(ways_of_showing(groups, 5).values()) == {"with_group"}


@pytest.mark.parametrize("k", [5, 10])
@given(groups=GROUPS)
def test_those_without_a_group_are_enough_or_everybody(groups, k):
    ways = ways_of_showing(groups, k)
    without = [g for g in groups if ways[g.code] != "with_group"]
    n = sum(g.n_people for g in without)
    assert not without or n >= k or len(without) == len(groups)
    assert all(g.n_people >= k for g in groups if ways[g.code] == "with_group")
