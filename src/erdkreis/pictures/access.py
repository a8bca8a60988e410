from django.http import HttpRequest

from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import Action, record
from erdkreis.rounds.models import Round


def record_in(round_: Round, request: HttpRequest, action: Action) -> None:
    """Write into the journal what was done with the picture of a round."""
    record(round_.circle, person_of(request), action, round_.title, round_id=round_.pk)
