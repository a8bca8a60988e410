import json

import pytest

from erdkreis.calc.commongood import (
    InvalidDocument,
    answer_document,
    assess,
    changed_sheet,
    fingerprint,
    is_answer,
    new_sheet,
    request_document,
    sheet_from_answer,
)
from erdkreis.calc.commongood.doubles import percentage_of
from factories.commongood import BAKERY_FACTS, GENERAL, assessed, request, sheet


@pytest.mark.parametrize("percentage", [1, 12.26, 33.333333333333336, 54.99, 99.9, 100, 1 / 3 + 1])
def test_a_percentage_comes_back_as_it_was_entered(percentage):
    assert percentage_of(percentage / 100) / 100 == percentage / 100


def test_every_percentage_of_two_decimals_comes_back_as_it_was_entered():
    for hundredths in range(100, 10_001):
        assert percentage_of(hundredths / 100 / 100) == hundredths / 100


def test_an_answer_shows_what_doubles_make_of_a_percentage_and_reads_it_back():
    before = assessed({"employeesFractions": [{"percentage": 54.99, "countryCode": "DEU"}]})

    answer = answer_document(before)

    assert answer["companyFacts"]["employeesFractions"] == [
        {"countryCode": "DEU", "percentage": 54.99000000000001}
    ]
    assert sheet_from_answer(answer) == before.sheet


def test_an_answer_has_the_official_fields():
    result = assessed(BAKERY_FACTS, {"A1.1": {"estimations": 6, "weight": 1.5}}, {"A": 2})

    answer = answer_document(result, sheet_id=7, language="de")

    assert list(answer) == [
        "id",
        "type",
        "version",
        "generalInformation",
        "stakeholderWeights",
        "companyFacts",
        "ratings",
    ]
    assert answer["id"] == 7
    assert answer["stakeholderWeights"] == [{"shortName": "A", "weight": 2}]
    assert answer["companyFacts"]["mainOriginOfOtherSuppliers"] == {
        "countryCode": "DEU",
        "costs": 30_000,
    }
    assert answer["ratings"][1] == {
        "shortName": "A1.1",
        "name": "Arbeits- und Lebensbedingungen bei Zulieferern",
        "type": "aspect",
        "isPositive": True,
        "estimations": 6,
        "weight": 1.5,
        "isWeightSelectedByUser": True,
        "points": result.rating("A1.1").points,
        "maxPoints": result.rating("A1.1").max_points,
    }


def test_an_answer_always_shows_milliseconds_and_a_request_what_was_sent():
    period = {"start": "2024-01-01T00:00:00Z", "end": "2024-12-31T23:59:59.5Z"}
    made = new_sheet(request(generalInformation=GENERAL | {"period": period}))

    answer = answer_document(assess(made))

    assert answer["generalInformation"]["period"] == {
        "start": "2024-01-01T00:00:00.000Z",
        "end": "2024-12-31T23:59:59.500Z",
    }
    assert request_document(made)["generalInformation"]["period"] == period


def test_a_request_lists_only_what_was_said():
    made = sheet(ratings={"A1.1": {"estimations": 6}, "B4": {"weight": 0}, "C1.1": {}})

    assert request_document(made)["ratings"] == [
        {"shortName": "A1.1", "estimations": 6},
        {"shortName": "B4", "weight": 0},
    ]


STEPPING_IN = [
    ({"B1.1": {"weight": 0}, "B1.2": {"estimations": 6}}, ()),
    ({"B1.1": {"weight": 0}, "B1.2": {}}, ()),
    ({"B1.1": {"weight": 0}}, ()),
    ({"B1.1": {"weight": 0}, "B1.2": {"weight": 0}}, ()),
    ({"B1.2": {"estimations": 4}}, ()),
    ({"B1.1": {"weight": 0}}, [{"ratings": [{"shortName": "B1.2", "estimations": 3}]}]),
    (
        {"B1.1": {"weight": 0}, "B1.2": {}},
        [{"ratings": [{"shortName": "B1.1", "weight": 0}]}],
    ),
]


@pytest.mark.parametrize(("ratings", "patches"), STEPPING_IN)
def test_an_aspect_that_steps_in_for_another_survives_both_forms(ratings, patches):
    made = sheet(ratings=ratings)
    for patch in patches:
        made = changed_sheet(made, patch)
    result = assess(made)

    created = assess(new_sheet(request_document(made)))

    assert sheet_from_answer(json.loads(json.dumps(answer_document(result)))) == made
    assert [row.points for row in created.ratings] == [row.points for row in result.ratings]
    assert [row.max_points for row in created.ratings] == [row.max_points for row in result.ratings]


def test_an_answer_of_a_topic_below_every_range_is_read():
    result = assessed(ratings={"E2.2": {"estimations": -200}, "E2.3": {"estimations": -200}})

    answer = answer_document(result)

    topic = next(row for row in answer["ratings"] if row["shortName"] == "E2")
    assert topic["estimations"] == -8
    assert answer_document(assess(sheet_from_answer(answer))) == answer


@pytest.mark.parametrize(
    "damage",
    [
        {"version": "5.20"},
        {"ratings": [{"shortName": 3, "isWeightSelectedByUser": False}]},
        {"ratings": [{"shortName": "A1", "isWeightSelectedByUser": True}]},
        {"companyFacts": []},
        {"companyFacts": {"employeesFractions": [3]}},
        {"companyFacts": {"employeesFractions": [{"percentage": "x"}]}},
        {"companyFacts": {"mainOriginOfOtherSuppliers": 3}},
    ],
)
def test_a_damaged_answer_is_refused(damage):
    with pytest.raises(InvalidDocument):
        sheet_from_answer(answer_document(assessed()) | damage)


@pytest.mark.parametrize("document", [None, [], 3])
def test_what_is_no_object_is_no_answer(document):
    assert not is_answer(document)
    with pytest.raises(InvalidDocument):
        sheet_from_answer(document)


def test_an_answer_is_told_from_a_request():
    assert is_answer(answer_document(assessed()))
    assert not is_answer(request(ratings=[{"shortName": "A1"}]))
    assert not is_answer(request(ratings=3))


def test_a_fingerprint_names_the_content():
    one = fingerprint(sheet(BAKERY_FACTS))

    assert one == fingerprint(new_sheet(request_document(sheet(BAKERY_FACTS))))
    assert one != fingerprint(sheet(BAKERY_FACTS, {"A1.1": {"estimations": 1}}))
