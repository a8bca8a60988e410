"""What those touched say: consents, concerns, serious objections, and how these are settled."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.experiments.models import Experiment, Said, Touched
from erdkreis.experiments.queries import obstacles_to_agreement
from erdkreis.experiments.services.moving import (
    ExperimentError,
    go_on,
    locked_row,
    require_state,
)
from erdkreis.experiments.services.running import halt_locked
from erdkreis.invitations.codes import digest, new_code

State = Experiment.State
# When each kind of word can be said.
WHEN = {
    Said.Kind.CONSENT: (State.SHAPED, State.AGREED),
    Said.Kind.CONCERN: (State.SHAPED, State.AGREED, State.RUNNING),
    Said.Kind.OBJECTION: (State.SHAPED, State.AGREED),
    Said.Kind.STOP: (State.RUNNING,),
    Said.Kind.LOOKING_BACK: (State.HALTED, State.REVIEWING),
}
MOST_SAID = 200


def kinds_now(experiment: Experiment) -> list[str]:
    """Return what those touched can say at present."""
    return [kind for kind, states in WHEN.items() if experiment.state in states]


def mark_asked(touched: Touched) -> None:
    """Keep the day on which a group was asked first."""
    Touched.objects.filter(pk=touched.pk, asked_on=None).update(asked_on=timezone.localdate())


@transaction.atomic
def say(
    touched: Touched,
    kind: str,
    words: str = "",
    *,
    language: str = "",
    receipt: str = "",
    noted_by: str = "",
) -> str:
    """Keep what someone of a touched group says; return the code that this browser keeps.

    A serious objection takes an agreement back, a stop halts the experiment at once.
    """
    experiment = locked_row(touched.experiment)
    if experiment.state not in WHEN[Said.Kind(kind)]:
        raise ExperimentError(
            _("This can no longer be said: the experiment is %(state)s. Nothing was kept.")
            % {"state": experiment.get_state_display()}
        )
    if touched.said.count() >= MOST_SAID:
        raise ExperimentError(
            _("Very many have written here already. Please turn to %(owner)s directly.")
            % {"owner": experiment.owner}
        )
    receipt = receipt or new_code()
    Said.objects.create(
        touched=touched,
        kind=kind,
        words=words,
        language=language,
        version=experiment.version,
        receipt_digest="" if noted_by else digest(receipt),
        noted_by=noted_by,
    )
    mark_asked(touched)
    someone = noted_by or _("Someone from %(group)s") % {"group": touched.group.name}
    if kind == Said.Kind.OBJECTION and experiment.state == State.AGREED:
        go_on(experiment, State.SHAPED, someone, words[:1000])
    if kind == Said.Kind.STOP:
        halt_locked(experiment, someone, words)
    return receipt


@transaction.atomic
def take_back(said: Said) -> None:
    """Let whoever said it take it back, as long as the experiment has not begun."""
    experiment = locked_row(said.touched.experiment)
    if not experiment.is_before_start and said.kind != Said.Kind.LOOKING_BACK:
        raise ExperimentError(_("The experiment has begun: what was said before stays with it."))
    said.delete()


def answer(said: Said, words: str) -> None:
    """Say what was changed because of a concern, or why not."""
    Said.objects.filter(pk=said.pk).update(answer=words)


def settle(said: Said, by: str) -> None:
    """Note that a serious objection is settled: by whoever raised it, or in a talk."""
    Said.objects.filter(pk=said.pk, kind=Said.Kind.OBJECTION).update(
        settled_by=by, settled_on=timezone.localdate()
    )


def settle_in_talk(said: Said, by: str) -> None:
    if not said.answer:
        raise ExperimentError(
            _("First write what was changed, or why not: those who objected read it.")
        )
    settle(said, by)


@transaction.atomic
def go_on_without(touched: Touched, reason: str) -> None:
    """Say why a group is not asked, or why it begins although nobody answered."""
    require_state(locked_row(touched.experiment), State.SHAPED)
    Touched.objects.filter(pk=touched.pk).update(without_because=reason)


@transaction.atomic
def agree(experiment: Experiment, by: str) -> Experiment:
    """Note that there is no serious objection: safe enough to try."""
    experiment = locked_row(experiment)
    require_state(experiment, State.SHAPED)
    if obstacles := obstacles_to_agreement(experiment):
        raise ExperimentError(" ".join(one.sentence for one in obstacles))
    return go_on(experiment, State.AGREED, by)
