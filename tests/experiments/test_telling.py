"""Those who felt an experiment hear what became of it: once, and also when it failed."""

import pytest

from erdkreis.answerback import services as answerback
from erdkreis.experiments.models import Experiment
from erdkreis.experiments.services import reviewing
from erdkreis.experiments.services.looking_again import ask_again
from erdkreis.invitations.models import Invitee
from erdkreis.invitations.outbox import send_due_mails
from factories import experiments, pictures
from factories.experiments import LOOKED_BACK, fresh
from factories.post_office import words
from factories.roll import invited
from factories.rounds import group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def stopped(circle) -> Experiment:
    tried = experiments.looking_back(circle, "stop")
    review = experiments.review_of(tried)
    review.minority = "One would have gone on."
    review.save()
    return fresh(reviewing.decide(tried, "Ada"))


def test_one_press_tells_everyone_invited_of_the_groups_that_felt_it(as_ada, circle, post_office):
    before = pictures.with_picture(circle)
    invited(group(before, "employees"), n_used=1, n_unused=1)
    invited(group(before, "customers"), n_used=0, n_unused=1)
    Invitee.objects.update(language="en")
    tried = stopped(circle)
    page = as_ada.get(f"/experiments/{tried.pk}/").content.decode()
    assert "Tell 2 people of the groups that felt it" in page

    as_ada.post(f"/experiments/{tried.pk}/tell/")
    as_ada.post(f"/experiments/{tried.pk}/tell/")
    send_due_mails()

    assert post_office.addressees == ["person0@example.org", "person1@example.org"]
    told = words(post_office.letters[0])
    for said in (LOOKED_BACK["happened"], "We stop.", "One would have gone on.", "/x/"):
        assert said in told
    assert "told by mail on" in as_ada.get(f"/experiments/{tried.pk}/").content.decode()


def test_before_the_decision_there_is_nothing_to_tell(as_ada, circle, post_office):
    before = pictures.with_picture(circle)
    invited(group(before, "employees"), n_used=0, n_unused=1)
    tried = experiments.looking_back(circle)

    as_ada.post(f"/experiments/{tried.pk}/tell/")
    send_due_mails()

    assert (post_office.letters, fresh(tried).told_on) == ([], None)


def test_the_answer_back_of_the_short_round_begins_with_what_happened(circle):
    pictures.with_picture(circle)
    tried = experiments.begun(circle)
    follow_up = ask_again(tried)
    reviewing.start_review(tried, "Ada")
    heard = {one.pk: "Good." for one in tried.touched.all()}
    reviewing.save_review(tried, LOOKED_BACK | {"decision": "stop"}, heard)
    assert answerback.begin(follow_up).heard == ""

    reviewing.decide(tried, "Ada")

    begun = answerback.begin(follow_up).heard
    assert begun.startswith("We tried: Begin at five. Fewer were ill. We stop.")
