"""The short round: the same questions in the same words of the same groups, and no thread back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from erdkreis.calc.picture import Verdict
from erdkreis.experiments.asking_mail import ask_by_mail, queue_reviews_due
from erdkreis.experiments.models import Experiment
from erdkreis.experiments.services.looking_again import ask_again
from erdkreis.experiments.services.moving import ExperimentError
from erdkreis.experiments.watching import path_of
from erdkreis.invitations.models import Code, Invitee, Letter
from erdkreis.invitations.outbox import send_due_mails
from erdkreis.pictures.services import make_picture
from erdkreis.questionnaires.paths import Path
from erdkreis.rounds import services as rounds_services
from erdkreis.rounds.asking_time import minutes_before, minutes_by_group
from erdkreis.rounds.models import Round
from factories import experiments, pictures, voices
from factories.experiments import fresh, touched
from factories.post_office import words
from factories.roll import invited
from factories.rounds import group

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(circle) -> Round:
    return pictures.with_picture(circle)


@pytest.fixture
def watching(circle, before) -> Experiment:
    """A running experiment that watches the lowest and another value of one group."""
    experiment = experiments.begun(circle)
    assert experiment.watch_round == before
    return experiment


def go_through(round_: Round, said: dict[str, list]) -> Round:
    Round.objects.filter(pk=round_.pk).update(state="asking")
    employees = group(Round.objects.get(pk=round_.pk), "employees")
    for n in range(22):
        voices.voice(employees, {item: values[n % len(values)] for item, values in said.items()})
    make_picture(Round.objects.get(pk=round_.pk), "Ada")
    return Round.objects.get(pk=round_.pk)


def test_one_press_makes_the_short_round(watching, before, as_ada):
    answer = as_ada.post(f"/experiments/{watching.pk}/again/")

    made = Round.objects.get(follows=before)
    assert answer.url == f"/rounds/{made.pk}/"
    assert (made.item_version, made.min_group) == (before.item_version, before.min_group)
    as_ada.post(f"/rounds/{made.pk}/invite/again/")
    made.refresh_from_db()
    assert made.state == "inviting"
    assert [g.code for g in made.groups.filter(is_asked=True)] == ["employees"]
    asked = [page.item.code for page in Path(group(made, "employees")).pages]
    assert asked == ["q1_work.employees.core", "satisfaction.employees.goals"]
    assert group(made, "employees").minutes == 1


def test_pressing_twice_makes_one_round(watching):
    assert ask_again(watching) == ask_again(watching)


def test_without_watched_questions_there_is_nothing_to_ask(circle):
    with pytest.raises(ExperimentError, match="No question was chosen"):
        ask_again(experiments.begun(circle))


def test_who_was_invited_is_invited_again_with_another_code(watching, before, ada):
    from erdkreis.invitations.services import start_inviting_again

    people = invited(group(before, "employees"), n_used=2, n_unused=3)
    invited_elsewhere = Invitee.objects.filter(round_group=group(before, "customers"))
    assert not invited_elsewhere.exists()
    old = set(Code.objects.values_list("digest", flat=True))

    n = start_inviting_again(ask_again(watching), "Ada")

    again = Invitee.objects.filter(round_group__round__follows=before)
    assert n == len(people) == again.count()
    assert {one.email for one in again} == {one.email for one in people}
    assert not {one.code.digest for one in again} & old
    assert not again.filter(code__is_used=True).exists(), "nothing tells who answered before"


def test_before_and_after_say_one_of_the_honest_sentences(watching):
    after = ask_again(watching)
    rounds_services.start_inviting(after, "Ada")
    go_through(after, {"q1_work.employees.core": [4, 5, 5], "satisfaction.employees.goals": [3]})

    path = path_of(fresh(watching))

    told = {one.subject: (one.verdict, sentence) for one, sentence in path.changes}
    assert told["q1_work"] == (Verdict.CLEARLY, "Clearly different.")
    assert "not why" in str(path.figure.wide)


def test_what_was_the_worst_is_said_to_drift_by_itself(watching):
    worst = {w.subject: w.was_worst for w in watching.watches.all()}

    after = ask_again(watching)
    rounds_services.start_inviting(after, "Ada")
    go_through(after, {"q1_work.employees.core": [4], "satisfaction.employees.goals": [3]})

    beneath = {
        one.subject: len(one.change.beneath) for one, _said in path_of(fresh(watching)).changes
    }
    assert True in worst.values()
    assert {subject: 2 if is_worst else 1 for subject, is_worst in worst.items()} == beneath


def test_too_few_the_second_time_are_too_few_to_tell(watching):
    after = ask_again(watching)
    rounds_services.start_inviting(after, "Ada")
    Round.objects.filter(pk=after.pk).update(state="asking")
    for _n in range(4):
        voices.voice(group(after, "employees"), {"q1_work.employees.core": 5})
    make_picture(Round.objects.get(pk=after.pk), "Ada")

    assert {said for _one, said in path_of(fresh(watching)).changes} == {"Too few to tell."}


def test_a_whole_round_is_asked_again_with_one_press(before, as_ada):
    answer = as_ada.post(f"/rounds/{before.pk}/again/")

    made = Round.objects.get(follows=before)
    assert answer.url == f"/rounds/{made.pk}/promise/"
    assert (made.only_items, made.form) == ({}, before.form)


def test_the_picture_of_a_short_round_says_not_asked_where_nothing_was_asked(watching, as_ada):
    after = ask_again(watching)
    rounds_services.start_inviting(after, "Ada")
    go_through(after, {"q1_work.employees.core": [4], "satisfaction.employees.goals": [3]})

    rows = as_ada.get(f"/rounds/{after.pk}/picture/").context["page"].rows

    (row,) = rows
    assert [cell.kind for cell in row.cells[1:]] == ["not_asked"] * 5
    assert [cell.kind for cell in row.satisfactions] == [
        "not_asked",
        "tendency",
        "not_asked",
        "not_asked",
    ]


# Mails ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("at_noon")
def test_those_invited_last_are_asked_by_mail_all_with_the_same_link(circle, before, post_office):
    invited(group(before, "employees"), n_used=1, n_unused=1)
    experiment = experiments.shaped(circle)
    about = touched(experiment)

    assert ask_by_mail(about) == 2
    send_due_mails()

    assert post_office.addressees == ["person0@example.org", "person1@example.org"]
    assert all(f"/x/{about.slug}/" in words(letter) for letter in post_office.letters)
    assert ask_by_mail(about) == 2, "sent mails leave nothing behind that would hold it up"
    assert minutes_by_group(circle)["employees"] == 5 + 2, "asked twice, counted once"


@pytest.mark.usefixtures("at_noon")
def test_the_invitation_to_the_review_goes_out_by_itself_once(circle, ada, post_office, on_day):
    experiment = experiments.begun(circle)
    Experiment.objects.update(owner_person=ada)
    assert queue_reviews_due() == 0, "seven weeks are left"
    on_day(experiment.review_on - timedelta(days=6))

    queue_reviews_due()
    queue_reviews_due()

    (letter,) = Letter.objects.all()
    assert (letter.address, "Begin at five" in letter.subject) == ("ada@example.org", True)
    Letter.objects.all().delete()
    on_day(experiment.review_on + timedelta(days=1))
    assert (queue_reviews_due(), queue_reviews_due()) == (1, 0), "reminded, and then left alone"


# Asking budget ----------------------------------------------------------------------------------


def test_minutes_are_added_up_over_a_year_by_group(circle, asking, on_day):
    assert minutes_by_group(circle) == dict.fromkeys(
        (g.code for g in asking.groups.filter(is_asked=True)), 5
    ) | {"leadership": 15}
    assert minutes_before(group(asking, "employees")) == 0, "this round is not before itself"
    on_day(timezone.localdate() + timedelta(days=366))
    assert minutes_by_group(circle) == {}
