"""What becomes of work, step by step, with a clock that the test turns."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import transaction

from erdkreis.jobs import kinds, running, services
from erdkreis.jobs.clock import At, Every
from erdkreis.jobs.models import SILENCE, Job, Worker

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


class Clock:
    def __init__(self):
        self.at = NOON

    def __call__(self):
        return self.at

    def turn(self, by):
        self.at += by


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def known(monkeypatch):
    """Only the kinds that a test declares."""
    kinds.kinds()
    monkeypatch.setattr(kinds, "_KINDS", {})


@pytest.fixture
def done(known):
    """A kind of work that notes its numbers."""
    seen = []
    kinds.job("note", "Note it")(lambda work: seen.append(work.numbers))
    return seen


@pytest.fixture
def poison(known):
    @kinds.job("poison", "Never works")
    def fail(_work):
        raise ValueError("bela@example.org wrote: the noise at night")


@pytest.fixture
def worker(clock):
    return services.sign_on("here:1", clock())


def work_off(clock):
    return running.work_off(now=clock)


def the_job():
    return Job.objects.get()


def test_work_is_done_once_and_kept_for_a_week(done, clock):
    services.put_in("note", {"dialogue": 4})
    assert work_off(clock) == 1
    assert work_off(clock) == 0
    assert done == [{"dialogue": 4}]
    assert the_job().state == Job.State.DONE

    clock.turn(timedelta(days=6))
    assert services.delete_what_is_due(clock()) == 0
    clock.turn(timedelta(days=2))
    assert services.delete_what_is_due(clock()) == 1


def test_the_same_work_waits_once_but_comes_again_while_it_is_done(done, clock, worker):
    for n in (1, 2):
        services.put_in("note", {"n": n}, key="7")
    assert Job.objects.count() == 1

    services.take(worker, clock(), heavy=False)
    services.put_in("note", {"n": 3}, key="7")  # since then something has changed

    assert Job.objects.count() == 2
    # Nobody begins the same while it runs.
    assert services.take(worker, clock(), heavy=False) is None


@pytest.mark.parametrize("numbers", [{"mail": "bela@example.org"}, {"words": ["x"]}, {"n": None}])
def test_work_holds_numbers_and_nothing_about_people(done, numbers):
    with pytest.raises(TypeError):
        services.put_in("note", numbers)


def test_work_put_in_with_a_deed_that_fails_is_not_there(done, circle):
    @transaction.atomic
    def deed():
        services.put_in("note", circle=circle)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        deed()

    assert not Job.objects.exists()


def test_what_fails_is_tried_again_after_growing_pauses_and_then_set_aside(poison, clock):
    services.put_in("poison")
    pauses = []
    for _ in range(5):
        assert work_off(clock) == 1
        job = the_job()
        assert (job.state, job.reason) == (Job.State.WAITING, Job.Reason.FAILED)
        pauses.append(job.due_at - clock())
        clock.turn(pauses[-1] - A_MINUTE / 2)
        assert work_off(clock) == 0  # not yet
        clock.turn(A_MINUTE / 2)
    assert pauses == [timedelta(minutes=m) for m in (1, 5, 30, 120, 480)]

    work_off(clock)
    assert the_job().state == Job.State.SET_ASIDE
    clock.turn(timedelta(days=2))
    assert work_off(clock) == 0


def test_neither_row_nor_log_quotes_what_people_wrote(poison, clock, caplog):
    services.put_in("poison")
    work_off(clock)

    row = str(Job.objects.values().get())
    assert "ValueError" in row
    assert "ValueError" in caplog.text
    assert "bela" not in row + caplog.text
    assert "noise" not in row + caplog.text


def test_what_was_set_aside_can_be_tried_again_or_thrown_away(poison, done, clock):
    for _ in range(2):
        services.put_in("poison")
    for _ in range(6):
        work_off(clock)
        clock.turn(timedelta(days=1))
    first, second = Job.objects.filter(state=Job.State.SET_ASIDE)

    assert services.try_again(first, clock())
    assert services.forget(second)
    assert not services.forget(second)
    job = the_job()
    assert (job.state, job.attempts) == (Job.State.WAITING, 0)


def test_work_of_another_version_is_set_aside_and_known_again_later(done, clock, caplog):
    services.put_in("gone.since.2026")
    services.put_in("note")
    work_off(clock)

    aside = Job.objects.get(state=Job.State.SET_ASIDE)
    assert aside.reason == Job.Reason.UNKNOWN
    assert "does not know" in aside.get_reason_display()
    assert len(done) == 1  # the others go on

    seen = []
    kinds.job("gone.since.2026", "Back")(lambda work: seen.append(1))
    work_off(clock)
    assert seen == [1]


def test_what_comes_by_the_clock_is_one_row_for_ever(known, clock):
    seen = []
    kinds.job("tick", "Tick", clock=Every(A_MINUTE))(lambda _work: seen.append(clock()))

    for _ in range(3):
        work_off(clock)
        work_off(clock)
        clock.turn(A_MINUTE)
    assert len(seen) == 3
    assert Job.objects.count() == 1

    # A version in which nothing of the kind is left.
    kinds._KINDS.clear()
    work_off(clock)
    assert not Job.objects.exists()


def test_what_comes_by_the_clock_is_never_set_aside(known, clock):
    tried = []

    @kinds.job("tick", "Tick", clock=Every(A_MINUTE))
    def fail(_work):
        tried.append(clock())
        raise kinds.ServiceAway

    work_off(clock)
    for _ in range(60):
        clock.turn(timedelta(minutes=30))
        work_off(clock)
    job = the_job()
    assert job.state == Job.State.WAITING
    assert job.reason == Job.Reason.AWAY
    # The mail server was away for more than a day: an hour later mails leave again.
    assert job.due_at - clock() <= timedelta(minutes=30)
    assert len(tried) > 50


@pytest.mark.parametrize(
    ("clock_", "now", "then"),
    [
        (At(time(3, 10)), "2026-03-04T12:00+01:00", "2026-03-05T03:10+01:00"),
        (At(time(3, 10)), "2026-03-05T03:09+01:00", "2026-03-05T03:10+01:00"),
        (At(time(3, 10)), "2026-03-05T03:10+01:00", "2026-03-06T03:10+01:00"),
        (At(time(4, 20), 6), "2026-03-04T12:00+01:00", "2026-03-08T04:20+01:00"),
        # The night in which 2:30 does not exist, and the one in which it comes twice.
        (At(time(3, 10)), "2026-03-28T12:00+01:00", "2026-03-29T03:10+02:00"),
        (At(time(3, 10)), "2026-10-24T12:00+02:00", "2026-10-25T03:10+01:00"),
        (Every(timedelta(minutes=2)), "2026-03-04T12:00+01:00", "2026-03-04T12:02+01:00"),
    ],
)
def test_the_next_time(clock_, now, then):
    assert clock_.next_after(datetime.fromisoformat(now)) == datetime.fromisoformat(then)


def test_work_of_a_worker_that_fell_silent_is_done_by_another(done, clock, worker):
    services.put_in("note")
    job = services.take(worker, clock(), heavy=False)
    clock.turn(SILENCE / 2)
    services.say_i_am_here(worker, clock())
    clock.turn(SILENCE * 0.9)
    assert services.take_back_from_the_gone(clock()) == 0

    clock.turn(SILENCE)
    assert services.take_back_from_the_gone(clock()) == 1
    assert work_off(clock) == 1  # at once: whoever was killed is often innocent
    # The first comes back to life: its word does not count any more.
    services.failed(job, Job.Reason.FAILED, clock())
    assert the_job().state == Job.State.DONE
    assert not Worker.objects.exists()


def test_work_that_kills_each_worker_is_set_aside_at_last(done, clock):
    services.put_in("note")
    for _ in range(6):
        worker = services.sign_on("here:1", clock())
        assert services.take(worker, clock(), heavy=False)
        clock.turn(timedelta(days=1))
        services.take_back_from_the_gone(clock())
        clock.turn(timedelta(days=1))
    job = the_job()
    assert (job.state, job.reason) == (Job.State.SET_ASIDE, Job.Reason.DIED)


def test_work_put_back_counts_as_not_tried(done, clock, worker):
    services.put_in("note")
    services.put_back(services.take(worker, clock(), heavy=False), clock())

    job = the_job()
    assert (job.state, job.attempts, job.worker) == (Job.State.WAITING, 0, None)


def test_heavy_work_does_not_hold_up_light_work(done, clock, worker):
    kinds.job("long", "Long", is_heavy=True)(lambda _work: None)
    services.put_in("long")
    services.put_in("note")

    assert services.take(worker, clock(), heavy=False).kind == "note"
    assert services.take(worker, clock(), heavy=False) is None
    assert services.take(worker, clock(), heavy=True).kind == "long"


def test_a_circle_takes_its_work_along(done, circle):
    services.put_in("note", circle=circle)
    circle.delete()

    assert not Job.objects.exists()


def test_every_kind_of_the_house_can_be_named():
    assert {"mails", "retention", "links", "opinions", "opinion"} <= kinds.kinds().keys()
    assert all(str(kind.label) for kind in kinds.kinds().values())
    assert max(map(len, kinds.kinds())) <= Job._meta.get_field("kind").max_length
