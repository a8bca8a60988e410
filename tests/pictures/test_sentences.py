"""Every code that the calculation may say has a sentence, and no sentence loses a name."""

import pytest
from django.utils import translation

from erdkreis.calc.picture import Saying, Says
from erdkreis.pictures.page import names_of
from erdkreis.pictures.sentences import SHORT, Names, sentence, short_sentence
from erdkreis.questionnaires.catalogue import catalogue
from factories import rounds

NAMES = Names(
    {"employees": "Employees", "customers": "Customers"},
    {"q1_work": "Good work"},
    {"employees": "employees", "customers": "customers"},
)
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
        "Good work: the leadership sees this brighter than employees. "
        "(of 5 steps: leadership 4, they 2½)"
    )


def test_who_is_missing_is_told_apart_by_why():
    missing = Saying(Says.NOT_HEARD, (("silent", ("customers",)), ("too_few", ("employees",))))

    assert sentence(missing, NAMES) == (
        "Asked, but nobody answered: customers. Heard, but too few for a picture: employees."
    )


def test_a_sentence_begins_large_and_goes_on_small():
    words = sentence(Saying(Says.SILENT, VALUES), NAMES)

    assert words == "Employees: asked, but nobody answered."


@pytest.mark.django_db
def test_names_that_hosts_gave_stay_as_they_are(circle):
    circle.groups.filter(code="customers").update(name_en="Friends of Ada")
    round_ = rounds.asking(circle)

    in_english = names_of(list(round_.groups.all()), catalogue(round_.item_version))
    with translation.override("de"):
        in_german = names_of(list(round_.groups.all()), catalogue(round_.item_version))

    assert in_english.all(("customers", "employees")) == "Friends of Ada and employees"
    assert in_german.all(("employees",)) == "Mitarbeitende"
