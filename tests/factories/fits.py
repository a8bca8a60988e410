"""Fit conversations in any state, written past the forms."""

from erdkreis.circles.models import Circle
from erdkreis.fit import services
from erdkreis.fit.models import FitConversation, Side, Value
from erdkreis.fit.services import Written
from erdkreis.fit.steps import BY_CODE, LAST

PROVIDER, SEEKER = Side.PROVIDER, Side.SEEKER


def begun(circle: Circle, provider, about: str = "A new oven", **fields) -> FitConversation:
    return services.begin(circle, provider, about, **fields)[0]


def writes(conversation: FitConversation, side: Side, step: str, text: str = "Words.", **what):
    return services.write(conversation, side, BY_CODE[step], Written(text, **what))


def whole(conversation: FitConversation, with_kernel: bool = True) -> FitConversation:
    """Write what all twelve steps need, and stand at the last of them."""
    FitConversation.objects.filter(pk=conversation.pk).update(reached=LAST.number)
    conversation.refresh_from_db()
    writes(conversation, PROVIDER, "interests", "We earn 900 euros.")
    writes(conversation, SEEKER, "problem", "The old one burns at the back.")
    writes(
        conversation, SEEKER, "alternatives", "It is cold.", aspect="not_buying", choice="fits_not"
    )
    writes(conversation, SEEKER, "alternatives", "A mason can.", aspect="repairing", choice="fits")
    writes(conversation, PROVIDER, "doubts", "It needs more power than your house has.")
    if with_kernel:
        writes(conversation, PROVIDER, "kernel", "Two weeks on trial.", aspect="piece")
    return conversation


def decided(conversation: FitConversation, provider: Value, seeker: Value) -> FitConversation:
    for side, value in ((PROVIDER, provider), (SEEKER, seeker)):
        services.decide(conversation, side, value)
    conversation.refresh_from_db()
    return conversation


def many(circle: Circle, provider, endings: list[tuple[Value, Value]]) -> list[FitConversation]:
    return [decided(whole(begun(circle, provider)), *ending) for ending in endings]
