"""Who may do what with an experiment."""

from erdkreis.circles.models import Role
from erdkreis.circles.rules import Visitor, may_prepare, may_read, roles_in
from erdkreis.experiments.models import Experiment


def may_work_on(experiment: Experiment, person: Visitor) -> bool:
    """Shape, begin, change and look back: who prepares, and the owner."""
    if may_prepare(experiment.circle, person):
        return True
    is_owner = person.is_authenticated and experiment.owner_person_id == person.pk
    return is_owner and may_read(experiment.circle, person)


def may_stop(experiment: Experiment, person: Visitor) -> bool:
    """Call for the stop: anyone who feels it, so anyone who may read the circle, too."""
    return may_read(experiment.circle, person)


def may_settle(experiment: Experiment, person: Visitor) -> bool:
    """Note that an objection was settled in a talk.

    The facilitator, who has no stake in it; the host only where there is no facilitator.
    """
    has_facilitator = experiment.circle.roles.filter(kind=Role.Kind.FACILITATOR).exists()
    settles = Role.Kind.FACILITATOR if has_facilitator else Role.Kind.HOST
    return settles in roles_in(experiment.circle, person)
