"""What a token may do: few scopes, each in one sentence."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One kind of thing a program may do in the circle of its token."""

    READ_STRUCTURE = "read:structure", _("read the circle, its groups, rounds and questions")
    READ_RESULTS = (
        "read:results",
        _("read what was released: pictures, experiments, dialogues, answers back"),
    )
    READ_TALK = "read:talk", _("read conversations, as everyone who reads the circle")
    WRITE_ROUNDS = "write:rounds", _("prepare, open and close rounds, and change groups")
    WRITE_PEOPLE = "write:people", _("put people on the list of a group; never read it")
    WRITE_STATEMENTS = "write:statements", _("add statements to a dialogue")


class Event(models.TextChoices):
    """What a webhook can be told of."""

    ROUND_OPENED = "round.opened", _("a round is open for answering")
    ROUND_CLOSED = "round.closed", _("the answering of a round has ended")
    RESULT_RELEASED = "result.released", _("the picture of a round is made")
    PICTURE_PUBLISHED = "picture.published", _("a picture is published for everyone")
    CONVERSATION_OPENED = "conversation.opened", _("a conversation is opened")
    EXPERIMENT_DECIDED = "experiment.decided", _("an experiment is decided")
    ANSWERED_BACK = "answer_back.published", _("the answer back is published")
