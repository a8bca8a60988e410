"""Bands and trends of a pulse: by hand, and against a known truth."""

import numpy as np
import pytest

from erdkreis.calc.privacy import Cell, Counts, Rules, Showing, Tendency, released_cell
from erdkreis.calc.pulse import Band, Point, Verdict, band_of, trend

BORED = np.array([0.3, 0.3, 0.2, 0.1, 0.1])


def counts(*steps, dont_know=0):
    n = sum(steps) + dont_know
    return Cell(Showing.COUNTS, n, n, steps, dont_know)


def at(week, mean, variance=0.04):
    return Point(week, Band(2, 3, 4, 25, 25, mean, variance))


def test_a_band_holds_the_middle_half_of_the_answers():
    # 24 answers in order: 2 of the first step, 6, 8, 6, 2. The 6th is a 2, the 12th a 3.
    band = band_of([counts(2, 6, 8, 6, 2, dont_know=3)])

    assert (band.low, band.middle, band.high) == (2, 3, 4)
    assert (band.n_from, band.n_to) == (27, 27)
    assert band.mean == 3
    # (2·4 + 6·1 + 6·1 + 2·4) / 24 = 28/24, divided by 24 − 1.
    assert band.variance == pytest.approx(28 / 24 / 23)


def test_two_items_count_the_same_however_many_answered():
    band = band_of([counts(0, 0, 0, 0, 40), counts(10, 10, 0, 0, 0)])

    assert band.mean == pytest.approx((5 + 1.5) / 2)
    assert (band.low, band.middle, band.high) == (1, 2, 5)
    assert (band.n_from, band.n_to) == (20, 40)
    assert band.variance == pytest.approx(0.25 / 19), "of the less certain of the two"


def test_of_an_almost_unanimous_group_only_the_end_is_known():
    band = band_of([Cell(Showing.TENDENCY, 5, 9, tendency=Tendency.AGREE)])

    assert (band.low, band.middle, band.high) == (4, 4, 5)
    assert band.is_coarse


@pytest.mark.parametrize("showing", [Showing.TOO_FEW, Showing.SILENT, Showing.CANNOT_SEE])
def test_what_is_hidden_makes_no_band(showing):
    assert band_of([Cell(showing)]) is None
    assert band_of([Cell(showing), counts(1, 2, 9, 5, 3)]).middle == 3


def test_a_trend_needs_three_dates_that_may_be_shown():
    assert trend([]).verdict == Verdict.TOO_FEW
    assert trend([at(0, 1), at(2, 5)]).n_dates == 2
    assert trend([at(0, 1), at(2, 3), at(4, 5)]).verdict == Verdict.HIGHER
    assert trend([at(0, 5), at(2, 3), at(4, 1)]).verdict == Verdict.LOWER


def test_the_interval_by_hand():
    # Weeks 0, 2, 4; means 2, 3, 4 on a line; variance 0.04 each. Slope 0.5 a week, its variance
    # (4 + 0 + 4) · 0.04 / 64 = 0.005; over four weeks 2 ± 1.645 · 4 · √0.005 = 2 ± 0.465.
    change = trend([at(0, 2), at(2, 3), at(4, 4)]).change

    assert change.low == pytest.approx(2 - 0.4652, abs=1e-3)
    assert change.high == pytest.approx(2 + 0.4652, abs=1e-3)


def test_weeks_that_go_up_and_down_widen_the_interval():
    steady, shaken = [at(w, 2 + w / 4) for w in range(0, 10, 2)], [
        at(w, 2 + w / 4 + (0.9 if i % 2 else -0.9)) for i, w in enumerate(range(0, 10, 2))
    ]  # fmt: skip

    assert trend(steady).verdict == Verdict.HIGHER
    assert trend(shaken).verdict == Verdict.NO_CLEAR_CHANGE


@pytest.mark.parametrize("n", [12, 40])
def test_without_a_trend_it_is_seldom_claimed_and_a_true_one_is_inside(n):
    dice, rules = np.random.default_rng(8), Rules()

    def point(week, shares):
        steps = tuple(int(k) for k in dice.multinomial(n, shares))
        return Point(week, band_of([released_cell(Counts(steps), rules, start=dice.random())]))

    claimed, held, tries = 0, 0, 300
    for _try in range(tries):
        still = trend([point(w, BORED) for w in (0, 2, 4, 6)])
        claimed += still.verdict in {Verdict.HIGHER, Verdict.LOWER}
        ends = np.linspace(0, 1, 4)
        moved = trend([point(2 * i, (1 - e) * BORED + e * BORED[::-1]) for i, e in enumerate(ends)])
        held += moved.change.holds(1.2)  # from a mean of 2.4 to one of 3.6

    assert claimed / tries < 0.12
    assert held / tries > 0.86
