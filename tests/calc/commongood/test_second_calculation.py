"""Two calculations, written apart from each other, say the same of requests nobody has thought of.

``PYTHONPATH=tests python tests/calc/commongood/test_second_calculation.py SEED CASES`` tries more.
"""

import json
import math
import sys
from collections import Counter

import pytest

from erdkreis.calc.commongood import (
    answer_document,
    assess,
    case_answer,
    new_sheet,
    request_document,
    sheet_from_answer,
)
from erdkreis.calc.commongood.cases import case_sheet
from factories import second_calculation
from factories.commongood import official_cases
from factories.made_requests import Maker

CASES_PER_SEED = 120


def as_json(node):
    """Return a document as it is after writing: what is no number is null."""
    if isinstance(node, dict):
        return {key: as_json(inner) for key, inner in node.items()}
    if isinstance(node, list | tuple):
        return [as_json(inner) for inner in node]
    return None if isinstance(node, float) and not math.isfinite(node) else node


def compared(create, patches):
    """Return the status; fail where the two calculations differ, or where something gets lost."""
    expected = as_json(second_calculation.answer(create, patches))

    found = json.loads(json.dumps(case_answer(create, patches), allow_nan=False))

    assert {key: found.get(key) for key in expected} == expected
    if expected["status"] == 200:
        nothing_gets_lost(case_sheet(create, patches))
    return "{status} {kind} {stage}".format(**{"kind": "", "stage": ""} | expected)


def nothing_gets_lost(sheet):
    answer = answer_document(assess(sheet))
    read = sheet_from_answer(json.loads(json.dumps(answer)))
    made = new_sheet(json.loads(json.dumps(request_document(sheet))))

    assert answer_document(assess(read)) == answer
    assert _without_choosing(answer_document(assess(made))) == _without_choosing(answer)


def _without_choosing(answer):
    """A request cannot say of B1.2 that nobody chose its weight: docs of ``request_document``."""
    return [
        rating | {"isWeightSelectedByUser": None} if rating["shortName"] == "B1.2" else rating
        for rating in answer["ratings"]
    ]


@pytest.mark.parametrize("case", [pytest.param(one, id=one["id"]) for one in official_cases()])
def test_the_second_calculation_gives_the_official_figures(case):
    found = as_json(
        second_calculation.answer(case["input"]["create"], case["input"].get("patches", []))
    )

    expected = case["expected"]
    compared_keys = found.keys() & expected.keys() - {"status"}
    assert {key: found[key] for key in compared_keys} == {
        key: expected[key] for key in compared_keys
    }


@pytest.mark.parametrize("seed", range(3))
def test_both_calculations_say_the_same_of_made_requests(seed):
    maker = Maker(seed)

    kinds = Counter(compared(*maker.case()) for _ in range(CASES_PER_SEED))

    assert {kind.split()[0] for kind in kinds} == {"200", "400", "404"}


if __name__ == "__main__":
    made = Maker(int(sys.argv[1]))
    print(Counter(compared(*made.case()) for _ in range(int(sys.argv[2]))))  # noqa: T201
