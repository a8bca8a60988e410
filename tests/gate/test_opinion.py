"""An analysis leaves the house in bands and marks, and stays as it left."""

import dataclasses
import json

import pytest

from erdkreis.calc.privacy import Rules, Showing, Tendency, VoteCell, VoteCounts
from erdkreis.gate.models import Release
from erdkreis.gate.opinion import RawOpinion, last_opinion, publish_opinion, release_opinion
from erdkreis.gate.opinion_parts import cell_by_chance, may_stand_beside, together
from erdkreis.gate.services import release_votes

pytestmark = pytest.mark.django_db
PARTS = {"1": {"a": VoteCounts(12, 4, 9), "b": VoteCounts(3, 1, 0), "": VoteCounts(9, 1, 2)}}
RAW = RawOpinion(
    n_voters=41,
    fingerprint="first",
    view="stakeholders",
    names=("a", "b"),
    parts=PARTS,
    findings={"1": {"ground": "open", "tension": None, "figures": {"percent": 61}}},
    verdict="stable",
    sizes=(23, 18),
    telling=({"1": (True, VoteCounts(20, 1, 2))}, {"1": (False, VoteCounts(2, 1, 15))}),
    places=[(n / 7, n % 5, n % 2, None) for n in range(41)],
    model={"noise": 0.5},
    made_with={"votes": "first"},
)


def tell(circle, parts, rules=None):
    """Let out the totals, as the page of results does."""
    by_group = {int(key): of for key, of in parts.items()}
    counts = {key: together(of) for key, of in by_group.items()}
    release_votes(circle, "dialogue.1", counts, rules or Rules(), by_group=lambda: by_group)


def let_out(circle, rules=None, **changed):
    raw = dataclasses.replace(RAW, **changed)
    tell(circle, raw.parts, rules)
    return release_opinion(circle, "opinion:1", raw, {}, rules or Rules(), votes="dialogue.1")


def opinions():
    return Release.objects.filter(subject="opinion:1")


def content(circle):
    return last_opinion(circle, "opinion:1").content


def test_groups_leave_in_dots_and_bands_and_small_ones_not_at_all(circle):
    assert let_out(circle)
    shown = content(circle)

    assert (shown["parts"]["1"]["a"]["showing"], shown["parts"]["1"]["b"]["showing"]) == (
        "dots",
        "too_few",
    )
    assert "" not in shown["parts"]["1"]
    assert (shown["n_voters"], shown["sizes"]) == (40, [20, 15])
    assert "figures" not in shown["findings"]["1"]


def test_a_rest_that_the_total_would_name_hides_the_next_smallest_group(circle):
    """Nobody agreed in group a: those who did came without a group, or as b."""
    parts = {"1": {"a": VoteCounts(0, 13, 9), "b": VoteCounts(0, 9, 11), "": VoteCounts(4)}}
    let_out(circle, parts=parts)

    assert content(circle)["parts"]["1"]["b"]["showing"] == "too_few"
    assert content(circle)["parts"]["1"]["a"]["showing"] == "dots"


def test_five_without_a_group_who_all_agreed_are_not_told_by_subtraction(circle):
    """Twenty dots and more exactly told votes: what is left is of one mind, and five people."""
    parts = {"1": {"a": VoteCounts(10, 0, 10), "": VoteCounts(5)}}
    let_out(circle, parts=parts)

    assert content(circle)["parts"]["1"]["a"]["showing"] == "too_few"


def test_groups_stand_beside_a_total_of_the_same_moment(circle):
    """One more person of group a voted after the total was told: that vote would be the rest."""
    told = {"1": {"a": VoteCounts(10, 0, 10), "b": VoteCounts(12, 4, 9)}}
    tell(circle, told)
    now = {"1": {"a": VoteCounts(11, 0, 10), "b": VoteCounts(12, 4, 9)}}
    let_out(circle, parts=now)
    of_then = content(circle)["parts"]["1"]["a"]

    assert (of_then["n_from"], of_then["agree"], of_then["disagree"]) == (20, 5, 5)


