"""Conversations and voices for tests."""

from erdkreis.circles.models import Circle
from erdkreis.conversations import speaking
from erdkreis.conversations.models import Contribution, Conversation, Side, Speaker
from erdkreis.conversations.services import open_conversation
from erdkreis.conversations.token_cookie import NAME


def conversation(circle: Circle, codes=("employees", "customers", "leadership"), **fields):
    circle.groups.filter(code__in=["employees", "customers"]).update(size=40)
    told = {"title": "Sundays", "question": "Why?", "what_is_open": "All but the rent."} | fields
    groups = circle.groups.filter(code__in=codes)
    return open_conversation(Conversation(circle=circle, **told), groups)


def side(conversation: Conversation, code: str) -> Side:
    return Side.objects.select_related("group", "conversation").get(
        conversation=conversation, group__code=code
    )


def token(conversation: Conversation, code: str, **how) -> str:
    return speaking.come_in(side(conversation, code), "anonymous", **({"shows_group": True} | how))


def voice(conversation: Conversation, code: str) -> Speaker:
    found = speaking.speaker_with(token(conversation, code), side(conversation, code))
    assert found is not None
    return found


def said(speaker: Speaker, text="We stand up at three.", kind="view", **more) -> Contribution:
    phase = Conversation.objects.get(pk=speaker.conversation_id).phase
    return speaking.say(speaker, kind, text, "en", phase=phase, **more)


def as_voice(client, conversation: Conversation, code: str) -> str:
    """Let a browser take part; return the address of its side."""
    client.cookies[NAME] = token(conversation, code)
    return f"/t/{side(conversation, code).slug}/"
