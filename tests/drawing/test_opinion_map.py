"""The opinion map and the bars as SVG text."""

import re
import xml.etree.ElementTree as ET

from erdkreis.drawing.opinion_map import NO_SHAPE, SHAPES, Person, Words, letter, opinion_map
from erdkreis.drawing.vote_bar import Bar, vote_bar

WORDS = Words("Map <of> opinions", "Two & more groups", "You")
PEOPLE = [Person(0, 0, 0), Person(0.001, 0, 0), Person(5, 2, 1), Person(1, 9, None)]


def test_the_map_is_well_formed_and_says_what_it_is():
    root = ET.fromstring(opinion_map(PEOPLE, WORDS))

    texts = [element.text for element in root if element.text]
    assert texts[:2] == ["Map <of> opinions", "Two & more groups"]
    assert texts[2:] == ["A", "B"]


def drawn(people=PEOPLE, kind="mark", **options):
    root = ET.fromstring(opinion_map(people, WORDS, **options))
    return [m for m in root if f"opinion-map__{kind}" in (m.get("class") or "")]


def test_opinion_groups_differ_by_shape_hull_and_letter_and_not_only_by_colour():
    marks = drawn()

    assert len(marks) == 3
    assert len({mark.get("d") for mark in marks}) == 3
    assert len(drawn(kind="hull")) == 2


def test_a_shape_is_that_of_the_group_people_came_as_whatever_their_opinion():
    people = [Person(0, 0, 0, shape=2), Person(9, 9, 1, shape=2), Person(4, 4, 1, shape=None)]
    both, other = {}, {}
    for mark in drawn(people, by_stakeholder=True):
        both.setdefault(mark.get("d"), set()).add(mark.get("class"))
    for mark in drawn(people):
        other.setdefault(mark.get("d"), set()).add(mark.get("class"))

    assert len(both[SHAPES[2]]) == 2
    assert NO_SHAPE in both
    assert SHAPES[2] not in other


def test_people_on_one_axis_stand_along_a_line_and_none_covers_another():
    people = [Person(n / 40, 0.0, int(n > 20), 1) for n in range(40)]
    root = ET.fromstring(opinion_map(people, WORDS, smallest=7.0))
    marks = [
        tuple(map(float, re.findall(r"[-.\d]+", mark.get("transform"))))
        for mark in drawn(people, smallest=7.0)
    ]

    assert float(root.get("height")) < 300
    assert drawn(people, kind="line")
    for n, (x, y, size) in enumerate(marks):
        assert 0 < y < float(root.get("height"))
        for u, v, other in marks[:n]:
            assert ((x - u) ** 2 + (y - v) ** 2) ** 0.5 >= size + other


def test_a_hull_leaves_out_the_few_who_stand_far_away():
    crowd = [Person(n % 5, n // 5, 0) for n in range(25)] + [Person(100, 100, 0)]
    corners = re.findall(r"[-.\d]+", drawn(crowd, kind="hull")[0].get("d"))

    assert max(map(float, corners[::2])) < 200


def test_the_own_position_appears_only_when_handed_in():
    assert "opinion-map__own" not in opinion_map(PEOPLE, WORDS)
    assert "You" in opinion_map(PEOPLE, WORDS, own=(0.0, 0.0))


def test_an_empty_map_and_people_on_one_place_can_be_drawn():
    assert ET.fromstring(opinion_map([], WORDS)) is not None
    assert "nan" not in opinion_map([Person(1, 1, 0)] * 3, WORDS)


def test_letters_are_keys_to_the_list():
    assert [letter(group) for group in range(3)] == ["A", "B", "C"]


def test_a_bar_has_the_shares_in_order_and_says_the_numbers():
    root = ET.fromstring(vote_bar(Bar(5, 2, 3), "5 of 10 agree"))

    widths = [float(part.get("width")) for part in root if part.tag.endswith("rect")]
    assert widths == [100.0, 40.0, 60.0]
    assert root[0].text == "5 of 10 agree"


def test_a_bar_without_votes_is_empty():
    assert "<rect" not in vote_bar(Bar(0, 0, 0), "nobody")
