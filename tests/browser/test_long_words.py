"""Words longer than a phone, and words that look like code: pages stay narrow, words stay words."""

import pytest

from browser_checks import SMALLEST_PHONE, sign_in
from erdkreis.circles.models import Group
from erdkreis.conversations.models import Contribution, Conversation
from erdkreis.experiments.models import Experiment
from erdkreis.tensions.models import Pole, Tension
from factories import conversations, experiments, tensions
from factories.conversations import side

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
CODE = "<script>document.title='taken'</script>{{ x }}"


def test_long_and_hostile_words_break_no_page_of_the_loop(open_page, circle, as_ada):
    talk = conversations.conversation(circle)
    conversations.said(conversations.voice(talk, "employees"), "x" * 900 + CODE)
    pull, tried = tensions.tension(circle), experiments.shaped(circle)
    Group.objects.update(name_en=LONG[:60])
    Conversation.objects.update(title=LONG + CODE, question=LONG * 3)
    talk.sides.update(name_en=LONG[:60])
    Tension.objects.update(title=LONG + CODE, who_decides=LONG)
    Pole.objects.update(name=LONG, good_side=LONG * 3 + CODE)
    Experiment.objects.update(title=LONG, change=LONG * 5 + CODE, owner=LONG)
    page = open_page(SMALLEST_PHONE)
    sign_in(page, as_ada)

    wide = {}
    for address in (
        "/circles/kornblume/", "/circles/kornblume/conversations/new/",
        f"/conversations/{talk.pk}/", f"/t/{side(talk, 'employees').slug}/",
        f"/t/{side(talk, 'employees').slug}/come-in/", f"/tensions/{pull.pk}/",
        f"/experiments/{tried.pk}/", f"/experiments/{tried.pk}/touched/",
    ):  # fmt: skip
        page.goto(address)
        assert page.title() != "taken"
        wide[address] = page.evaluate("document.documentElement.scrollWidth")

    assert set(wide.values()) == {SMALLEST_PHONE["width"]}, wide
    assert Contribution.objects.get().text.endswith(CODE)
