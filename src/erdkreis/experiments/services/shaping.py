"""From an idea to something that those touched can be asked about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from erdkreis.circles.models import Circle, Group
from erdkreis.dialogues.models import Statement
from erdkreis.experiments.addresses import address_for
from erdkreis.experiments.models import Experiment, Step, Touched, Watch
from erdkreis.experiments.queries import last_round_with_picture, missing_in_shape
from erdkreis.experiments.services.moving import (
    ExperimentError,
    go_on,
    locked_row,
    require_state,
)
from erdkreis.experiments.shape import FELT
from erdkreis.meetings.models import Idea
from erdkreis.questionnaires.models import OwnWords
from erdkreis.rounds.models import Round
from erdkreis.tensions.models import Tension

State = Experiment.State
MOST_WATCHED = 3


@dataclass(frozen=True)
class StartingPoint:
    """Where an experiment comes from: exactly one of these, or an own idea."""

    kind: str = Experiment.Start.OWN
    round: Round | None = None
    subject: str = ""
    statement: Statement | None = None
    words: OwnWords | None = None
    idea: Idea | None = None
    tension: Tension | None = None
    follows: Experiment | None = None


@transaction.atomic
def note_idea(
    circle: Circle, by: str, title: str = "", start: StartingPoint | None = None
) -> Experiment:
    """Write an idea down. It holds nobody to anything."""
    start = start or StartingPoint()
    experiment = Experiment.objects.create(
        circle=circle,
        title=title[:120],
        start_kind=start.kind,
        start_round=start.round,
        start_subject=start.subject,
        start_statement=start.statement,
        start_words=start.words,
        start_idea=start.idea,
        start_tension=start.tension,
        follows=start.follows,
        watch_round=last_round_with_picture(circle),
    )
    Step.objects.create(experiment=experiment, after=State.IDEA, by=by)
    return experiment


@transaction.atomic
def save_shape(experiment: Experiment, changes: Mapping[str, object]) -> Experiment:
    """Keep one page of the form. What those touched would feel makes a new version."""
    experiment = locked_row(experiment)
    require_state(experiment, State.IDEA, State.SHAPED)
    changed = [name for name, value in changes.items() if getattr(experiment, name) != value]
    for name in changed:
        setattr(experiment, name, changes[name])
    if experiment.state == State.SHAPED and set(changed) & set(FELT):
        experiment.version += 1
    experiment.save()
    return experiment


@transaction.atomic
def save_start(experiment: Experiment, start: StartingPoint) -> None:
    """Say where it comes from. What somebody wrote or a meeting found stays the source."""
    experiment = locked_row(experiment)
    require_state(experiment, State.IDEA, State.SHAPED)
    experiment.start_kind, experiment.start_subject = start.kind, start.subject
    experiment.start_round, experiment.start_statement = start.round, start.statement
    experiment.start_tension = start.tension
    experiment.save()


@transaction.atomic
def save_watches(experiment: Experiment, chosen: Iterable[tuple[str, Group]]) -> None:
    """Keep which questions are asked again, of which groups."""
    experiment = locked_row(experiment)
    require_state(experiment, State.IDEA, State.SHAPED)
    wanted = list(dict.fromkeys(chosen))[:MOST_WATCHED]
    experiment.watches.all().delete()
    Watch.objects.bulk_create(
        Watch(experiment=experiment, subject=subject, group=group) for subject, group in wanted
    )


@transaction.atomic
def save_touched(experiment: Experiment, groups: Iterable[Group]) -> None:
    """Keep who feels it. A group that has said something cannot be taken off the list."""
    experiment = locked_row(experiment)
    require_state(experiment, State.IDEA, State.SHAPED)
    wanted = {group.pk: group for group in groups}
    known = {one.group_id: one for one in experiment.touched.prefetch_related("said")}
    for pk, touched in known.items():
        if pk not in wanted and touched.said.exists():
            raise ExperimentError(
                _("%(group)s has already said something, so it stays among those touched.")
                % {"group": touched.group.name}
            )
    experiment.touched.filter(group__in=known.keys() - wanted.keys()).delete()
    Touched.objects.bulk_create(
        Touched(experiment=experiment, group=group, slug=address_for(group))
        for pk, group in wanted.items()
        if pk not in known
    )
    if experiment.state == State.SHAPED and wanted.keys() != known.keys():
        experiment.version += 1
        experiment.save(update_fields=["version"])


@transaction.atomic
def shape(experiment: Experiment, by: str) -> Experiment:
    """Call it shaped: from now on those touched can be asked."""
    experiment = locked_row(experiment)
    require_state(experiment, State.IDEA)
    if missing := missing_in_shape(experiment):
        raise ExperimentError(" ".join(one.sentence for one in missing))
    return go_on(experiment, State.SHAPED, by)


@transaction.atomic
def open_again(experiment: Experiment, by: str) -> Experiment:
    """Change something after all, before it begins: those touched are asked again."""
    experiment = locked_row(experiment)
    require_state(experiment, State.AGREED)
    return go_on(experiment, State.SHAPED, by)


@transaction.atomic
def drop(experiment: Experiment, by: str, reason: str) -> Experiment:
    """Let it be, before it began, with the reason."""
    experiment = locked_row(experiment)
    require_state(experiment, State.IDEA, State.SHAPED)
    if not reason.strip():
        raise ExperimentError(_("Please say why: others had set their hopes on it."))
    experiment.dropped_because = reason
    experiment.save(update_fields=["dropped_because"])
    return go_on(experiment, State.DROPPED, by, reason)
