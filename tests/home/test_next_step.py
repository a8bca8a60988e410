"""Always one next step, always visible, in every state of a round."""

from datetime import timedelta

import pytest
from django.utils import timezone

from erdkreis.home.next_step import NextStep, next_step
from erdkreis.questionnaires.services import seal_leadership
from erdkreis.rounds.models import Round
from factories import rounds, voices
from factories.rounds import group

pytestmark = pytest.mark.django_db


def step_of(round_) -> NextStep:
    return next_step(Round.objects.get(pk=round_.pk))


def leadership_answers(round_):
    said = {"q1_work.leadership.core": 4}
    voice = voices.voice(group(round_, "leadership"), said, is_collective=True)
    target = group(round_, "employees")
    voice.predictions.create(round_group=target, question="q1_work", status="rated", value=4)


def test_a_draft_needs_its_promise(draft):
    step = step_of(draft)

    assert (step.url, step.is_change) == (f"/rounds/{draft.pk}/promise/", False)


def test_a_complete_promise_leads_to_the_links(circle):
    round_ = rounds.promised(circle)

    step = step_of(round_)

    assert (step.url, step.is_change) == (f"/rounds/{round_.pk}/invite/", True)


def test_an_inviting_round_waits_for_the_leadership(circle):
    round_ = rounds.inviting(circle)

    step = step_of(round_)

    assert (step.url, step.is_change) == (f"/e/{group(round_, 'leadership').slug}/", False)


def test_when_the_leadership_has_answered_it_is_sealed(circle):
    round_ = rounds.inviting(circle)
    leadership_answers(round_)

    step = step_of(round_)

    assert (step.url, step.is_change) == (f"/rounds/{round_.pk}/seal/", True)


def test_when_the_leadership_is_sealed_the_round_opens(circle):
    round_ = rounds.inviting(circle)
    leadership_answers(round_)
    seal_leadership(round_, "Ada")

    step = step_of(round_)

    assert (step.url, step.is_change) == (f"/rounds/{round_.pk}/ask/", True)


@pytest.mark.parametrize(
    ("days", "page", "is_change"),
    [
        (-1, "links/", False),
        (0, "links/", False),
        (14, "links/", False),
        (15, "picture/make/", True),
    ],
)
def test_an_asking_round_spreads_its_links_until_the_last_day(
    asking, on_day, days, page, is_change
):
    on_day(timezone.localdate() + timedelta(days=days))

    step = step_of(asking)

    assert (step.url, step.is_change) == (f"/rounds/{asking.pk}/{page}", is_change)


@pytest.mark.parametrize("state", ["picture", "talking", "experimenting", "closed"])
def test_later_the_picture_is_there_to_look_at(asking, state):
    Round.objects.filter(pk=asking.pk).update(state=state)

    step = step_of(asking)

    assert (step.url, step.is_change) == (f"/rounds/{asking.pk}/picture/", False)


@pytest.mark.parametrize("state", Round.State.values)
def test_every_next_step_can_be_taken(circle, as_ada, state):
    round_ = rounds.promised(circle)
    if state != "draft":
        round_ = rounds.start_inviting(round_, "Ada")
        Round.objects.filter(pk=round_.pk).update(state=state, leadership_sealed_at=timezone.now())

    step = step_of(round_)
    answer = as_ada.post(step.url) if step.is_change else as_ada.get(step.url)

    assert answer.status_code in {200, 302}


# After the picture, and for those who do not prepare --------------------------------------------


def test_after_the_picture_comes_talk_then_trying_then_the_answer(circle):
    from factories import experiments, meetings, pictures

    round_ = pictures.with_picture(circle)
    assert step_of(round_).url == f"/rounds/{round_.pk}/picture/"
    meeting = meetings.planned(circle, round_)
    assert step_of(round_).url == f"/meetings/{meeting.pk}/"
    meeting.heard, meeting.state = "Much.", "held"
    meeting.save()
    assert step_of(round_).url == f"/circles/{circle.slug}/experiments/"
    experiments.shaped(circle)
    assert step_of(round_).url == f"/rounds/{round_.pk}/answer-back/"


def test_while_people_talk_the_conversation_is_the_next_step(circle, client):
    from erdkreis.conversations.moderating import report
    from erdkreis.conversations.services import close_conversation
    from factories import circles, conversations, pictures

    round_ = pictures.with_picture(circle)
    talk = conversations.conversation(circle, round=round_)
    assert step_of(round_).url == f"/conversations/{talk.pk}/"
    client.force_login(circles.member(circle, "emil", "reader"))
    own = client.get(f"/circles/{circle.slug}/").context["own_step"]
    assert own.url == f"/conversations/{talk.pk}/"

    said = conversations.said(conversations.voice(talk, "employees"))
    report(said, "x", reason="hurts", note="")
    assert step_of(round_).url == f"/conversations/{talk.pk}/moderation/"
    said.delete()
    close_conversation(talk, "An open question.", "")
    assert step_of(round_).url == f"/circles/{circle.slug}/experiments/"


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("shaped", "Ask those who would feel it: Begin at five"),
        ("agreed", "Agreed, and it can begin: Begin at five"),
        ("running", "It runs, and you look back on the day you set: Begin at five"),
        ("halted", "Look back together: Begin at five"),
        ("reviewing", "Look back together: Begin at five"),
        ("stopped", "You have been through the loop once."),
    ],
)
def test_once_answered_the_experiment_leads_on(circle, state, says):
    from erdkreis.answerback.models import AnswerBack
    from factories import experiments, meetings

    round_ = rounds.asking(circle)
    Round.objects.filter(pk=round_.pk).update(state="talking")
    meeting = meetings.planned(circle, round_)
    type(meeting).objects.update(state="held", heard="Much.")
    AnswerBack.objects.create(round=round_, language="en", published_at=timezone.now())
    experiments.in_state(circle, state)

    assert says in step_of(round_).sentence


def test_a_promise_that_is_late_comes_first(circle, on_day):
    from factories import pictures

    round_ = pictures.with_picture(circle)
    on_day(round_.answer_back_on + timedelta(days=1))

    assert step_of(round_).url == f"/rounds/{round_.pk}/answer-back/"


def test_owner_and_reader_have_a_next_step_of_their_own(circle, client):
    from erdkreis.experiments.models import Experiment
    from factories import circles, experiments, pictures

    round_ = pictures.with_picture(circle)
    reader = circles.member(circle, "emil", "reader")
    client.force_login(reader)
    page = f"/circles/{circle.slug}/"
    assert client.get(page).context["own_step"].url == f"/rounds/{round_.pk}/picture/"

    experiment = experiments.shaped(circle)
    Experiment.objects.update(owner_person=reader)

    assert client.get(page).context["own_step"].url == f"/experiments/{experiment.pk}/"
    assert "Next step" in client.get(page).content.decode()


def test_a_host_who_is_about_to_invite_is_warned_of_much_asking(circle, as_ada):
    from erdkreis.rounds.asking_time import note_asked

    round_ = rounds.promised(circle)
    note_asked(circle, "employees", "pulse.1", 28)
    note_asked(circle, "employees", "pulse.1", 28)

    page = as_ada.get(f"/rounds/{round_.pk}/")

    assert {(m.name, m.before, m.now) for m in page.context["minutes"] if m.is_much} == {
        ("Employees", 28, 5)
    }
    assert "That is much." in page.content.decode()
