import pytest

from erdkreis.directory.duplicates import Candidate, distance_km, possible_duplicates
from erdkreis.directory.models import Entry
from erdkreis.directory.praise import praise_in


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Eine nachhaltige, klimaneutrale Kiste.", ["nachhaltige", "klimaneutrale"]),
        ("Our eco-friendly and Green bags", ["eco-friendly", "Green"]),
        ("Grüne Energie, Grünkohl und Grünwald", ["Grüne"]),
        ("Greenland exports fish; evergreen woods", []),
        ("Repairs shoes since 1998, 2,100 pairs in 2024.", []),
        ("", []),
    ],
)
def test_marks_praise_and_leaves_facts(text, marked):
    assert praise_in(text) == marked


BAKERY = Entry(
    name="Bäckerei Kornblume GmbH", website="https://www.kornblume.example/",
    latitude=48.1, longitude=11.5,
)  # fmt: skip


@pytest.mark.parametrize(
    ("candidate", "is_offered"),
    [
        (Candidate("Anything", "http://kornblume.example/shop"), True),
        (Candidate("Baeckerei Kornblume"), True),
        (Candidate("BÄCKEREI KORNBLUME e.K."), True),
        (Candidate("Kornblume", latitude=48.1005, longitude=11.5005), True),
        (Candidate("Kornblume", latitude=52.0, longitude=13.0), False),
        (Candidate("Sternwarte GmbH", latitude=48.1, longitude=11.5), False),
        (Candidate("Tischlerei Ahorn GmbH"), False),
        (Candidate(""), False),
    ],
)
def test_offers_what_may_be_the_same(candidate, is_offered):
    assert possible_duplicates(candidate, [BAKERY]) == ([BAKERY] if is_offered else [])


def test_distances_on_the_globe():
    assert distance_km((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20015, abs=1)
    assert distance_km((48.1, 11.5), (48.1, 11.5)) == 0
