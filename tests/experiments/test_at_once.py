"""Many people at the same moment: nothing is lost, nothing happens twice."""

import pytest

from erdkreis.experiments.models import Experiment
from erdkreis.experiments.services import consent, running
from erdkreis.experiments.services.looking_again import ask_again
from erdkreis.experiments.services.moving import ExperimentError
from erdkreis.rounds.models import Round
from factories import experiments, pictures
from factories.at_once import at_once
from factories.experiments import fresh, touched

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def tried(deed):
    """Return a function that does something, and says whether it was let."""

    def try_it(given) -> bool:
        try:
            deed(given)
        except ExperimentError:
            return False
        return True

    return try_it


def test_consents_given_at_once_are_all_kept(circle):
    about = touched(experiments.shaped(circle))

    receipts = at_once(lambda n: consent.say(about, "consent", f"Fine, {n}."), range(6))

    assert len(set(receipts)) == about.said.count() == 6


def test_an_objection_and_the_agreement_at_once_never_end_agreed(circle):
    experiment = experiments.shaped(circle)
    about = touched(experiment)
    consent.say(about, "consent")
    deeds = [
        lambda: consent.agree(experiment, "Ada"),
        lambda: consent.say(about, "objection", "Not like this."),
    ]

    at_once(tried(lambda deed: deed()), deeds)

    assert fresh(experiment).state == "shaped"
    assert about.said.filter(kind="objection").count() == 1


def test_of_three_begun_at_once_two_run(circle):
    waiting = [experiments.agreed(circle) for _ in range(3)]

    begun = at_once(tried(lambda one: running.begin(one, "Ada")), waiting)

    assert sorted(begun) == [False, True, True]
    assert Experiment.objects.filter(state="running").count() == 2


def test_the_short_round_is_made_once(circle):
    pictures.with_picture(circle)
    experiment = experiments.begun(circle)

    made = at_once(lambda _n: ask_again(experiment).pk, range(4))

    assert len(set(made)) == 1
    assert Round.objects.count() == 2
