"""Every code that the calculation may say has a sentence, and no sentence loses a name."""

import pytest

from erdkreis.calc.picture import Saying, Says
from erdkreis.pictures.sentences import SHORT, Names, sentence, short_sentence

NAMES = Names({"employees": "Employees", "customers": "Customers"}, {"q1_work": "Good work"})
VALUES = (
    ("item", "q1_work"), ("group", "employees"), ("you", 4.0), ("they", 2.5), ("expected", 4),
    ("spoke", ("customers", "employees")), ("brighter", "customers"), ("darker", "employees"),
    ("n_from", 5), ("n_to", 9), ("size", 400), ("silent", ("customers",)),
)  # fmt: skip


@pytest.mark.parametrize("code", Says)
def test_every_code_has_a_sentence(code):
    words = sentence(Saying(code, VALUES), NAMES)

    assert words
    assert "%(" not in words
    assert "q1_work" not in words


@pytest.mark.parametrize("code", SHORT)
def test_what_stands_in_a_chart_is_short(code):
    assert len(short_sentence(Saying(code, VALUES))) < 90


def test_a_gap_names_question_group_and_both_sides():
    words = sentence(Saying(Says.BLIND_SPOT, VALUES), NAMES)

    assert words == (
        "Good work: the leadership sees this brighter than Employees. "
        "(leadership 4, they 2½; 1 is dark, 5 is bright)"
    )


def test_who_is_missing_is_told_apart_by_why():
    missing = Saying(Says.NOT_HEARD, (("silent", ("customers",)), ("too_few", ("employees",))))

    assert sentence(missing, NAMES) == (
        "Asked, but nobody answered: Customers. Heard, but too few for a picture: Employees."
    )
