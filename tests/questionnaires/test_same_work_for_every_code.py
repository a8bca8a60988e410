"""A code that is known, used or made up costs the server the same: time tells nobody anything.

Not a stop watch, which would tell of the machine: the same questions to the database, asked by a
digest that has nothing in common with what was typed.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from erdkreis.invitations.codes import digest, new_code
from erdkreis.invitations.models import Guardian
from erdkreis.invitations.services import appoint_guardian, issue_codes
from factories.phones import Phone, at, begin
from factories.rounds import group

pytestmark = pytest.mark.django_db


def asked(do) -> list[str]:
    """Return the questions to the database, without what was filled in."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        do()
    return [query["sql"].split("WHERE")[0] for query in caught.captured_queries]


@pytest.fixture
def codes(employees):
    used, good = issue_codes(employees, 2)
    Phone().post(f"/v/{used}/")
    return {"used": used, "nearly": good[:-1] + ("0" if good[-1] != "0" else "1"),
            "made up": new_code(), "short": "ABCD", "long": "A" * 200}  # fmt: skip


def test_every_wrong_code_is_looked_up_in_the_same_way(codes):
    work = {kind: asked(lambda c=code: Client().get(f"/v/{c}/")) for kind, code in codes.items()}

    assert len({tuple(w) for w in work.values()}) == 1
    assert work["used"], "it was looked up at all"


def test_pressing_with_a_wrong_code_is_the_same_work(codes):
    work = {kind: asked(lambda c=code: Client().post(f"/v/{c}/")) for kind, code in codes.items()}

    assert len({tuple(w) for w in work.values()}) == 1


def test_so_is_a_wrong_receipt(employees, codes):
    receipt = begin(Phone(), employees)
    wrong = {**codes, "nearly": receipt[:-1] + ("0" if receipt[-1] != "0" else "1")}
    # What is too long to be one, the form sees; everybody may know how long they are.
    del wrong["long"]

    work = {
        kind: asked(lambda c=code: Client().post(at(employees, "resume"), {"receipt": c}))
        for kind, code in wrong.items()
    }

    assert len({tuple(w) for w in work.values()}) == 1


def test_so_is_a_wrong_code_of_a_guardian(asking, codes):
    good = appoint_guardian(Guardian(round_group=group(asking, "environment"), name="Emil"))
    wrong = {**codes, "nearly": good[:-1] + ("0" if good[-1] != "0" else "1")}

    work = {kind: asked(lambda c=code: Client().get(f"/g/{c}/")) for kind, code in wrong.items()}

    assert len({tuple(w) for w in work.values()}) == 1


def test_what_is_compared_has_nothing_in_common_with_what_was_typed(employees):
    (code,) = issue_codes(employees, 1)
    with CaptureQueriesContext(connection) as caught:
        Client().get(f"/v/{code}/")

    told = " ".join(query["sql"] for query in caught.captured_queries)
    assert code not in told
    assert code.replace("-", "") not in told
    assert digest(code) in told
    nearly = code[:-1] + ("0" if code[-1] != "0" else "1")
    same = sum(a == b for a, b in zip(digest(code), digest(nearly), strict=True))
    assert same < 20, "one letter changes the whole digest"
