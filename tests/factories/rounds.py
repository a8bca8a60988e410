"""Rounds in any state. States are set, not walked to: the walk has its own tests."""

from datetime import timedelta

from django.utils import timezone

from erdkreis.circles.models import Circle
from erdkreis.questionnaires.catalogue import CURRENT_VERSION
from erdkreis.rounds.models import Round, RoundGroup
from erdkreis.rounds.services import start_inviting

PROMISE = {
    "purpose": "We want to know how we touch you.",
    "named_person": "Dora Dorn",
    "contact": "dora@example.org",
    "who_sees": "Everyone who was asked.",
    "who_decides": "The leadership, together with the team.",
    "what_is_open": "Everything but the opening hours.",
    "works_council": "none",
}


def draft(circle: Circle, **fields) -> Round:
    return Round.objects.create(
        **{"circle": circle, "title": "First round", "item_version": CURRENT_VERSION, **fields}
    )


def promised(circle: Circle, **fields) -> Round:
    today = timezone.localdate()
    dates = {
        "opens_on": today,
        "closes_on": today + timedelta(days=14),
        "answer_back_on": today + timedelta(days=28),
    }
    return draft(circle, **(PROMISE | dates | fields))


def inviting(circle: Circle, **fields) -> Round:
    return start_inviting(promised(circle, **fields), "Ada")


def asking(circle: Circle, **fields) -> Round:
    return set_asking(inviting(circle, **fields))


def set_asking(round_: Round) -> Round:
    now = timezone.now()
    Round.objects.filter(pk=round_.pk).update(state="asking", leadership_sealed_at=now)
    round_.refresh_from_db()
    return round_


def group(round_: Round, code: str) -> RoundGroup:
    return RoundGroup.objects.select_related("round__circle__organisation").get(
        round=round_, code=code
    )
