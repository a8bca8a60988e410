"""Voices by invitation and by the open link: apart where both may be shown, never both and all."""

from hypothesis import given
from hypothesis import strategies as st

import strategies
from erdkreis.calc.privacy import Cell, Counts, Rules, Showing
from erdkreis.gate.deciding import released_table
from erdkreis.gate.tables import RawGroup

RULES = Rules()
SPLIT = Counts((5, 5, 5, 5, 5))


def group(invited: Counts, by_link: Counts, **fields) -> RawGroup:
    both = Counts(
        tuple(a + b for a, b in zip(invited.steps, by_link.steps, strict=True)),
        invited.dont_know + by_link.dont_know,
    )
    told = {"n_voices": both.answered, "n_by_link": by_link.answered} | fields
    return RawGroup("customers", counts={"one": both}, counts_by_link={"one": by_link}, **told)


def test_two_large_parts_stand_apart():
    table = released_table([group(SPLIT, Counts((8, 4, 4, 2, 2)))], RULES)
    told = table.groups[0]

    assert told.cells["one"] == Cell(Showing.COUNTS, 25, 25, (5, 5, 5, 5, 5))
    assert told.by_link.cells["one"] == Cell(Showing.COUNTS, 20, 20, (8, 4, 4, 2, 2))
    assert (told.heard.n_from, told.by_link.heard.n_from, table.heard.n_from) == (25, 20, 45)
    assert not told.is_open_link


def test_a_small_part_stays_with_the_others_and_is_named():
    told = released_table([group(SPLIT, Counts((3, 3, 2, 2, 2)))], RULES).groups[0]

    assert told.by_link is None
    assert told.is_open_link
    assert told.cells["one"].n_from == 37


def test_one_item_that_may_not_be_shown_keeps_all_items_together():
    raw = group(SPLIT, Counts((8, 4, 4, 2, 2)))
    few = Counts((1, 1, 1, 1, 0))
    both = RawGroup(
        raw.code, raw.n_voices, {**raw.counts, "two": SPLIT}, n_by_link=raw.n_by_link,
        counts_by_link={**raw.counts_by_link, "two": few},
    )  # fmt: skip

    assert released_table([both], RULES).groups[0].by_link is None


def test_a_group_that_was_only_invited_says_nothing_of_links():
    told = released_table([group(SPLIT, Counts((0,) * 5))], RULES).groups[0]

    assert (told.is_open_link, told.by_link) == (False, None)


@given(strategies.counts, strategies.counts, strategies.rules)
def test_never_both_the_whole_and_a_part(invited, by_link, rules):
    told = released_table([group(invited, by_link)], rules).groups[0]

    if told.by_link is None:
        assert told.is_open_link == (by_link.answered > 0)
    else:
        assert told.heard.n_from == told.heard.n_to == invited.answered
        assert told.by_link.heard.n_from == by_link.answered >= rules.exact_from


@given(strategies.counts, st.data(), strategies.rules)
def test_a_small_part_cannot_be_told_from_another_small_part(invited, data, rules):
    """Whoever came by link, as long as they are few: the table is that of the whole."""
    few = data.draw(st.integers(1, rules.exact_from - 1))
    raw = group(invited, Counts((few, 0, 0, 0, 0)))
    other = data.draw(st.integers(1, few))
    same_people = RawGroup(
        raw.code, raw.n_voices, raw.counts, n_by_link=other,
        counts_by_link={"one": Counts((other, 0, 0, 0, 0))},
    )  # fmt: skip

    assert released_table([raw], rules) == released_table([same_people], rules)
