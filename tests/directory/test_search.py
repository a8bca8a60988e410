"""Words are found in both languages, whatever their endings, and inside compounds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from erdkreis.directory.queries import Wanted, found
from factories.entries import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def mill():
    return published(
        name="Mühle am Bach", summary="Landbäckereien holen hier Mehl. We repair old bicycles.",
        kind_list=["made_to_last"], sector="food", latitude=48.0, longitude=11.0,
    )  # fmt: skip


@pytest.fixture
def weaver():
    return published(
        name="Weberei Faden", summary="Stoffe, die lange halten.", country="AUT", place="Linz",
        kind_list=["sells_if_it_fits", "initiative"], latitude=48.3, longitude=14.3,
    )  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    ["mühle", "Mühlen", "MUEHLE", "muhle", "bäckerei", "Baeckereien", "repairs", "repairing",
     "bicycle", "mühle bicycles"],
)  # fmt: skip
def test_finds_a_word_in_any_form(mill, weaver, typed):
    assert found(Wanted(words=typed)) == [mill]


@pytest.mark.parametrize("typed", ["mühle stoffe", "xyz", "' OR 1=1 --", "%", "_"])
def test_every_word_must_occur(mill, weaver, typed):
    expected = [mill, weaver] if typed == "%" else []  # no word at all narrows nothing

    assert found(Wanted(words=typed)) == expected


def test_a_word_in_the_name_comes_first(mill):
    other = published(name="Anderswo", summary="Nicht die Mühle.")

    assert found(Wanted(words="Mühle")) == [mill, other]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(kind="initiative"), ["Weberei Faden"]),
        (Wanted(country="DEU"), ["Mühle am Bach"]),
        (Wanted(place="linz"), ["Weberei Faden"]),
        (Wanted(sector="FOOD"), ["Mühle am Bach"]),
        (Wanted(place="Linz", order="distance"), ["Weberei Faden", "Mühle am Bach"]),
        (Wanted(kind="nonsense"), []),
    ],
)
def test_filters_and_orders(mill, weaver, wanted, names):
    assert [entry.name for entry in found(wanted)] == names


def test_the_list_takes_the_same_queries_for_one_and_for_three(client, mill):
    with CaptureQueriesContext(connection) as one:
        client.get("/directory/")
    published(name="Zwei")
    published(name="Drei")
    with CaptureQueriesContext(connection) as three:
        client.get("/directory/")

    assert len(one) == len(three)
