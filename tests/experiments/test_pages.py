"""Pages of experiments: what stands there in each state, for whom, and what never does."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from erdkreis.experiments.models import Experiment, Said
from erdkreis.experiments.services import consent, running, shaping
from factories import circles, experiments, pictures
from factories.experiments import fresh, touched
from factories.phones import Phone

pytestmark = pytest.mark.django_db

NASTY = '<img src=x onerror=alert(1)>"{{ 7 }}'


def text(answer):
    return answer.content.decode()


def at(experiment, code="employees"):
    return f"/x/{touched(experiment, code).slug}/"


@pytest.mark.parametrize("state", Experiment.State.values)
def test_every_page_shows_in_every_state(circle, as_ada, state):
    experiment = experiments.in_state(circle, state)
    one = f"/experiments/{experiment.pk}/"

    for page in (one, f"{one}path/", f"{one}touched/", f"{one}review/", f"{one}amend/",
                 f"{one}shape/1/", f"/circles/{circle.slug}/experiments/"):  # fmt: skip
        assert as_ada.get(page, follow=True).status_code == 200, page
    assert Phone().get(at(experiment)).status_code == (404 if state == "idea" else 200)


def test_an_idea_is_shaped_page_by_page_and_kept_half_filled_in(circle, as_ada):
    before = pictures.with_picture(circle)
    answer = as_ada.post(f"/circles/{circle.slug}/experiments/", {"title": "Begin at five"})
    one = answer.url
    pk = Experiment.objects.get().pk

    as_ada.post(f"{one}shape/1/", {"title": "Begin at five", "question": "Healthier?"})
    assert "13 things are still missing" in text(as_ada.get(one))
    refused = as_ada.post(
        f"{one}shape/1/", {"title": "Begin", "question": "Healthier", "change": "All"}
    )
    assert refused.status_code == 422
    assert "Write it as a question" in text(refused)
    assert 'value="Begin"' in text(refused), "what was typed comes back"

    written = {name: str(value) for name, value in experiments.WRITTEN.items()}
    as_ada.post(f"{one}shape/1/", written | {"start": f"item:{before.pk}:q1_work"})
    as_ada.post(f"{one}shape/2/", written | {"watch_0": "employees:q1_work"})
    employees = circle.groups.get(code="employees")
    as_ada.post(f"{one}shape/3/", written | {"touched": [employees.pk]})
    dates = {"starts_on": "2027-01-04", "ends_on": "2027-02-15", "review_on": "2027-02-22"}
    as_ada.post(f"{one}shape/4/", written | dates)
    as_ada.post(f"{one}move/", {"step": "shape"})

    made = Experiment.objects.get(pk=pk)
    assert (made.state, made.start_subject, made.start_round) == ("shaped", "q1_work", before)
    assert [(w.subject, w.group.code) for w in made.watches.all()] == [("q1_work", "employees")]


def test_more_than_twelve_weeks_are_refused_in_the_form(circle, as_ada):
    made = experiments.written(circle)
    dates = {"starts_on": "2027-01-04", "ends_on": "2027-04-15", "review_on": "2027-04-22"}

    refused = as_ada.post(f"/experiments/{made.pk}/shape/4/", dates | {"effort_hours": 41})

    assert refused.status_code == 422
    assert {"ends_on", "effort_hours"} <= refused.context["form"].errors.keys()


def test_what_somebody_wrote_is_taken_up_without_a_copy(circle, as_ada):
    from erdkreis.pictures.services import redact

    round_ = pictures.with_picture(circle)
    page = as_ada.get(f"/circles/{circle.slug}/experiments/")
    assert page.context["wrote"] == [], "nobody was asked enough"
    assert round_.state == "picture"

    refused = as_ada.post(
        f"/circles/{circle.slug}/experiments/take-up/", {"kind": "words", "key": "1"}
    )
    assert (refused.status_code, Experiment.objects.count()) == (404, 0)
    assert redact is not None


def test_someone_of_a_group_says_something_without_a_name(circle, phone, other_phone, as_ada):
    experiment = experiments.shaped(circle)
    page = at(experiment)

    empty = phone.post(page, {"kind": "objection"})
    assert empty.status_code == 422
    phone.post(page, {"kind": "objection", "words": f"My child! {NASTY}"})

    said = Said.objects.get()
    assert "My child!" in text(phone.get(page))
    assert "That settles my objection" in text(phone.get(page))
    assert "That settles my objection" not in text(other_phone.get(page))
    for shown in (phone.get(page), as_ada.get(f"/experiments/{experiment.pk}/"),
                  as_ada.get(f"/experiments/{experiment.pk}/touched/")):  # fmt: skip
        assert "<img src=x" not in text(shown)
    assert other_phone.post(page, {"said": said.pk, "settled": "yes"}).status_code == 404
    phone.post(page, {"said": said.pk, "settled": "yes"})
    said.refresh_from_db()
    assert said.settled_by == "whoever raised it"
    assert "@" not in str(Said.objects.values().get())


def test_someone_of_a_group_stops_it_at_once(circle, phone):
    experiment = experiments.begun(circle)

    phone.post(at(experiment), {"kind": "stop", "words": "Twice no bread."})

    halted = fresh(experiment)
    assert halted.state == "halted"
    assert halted.steps.last().by == "Someone from Employees"


def test_what_comes_too_late_is_refused_and_given_back(circle, phone):
    experiment = experiments.ended(circle, "stop")

    answer = phone.post(at(experiment), {"kind": "consent", "words": "Too late, I fear."})

    assert answer.status_code == 422
    assert "Too late, I fear." in text(answer) or answer.context["form"].errors
    assert not Said.objects.filter(words="Too late, I fear.").exists()


def test_consents_are_not_counted_on_any_page(circle, as_ada):
    experiment = experiments.shaped(circle)
    for _n in range(7):
        consent.say(touched(experiment), "consent")

    for address in (f"/experiments/{experiment.pk}/", f"/experiments/{experiment.pk}/touched/"):
        page = text(as_ada.get(address))
        assert page.count("<strong>That is safe enough to try.</strong>") == 1


def test_a_late_review_is_said_kindly_to_everyone(circle, ada, phone, on_day):
    from datetime import timedelta

    experiment = experiments.begun(circle)
    on_day(experiment.review_on + timedelta(days=1))
    as_ada = Client()
    as_ada.force_login(ada)

    for page in (as_ada.get(f"/circles/{circle.slug}/experiments/"), phone.get(at(experiment)),
                 as_ada.get(f"/experiments/{experiment.pk}/")):  # fmt: skip
        assert "That is still to come." in text(page)


def test_the_list_does_not_rank_and_costs_the_same_for_one_and_three(circle, as_ada):
    page = f"/circles/{circle.slug}/experiments/"
    experiments.shaped(circle)
    with CaptureQueriesContext(connection) as one:
        as_ada.get(page)
    experiments.shaped(circle)
    experiments.written(circle)
    with CaptureQueriesContext(connection) as three:
        states = as_ada.get(page).context["states"]

    assert len(one) == len(three)
    assert [(state, len(found)) for state, _label, found in states] == [("idea", 1), ("shaped", 2)]


def test_experiments_of_another_circle_are_out_of_reach(circle, as_charlotte, charlotte):
    experiment = experiments.shaped(circle)

    assert as_charlotte.get(f"/experiments/{experiment.pk}/").status_code == 403
    elsewhere = experiments.shaped(charlotte.roles.get().circle)
    said = consent.say(touched(experiment), "concern", "Hm.")
    press = {
        "action": "answer",
        "key": Said.objects.get().pk,
        f"a{Said.objects.get().pk}-answer": "x",
    }
    answer = as_charlotte.post(f"/experiments/{elsewhere.pk}/touched/", press)
    assert (answer.status_code, Said.objects.get().answer, bool(said)) == (404, "", True)


def test_amendments_stand_in_the_review(circle, as_ada):
    experiment = experiments.begun(circle)
    running.amend(experiment, "Olga", {"expectation": "Even more."}, "Two were new.")
    as_ada.post(f"/experiments/{experiment.pk}/move/", {"step": "review"})

    page = text(as_ada.get(f"/experiments/{experiment.pk}/review/"))

    assert "Even more." in page
    assert "Two were new." in page
    assert experiments.WRITTEN["expectation"] in page


def test_a_group_that_said_something_stays_among_those_touched(circle):
    experiment = experiments.shaped(circle, "employees", "customers")
    consent.say(touched(experiment), "concern", "Hm.")

    with pytest.raises(shaping.ExperimentError, match="stays among those touched"):
        shaping.save_touched(experiment, circle.groups.filter(code="customers"))


def test_readers_see_no_buttons_but_the_stop(circle):
    experiment = experiments.begun(circle)
    client = Client()
    client.force_login(circles.member(circle, "emil", "reader"))

    page = text(client.get(f"/experiments/{experiment.pk}/"))

    assert "/move/" not in page
    assert f"/experiments/{experiment.pk}/stop/" in page
