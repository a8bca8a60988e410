import pytest
from django.utils import translation

from erdkreis.circles.models import Group
from erdkreis.conversations.about import About, Figure, Head, frozen
from erdkreis.conversations.models import Conversation
from erdkreis.conversations.queries import conversations_about
from erdkreis.conversations.services import open_conversation

pytestmark = pytest.mark.django_db


@pytest.fixture
def about() -> About:
    def head():
        german = translation.get_language() == "de"
        return Head(
            "Gute Arbeit" if german else "Good work",
            figures=[Figure("Staff", "23", "4 of 5")],
        )

    return About("cell", "q1_work.employees", "/rounds/1/picture/", frozen(head))


def test_the_head_stays_as_it_was_in_both_languages(circle, about):
    talk = open_conversation(
        Conversation(circle=circle, title="Work", question="Why?", what_is_open="All."),
        Group.objects.filter(circle=circle, code__in=["employees", "customers"]),
        about,
    )
    talk.refresh_from_db()
    with translation.override("de"):
        assert talk.head.title == "Gute Arbeit"
    assert talk.head == Head("Good work", figures=(Figure("Staff", "23", "4 of 5"),))
    assert list(conversations_about(circle, "cell", "q1_work.employees")) == [talk]
    assert {side.group.code for side in talk.sides.all()} == {"employees", "customers"}


def test_a_group_of_unknown_size_is_not_named(circle, about):
    circle.groups.filter(code="customers").update(size=80)
    talk = open_conversation(
        Conversation(circle=circle, title="Work", question="Why?", what_is_open="All."),
        Group.objects.filter(circle=circle, code__in=["employees", "customers"]),
    )
    shown = {side.group.code: side.shown for side in talk.sides.all()}
    assert shown == {"employees": "own_choice", "customers": "without_group"}
