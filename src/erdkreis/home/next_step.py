"""What to do next in a round: always one thing, always visible."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from erdkreis.questionnaires.queries import leadership
from erdkreis.rounds.models import LEADERSHIP, Round
from erdkreis.rounds.queries import obstacles_to_asking, obstacles_to_inviting


@dataclass(frozen=True)
class NextStep:
    """One sentence, and one thing to press. Pressing changes something if ``is_change``."""

    sentence: str
    label: str = ""
    url: str = ""
    is_change: bool = False


def next_step(round_: Round) -> NextStep:
    """Return the next step for whoever prepares the round."""
    if round_.state == Round.State.DRAFT:
        return _before_inviting(round_)
    if round_.state == Round.State.INVITING:
        return _before_asking(round_)
    if round_.state == Round.State.ASKING:
        return _while_asking(round_)
    return NextStep(
        _("The picture is there. Look at it together, beginning with the empty chairs."),
        _("Look at the picture"),
        reverse("pictures:picture", args=[round_.pk]),
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
        sentence = _("People answer until %(day)s. Look which chairs are still empty.") % {
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
