"""Ask again: a short round made of the watched questions, or the whole round once more."""

from django.db import transaction
from django.utils.translation import gettext as _

from erdkreis.experiments.models import Experiment
from erdkreis.experiments.services.moving import ExperimentError, locked_row, require_state
from erdkreis.rounds.models import Round
from erdkreis.rounds.services import look_again

State = Experiment.State


@transaction.atomic
def ask_again(experiment: Experiment) -> Round:
    """Make a short round: the same questions in the same words, of the same groups."""
    experiment = locked_row(experiment)
    require_state(experiment, State.RUNNING, State.HALTED, State.REVIEWING)
    if experiment.follow_up is not None:
        return experiment.follow_up
    if experiment.watch_round is None or not experiment.watches.exists():
        raise ExperimentError(_("No question was chosen to be asked again."))
    asked: dict[str, list[str]] = {}
    for watch in experiment.watches.select_related("group"):
        asked.setdefault(watch.group.code, []).append(watch.subject)
    names = {"title": experiment.title}
    experiment.follow_up = look_again(
        experiment.watch_round,
        title=_("Looking again: %(title)s") % names,
        purpose=_("We tried something: %(title)s. Now we ask the same questions again.") % names,
        only_items=asked,
    )
    experiment.save(update_fields=["follow_up"])
    return experiment.follow_up


def ask_the_whole_round_again(round_: Round) -> Round:
    """Make a round that follows another as a whole: everything is asked again."""
    return look_again(
        round_,
        title=_("Looking again: %(title)s") % {"title": round_.title},
        purpose=round_.purpose,
    )