def test_a_word_that_one_vote_changes_waits_for_more(circle):
    let_out(circle)
    changed = {"1": {"ground": "shared", "tension": None}}
    one_more = {"1": PARTS["1"] | {"a": VoteCounts(13, 4, 9)}}
    let_out(circle, parts=one_more, findings=changed, fingerprint="second", n_voters=46)
    assert content(circle)["findings"]["1"]["ground"] == "open"
    many_more = {"1": PARTS["1"] | {"a": VoteCounts(23, 14, 19)}}
    let_out(circle, parts=many_more, findings=changed, fingerprint="third", n_voters=60)

    assert content(circle)["findings"]["1"]["ground"] == "shared"


def test_opinion_groups_are_rounded_once(circle):
    """In the list and beside the map: two roundings of one number would narrow it down."""
    votes = {"1": {"a": VoteCounts(12, 4, 9), "b": VoteCounts(3, 1, 16), "": VoteCounts()}}
    telling = ({"1": (True, votes["1"]["a"])}, {"1": (False, votes["1"]["b"])})
    let_out(circle, view="opinion", parts=votes, telling=telling)
    shown = content(circle)

    assert shown["telling"][0]["1"] == [True, shown["parts"]["1"]["a"]]
    assert shown["parts"]["1"]["a"]["showing"] == "dots"


def test_opinion_groups_do_not_tell_who_came_after_the_total(circle):
    """Seven came after the total, nearly all agreed, and both groups are almost of one mind now."""
    tell(circle, {"1": {"a": VoteCounts(16, 7, 1), "b": VoteCounts()}})
    now = {"1": {"a": VoteCounts(21, 0, 2), "b": VoteCounts(0, 7), "": VoteCounts(1)}}
    let_out(circle, view="opinion", parts=now, telling=({}, {}))

    assert {cell["showing"] for cell in content(circle)["parts"]["1"].values()} == {"too_few"}


def test_opinion_groups_beside_other_groups_follow_the_same_rule(circle):
    """Two more agreed after the total was told: laid beside it, the cells would be these two."""
    tell(circle, {"1": {"a": VoteCounts(12, 4, 9), "b": VoteCounts(10, 1, 9)}})
    now = {"1": {"a": VoteCounts(14, 4, 9), "b": VoteCounts(10, 1, 9)}}
    telling = ({"1": (True, VoteCounts(21, 3, 1))}, {"1": (False, VoteCounts(3, 2, 17))})
    let_out(circle, parts=now, telling=telling)
    assert content(circle)["telling"] == [{}, {}]

    let_out(circle, parts={"1": {"a": VoteCounts(22, 6, 16), "b": VoteCounts(15, 5, 16)}},
            telling=({"1": (True, VoteCounts(34, 5, 4))}, {"1": (False, VoteCounts(3, 6, 28))}),
            fingerprint="second", n_voters=80)  # fmt: skip
    shown = content(circle)["telling"]
    assert [one["1"][1]["showing"] for one in shown] == ["dots", "dots"]

    let_out(circle, parts={"1": {"a": VoteCounts(24, 6, 16), "b": VoteCounts(15, 5, 16)}},
            telling=({"1": (True, VoteCounts(36, 5, 4))}, {"1": (False, VoteCounts(3, 6, 28))}),
            fingerprint="third", n_voters=86)  # fmt: skip
    assert content(circle)["telling"] == shown


def test_no_person_stands_on_the_map(circle):
    let_out(circle)
    drawn = {(x, y) for x, y, *_kind in content(circle)["places"]}

    assert 4 <= len(drawn) <= 41 // 5
    assert not drawn & {(round(x, 2), y) for x, y, *_kind in RAW.places}


def test_the_own_place_is_measured_from_the_totals_that_are_told(circle):
    """Who places herself again and again finds the middle: it must not be one of newer votes."""
    told = {"1": VoteCell(Showing.COUNTS, 40, 40, 20, 8, 12),
            "2": VoteCell(Showing.TENDENCY, 40, 40, tendency=Tendency.DISAGREE)}  # fmt: skip
    now = {"statements": [1, 2, 3], "means": [0.2444, -0.9111, 0.5], "noise": 0.5}
    tell(circle, PARTS)
    raw = dataclasses.replace(RAW, model=now)
    release_opinion(circle, "opinion:1", raw, told, Rules(), votes="dialogue.1")

    assert content(circle)["model"] == now | {"means": [0.2, -1.0, 0.0]}


