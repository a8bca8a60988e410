"""The next step once a picture is there: talk, try, answer, look again."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from erdkreis.answerback.models import AnswerBack
from erdkreis.circles.models import Circle
from erdkreis.conversations.moderating import n_waiting
from erdkreis.conversations.queries import conversations_of, open_conversations
from erdkreis.experiments.models import Experiment
from erdkreis.experiments.queries import has_room, obstacles_to_agreement, under_way
from erdkreis.home.steps import NextStep
from erdkreis.meetings.models import Meeting
from erdkreis.rounds.models import Round

State = Experiment.State


def after_the_picture(round_: Round) -> NextStep:
    """Return what is to be done now: the first of these that is."""
    return next(_steps(round_))


def _steps(round_: Round) -> Iterator[NextStep]:
    circle, today, promised = round_.circle, timezone.localdate(), round_.answer_back_on
    is_answered = AnswerBack.objects.filter(round=round_, published_at__isnull=False).exists()
    if not is_answered and promised is not None and promised < today:
        yield _answer(
            round_,
            _("An answer was promised by %(day)s. It is still to come.")
            % {"day": date_format(promised)},
        )
    yield from _talking(round_)
    meeting = Meeting.objects.filter(round=round_).exists()
    if not (meeting or conversations_of(circle).filter(round=round_, is_closed=True).exists()):
        yield NextStep(
            _("The picture is there. Look at it together, beginning with the empty chairs."),
            _("Look at the picture"),
            reverse("pictures:picture", args=[round_.pk]),
        )
    if not circle.experiments.exists():
        yield NextStep(
            _("You have talked. Turn an idea into an experiment."),
            _("To the ideas"),
            reverse("experiments:experiments", args=[circle.slug]),
        )
    if not is_answered:
        yield _answer(round_, _("Tell everyone who was asked what you heard and what you try."))
    yield from _trying(circle)
    yield NextStep(
        _("You have been through the loop once. After a year or so, ask everything again."),
        _("Ask everything again in a new round"),
        reverse("experiments:round_again", args=[round_.pk]),
        is_change=True,
    )


def _talking(round_: Round) -> Iterator[NextStep]:
    open_ones = open_conversations(round_.circle)
    for one in open_ones:
        if n := n_waiting(one):
            yield NextStep(
                ngettext(
                    "%(n)d contribution waits for a decision.",
                    "%(n)d contributions wait for a decision.",
                    n,
                )
                % {"n": n},
                _("Look at it and decide"),
                reverse("conversations:moderation", args=[one.pk]),
            )
    meeting = Meeting.objects.filter(round=round_, state=Meeting.State.PLANNED).first()
    if meeting is not None:
        yield NextStep(
            _("The circle meets on %(day)s. Print the cards; write the minutes afterwards.")
            % {"day": date_format(meeting.day)},
            _("To the meeting"),
            reverse("meetings:meeting", args=[meeting.pk]),
        )
    if (talk := open_ones.filter(round=round_).first()) is not None:
        yield NextStep(
            _("People talk about “%(title)s”. Move on when everyone has had a turn.")
            % {"title": talk},
            _("To the conversation"),
            reverse("conversations:conversation", args=[talk.pk]),
        )


def _trying(circle: Circle) -> Iterator[NextStep]:
    """What stands still comes before what runs."""
    waiting = circle.experiments.filter(state__in=(State.SHAPED, State.AGREED)).order_by("pk")
    for one in (*under_way(circle), *waiting):
        if one.state in {State.HALTED, State.REVIEWING} or one.is_overdue():
            yield _about(one, _("Look back together: %(title)s"))
    for one in waiting:
        if one.state == State.AGREED and has_room(circle):
            yield _about(one, _("Agreed, and it can begin: %(title)s"))
        elif one.state == State.SHAPED:
            is_free = not obstacles_to_agreement(one)
            yield _about(
                one,
                _("Nobody has a serious objection, so it can be agreed: %(title)s") if is_free
                else _("Ask those who would feel it: %(title)s"),
            )  # fmt: skip
    for one in under_way(circle):
        yield _about(one, _("It runs, and you look back on the day you set: %(title)s"))


def _about(experiment: Experiment, sentence: str) -> NextStep:
    address = reverse("experiments:experiment", args=[experiment.pk])
    return NextStep(sentence % {"title": experiment}, _("To the experiment"), address)


def _answer(round_: Round, sentence: str) -> NextStep:
    address = reverse("answerback:write", args=[round_.pk])
    return NextStep(sentence, _("Write the answer back"), address)
