"""The answer path: a constant, small number of statements, one that writes, no session."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from erdkreis.invitations.models import Guardian
from erdkreis.invitations.services import appoint_guardian
from erdkreis.questionnaires.catalogue import CURRENT_VERSION
from erdkreis.questionnaires.forms import RatingForm, WordsForm, read_at_once
from erdkreis.questionnaires.models import Voice
from erdkreis.questionnaires.paths import Path
from erdkreis.questionnaires.queries import (
    GROUP_FIELDS,
    ROUND_FIELDS,
    group_answering,
    group_at,
)
from erdkreis.questionnaires.steps import steps
from factories import voices
from factories.phones import Phone, at, begin, sent
from factories.rounds import group

pytestmark = pytest.mark.django_db

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def statements(act):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = act()
    assert answer.status_code < 400
    return [query["sql"] for query in captured]


def written(sql):
    return [statement for statement in sql if statement.startswith(WRITES)]


def of_sessions(sql):
    return [statement for statement in sql if "django_session" in statement]


@pytest.mark.parametrize("number", [1, 5, 10, 11, 12])
def test_a_question_costs_three_reads(employees, phone, number):
    begin(phone, employees)

    sql = statements(lambda: phone.get(at(employees, number)))

    assert (len(sql), written(sql), of_sessions(sql)) == (3, [], [])


@pytest.mark.parametrize(
    ("number", "data"),
    [(1, {"answer": "4", "words": "Good bread."}), (11, {"words": "More time."})],
)
def test_an_answer_is_one_read_and_one_write(employees, phone, number, data):
    begin(phone, employees)

    first = statements(lambda: phone.post(at(employees, number), data))
    again = statements(lambda: phone.post(at(employees, number), data))

    for sql in (first, again):
        assert (len(sql), len(written(sql)), of_sessions(sql)) == (2, 1, [])
        assert written(sql)[0].startswith("INSERT INTO questionnaires_answer")


def test_what_is_read_for_an_answer_is_what_the_group_is(employees, phone):
    """The small read and the large one know the same, and the same path follows from them."""
    receipt = begin(phone, employees)
    large = group_at(employees.slug)

    small = group_answering(employees.slug, receipt)

    for name in GROUP_FIELDS:
        assert getattr(small, name) == getattr(large, name), name
    for name in ROUND_FIELDS:
        assert getattr(small.round, name) == getattr(large.round, name), name
    assert Path(small).pages == Path(large).pages
    assert small.name == large.name  # what was not read along is read when asked for


def test_a_group_that_is_not_asked_any_more_is_told_so(employees, phone):
    begin(phone, employees)
    type(employees).objects.filter(pk=employees.pk).update(is_asked=False)

    told = phone.post(at(employees, 1), {"answer": "4", "words": "Too late, alas."})

    assert told.status_code == 409
    assert "Too late, alas." in told.content.decode()
    assert not Voice.objects.get().answers.exists()


def test_who_brings_evidence_or_predicts_is_not_taken_at_once(asking, phone, employees):
    receipt = begin(phone, employees)
    Voice.objects.update(round_group=group(asking, "leadership"))
    assert group_answering(group(asking, "leadership").slug, receipt) is None
    someone = Guardian(round_group=group(asking, "environment"), name="Emil Erle")
    appoint_guardian(someone)
    Voice.objects.update(round_group=employees, guardian=someone)

    assert group_answering(employees.slug, receipt) is None


@given(
    st.sampled_from(["q1_work.employees.core", "closing.better"]),
    st.sampled_from(["", "1", "5", "6", "0", "dont_know", "skipped", "words"])
    | st.text(max_size=3),
    st.text(max_size=30) | st.just("x" * 2000) | st.just("x" * 2001) | st.just(" \r\n ä\x00b "),
)
def test_an_answer_read_at_once_is_the_one_the_form_reads(code, choice, words):
    item = next(
        s.item for s in steps(CURRENT_VERSION, "employees", is_long=False) if s.item.code == code
    )
    data = {"answer": choice, "words": words}
    form = (RatingForm if item.is_rated else WordsForm)(item, None, data)

    read = read_at_once(item, data)

    if read is not None:
        assert form.is_valid()
        assert form.given() == read
    elif item.is_rated:
        assert not form.is_valid()


def test_an_answer_costs_the_same_in_a_full_round(asking, employees, phone):
    begin(phone, employees)
    alone = len(statements(lambda: phone.post(at(employees, 1), {"answer": "4"})))
    voices.voices(employees, "q1_work.employees.core", [1, 2, 3, 4, 5] * 4)

    crowded = len(statements(lambda: phone.post(at(employees, 1), {"answer": "4"})))

    assert crowded == alone


@pytest.mark.parametrize(
    ("page", "n_reads"), [("", 3), ("check", 3), ("thanks", 3), ("withdraw", 2), ("resume", 1)]
)
def test_the_other_pages_of_a_voice_read_no_session(employees, phone, page, n_reads):
    sent(phone, employees)

    sql = statements(lambda: phone.get(at(employees, page)))

    assert (len(sql), written(sql), of_sessions(sql)) == (n_reads, [], [])


def test_beginning_writes_a_voice_and_freezes_the_round(employees):
    sql = statements(lambda: Phone().post(at(employees)))
    again = statements(lambda: Phone().post(at(employees)))

    assert [statement.split('"')[1] for statement in written(sql)[:2]] == [
        "rounds_round",
        "questionnaires_voice",
    ]
    assert of_sessions(sql) == []
    assert len(again) == len(sql)


def test_sending_reads_no_session_and_costs_the_same_in_a_full_round(employees, phone):
    """It mixes the voice with others, in statements that do not become more with them."""
    answered = "q1_work.employees.core"
    voices.voices(employees, answered, [3])
    begin(phone, employees)
    alone = statements(lambda: phone.post(at(employees, "check")))
    voices.voices(employees, answered, [1, 2, 3, 4, 5] * 4)

    crowded = statements(lambda: phone.post(at(employees, "check")))

    assert of_sessions(alone) == []
    assert written(alone)[0].startswith('UPDATE "questionnaires_voice" SET "is_sent"')
    assert Voice.objects.filter(is_sent=False).count() == 0
    assert len(crowded) == len(alone)


def test_a_host_who_answers_is_not_looked_up(employees, ada):
    """Signed in on the same phone: even then the answer path does not ask who it is."""
    phone = Phone()
    phone.force_login(ada)
    phone.jar["sessionid", "/"] = phone.cookies["sessionid"].value
    begin(phone, employees)

    sql = statements(lambda: phone.post(at(employees, 1), {"answer": "4"}))
    shown = statements(lambda: phone.get(at(employees, 2)))

    assert of_sessions(sql + shown) == []
    assert [s for s in sql + shown if "accounts_person" in s] == []


def test_the_leadership_predicts_at_the_same_cost_for_every_question(circle, phone):
    from factories import rounds

    leadership = group(rounds.inviting(circle), "leadership")
    begin(phone, leadership)

    costs = {len(statements(lambda n=n: phone.get(at(leadership, n)))) for n in range(13, 19)}

    assert len(costs) == 1
