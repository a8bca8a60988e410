"""Somebody with an account reads, takes along and deletes what is stored, and only the own."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from erdkreis.accounts.models import Person
from erdkreis.balances.models import RaterView
from erdkreis.circles.journal import record
from erdkreis.rounds.actions import EXTENDED
from factories import balances, circles

pytestmark = pytest.mark.django_db


def export(client):
    return json.loads(client.get("/account/data/erdkreis.json").content)


def test_the_file_holds_account_roles_views_and_deeds(circle, ada, as_ada):
    sheet = balances.bakery(circle)
    RaterView.objects.create(sheet=sheet, person=ada, code="A3.1", estimation=7, reason="Seen.")
    record(circle, ada, EXTENDED, "First round")

    own = export(as_ada)

    assert own["accounts.person"][0]["email"] == "ada@example.org"
    assert [r["kind"] for r in own["circles.role"]] == ["host"]
    assert own["balances.raterview"][0]["reason"] == "Seen."
    assert own["circles.journalentry"][0]["subject"] == "First round"


def test_a_long_life_here_costs_no_more_questions_and_is_folded(circle, ada, as_ada):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            as_ada.get("/account/data/")
        return len(captured)

    record(circle, ada, EXTENDED, "Round 0")
    one = cost()
    for number in range(1, 7):
        record(circle, ada, EXTENDED, f"Round {number}")

    assert cost() == one
    assert "Show all 7" in as_ada.get("/account/data/").content.decode()


def test_it_holds_nothing_of_others_and_no_secret(circle, ada, as_ada, charlotte, bela):
    everything = as_ada.get("/account/data/erdkreis.json").content.decode()
    shown = as_ada.get("/account/data/").content.decode()

    for secret in ("charlotte", "bela", ada.password):
        assert secret not in everything.lower()
        assert secret not in shown.lower()


def test_an_account_goes_with_everything_beside_it(circle, ada, as_ada):
    circles.member(circle, "emil", "host")
    record(circle, ada, EXTENDED, "First round")

    answer = as_ada.post("/account/data/", {"email": " Ada@example.org "}, follow=True)

    assert "Your account is deleted" in answer.content.decode()
    assert not Person.objects.filter(email="ada@example.org").exists()
    assert as_ada.get("/circles/").status_code == 302
    assert [(e.action, e.role, e.person) for e in circle.journal.all()] == [
        ("circles.role_taken", "host", None), ("rounds.extended", "host", None),
    ]  # fmt: skip


def test_the_last_host_names_another_first(circle, ada, as_ada):
    answer = as_ada.post("/account/data/", {"email": "ada@example.org"})

    assert answer.status_code == 422
    assert "only host of “Kornblume”" in answer.content.decode()
    assert Person.objects.filter(pk=ada.pk).exists()


@pytest.mark.parametrize("typed", ["", "charlotte@example.org", "ada"])
def test_without_the_own_address_nothing_goes(circle, ada, as_ada, charlotte, typed):
    circles.member(circle, "emil", "host")

    assert as_ada.post("/account/data/", {"email": typed}).status_code == 422
    assert Person.objects.filter(pk__in=[ada.pk, charlotte.pk]).count() == 2
