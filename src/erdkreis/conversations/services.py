"""What people do with conversations."""

from collections.abc import Iterable

from django.db import transaction

from erdkreis.circles.models import Group
from erdkreis.conversations.about import About
from erdkreis.conversations.models import Conversation, Side
from erdkreis.conversations.queries import groups_heard_enough
from erdkreis.conversations.sides import invited, ways_of_showing
from erdkreis.rounds.services import short_address


class ConversationError(Exception):
    """Something a conversation does not allow, said in a sentence for people."""


@transaction.atomic
def open_conversation(
    conversation: Conversation, groups: Iterable[Group], about: About | None = None
) -> Conversation:
    """Open a conversation with the groups invited to it; the numbers at its head are frozen.

    Of ``conversation`` circle, round, title, question, what is open, and languages are filled in.
    Who calls has made sure that the person may prepare in this circle.
    """
    if about is not None:
        conversation.about_kind, conversation.about_key = about.kind, about.key
        conversation.about_url, conversation.about = about.url, dict(about.heads or {})
    conversation.save()
    groups = list(groups)
    ways = _ways(conversation, groups)
    Side.objects.bulk_create(
        Side(
            conversation=conversation,
            group=group,
            slug=short_address(group.name_de if conversation.languages == "de" else group.name_en),
            name_de=group.name_de,
            name_en=group.name_en,
            shown=ways[group.code],
        )
        for group in groups
    )
    return conversation


def _ways(conversation: Conversation, groups: list[Group]) -> dict[str, Side.Shown]:
    enough = groups_heard_enough(conversation.round)
    return ways_of_showing(
        [invited(group, enough, conversation.min_group) for group in groups],
        conversation.min_group,
    )
