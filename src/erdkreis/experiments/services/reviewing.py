"""Looking back and deciding: keep, adapt or stop. All three are good results."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.experiments.models import Experiment, Review, Said, Touched
from erdkreis.experiments.queries import with_touched
from erdkreis.experiments.services.moving import (
    ExperimentError,
    go_on,
    locked_row,
    require_state,
)
from erdkreis.experiments.services.shaping import StartingPoint, note_idea, save_touched

State = Experiment.State
AFTER = {
    Review.Decision.KEEP: State.KEPT,
    Review.Decision.ADAPT: State.ADAPTED,
    Review.Decision.STOP: State.STOPPED,
}
NEEDED = ("happened", "surprised", "cost", "decision", "reason", "tell")
# The next try begins with these; expectation and dates are written anew.
CARRIED_OVER = ("question", "change", "guard", "stop_sign", "watch_other", "owner", "helper")


@transaction.atomic
def start_review(experiment: Experiment, by: str) -> Experiment:
    """Begin to look back: at the end, earlier, or after a stop."""
    experiment = locked_row(experiment)
    require_state(experiment, State.RUNNING, State.HALTED)
    Review.objects.get_or_create(experiment=experiment)
    return go_on(experiment, State.REVIEWING, by)


@transaction.atomic
def save_review(
    experiment: Experiment, written: Mapping[str, object], looking_back: Mapping[int, str]
) -> Review:
    """Keep the review as far as it is written."""
    experiment = locked_row(experiment)
    require_state(experiment, State.REVIEWING)
    review, _is_new = Review.objects.update_or_create(experiment=experiment, defaults=dict(written))
    for pk, words in looking_back.items():
        Touched.objects.filter(experiment=experiment, pk=pk).update(looking_back=words)
    return review


def review_field_name(name: str) -> str:
    return str(getattr(Review._meta.get_field(name), "verbose_name", name))


def missing_in_review(experiment: Experiment) -> list[str]:
    """Return what has to be written before the decision counts."""
    review = Review.objects.filter(experiment=experiment).first() or Review()
    missing = [
        _("“%(field)s” is still empty.") % {"field": review_field_name(name)}
        for name in NEEDED
        if not getattr(review, name)
    ]
    for touched in with_touched(experiment):
        told = touched.said.filter(kind=Said.Kind.LOOKING_BACK)
        if not touched.looking_back and not told.exists():
            missing.append(
                _("%(group)s: what do they say? Or note that they were asked and said nothing.")
                % {"group": touched.group.name}
            )
    return missing


@transaction.atomic
def decide(experiment: Experiment, by: str) -> Experiment:
    """Close the review. Whoever adapts gets the next experiment, which points to this one."""
    experiment = locked_row(experiment)
    require_state(experiment, State.REVIEWING)
    if missing := missing_in_review(experiment):
        raise ExperimentError(" ".join(missing))
    review = Review.objects.get(experiment=experiment)
    review.decided_on = timezone.localdate()
    review.save(update_fields=["decided_on"])
    decision = Review.Decision(review.decision)
    if decision == Review.Decision.ADAPT:
        _open_next(experiment, by)
    return go_on(experiment, AFTER[decision], by, review.reason)


def _open_next(experiment: Experiment, by: str) -> Experiment:
    start = StartingPoint(kind=Experiment.Start.EXPERIMENT, follows=experiment)
    following = note_idea(experiment.circle, by, experiment.title, start)
    for name in CARRIED_OVER:
        setattr(following, name, getattr(experiment, name))
    following.owner_person = experiment.owner_person
    following.save()
    save_touched(following, [touched.group for touched in experiment.touched.all()])
    return following
