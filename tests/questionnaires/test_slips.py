"""Slips without a name: one code, one slip, one voice, and nothing that joins code and voice."""

from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db import connection
from django.test import Client

from erdkreis.checks.blinding import seal
from erdkreis.invitations import slips
from erdkreis.invitations.codes import new_code
from erdkreis.invitations.models import Code, SlipKey
from erdkreis.invitations.services import issue_codes
from erdkreis.invitations.slips import Slip
from erdkreis.questionnaires.models import SpentSlip, Voice
from erdkreis.questionnaires.parting import part_voices_from_people
from erdkreis.rounds.services import stop_asking
from factories.at_once import at_once
from factories.phones import Phone, at
from factories.rounds import group
from factories.slips import ask_for_signature, hand_in, public_key, slip_for, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(employees):
    return issue_codes(employees, 1)[0]


@pytest.fixture
def slip(phone, code, employees) -> Slip:
    return slip_for(phone, code, employees)


def test_a_slip_begins_the_voice_of_somebody_invited(phone, employees, slip):
    assert Code.objects.get().is_used
    assert Voice.objects.count() == 0, "the code alone begins nothing"

    begun = hand_in(phone, employees, slip)

    assert begun.headers["Location"] == at(employees, 1)
    assert Voice.objects.get().channel == "code"
    assert phone.post(at(employees, 1), {"answer": "4"}).status_code == 302
    assert phone.post(at(employees, "check")).status_code == 302
    assert Voice.objects.get().is_sent


def test_the_request_that_signs_and_the_one_that_begins_share_nothing(employees, code):
    door, signing, later = Client(), Client(enforce_csrf_checks=True), Client()
    page = door.get(f"/v/{code}/")
    answer = ask_for_signature(signing, code, seal(public_key(Client(), employees)))

    assert answer.status_code == 200
    assert not answer.cookies
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert code not in later.get(at(employees)).content.decode()


def test_a_lost_answer_is_signed_again_and_nothing_else_is(phone, employees, code):
    key = public_key(phone, employees)
    envelope, other = seal(key), seal(key)

    first = ask_for_signature(phone, code, envelope)
    again = ask_for_signature(phone, code, envelope)

    assert first.json() == again.json()
    assert ask_for_signature(phone, code, other).status_code == 404
    assert ask_for_signature(phone, new_code(), other).status_code == 404
    assert phone.post(f"/v/{code}/").status_code == 404, "nor may it begin without a slip"


def test_a_code_that_began_without_a_slip_gets_none(phone, other_phone, employees, code):
    phone.post(f"/v/{code}/")

    refused = ask_for_signature(other_phone, code, seal(public_key(phone, employees)))

    assert refused.status_code == 404
    assert Voice.objects.count() == 1


def test_a_voice_that_was_begun_without_an_answer_is_found_again(
    phone, other_phone, employees, slip
):
    """The connection was lost after we began the voice: the browser hands the slip in again."""
    hand_in(phone, employees, slip)

    again = hand_in(other_phone, employees, slip)

    assert again.status_code == 302
    assert other_phone.receipt(employees) == phone.receipt(employees) != ""
    assert Voice.objects.count() == 1


def test_a_slip_is_not_spent_twice(phone, other_phone, employees, slip):
    hand_in(phone, employees, slip)
    phone.post(at(employees, 1), {"answer": "4"})

    refused = hand_in(other_phone, employees, slip)

    assert refused.status_code == 409
    assert other_phone.receipt(employees) == ""
    assert Voice.objects.count() == 1


def test_a_slip_stays_spent_when_its_voice_is_withdrawn(phone, employees, slip):
    hand_in(phone, employees, slip)
    phone.post(at(employees, "withdraw"))

    assert hand_in(phone, employees, slip).status_code == 409
    assert Voice.objects.count() == 0


def test_a_slip_is_valid_for_its_group_and_round_alone(asking, phone, employees, slip, monkeypatch):
    other = rsa.generate_private_key(65537, 2048)
    monkeypatch.setattr(slips, "new_key", lambda: other)
    customers = group(asking, "customers")
    issue_codes(customers, 1)

    assert hand_in(phone, customers, slip).status_code == 409
    assert hand_in(phone, group(asking, "suppliers"), slip).status_code == 409, "without any key"
    assert Voice.objects.count() == 0


@pytest.mark.parametrize(
    ("message", "signature"),
    [(b"x" * 64, b"y" * 256), (b"", b""), (b"x", b"y"), (b"x" * 64, b"")],
)
def test_a_slip_of_ones_own_making_opens_nothing(phone, employees, code, message, signature):
    fields = {"slip_message": written(message) or "!", "slip_signature": written(signature)}

    assert phone.post(at(employees), fields).status_code == 409
    assert Voice.objects.count() == 0


