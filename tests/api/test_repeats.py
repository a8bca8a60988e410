"""The same request twice is done once, also at the same moment."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from erdkreis.api.models import Repeat
from erdkreis.api.services import delete_what_is_due
from erdkreis.rounds.models import Round
from factories import rounds
from factories.at_once import at_once
from factories.programs import Program, program

KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324"


@pytest.mark.django_db
def test_the_same_request_gets_the_same_answer(circle):
    script = program(circle)

    first = script.send("/rounds", {"title": "Once"}, idempotency_key=KEY)
    again = script.send("/rounds", {"title": "Once"}, idempotency_key=KEY)

    assert (again.status_code, again.json()) == (201, first.json())
    assert (again["Location"], again["Idempotency-Replayed"]) == (first["Location"], "true")
    assert circle.rounds.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "body"), [("/rounds", {"title": "Other"}), ("/groups", {})])
def test_the_same_key_for_another_request_is_refused(circle, path, body):
    script = program(circle)
    script.send("/rounds", {"title": "Once"}, idempotency_key=KEY)

    answer = script.send(path, body, idempotency_key=KEY)

    assert (answer.status_code, "another request" in answer.json()["detail"]) == (422, True)
    assert circle.rounds.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["with space", "x" * 256, "ä"])
def test_a_key_is_plain(circle, key):
    assert program(circle).send("/rounds", {"title": "X"}, idempotency_key=key).status_code == 422
    assert not circle.rounds.exists()


@pytest.mark.django_db
def test_keys_belong_to_their_token(circle):
    for script in (program(circle), program(circle)):
        assert script.send("/rounds", {"title": "X"}, idempotency_key=KEY).status_code == 201

    assert circle.rounds.count() == 2


@pytest.mark.django_db
def test_what_was_refused_may_come_again_with_its_key(circle):
    script, draft = program(circle), rounds.draft(circle)
    path, body = f"/rounds/{draft.pk}/steps", {"to": "inviting"}
    refused = script.send(path, body, idempotency_key=KEY)
    Round.objects.update(**rounds.PROMISE, **_dates())

    answer = script.send(path, body, idempotency_key=KEY)

    assert (refused.status_code, answer.status_code) == (409, 200)


def _dates():
    today = timezone.localdate()
    return {"opens_on": today, "closes_on": today, "answer_back_on": today}


@pytest.mark.django_db
def test_after_a_day_a_key_is_forgotten(circle, monkeypatch):
    script = program(circle)
    script.send("/rounds", {"title": "Once"}, idempotency_key=KEY)
    Repeat.objects.update(begun_at=timezone.now() - timedelta(hours=24, minutes=1))

    delete_what_is_due()

    assert not Repeat.objects.exists()


@pytest.mark.django_db
def test_while_the_first_is_worked_on_the_second_waits(circle):
    script = program(circle)
    script.send("/rounds", {"title": "Once"}, idempotency_key=KEY)
    Repeat.objects.update(status=None)  # as if it were not finished

    waiting = script.send("/rounds", {"title": "Once"}, idempotency_key=KEY)
    Repeat.objects.update(begun_at=timezone.now() - timedelta(minutes=5))  # whoever began is gone
    taken_over = script.send("/rounds", {"title": "Once"}, idempotency_key=KEY)

    assert (waiting.status_code, waiting["Retry-After"]) == (409, "1")
    assert (taken_over.status_code, circle.rounds.count()) == (201, 2)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_eight_at_the_same_moment_make_one(circle):
    secret = program(circle).secret
    Client().get("/api/v1/openapi.json")

    answers = at_once(
        lambda _n: Program(secret).send("/rounds", {"title": "Once"}, idempotency_key=KEY),
        range(8),
    )

    assert circle.rounds.count() == 1
    assert {a.status_code for a in answers} <= {201, 409}
    assert len({a.content for a in answers if a.status_code == 201}) == 1
    assert any(a.status_code == 201 for a in answers)
