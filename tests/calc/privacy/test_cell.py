"""Hand-checked cells: what one group's answers to one item may show."""

import pytest

from erdkreis.calc.privacy import Cell, Counts, Rules, Showing, Tendency, released_cell
from erdkreis.calc.privacy.cell import band

RULES = Rules()


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        # Nobody answered; leaving out is no answer.
        (Counts((0, 0, 0, 0, 0)), Cell(Showing.SILENT)),
        (Counts((0, 0, 0, 0, 0), skipped=9), Cell(Showing.SILENT)),
        # Fewer than five rated: no number, whoever else did not know.
        (Counts((0, 0, 0, 0, 1)), Cell(Showing.TOO_FEW)),
        (Counts((1, 1, 1, 1, 0)), Cell(Showing.TOO_FEW)),
        (Counts((1, 1, 1, 1, 0), dont_know=4), Cell(Showing.TOO_FEW)),
        # Five who do not know are enough to say that most cannot see; how many is not said.
        (Counts((1, 1, 1, 1, 0), dont_know=5), Cell(Showing.CANNOT_SEE)),
        (Counts((0, 0, 0, 0, 0), dont_know=5), Cell(Showing.CANNOT_SEE)),
        (Counts((0, 0, 0, 0, 0), dont_know=4), Cell(Showing.TOO_FEW)),
        # Few, and (almost) of one mind: words only.
        (Counts((0, 0, 0, 0, 5)), Cell(Showing.TENDENCY, 5, 9, tendency=Tendency.AGREE)),
        (Counts((0, 0, 0, 4, 5)), Cell(Showing.TENDENCY, 5, 9, tendency=Tendency.AGREE)),
        (Counts((1, 0, 0, 0, 8)), Cell(Showing.TENDENCY, 5, 9, tendency=Tendency.AGREE)),
        (Counts((3, 3, 1, 0, 0)), Cell(Showing.TENDENCY, 5, 9, tendency=Tendency.DISAGREE)),
        (Counts((0, 0, 6, 1, 0)), Cell(Showing.TENDENCY, 5, 9, tendency=Tendency.MIDDLE)),
        # Two who differ are enough to hide each of them: five dots.
        (Counts((2, 0, 0, 0, 5)), Cell(Showing.DOTS, 5, 9, (1, 0, 0, 0, 4), 0)),
        (Counts((1, 1, 1, 1, 1)), Cell(Showing.DOTS, 5, 9, (1, 1, 1, 1, 1), 0)),
        (Counts((1, 1, 2, 2, 1)), Cell(Showing.DOTS, 5, 9, (1, 0, 2, 1, 1), 0)),
        # Five dots below twenty: one alone rarely gets a dot.
        (Counts((1, 0, 0, 4, 6)), Cell(Showing.DOTS, 10, 14, (0, 0, 0, 2, 3), 0)),
        (Counts((3, 3, 3, 3, 3), 4), Cell(Showing.DOTS, 15, 19, (1, 1, 0, 1, 1), 1)),
        # All on one step: the picture would name everybody's answer, at any size.
        (Counts((0, 0, 0, 0, 12)), Cell(Showing.TENDENCY, 10, 14, tendency=Tendency.AGREE)),
        (Counts((0, 60, 0, 0, 0)), Cell(Showing.TENDENCY, 60, 60, tendency=Tendency.DISAGREE)),
        (Counts((0, 0, 33, 0, 0), 7), Cell(Showing.TENDENCY, 40, 40, tendency=Tendency.MIDDLE)),
        # From twenty: people.
        (Counts((0, 0, 0, 2, 18)), Cell(Showing.COUNTS, 20, 20, (0, 0, 0, 2, 18), 0)),
        # The one who differs would know the answer of everybody else.
        (Counts((1, 0, 0, 0, 19)), Cell(Showing.TENDENCY, 20, 20, tendency=Tendency.AGREE)),
        (Counts((0, 0, 29, 1, 0), 3), Cell(Showing.TENDENCY, 33, 33, tendency=Tendency.MIDDLE)),
        (Counts((1, 2, 7, 12, 8), 6), Cell(Showing.COUNTS, 36, 36, (1, 2, 7, 12, 8), 6)),
        # Few who rate stay few beside many who do not know.
        (Counts((0, 0, 0, 1, 5), 20), Cell(Showing.TENDENCY, 26, 26, tendency=Tendency.AGREE)),
        (Counts((3, 0, 0, 0, 7), 10), Cell(Showing.DOTS, 20, 24, (1, 0, 0, 0, 2), 2)),
        # More don't-knows than dots for steps: too few numbers would fit what is left.
        (Counts((3, 0, 0, 0, 5), 12), Cell(Showing.CANNOT_SEE)),
        (Counts((1, 1, 1, 1, 1), 60), Cell(Showing.CANNOT_SEE)),
    ],
)
def test_a_cell_shows_no_more_than_it_may(counts, shown):
    assert released_cell(counts, RULES) == shown


@pytest.mark.parametrize(
    ("min_group", "bands"),
    [
        (5, [(5, 9), (10, 14), (15, 19), (20, 20)]),
        (7, [(7, 14), (15, 19), (20, 20)]),
        (9, [(9, 14), (15, 19), (20, 20)]),
        (10, [(10, 14), (15, 19), (20, 20)]),
        (12, [(12, 19), (20, 20)]),
        (19, [(19, 23), (24, 24)]),
    ],
)
def test_bands_leave_no_number_alone(min_group, bands):
    rules = Rules(min_group=min_group)

    seen = sorted({band(n, rules) for n in range(min_group, bands[-1][0] + 1)})

    assert seen == bands


def test_a_raised_minimum_hides_what_a_lower_one_shows():
    counts = Counts((2, 1, 1, 1, 2))

    assert released_cell(counts, Rules(min_group=7)).showing == Showing.DOTS
    assert released_cell(counts, Rules(min_group=8)) == Cell(Showing.TOO_FEW)


def test_where_rounding_begins_decides_who_gets_the_dot():
    counts = Counts((2, 0, 2, 0, 3))

    seen = {released_cell(counts, RULES, start=start / 10).steps for start in range(10)}

    assert seen == {(1, 0, 1, 0, 3), (1, 0, 2, 0, 2), (2, 0, 1, 0, 2)}


@pytest.mark.parametrize("step", [0, 1, 3, 4])
@pytest.mark.parametrize("start", [0.0, 0.3, 0.5, 0.8, 0.999])
def test_all_dots_on_one_step_beside_some_who_do_not_know_are_hidden(step, start):
    """Of 20 who answered fewer than 20 rated: only 17 could stand behind all dots."""
    steps = [0, 0, 1, 0, 0]
    steps[step], steps[(step + 3) % 5] = 17, steps[(step + 3) % 5] + 1
    cell = released_cell(Counts(tuple(steps), dont_know=20 - sum(steps)), Rules(), start=start)

    assert cell.showing in {Showing.DOTS, Showing.TOO_FEW}
    assert 5 not in cell.steps
