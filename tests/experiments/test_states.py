"""The life of an experiment: each step only in its state, only by who may, and nothing is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from erdkreis.experiments.models import Experiment
from erdkreis.experiments.services import consent, reviewing, running, shaping
from erdkreis.experiments.services.moving import ExperimentError
from factories import circles, experiments
from factories.experiments import fresh, touched

pytestmark = pytest.mark.django_db

STATES = Experiment.State.values
# Each step: the states in which it may be taken, and where it leads.
STEPS = {
    "shape": (lambda e: shaping.shape(e, "Ada"), ["idea"], "shaped"),
    "open_again": (lambda e: shaping.open_again(e, "Ada"), ["agreed"], "shaped"),
    "drop": (lambda e: shaping.drop(e, "Ada", "No."), ["idea", "shaped"], "dropped"),
    "begin": (lambda e: running.begin(e, "Ada"), ["agreed"], "running"),
    "halt": (lambda e: running.halt(e, "Ada", "No bread."), ["running"], "halted"),
    "review": (lambda e: reviewing.start_review(e, "Ada"), ["running", "halted"], "reviewing"),
    "decide": (lambda e: reviewing.decide(e, "Ada"), ["reviewing"], "kept"),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", STATES)
def test_a_step_is_taken_in_its_states_and_in_no_other(circle, state, step):
    service, right_states, next_state = STEPS[step]
    experiment = experiments.in_state(circle, state)

    if state in right_states:
        service(experiment)
    else:
        with pytest.raises(ExperimentError):
            service(experiment)

    assert fresh(experiment).state == (next_state if state in right_states else state)


def test_those_touched_agree_when_nobody_objects_seriously(circle):
    experiment = experiments.shaped(circle, "employees", "customers")
    consent.say(touched(experiment), "consent")
    with pytest.raises(ExperimentError, match="Customers: nobody has said anything"):
        consent.agree(experiment, "Ada")
    consent.say(touched(experiment, "customers"), "concern", "Rolls at six?")

    assert consent.agree(experiment, "Ada").state == "agreed"


def test_a_serious_objection_keeps_it_from_beginning_until_it_is_settled(circle):
    experiment = experiments.agreed(circle)
    consent.say(touched(experiment), "objection", "I cannot bring my child then.")
    assert fresh(experiment).state == "shaped", "an objection takes the agreement back"
    said = touched(experiment).said.get(kind="objection")
    with pytest.raises(ExperimentError, match="a serious objection stands"):
        consent.agree(experiment, "Ada")
    with pytest.raises(ExperimentError, match="First write what was changed"):
        consent.settle_in_talk(said, "Bela")

    consent.answer(said, "Whoever brings a child begins at six.")
    said.refresh_from_db()
    consent.settle_in_talk(said, "Bela")

    assert consent.agree(experiment, "Ada").state == "agreed"


def test_what_those_touched_would_feel_makes_them_asked_again(circle):
    experiment = experiments.shaped(circle)
    consent.say(touched(experiment), "consent")
    shaping.save_shape(experiment, {"title": "Start at five"})
    assert fresh(experiment).version == 1
    shaping.save_shape(experiment, {"change": "In all bakeries."})

    assert fresh(experiment).version == 2
    with pytest.raises(ExperimentError, match="about this version"):
        consent.agree(experiment, "Ada")


def test_two_run_at_once_and_a_third_waits(circle):
    experiments.begun(circle)
    second, third = experiments.begun(circle), experiments.agreed(circle)
    with pytest.raises(ExperimentError, match="Two experiments are running"):
        running.begin(third, "Ada")
    assert fresh(third).state == "agreed"

    running.halt(second, "Ada", "No bread.")

    assert running.begin(third, "Ada").state == "running"


def test_expectation_and_surprise_are_locked_with_the_start(circle):
    experiment = experiments.begun(circle)
    first = experiments.WRITTEN["expectation"]
    assert experiment.locked == {
        "expectation": first, "surprise": experiments.WRITTEN["surprise"],
    }  # fmt: skip
    with pytest.raises(ExperimentError):
        shaping.save_shape(experiment, {"expectation": "We always knew."})
    with pytest.raises(ExperimentError, match="say why"):
        running.amend(experiment, "Olga", {"expectation": "More."}, " ")

    running.amend(experiment, "Olga", {"expectation": "More."}, "We learned something.")

    changed = fresh(experiment)
    assert (changed.expectation, changed.locked["expectation"], changed.version) == (
        "More.", first, 2,
    )  # fmt: skip
    assert [(a.before, a.after, a.reason, a.by) for a in changed.amendments.all()] == [
        (first, "More.", "We learned something.", "Olga")
    ]


def test_twelve_weeks_are_the_most(circle):
    experiment = experiments.begun(circle)
    late = experiment.starts_on + timedelta(weeks=12, days=1)

    with pytest.raises(ExperimentError, match="Twelve weeks"):
        running.amend(experiment, "Olga", {"ends_on": late}, "More time.")

    assert fresh(experiment).amendments.count() == 0


def test_a_planned_day_that_has_passed_moves_with_its_length(circle, on_day):
    experiment = experiments.agreed(circle)
    on_day(timezone.localdate() + timedelta(days=10))

    begun = running.begin(experiment, "Ada")

    assert begun.starts_on == timezone.localdate()
    assert begun.ends_on - begun.starts_on == timedelta(weeks=6)


def test_who_adapts_gets_the_next_one_with_an_expectation_still_to_write(circle):
    experiment = experiments.ended(circle, "adapt")

    (following,) = experiment.followed_by.all()

    assert (following.state, following.change, following.expectation) == (
        "idea", experiment.change, "",
    )  # fmt: skip
    assert [t.group.code for t in following.touched.all()] == ["employees"]


@pytest.mark.parametrize("missing", experiments.LOOKED_BACK)
def test_a_review_counts_only_when_it_is_whole(circle, missing):
    experiment = experiments.looking_back(circle)
    review = experiments.review_of(experiment)
    setattr(review, missing, "")
    review.save()

    with pytest.raises(ExperimentError, match="still empty"):
        reviewing.decide(experiment, "Ada")


def test_every_touched_group_is_asked_before_the_decision(circle):
    experiment = experiments.looking_back(circle)
    experiment.touched.update(looking_back="")
    with pytest.raises(ExperimentError, match="Employees: what do they say"):
        reviewing.decide(experiment, "Ada")

    consent.say(touched(experiment), "looking_back", "I sleep better.")

    assert reviewing.decide(experiment, "Ada").state == "kept"


# Who may, and who may not ---------------------------------------------------------------------

PRESSES = {
    "shape": ("idea", "move/", {"step": "shape"}, {"owner", "facilitator", "host"}),
    "agree": ("shaped", "move/", {"step": "agree"}, {"facilitator", "host"}),
    "open_again": ("agreed", "move/", {"step": "open_again"}, {"owner", "facilitator", "host"}),
    "begin": ("agreed", "move/", {"step": "begin"}, {"owner", "facilitator", "host"}),
    "review": ("running", "move/", {"step": "review"}, {"owner", "facilitator", "host"}),
    "decide": ("reviewing", "move/", {"step": "decide"}, {"owner", "facilitator", "host"}),
    "drop": ("idea", "drop/", {"reason": "No."}, {"facilitator", "host"}),
    "halt": (
        "running", "stop/", {"words": "No bread."},
        {"reader", "guardian", "owner", "facilitator", "host"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("press", PRESSES)
def test_each_state_is_changed_by_who_may_and_by_nobody_else(circle, ada, charlotte, press):
    state, address, data, allowed = PRESSES[press]
    people = {"host": ada, "elsewhere": charlotte, "nobody": None}
    for role in ("reader", "guardian", "entry_helper", "facilitator"):
        people[role] = circles.member(circle, role, role)
    people["owner"] = circles.member(circle, "olga", "reader")

    moved = set()
    for who, person in people.items():
        Experiment.objects.all().delete()
        experiment = experiments.in_state(circle, state)
        Experiment.objects.update(owner_person=people["owner"])
        if press == "agree":
            consent.say(touched(experiment), "consent")
        client = Client()
        if person:
            client.force_login(person)
        client.post(f"/experiments/{experiment.pk}/{address}", data)
        if fresh(experiment).state != state:
            moved.add(who)

    assert moved == allowed


def test_only_who_has_no_stake_settles_an_objection(circle, as_ada, as_bela):
    experiment = experiments.shaped(circle)
    consent.say(touched(experiment), "objection", "Not like this.")
    said = touched(experiment).said.get()
    consent.answer(said, "We changed it.")
    press = {"action": "settle", "key": said.pk}

    refused = as_ada.post(f"/experiments/{experiment.pk}/touched/", press)
    said.refresh_from_db()
    assert (refused.status_code, said.settled_on) == (403, None)
    as_bela.post(f"/experiments/{experiment.pk}/touched/", press)

    said.refresh_from_db()
    assert said.settled_by == "Bela"
