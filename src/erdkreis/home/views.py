from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.balances.queries import is_on
from erdkreis.circles.journal import record
from erdkreis.circles.models import Circle
from erdkreis.circles.queries import circles_of, host_is_only_facilitator, left_out, team
from erdkreis.circles.rules import may_host, may_prepare, may_read, require
from erdkreis.conversations.queries import open_conversations
from erdkreis.dialogues.queries import listed_dialogues
from erdkreis.experiments.queries import overdue, under_way
from erdkreis.gate.services import heard_so_far
from erdkreis.home.asking_budget import minutes_asked
from erdkreis.home.next_step import next_step, step_for_others
from erdkreis.meetings.queries import meetings_of
from erdkreis.questionnaires.actions import SEALED
from erdkreis.questionnaires.entry import rounds_to_enter
from erdkreis.questionnaires.queries import voices_per_group
from erdkreis.questionnaires.services import seal_leadership
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import Round
from erdkreis.rounds.queries import rounds_of
from erdkreis.rounds.services import RoundError
from erdkreis.tensions.queries import open_tensions
from erdkreis.web.filled_in import filled_in_for_visitors


@require_safe
@filled_in_for_visitors
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "home/start.html")


@signed_in
@require_safe
def circles(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    context = {"circles": circles_of(person), "rounds_to_enter": rounds_to_enter(person)}
    return render(request, "home/circles.html", context)


@signed_in
@require_safe
def circle(request: HttpRequest, slug: str) -> HttpResponse:
    """A circle: its groups, its rounds, who does what, and the next step."""
    shown = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_read(shown, request.user))
    rounds, roles = list(rounds_of(shown)), team(shown)
    context = {
        "circle": shown,
        "rounds": rounds,
        "dialogues": listed_dialogues(shown),
        "conversations": open_conversations(shown),
        "tensions": open_tensions(shown),
        "experiments": under_way(shown),
        "meetings": meetings_of(shown),
        "overdue": overdue(shown),
        "next_step": next_step(rounds[0]) if rounds else None,
        "own_step": step_for_others(shown, rounds, person_of(request)),
        "groups": shown.groups.filter(is_on=True),
        "left_out": left_out(shown),
        "roles": roles,
        "host_is_only_facilitator": host_is_only_facilitator(roles),
        "has_balances": is_on(shown),
        "may_prepare": may_prepare(shown, request.user),
        "may_host": may_host(shown, request.user),
    }
    return render(request, "home/circle.html", context)


@signed_in
@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A round: where it stands, what was promised, who was heard so far, the next step."""
    round_ = round_for(request, pk, may_read)
    groups = list(round_.groups.select_related("round"))
    is_asking = round_.state in {Round.State.INVITING, Round.State.ASKING}
    sent = voices_per_group(round_) if is_asking else {}
    # A group whose voices all went is asked about, too: a row that is missing would tell.
    heard = heard_so_far(round_, {g.code: sent.get(g.code, 0) for g in groups if is_asking})
    context = {
        "circle": round_.circle,
        "round": round_,
        "states": [
            (state, label, round_.has_reached(state)) for state, label in Round.State.choices
        ],
        "next_step": next_step(round_),
        "has_links": bool(groups),
        "has_picture": round_.has_reached(Round.State.PICTURE),
        "minutes": [] if round_.has_reached(Round.State.ASKING) else minutes_asked(round_),
        "heard": [(group, heard.get(group.code, 0)) for group in groups] if is_asking else [],
        "log": round_.log.all(),
        "may_prepare": may_prepare(round_.circle, request.user),
        "may_host": may_host(round_.circle, request.user),
    }
    return render(request, "home/round.html", context)


@signed_in
@require_POST
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal the leadership's own view and prediction."""
    round_ = round_for(request, pk, may_host)
    person = person_of(request)
    try:
        with transaction.atomic():
            seal_leadership(round_, str(person))
            record(round_.circle, person, SEALED, round_.title, round_id=pk)
    except RoundError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Sealed. Now the others can be asked."))
    return redirect("home:round", pk)