def test_below_twenty_people_there_is_no_map(circle):
    let_out(circle, places=RAW.places[:19])

    assert content(circle)["places"] == []


def test_an_opinion_group_too_small_takes_all_groups_with_it(circle):
    let_out(circle, Rules(min_group=20))
    shown = content(circle)

    assert shown["verdict"] == "groups too small"
    assert (shown["sizes"], shown["telling"], shown["model"]) == ([], [], None)
    assert {group for _x, _y, group, *_kind in shown["places"]} == {None}


def test_a_newer_one_waits_for_five_more_people(circle):
    let_out(circle)

    assert not let_out(circle, fingerprint="second", n_voters=45)
    assert let_out(circle, fingerprint="second", n_voters=46)
    assert list(opinions().order_by("number").values_list("number", flat=True)) == [1, 2]


def test_the_same_votes_make_no_second_release(circle):
    let_out(circle)

    assert not let_out(circle, n_voters=99)
    assert opinions().count() == 1


def test_a_group_with_one_new_vote_keeps_its_last_cell(circle):
    """Five new people came in all, but only one of them is of group a and voted on this."""
    before = {"1": {"a": VoteCounts(9, 0, 10), "": VoteCounts(20, 5, 9)}}
    now = {"1": {"a": VoteCounts(10, 0, 10), "": VoteCounts(23, 6, 9)}}
    let_out(circle, parts=before)
    first = content(circle)["parts"]["1"]["a"]
    let_out(circle, parts=now, fingerprint="second", n_voters=46)

    assert content(circle)["parts"]["1"]["a"] == first


def test_an_older_release_is_never_changed(circle):
    let_out(circle)
    before = opinions().values().get()
    let_out(circle, fingerprint="second", n_voters=60)

    assert opinions().values().get(number=1) == before


def test_published_votes_are_exact_and_kept_once(circle):
    assert publish_opinion(circle, "opinion:1", RAW, {})
    assert not publish_opinion(circle, "opinion:1", RAW, {})

    shown = content(circle)
    assert shown["parts"]["1"]["b"]["agree"] == 3
    assert sum(place[3] for place in shown["places"]) == 41


def test_nothing_of_a_release_names_a_voter(circle):
    let_out(circle)

    assert set(json.loads(json.dumps(content(circle)))) == {
        "view", "names", "findings", "totals", "made_with", "is_exact", "n_voters", "parts",
        "verdict", "sizes", "telling", "places", "model", "by_chance",
    }  # fmt: skip


def test_votes_weighted_by_chance_leave_in_dots_and_only_where_enough_stand_behind_them(circle):
    weighed = {"1": VoteCounts(20, 4, 7), "2": VoteCounts(10, 4, 5)}
    let_out(circle, by_chance=weighed)
    shown = last_opinion(circle, "opinion:1").by_chance()

    assert set(shown) == {"1"}
    assert shown["1"].showing == "dots"
    assert (shown["1"].n_from, shown["1"].n_to) == (30, 34)


def test_a_weighted_share_waits_for_enough_new_votes(circle):
    let_out(circle, by_chance={"1": VoteCounts(20, 4, 7)})
    first = content(circle)["by_chance"]
    let_out(circle, by_chance={"1": VoteCounts(23, 4, 7)}, fingerprint="second", n_voters=46)
    assert content(circle)["by_chance"] == first
    let_out(circle, by_chance={"1": VoteCounts(36, 8, 13)}, fingerprint="third", n_voters=60)

    assert content(circle)["by_chance"] != first


def test_newer_votes_stand_beside_an_exact_total_only():
    # After a total in words the next exact one may come with four more.
    assert may_stand_beside(VoteCounts(4, 23, 4), VoteCounts(4, 17, 4), Rules())
    assert not may_stand_beside(VoteCounts(4, 23, 4), VoteCounts(2, 23, 0), Rules())


def test_no_weighted_votes_beside_which_a_later_total_would_tell_who_came_then():
    total, now = VoteCounts(3, 19, 3), VoteCounts(3, 28, 3)
    balanced = VoteCounts(25, 0, 25)

    assert cell_by_chance(now, None, [total], now, Rules(), 0.5) is None
    assert cell_by_chance(now, None, [now], now, Rules(), 0.5) is not None
    assert cell_by_chance(balanced, None, [VoteCounts(19, 0, 19)], balanced, Rules(), 0.5)


