"""What to do next in a round: always one thing, always visible."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle, Role
from erdkreis.circles.rules import roles_in
from erdkreis.conversations.queries import open_conversations
from erdkreis.experiments.models import Experiment
from erdkreis.home.after_the_picture import after_the_picture
from erdkreis.home.steps import NextStep
from erdkreis.questionnaires.queries import leadership
from erdkreis.rounds.models import LEADERSHIP, Round
from erdkreis.rounds.queries import obstacles_to_asking, obstacles_to_inviting


def next_step(round_: Round) -> NextStep:
    """Return the next step for whoever prepares the round."""
    if round_.state == Round.State.DRAFT:
        return _before_inviting(round_)
    if round_.state == Round.State.INVITING:
        return _before_asking(round_)
    if round_.state == Round.State.ASKING:
        return _while_asking(round_)
    return after_the_picture(round_)


def step_for_others(circle: Circle, rounds: Sequence[Round], person: Person) -> NextStep | None:
    """Return the next step for those who do not prepare: owner, guardian, reader."""
    own = circle.experiments.filter(
        owner_person=person, state__in=(*Experiment.BEFORE_START, *Experiment.UNDER_WAY)
    ).first()
    if own is not None:
        return NextStep(
            _("You take care of this experiment: %(title)s") % {"title": own},
            _("To the experiment"),
            reverse("experiments:experiment", args=[own.pk]),
        )
    is_guardian = Role.Kind.GUARDIAN in roles_in(circle, person)
    if is_guardian and any(one.is_open_for_answers for one in rounds):
        return NextStep(
            _("A round is open. You speak for those who cannot, by your personal link.")
        )
    if (talk := open_conversations(circle).first()) is not None:
        return NextStep(
            _("A conversation is going on: %(title)s. Read along; your group has its own link.")
            % {"title": talk},
            _("To the conversation"),
            reverse("conversations:conversation", args=[talk.pk]),
        )
    seen = next((one for one in rounds if one.has_reached(Round.State.PICTURE)), None)
    if seen is None:
        return None
    return NextStep(
        _("A picture is there. Read it, and come to the talk."),
        _("Look at the picture"),
        reverse("pictures:picture", args=[seen.pk]),
    )


def _before_inviting(round_: Round) -> NextStep:
    if obstacles_to_inviting(round_):
        return NextStep(
            _("Complete the promise: what you tell people before they answer."),
            _("To the promise"),
            reverse("rounds:promise", args=[round_.pk]),
        )
    if round_.follows_id is not None:
        return NextStep(
            _(
                "The promise is complete. Make the links; whoever was invited to the earlier round "
                "is taken over, with a new code."
            ),
            _("Make the links and take over the lists"),
            reverse("invitations:start_again", args=[round_.pk]),
            is_change=True,
        )
    return NextStep(
        _("The promise is complete. Make the links; the leadership then answers first."),
        _("Make the links"),
        reverse("rounds:start_inviting", args=[round_.pk]),
        is_change=True,
    )


def _before_asking(round_: Round) -> NextStep:
    if not round_.groups.filter(code=LEADERSHIP, is_asked=True).exists():
        return NextStep(
            _("The links are ready. Let everyone answer, and send the invitations."),
            _("Open the round"),
            reverse("rounds:start_asking", args=[round_.pk]),
            is_change=True,
        )
    if not obstacles_to_asking(round_):
        return NextStep(
            _("The leadership is sealed. Let everyone answer, and spread the links."),
            _("Open the round"),
            reverse("rounds:start_asking", args=[round_.pk]),
            is_change=True,
        )
    if leadership(round_).is_ready:
        return NextStep(
            _("The leadership has answered. Sealing locks its view and prediction for good."),
            _("Seal the leadership’s view"),
            reverse("home:seal", args=[round_.pk]),
            is_change=True,
        )
    group = round_.groups.get(code=LEADERSHIP)
    return NextStep(
        _("The leadership answers first: its own view, and what it expects the others to say."),
        _("To the leadership’s questions"),
        reverse("questionnaires:door", args=[group.slug]),
    )


def _while_asking(round_: Round) -> NextStep:
    today = timezone.localdate()
    if round_.opens_on and today < round_.opens_on:
        sentence = _("People can answer from %(day)s. Spread the links.") % {
            "day": date_format(round_.opens_on)
        }
    elif round_.closes_on and today <= round_.closes_on:
        sentence = _("People answer until %(day)s. See which chairs are still empty.") % {
            "day": date_format(round_.closes_on)
        }
    else:
        return NextStep(
            _("The last day has passed. Make the picture."),
            _("Make the picture"),
            reverse("pictures:make", args=[round_.pk]),
            is_change=True,
        )
    return NextStep(sentence, _("To the links"), reverse("invitations:links", args=[round_.pk]))
