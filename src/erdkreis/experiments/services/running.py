"""Beginning, changing openly, halting."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from erdkreis.circles.models import Circle
from erdkreis.experiments.models import MOST_RUNNING, MOST_WEEKS, Amendment, Experiment
from erdkreis.experiments.queries import n_running, obstacles_to_agreement
from erdkreis.experiments.services.moving import (
    ExperimentError,
    go_on,
    locked_row,
    require_state,
)
from erdkreis.experiments.shape import AMENDABLE, LOCKED
from erdkreis.experiments.watching import mark_worst

State = Experiment.State


@transaction.atomic
def begin(experiment: Experiment, by: str) -> Experiment:
    """Begin. From now on expectation and surprise are locked, with the time."""
    # One beginning of a circle at a time: two presses do not make three.
    Circle.objects.select_for_update().get(pk=experiment.circle_id)
    experiment = locked_row(experiment)
    require_state(experiment, State.AGREED)
    if n_running(experiment.circle) >= MOST_RUNNING:
        raise ExperimentError(
            _(
                "Two experiments are running in this circle already: more is again overload. End "
                "one of them first. This one stays agreed."
            )
        )
    if obstacles := obstacles_to_agreement(experiment):
        raise ExperimentError(" ".join(one.sentence for one in obstacles))
    _start_today_at_the_earliest(experiment)
    experiment.locked_at = timezone.now()
    experiment.locked = {name: getattr(experiment, name) for name in LOCKED}
    experiment.save()
    mark_worst(experiment)
    return go_on(experiment, State.RUNNING, by)


@transaction.atomic
def amend(
    experiment: Experiment, by: str, changes: Mapping[str, object], reason: str
) -> Experiment:
    """Change something after the start, with a reason that everyone reads in the review."""
    experiment = locked_row(experiment)
    require_state(experiment, State.RUNNING)
    changed = {
        name: value
        for name, value in changes.items()
        if name in AMENDABLE and getattr(experiment, name) != value
    }
    if not changed:
        return experiment
    if not reason.strip():
        raise ExperimentError(_("Please say why: the reason stands in the review."))
    ends_on = changed.get("ends_on", experiment.ends_on)
    if isinstance(ends_on, date) and experiment.starts_on:
        require_short(experiment.starts_on, ends_on)
    experiment.version += 1
    for name, value in changed.items():
        Amendment.objects.create(
            experiment=experiment,
            field=name,
            before=as_words(getattr(experiment, name)),
            after=as_words(value),
            reason=reason,
            by=by,
            version=experiment.version,
        )
        setattr(experiment, name, value)
    experiment.save()
    return experiment


@transaction.atomic
def halt(experiment: Experiment, by: str, reason: str) -> Experiment:
    """Stop at once. It leads to the review."""
    experiment = locked_row(experiment)
    if not reason.strip():
        raise ExperimentError(_("Please say in a few words what happened."))
    return halt_locked(experiment, by, reason)


def halt_locked(experiment: Experiment, by: str, reason: str) -> Experiment:
    require_state(experiment, State.RUNNING)
    return go_on(experiment, State.HALTED, by, reason[:1000])


def require_short(starts_on: date, ends_on: date) -> None:
    """Refuse what has become a project."""
    if ends_on < starts_on:
        raise ExperimentError(_("The last day lies before the first day."))
    if ends_on > starts_on + timedelta(weeks=MOST_WEEKS):
        raise ExperimentError(
            _("Twelve weeks at most: what takes longer is a project. Choose a smaller piece.")
        )


def as_words(value: object) -> str:
    if value is None:
        return ""
    return date_format(value) if isinstance(value, date) else str(value)


def _start_today_at_the_earliest(experiment: Experiment) -> None:
    """Move the dates if the day that was planned has passed; the length stays."""
    today = timezone.localdate()
    if experiment.starts_on and experiment.starts_on < today:
        by = today - experiment.starts_on
        for name in ("starts_on", "ends_on", "review_on"):
            if (day := getattr(experiment, name)) is not None:
                setattr(experiment, name, day + by)
