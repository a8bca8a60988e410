"""Each deed of the loop: those who may not change nothing, the least of those who may does it."""

import pytest
from django.test import Client

from erdkreis.circles.models import JournalEntry
from factories import circles
from factories.deeds import IN_THE_LOOP

pytestmark = pytest.mark.django_db

ROLES = ("entry_helper", "guardian", "reader", "facilitator", "host")
ONLY_HOSTS = {
    "invitations:start_again", "experiments:again", "experiments:round_again",
    "experiments:tell", "answerback:publish", "answerback:send",
}  # fmt: skip
# Everyone who may read the circle may note an idea, and call for the stop.
READERS_TOO = {"experiments:experiments", "experiments:halt"}


def allowed(name: str) -> tuple[str, ...]:
    address = name.partition(" ")[0]
    if address in ONLY_HOSTS:
        return ("host",)
    return ("guardian", *ROLES[2:]) if address in READERS_TOO else ("facilitator", "host")


@pytest.mark.parametrize("name", IN_THE_LOOP)
def test_who_may_and_who_may_not(as_ada, charlotte, circle, at_noon, name):
    prepare, code = IN_THE_LOOP[name]
    address, data = prepare(as_ada, circle)
    people = {role: circles.member(circle, f"a-{role}", role) for role in ROLES}
    before = JournalEntry.objects.count()

    answers = {"nobody": Client().post(address, data).status_code}
    for who, person in ({"elsewhere": charlotte} | people).items():
        if who not in allowed(name):
            answers[who] = _as(person).post(address, data).status_code
    assert set(answers.values()) <= {302, 403}, answers
    assert {answers[who] for who in answers if who != "nobody"} == {403}
    assert JournalEntry.objects.count() == before, "nothing was done"

    least = people[allowed(name)[0]]
    _as(least).post(address, data)

    assert [(one.action, one.person) for one in JournalEntry.objects.all()[:1]] == [(code, least)]


def _as(person) -> Client:
    client = Client()
    client.force_login(person)
    return client