@pytest.mark.parametrize("envelope", ["", "!", "x" * 3000, "AAAA", "ä"])
def test_what_is_no_envelope_does_not_use_the_code_up(phone, code, envelope):
    assert phone.post(f"/v/{code}/signature/", {"envelope": envelope}).status_code == 400
    assert not Code.objects.get().is_used


def test_guessing_codes_by_asking_for_signatures_is_slowed_down(phone, employees, code):
    envelope = seal(public_key(phone, employees))
    for _guess in range(20):
        assert ask_for_signature(phone, new_code(), envelope).status_code == 404

    assert ask_for_signature(phone, code, envelope).status_code == 429
    assert phone.get(f"/v/{code}/").status_code == 429, "and so is the other way in"
    assert not Code.objects.get().is_used


def test_nothing_is_signed_before_and_after_the_days_of_the_round(asking, phone, employees, code):
    envelope = seal(public_key(phone, employees))
    type(asking).objects.update(state="inviting")

    assert ask_for_signature(phone, code, envelope).status_code == 409
    assert not Code.objects.get().is_used


def test_a_group_with_one_agreed_answer_gets_no_slips(phone, employees, code):
    type(employees).objects.filter(pk=employees.pk).update(voice_mode="collective")

    assert phone.get(at(employees, "key")).status_code == 404
    assert b"data-slip" not in phone.get(f"/v/{code}/").content


def test_one_key_per_group_made_with_the_first_code_and_never_again(employees, asking, phone):
    issue_codes(employees, 2)
    before = SlipKey.objects.get()
    issue_codes(employees, 2)
    issue_codes(group(asking, "customers"), 1)

    assert SlipKey.objects.get(round_group=employees).public == before.public
    assert SlipKey.objects.count() == 2
    shown = phone.get(f"/v/{issue_codes(employees, 1)[0]}/").content.decode()
    assert before.fingerprint in shown


def test_the_private_key_is_locked_and_goes_when_the_answering_ends(employees, code):
    private = bytes(SlipKey.objects.get().private)
    with pytest.raises(TypeError, match="encrypted"):
        slips.serialization.load_der_private_key(private, None)

    part_voices_from_people(stop_asking(employees.round, "Ada"))

    assert SlipKey.objects.get().private is None
    assert set(Code.objects.values_list("envelope", flat=True)) == {"0" * 64}


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_many_envelopes_for_one_code_one_is_signed(employees, code):
    key = public_key(Client(), employees)
    envelopes = [seal(key) for _ in range(12)]

    answers = at_once(lambda envelope: ask_for_signature(Client(), code, envelope), envelopes)

    assert sorted(a.status_code for a in answers) == [200] + [404] * 11


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_envelopes_and_plain_ways_at_once_one_comes_in(employees, code):
    key = public_key(Client(), employees)

    def press(n):
        if n % 2:
            return Client().post(f"/v/{code}/").status_code == 302
        return ask_for_signature(Client(), code, seal(key)).status_code == 200

    assert at_once(press, range(12)).count(True) == 1


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_many_who_hand_one_slip_in_at_once_one_voice_is_begun(employees, code):
    slip = slip_for(Client(), code, employees)
    phones = [Phone() for _ in range(12)]

    at_once(lambda phone: hand_in(phone, employees, slip), phones)

    assert Voice.objects.count() == SpentSlip.objects.count() == 1
    assert {phone.receipt(employees) for phone in phones} - {""} == {phones[0].receipt(employees)}


@pytest.mark.django_db(transaction=True)
def test_a_dump_of_both_stores_joins_nothing(employees):
    """Everybody comes in a known order. Whoever reads all rows finds no value and no order."""
    codes = issue_codes(employees, 24)
    came = Random(4).sample(codes, 24)
    truth = []
    for code in came:
        phone = Phone()
        hand_in(phone, employees, slip_for(phone, code, employees))
        phone.post(at(employees, 1), {"answer": "4"})
        truth.append(Voice.objects.exclude(pk__in=truth).get().pk)

    roll, ballots = dump(Code), dump(Voice) + dump(SpentSlip)
    of_the_roll = {value for row in roll for value in row if len(str(value)) > 4}
    of_ballots = {value for row in ballots for value in row if len(str(value)) > 4}

    assert of_the_roll & of_ballots == set()
    in_key_order = [row[0] for row in sorted(dump(Voice))]
    assert sum(a == b for a, b in zip(in_key_order, truth, strict=True)) < 8


def dump(model) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, * FROM {model._meta.db_table}")
        return cursor.fetchall()