# --- what people came as, on the map ---------------------------------------------------------


def standing(**cells: int):
    """Lay out people: ``a0=12`` are twelve of group a in opinion group 0."""
    return [
        (float(at) + 10 * int(cell[1]), float(at % 3), int(cell[1]), cell[0].strip("x") or None)
        for cell, n in cells.items()
        for at in range(n)
    ]


def drawn(circle):
    return [(group, code) for _x, _y, group, _n, code in content(circle)["places"]]


def sizes(places):
    return tuple(sum(place[2] == group for place in places) for group in (0, 1))


def draw(circle, **cells):
    places = standing(**cells)
    n = len(places)
    return let_out(circle, places=places, n_voters=n, sizes=sizes(places), fingerprint=str(cells))


def test_a_mark_tells_the_group_only_of_five_of_it_in_one_opinion_group(circle):
    draw(circle, a0=12, a1=4, b0=3, b1=11, x1=9)

    assert set(drawn(circle)) == {(0, "a"), (0, None), (1, "b"), (1, None)}


def test_a_group_of_fewer_than_ten_has_no_shape_of_its_own(circle):
    draw(circle, a0=9, b0=12, b1=12)

    assert {code for _group, code in drawn(circle)} == {"b", None}


def test_a_handful_left_over_is_joined_by_others_and_nobody_is_left_out(circle):
    """Three others alone would be a mark of fewer than five."""
    draw(circle, a0=14, b0=10, x0=3, b1=10)
    assert set(drawn(circle)) == {(0, "a"), (0, "b"), (0, None), (1, "b"), (1, None)}


def test_nobody_can_tell_that_all_of_a_group_are_of_one_opinion(circle):
    """Some marks without a shape are in every opinion group, and could be of any group."""
    draw(circle, a0=20, b1=20)

    assert {(0, None), (1, None)} <= set(drawn(circle))
    assert drawn(circle).count((0, "a")) == 2


def test_a_group_too_small_to_lend_stands_without_a_shape_too(circle):
    draw(circle, a0=6, a1=12, b0=3, b1=12)

    assert {code for group, code in drawn(circle) if group == 0} == {None}


def test_shapes_that_would_tell_where_all_but_one_stand_are_not_drawn(circle):
    """24 and 13, and one more: three marks of a and a lent one would be 23 of 24."""
    draw(circle, a0=23, a1=1, b0=9, b1=4, x0=1)

    assert drawn(circle).count((0, "a")) <= 2


def test_where_shapes_are_missing_they_tell_nothing_either(circle):
    """Some spreads of 19 and 13 and 6 others would tell; this one helps to hide which."""
    draw(circle, a0=19, b1=13, x0=6)

    assert {code for _group, code in drawn(circle)} == {None}


def test_of_more_than_two_opinion_groups_only_large_groups_have_a_shape(circle):
    draw(circle, a0=14, b1=21, a2=5, x2=6)

    assert {code for _group, code in drawn(circle)} == {"b", None}


def test_one_new_person_of_a_group_moves_no_mark(circle):
    draw(circle, a0=12, b1=12, x0=6)
    before = content(circle)["places"]
    draw(circle, a0=13, b1=16, x0=6)
    shown = content(circle)

    assert shown["places"] == before
    assert "map_day" in shown
    assert shown["n_voters"] == 35


def test_a_map_is_drawn_anew_when_five_of_a_group_are_new_and_nobody_of_another(circle):
    draw(circle, a0=12, b1=12, x0=6)
    before = content(circle)["places"]
    draw(circle, a0=17, b1=12, x0=6)

    assert content(circle)["places"] != before
    assert "map_day" not in content(circle)


def test_a_group_in_which_few_are_new_does_not_hold_up_the_map_for_ever(circle):
    draw(circle, a0=12, b1=12, x0=6)
    draw(circle, a0=13, b1=33, x0=6)

    assert {code for _group, code in drawn(circle)} == {"b", None}
    draw(circle, a0=17, b1=33, x0=7)
    assert {code for _group, code in drawn(circle)} == {"a", "b", None}
