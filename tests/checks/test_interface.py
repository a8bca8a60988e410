"""The interface beside the pages: nothing more can be named; and a leak would be seen."""

import pytest

from erdkreis.checks import interface
from erdkreis.checks.attack import Tallies
from erdkreis.checks.gate import Gate
from erdkreis.checks.surfaces import API
from erdkreis.reports import rows

pytestmark = pytest.mark.django_db
SEED = 3


def attacked(n):
    tallies = Tallies()
    for number in range(n):
        interface.attack_interface(Gate(), SEED, number, tallies)
    return tallies[API]


def test_the_interface_tells_nothing_that_pages_do_not():
    tally = attacked(2)

    assert tally.tries > 20
    assert tally.successes == 0, tally.example


def test_an_interface_that_tells_more_gives_people_away(monkeypatch):
    """Of dots it tells from how many answers they were made."""
    told = rows._of_cell

    def leaking(cell):
        row = told(cell)
        middle = (cell.n_from + cell.n_to) // 2
        return row | ({"n_from": middle, "n_to": middle} if cell.n_to else {})

    monkeypatch.setattr(rows, "_of_cell", leaking)

    assert attacked(3).successes > 0


def test_every_list_and_object_of_the_round_is_read():
    found = interface.ranges_of(
        [{"items": [{"group": "employees", "item": "a", "way": "open_link", "about": "answer",
                     "n_from": 5, "n_to": 9, "unit": "dots"}]},
         {"groups": [{"code": "employees", "n_from": 5, "n_to": 5, "is_enough": True}]}]
    )  # fmt: skip

    assert found == {
        ("employees by link", "a", "n"): (5, 9),
        ("employees", "", "heard"): (5, 5),
    }
