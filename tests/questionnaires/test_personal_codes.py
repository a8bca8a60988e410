"""A personal code lets one voice in, once, and is never found beside it."""

import pytest
from django.db import connection, models
from django.test import Client

from erdkreis.dialogues.models import Vote, Voter
from erdkreis.invitations.codes import new_code
from erdkreis.invitations.models import Code
from erdkreis.invitations.services import issue_codes
from erdkreis.questionnaires.models import Answer, OwnWords, Prediction, Voice
from erdkreis.questionnaires.parting import part_voices_from_people
from erdkreis.rounds.services import stop_asking
from factories import dialogues
from factories.at_once import at_once
from factories.phones import at, begin
from factories.rounds import group

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(employees):
    return issue_codes(employees, 1)[0]


def test_looking_does_not_use_a_code_up(phone, code):
    for _look in range(3):
        assert phone.get(f"/v/{code}/").status_code == 200
        assert phone.head(f"/v/{code}/").status_code == 200

    assert not Code.objects.get().is_used


def test_beginning_uses_a_code_up(employees, phone, other_phone, code):
    begun = phone.post(f"/v/{code}/")

    assert begun.headers["Location"] == at(employees, 1)
    assert Code.objects.get().is_used
    assert Voice.objects.get().channel == "code"
    assert other_phone.post(f"/v/{code}/").status_code == 404
    assert Voice.objects.count() == 1


def test_an_unknown_code_and_a_used_one_look_the_same(phone, other_phone, code):
    phone.post(f"/v/{code}/")

    answers = [
        getattr(other_phone, method)(f"/v/{typed}/")
        for typed in (code, new_code())
        for method in ("get", "post")
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    headers = [{k: v for k, v in answer.headers.items() if k != "Expires"} for answer in answers]
    assert headers[0] == headers[1] == headers[2] == headers[3]


def test_an_unknown_code_is_told_in_the_language_that_is_chosen(phone):
    page = phone.get("/v/aaaa-bbbb-cccc/", headers={"accept-language": "de"}).content.decode()
    assert 'href="?language=en"' in page
    assert "Dieser Code öffnet nichts." in page

    answer = phone.get("/v/aaaa-bbbb-cccc/?language=en", headers={"accept-language": "de"})
    assert answer.status_code == 404
    assert "This code does not open anything." in answer.content.decode()


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_many_who_use_a_code_at_once_one_comes_in(employees, code):
    statuses = at_once(
        lambda browser: browser.post(f"/v/{code}/").status_code, [Client() for _ in range(16)]
    )

    assert sorted(statuses) == [302] + [404] * 15
    assert Voice.objects.count() == 1


def test_a_code_is_not_lost_when_the_voice_cannot_begin(asking, employees, phone):
    type(employees).objects.filter(pk=employees.pk).update(voice_mode="collective")
    employees = group(asking, "employees")
    begin(phone, employees)
    phone.post(at(employees, 1), {"answer": "4"})
    (code,) = issue_codes(employees, 1)

    refused = phone.post(f"/v/{code}/")

    assert refused.status_code == 409
    assert not Code.objects.get().is_used


def test_a_code_waits_until_the_round_is_open(asking, phone, code):
    type(asking).objects.update(state="inviting")

    assert phone.post(f"/v/{code}/").status_code == 409
    assert not Code.objects.get().is_used


def test_too_many_wrong_codes_are_slowed_down_for_every_page_that_takes_one(phone, code):
    wrong = [phone.get(f"/v/{new_code()}/").status_code for _try in range(10)]
    wrong += [phone.get(f"/g/{new_code()}/").status_code for _try in range(10)]

    assert wrong == [404] * 20
    assert phone.get(f"/v/{new_code()}/").status_code == 429
    assert phone.get(f"/g/{new_code()}/").status_code == 429
    assert phone.post(f"/v/{code}/").status_code == 429
    assert not Code.objects.get().is_used


def test_too_many_wrong_receipt_codes_are_slowed_down_in_all_groups_together(
    asking, employees, phone, other_phone
):
    receipt = begin(other_phone, employees)
    customers = group(asking, "customers")

    for where in [employees, customers] * 10:
        phone.post(at(where, "resume"), {"receipt": new_code()})

    slowed = phone.post(at(employees, "resume"), {"receipt": receipt})
    assert slowed.status_code == 429
    assert phone.receipt(employees) == ""


def test_right_codes_slow_nobody_down(employees, other_phone, phone):
    receipt = begin(phone, employees)

    for _two_hundred_behind_one_address in range(25):
        answer = other_phone.post(at(employees, "resume"), {"receipt": receipt})

    assert answer.status_code == 302


def test_one_purpose_does_not_slow_another_down(employees, phone):
    for _try in range(21):
        phone.get(f"/v/{new_code()}/")

    assert begin(phone, employees) != ""


def test_the_roll_knows_nothing_of_voices():
    """No relation, no time, no number that both carry: what could be compared is not there."""
    of_the_roll = {field.name for field in Code._meta.get_fields()}
    of_a_voice = {field.name for field in Voice._meta.get_fields()}

    assert of_the_roll == {"id", "round_group", "digest", "is_used", "envelope"}
    assert of_the_roll & of_a_voice == {"id", "round_group"}
    assert not isinstance(Code._meta.pk, models.AutoField)
    assert not isinstance(Voice._meta.pk, models.AutoField)


def test_rows_of_anonymous_people_carry_no_time_finer_than_a_day():
    timed = (models.DateTimeField, models.TimeField, models.DurationField)

    for model in (Voice, Answer, OwnWords, Prediction, Code):
        assert [f.name for f in model._meta.get_fields() if isinstance(f, timed)] == []


@pytest.mark.django_db(transaction=True)
def test_the_order_of_the_roll_is_not_the_order_of_voices(employees):
    """Codes used in a known order; voices looked at as the database keeps them."""
    for code in issue_codes(employees, 30):
        Client().post(f"/v/{code}/")
    Voice.objects.update(is_sent=True)
    part_voices_from_people(stop_asking(employees.round, "Ada"))

    as_stored = list(Voice.objects.order_by().values_list("pk", flat=True))
    roll = list(Code.objects.order_by().values_list("pk", flat=True))

    assert as_stored == sorted(as_stored), "stored in the order of random keys"
    assert roll == sorted(roll), "stored in the order of issuing, not of using"
    assert len(as_stored) == 30


def test_sqlite_keeps_no_hidden_number_that_counts_up(employees, phone):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no rowid")
    begin(phone, employees)
    phone.post(at(employees, 1), {"answer": "4"})
    talk = dialogues.dialogue(employees.round.circle)
    dialogues.voter(talk, {1: 1})
    OwnWords.objects.create(round_group=employees, item="x", text="x", language="de")

    with connection.cursor() as cursor:
        for model in (Voice, Answer, OwnWords, Voter, Vote):
            cursor.execute(f"SELECT rowid, id FROM {model._meta.db_table}")
            assert [rowid == pk for rowid, pk in cursor.fetchall()] == [True]
