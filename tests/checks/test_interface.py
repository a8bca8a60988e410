"""The interface beside the pages: nothing more can be named; and a leak would be seen."""

import pytest

from erdkreis.checks import interface
from erdkreis.checks.attack import Tallies
from erdkreis.checks.gate import Gate
from erdkreis.checks.surfaces import API

pytestmark = pytest.mark.django_db
SEED = 3


def attacked(n):
    tallies = Tallies()
    for number in range(n):
        interface.attack_interface(Gate(), SEED, number, tallies)
    return tallies[API]


def test_the_interface_tells_nothing_that_pages_do_not():
    tally = attacked(2)

    assert tally.tries > 5
    assert tally.successes == 0, tally.example


def test_an_interface_that_tells_what_was_counted_gives_people_away(monkeypatch):
    counted, really = [], interface.release

    def release(round_, subject, groups):
        counted.extend(groups)
        return really(round_, subject, groups)

    def answers(_round):
        return [
            {"group": group.code, "item": item, "n_from": said.answered, "n_to": said.answered}
            for group in counted
            for item, said in group.counts.items()
        ]

    monkeypatch.setattr(interface, "release", release)
    monkeypatch.setattr(interface, "answers", answers)

    assert attacked(4).successes > 0


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
