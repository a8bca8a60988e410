"""Find things of the circle of a token; what belongs to another one is not there."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from erdkreis.api.models import Token
from erdkreis.api.problems import Problem, sentence
from erdkreis.circles.models import Circle
from erdkreis.rounds.models import Round, RoundGroup

Row = TypeVar("Row", bound=Model)


def token_of(request: HttpRequest) -> Token:
    token: Token = request.auth  # type: ignore[attr-defined]  # set by who let it in
    return token


def circle_of(request: HttpRequest) -> Circle:
    return token_of(request).circle


def one(rows: QuerySet[Row], **which: object) -> Row:
    found = rows.filter(**which).first()
    if found is None:
        raise Problem(404, sentence(404))
    return found


def round_of(request: HttpRequest, round_id: int) -> Round:
    rounds = Round.objects.select_related("circle__organisation")
    return one(rounds, circle=circle_of(request), pk=round_id)


def group_of(round_: Round, code: str) -> RoundGroup:
    if not round_.has_reached(Round.State.INVITING):
        raise Problem(409, _("A round has its groups once it is opened for inviting."))
    group = one(RoundGroup.objects.select_related("group"), round=round_, code=code)
    group.round = round_
    return group
