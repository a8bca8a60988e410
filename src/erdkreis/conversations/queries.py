from django.db.models import QuerySet

from erdkreis.circles.models import Circle
from erdkreis.conversations.models import Conversation
from erdkreis.gate import services as gate
from erdkreis.pictures.analysis import PICTURE
from erdkreis.rounds.models import Round


def conversations_of(circle: Circle) -> QuerySet[Conversation]:
    """Return the conversations of a circle, newest first."""
    return circle.conversations.select_related("round").order_by("-pk")


def open_conversations(circle: Circle) -> QuerySet[Conversation]:
    return conversations_of(circle).filter(is_closed=False)


def conversations_about(circle: Circle, kind: str, key: object) -> QuerySet[Conversation]:
    """Return the conversations about one thing, such as a tension or an experiment."""
    return conversations_of(circle).filter(about_kind=kind, about_key=str(key))


def groups_heard_enough(round_: Round | None) -> frozenset[str]:
    """Return the groups of which the picture says that enough were heard."""
    table = gate.released(round_, PICTURE) if round_ else None
    if table is None:
        return frozenset()
    return frozenset(group.code for group in table.groups if group.heard.is_enough)
