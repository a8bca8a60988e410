"""From one state of an experiment to the next: who, when, why; and what is refused."""

from django.utils.translation import gettext as _

from erdkreis.experiments.models import Experiment, Step


class ExperimentError(Exception):
    """Something an experiment does not allow, said in a sentence for people."""


def locked_row(experiment: Experiment) -> Experiment:
    """Return the experiment as it is now, held against others until the end of the transaction."""
    return Experiment.objects.select_for_update().select_related("circle").get(pk=experiment.pk)


def require_state(experiment: Experiment, *states: str) -> None:
    if experiment.state not in states:
        raise ExperimentError(
            _("This experiment has gone on in the meantime: %(state)s. Nothing was changed.")
            % {"state": experiment.get_state_display()}
        )


def go_on(experiment: Experiment, state: str, by: str, reason: str = "") -> Experiment:
    Step.objects.create(
        experiment=experiment, before=experiment.state, after=state, by=by, reason=reason
    )
    experiment.state = state
    experiment.save(update_fields=["state"])
    return experiment
