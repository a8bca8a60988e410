"""Pages for those who run the installation, and what a host sees of work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from erdkreis.cli import main
from erdkreis.invitations.models import Mail
from erdkreis.jobs.models import Job
from factories.roll import listed

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def operator(charlotte, as_charlotte):
    """She runs the installation and has no role in the circle of the others."""
    main(["make-operator", charlotte.email])
    return as_charlotte


def aside(**fields):
    fields = {"kind": "opinion", "numbers": {"dialogue": 4}} | fields
    return Job.objects.create(
        state=Job.State.SET_ASIDE, reason=Job.Reason.FAILED, error="MemoryError",
        due_at=NOW, ended_at=NOW, attempts=6, **fields,
    )  # fmt: skip


def test_who_runs_it_sees_how_it_goes_and_nothing_about_people(operator, employees, settings):
    for invitee in listed(employees, *(f"p{n}" for n in range(7))):
        Mail.objects.create(round_group=employees, invitee=invitee, kind=Mail.Kind.REMINDER)
    page = operator.get("/operation/").content.decode()

    assert "To be mended" in page
    assert "Up to ten mails wait." in page
    assert "7" not in page.partition("mails-title")[2].partition("</section>")[0]
    for secret in ("p1@", "Kornblume", "Employees", employees.slug):
        assert secret not in page


def test_running_it_opens_no_circle(operator, circle):
    assert operator.get(f"/circles/{circle.slug}/").status_code == 403
    assert operator.get(f"/circles/{circle.slug}/jobs/").status_code == 403


def test_it_can_be_taken_back(operator, charlotte, capsys):
    assert main(["make-operator", charlotte.email, "--no-more"]) == 0
    assert operator.get("/operation/").status_code == 403
    assert main(["make-operator", "nobody@example.org"]) == 2


def test_what_was_set_aside_is_tried_again_or_thrown_away(operator):
    first, second = aside(), aside()
    page = operator.get("/operation/jobs/").content.decode()
    assert "Set aside on" in page
    assert "an error came up" in page

    operator.post(f"/operation/jobs/{first.pk}/again/")
    operator.post(f"/operation/jobs/{second.pk}/forget/")
    again = operator.post(f"/operation/jobs/{first.pk}/again/", follow=True)

    assert "Nothing was changed" in again.content.decode()
    job = Job.objects.get()
    assert (job.pk, job.state, job.attempts) == (first.pk, Job.State.WAITING, 0)


def test_a_host_reads_what_is_done_what_failed_and_when_it_is_tried_again(as_ada, circle):
    Job.objects.create(
        kind="opinion", circle=circle, state=Job.State.RUNNING, due_at=NOW, started_at=NOW,
        n_done=30, n_total=120,
    )  # fmt: skip
    Job.objects.create(
        kind="opinion", circle=circle, due_at=NOW + timedelta(minutes=5), attempts=2,
        reason=Job.Reason.DIED,
    )  # fmt: skip
    aside(circle=circle)
    Job.objects.create(kind="retention", key=Job.CLOCK, due_at=NOW)  # of the house
    page = as_ada.get(f"/circles/{circle.slug}/jobs/").content.decode()

    assert "Analyse the votes of a dialogue" in page
    assert "25 % done" in page
    assert "the process ended in the middle of it" in page
    assert "Attempt 2 is over; tried again on" in page
    assert "Set aside on" in page
    assert "Delete what has reached its day" not in page
    assert "/again/" not in page


def test_a_list_of_three_costs_as_many_questions_as_one(
    as_ada, circle, django_assert_max_num_queries, django_assert_num_queries
):
    aside(circle=circle)
    address = f"/circles/{circle.slug}/jobs/"
    with django_assert_max_num_queries(8) as first:
        as_ada.get(address)
    for _ in range(2):
        aside(circle=circle)
    with django_assert_num_queries(len(first)):
        as_ada.get(address)
