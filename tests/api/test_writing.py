"""What programs do is what hosts do: the same checks, the same journal, and nothing beside it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from erdkreis.invitations.models import Invitee, Mail
from erdkreis.rounds.models import Round
from factories import dialogues, pictures, rounds, voices
from factories.programs import program
from factories.rounds import group

pytestmark = pytest.mark.django_db
PROMISE = rounds.PROMISE | {"title": "Autumn", "min_group": 6, "form": "long", "languages": "de"}


@pytest.fixture
def script(circle):
    return program(circle)


def done(circle):
    return [(e.action, e.subject, e.person.name) for e in circle.journal.order_by("pk")]


def day(days):
    return str(timezone.localdate() + timedelta(days=days))


def test_a_round_is_prepared_promised_opened_and_closed(script, circle):
    made = script.send("/rounds", {"title": "First"})
    at = made["Location"].partition("/api/v1")[2]
    dates = {"opens_on": day(0), "closes_on": day(14), "answer_back_on": day(28)}
    promised = script.change(at, PROMISE | dates)
    inviting = script.send(f"{at}/steps", {"to": "inviting"})
    early = script.send(f"{at}/steps", {"to": "asking"})
    rounds.set_asking(Round.objects.get())
    extended = script.send(f"{at}/extensions", {"closes_on": day(20), "reason": "Holidays."})
    closed = script.send(f"{at}/steps", {"to": "picture"})

    assert (made.status_code, made.json()["state"]) == (201, "draft")
    assert {name: promised.json()[name] for name in PROMISE} == PROMISE
    assert inviting.json()["state"] == "inviting"
    assert (early.status_code, "leadership answers first" in early.json()["detail"]) == (409, True)
    assert extended.json()["closes_on"] == day(20)
    assert closed.json()["state"] == "picture"
    assert done(circle) == [
        ("rounds.prepared", "First · Script", "Ada"),
        ("rounds.promise_changed", "Autumn · Script", "Ada"),
        ("rounds.inviting", "Autumn · Script", "Ada"),
        ("rounds.extended", "Autumn · Script", "Ada"),
        ("pictures.made", "Autumn · Script", "Ada"),
    ]


def test_a_promise_that_is_not_whole_opens_nothing(script, circle):
    draft = rounds.draft(circle)

    answer = script.send(f"/rounds/{draft.pk}/steps", {"to": "inviting"})

    assert answer.status_code == 409
    assert "The promise is not complete" in answer.json()["detail"]
    assert done(circle) == []


def test_what_was_promised_to_people_stays(script, circle):
    round_ = rounds.asking(circle)
    voices.voice(group(round_, "employees"), {})
    Round.objects.update(frozen_at=timezone.now())

    answer = script.change(f"/rounds/{round_.pk}", {"min_group": 9})

    assert (answer.status_code, "already answered" in answer.json()["detail"]) == (409, True)


def test_what_is_left_out_of_a_change_stays(script, circle):
    round_ = rounds.promised(circle)

    script.change(f"/rounds/{round_.pk}", {"title": "Other"})

    before = {name: getattr(round_, name) for name in rounds.PROMISE}
    round_.refresh_from_db()
    assert {name: getattr(round_, name) for name in rounds.PROMISE} == before
    assert (round_.title, round_.closes_on) == ("Other", timezone.localdate() + timedelta(days=14))


@pytest.mark.parametrize(
    "body",
    [{"state": "closed"}, {"circle": 1}, {"id": 7}, {"item_version": "x"}, {"frozen_at": None},
     {"kind": "pulse"}, {"leadership_sealed_at": "2026-01-01"}, {"min_group": 4},
     {"min_group": "6"}, {"min_group": True}, {"min_group": 10**400}, {"title": ""},
     {"title": " a"}, {"title": "a\nb"}, {"title": "a\x00"}, {"title": "\ud800"},
     {"title": "x" * 121}, {"title": None}, {"title": 7}, {"opens_on": "2026-02-30"},
     {"opens_on": "20260201"}, {"opens_on": 0}, {"languages": "fr"}, [], '"text"', 7, None],
)  # fmt: skip
def test_nothing_else_can_be_set(script, circle, body):
    round_ = rounds.promised(circle)

    answer = script.change(f"/rounds/{round_.pk}", body)

    assert answer.status_code == 422, answer.content
    assert answer.json()["errors"]
    assert Round.objects.filter(pk=round_.pk, title="First round", state="draft").exists()


def test_days_that_do_not_fit_together_change_nothing(script, circle):
    round_ = rounds.promised(circle)

    before = script.change(f"/rounds/{round_.pk}", {"closes_on": day(-9)})
    far = script.change(f"/rounds/{round_.pk}", {"closes_on": "9999-12-31"})

    assert (before.status_code, far.status_code) == (409, 409)
    assert "before the first day" in before.json()["errors"][0]["what"]


def test_groups_are_added_and_changed(script, circle):
    made = script.send("/groups", {"name_de": "Freunde", "name_en": "Friends", "size": 12})
    changed = script.change("/groups/friends", {"is_on": False})
    silent = script.change("/groups/employees", {"is_on": False})
    said = script.change("/groups/employees", {"is_on": False, "off_reason": "Next year."})

    assert (made.status_code, made.json()["code"]) == (201, "friends")
    assert (changed.json()["size"], changed.json()["is_on"]) == (12, False)
    assert (silent.status_code, "silently" in silent.content.decode()) == (409, True)
    assert said.json()["off_reason"] == "Next year."
    assert [action for action, _subject, _who in done(circle)] == [
        "circles.group_added", "circles.group_changed", "circles.group_changed",
    ]  # fmt: skip


def test_people_are_put_on_the_list_and_no_code_comes_back(script, circle, at_noon):
    round_ = rounds.asking(circle)
    people = [
        {"email": "Anna@Example.org", "name": "Anna", "language": "en"},
        {"email": "anna@example.org"},
        {"email": "no address"},
        {"email": "bert@example.org"},
    ]

    answer = script.send(
        f"/rounds/{round_.pk}/groups/employees/people", {"people": people, "send": True}
    )
    again = script.send(f"/rounds/{round_.pk}/groups/customers/people", {"people": people[:1]})

    assert answer.json() == {
        "n_added": 2,
        "n_queued": 2,
        "problems": [
            {"number": 2, "reason": "twice: stands in line 1 already"},
            {"number": 3, "reason": "no usable mail address"},
        ],
    }
    assert again.json()["problems"][0]["reason"] == "is on the list of another group of this round"
    on_roll = Invitee.objects.order_by("pk").values_list("email", "name", "language")
    assert list(on_roll) == [("anna@example.org", "Anna", "en"), ("bert@example.org", "", "de")]
    assert Mail.objects.count() == 2
    assert [a for a, _s, _w in done(circle)] == [
        "invitations.list_taken", "invitations.invited", "invitations.list_taken",
    ]  # fmt: skip


def test_who_speaks_by_name_is_not_invited_by_list(script, circle):
    round_ = rounds.asking(circle)

    answer = script.send(
        f"/rounds/{round_.pk}/groups/environment/people", {"people": [{"email": "a@example.org"}]}
    )

    assert answer.status_code == 409
    assert not Invitee.objects.exists()


def test_a_statement_is_added_while_the_dialogue_is_open(script, circle):
    talk = dialogues.dialogue(circle)

    added = script.send(f"/dialogues/{talk.pk}/statements", {"text": "More tea."})
    talk.state = "closed"
    talk.save()
    late = script.send(f"/dialogues/{talk.pk}/statements", {"text": "Less tea."})

    assert (added.status_code, added.json()["text"]) == (201, "More tea.")
    assert late.status_code == 409
    assert done(circle)[0][0] == "dialogues.statement_added"


def test_what_fails_is_not_written_down(script, circle, monkeypatch):
    draft = rounds.promised(circle)

    def fails(*_about, **_more):
        raise OSError("the disk is full")

    monkeypatch.setattr("erdkreis.api.v1.writing.record", fails)
    script.client.raise_request_exception = False
    answer = script.send(f"/rounds/{draft.pk}/steps", {"to": "inviting"})

    draft.refresh_from_db()
    assert (answer.status_code, draft.state) == (500, "draft")
    assert answer["Content-Type"] == "application/problem+json"
    assert "disk" not in answer.content.decode()


def test_a_picture_is_made_once(script, circle):
    round_ = pictures.with_picture(circle)

    answer = script.send(f"/rounds/{round_.pk}/steps", {"to": "picture"})

    assert answer.status_code == 409
    assert "gone on in the meantime" in answer.json()["detail"]
