"""Opened from a cell, a statement or an experiment: the released numbers stand at the head."""

import pytest

from erdkreis.conversations.models import Conversation
from erdkreis.dialogues.services import refresh_opinion
from factories import dialogues, experiments, pictures

pytestmark = pytest.mark.django_db

TALK = {"title": "Talk", "question": "Why?", "what_is_open": "All.", "languages": "de,en"}


def opened(client, address, circle) -> Conversation:
    groups = [g.pk for g in circle.groups.filter(code__in=["employees", "customers"])]
    client.post(address, TALK | {"groups": groups})
    return Conversation.objects.get()


def test_from_a_place_of_the_picture_its_group_and_the_leadership_are_proposed(as_ada, circle):
    round_ = pictures.with_picture(circle)
    address = f"/circles/kornblume/conversations/new/?about=cell&round={round_.pk}&key="

    proposed = as_ada.get(f"{address}q5_mission:employees").context["form"].initial["groups"]
    talk = opened(as_ada, f"{address}q5_mission:employees", circle)

    assert {g.code for g in proposed} == {"employees", "leadership"}
    assert (talk.about_key, talk.round) == ("q5_mission:employees", round_)
    said = {figure.who: f"{figure.says} {figure.n}" for figure in talk.head.figures}
    assert "from 1 to 5" in said["Employees"]
    assert "n = 20 to 24" in said["Employees"]
    assert "1 to 5" not in said["People who do not buy"], "too few to show here, too"


@pytest.mark.parametrize("key", ["q9_nothing", "q9_nothing:employees", "", ":employees"])
def test_what_is_not_there_leads_to_a_free_question(as_ada, circle, key):
    round_ = pictures.with_picture(circle)

    address = f"/circles/kornblume/conversations/new/?about=cell&round={round_.pk}&key={key}"

    assert as_ada.get(address).context["subject"] is None


def test_the_picture_leads_to_words_and_to_a_talk_for_those_who_prepare(as_ada, as_bela, circle):
    round_ = pictures.with_picture(circle)

    page = as_bela.get(f"/rounds/{round_.pk}/picture/").content.decode()

    assert f"about=cell&amp;round={round_.pk}&amp;key=q1_work:employees" in page
    assert "key=closing" not in page, "own words are no cell"


def test_from_a_statement_the_votes_stand_as_they_were(as_ada, circle):
    held = dialogues.two_camps(circle)
    refresh_opinion(held)
    page = as_ada.get(f"/dialogues/{held.pk}/opinion/").content.decode()
    link = f"about=statement&amp;dialogue={held.pk}&amp;key=1"
    assert link in page

    address = f"/circles/kornblume/conversations/new/?{link.replace('&amp;', '&')}"
    talk = opened(as_ada, address, circle)
    before = talk.head.figures
    dialogues.voters(held, 9, [1, 1, 1, 1, 1, 1, 1])
    refresh_opinion(held)

    talk.refresh_from_db()
    assert talk.head.figures == before != ()
    told = {("(n = " in figure.says, figure.n) for figure in before}
    assert told == {(True, "")}, "no number without its n, and none with two"


def test_from_an_experiment_what_is_tried_stands_at_the_head(as_ada, circle):
    tried = experiments.shaped(circle, "employees", "customers")

    address = f"/experiments/{tried.pk}/talk/"
    proposed = as_ada.get(address).context["form"].initial["groups"]
    talk = opened(as_ada, address, circle)

    assert {g.code for g in proposed} == {"employees", "customers"}
    assert "first shift begins at five" in talk.head.wording
    assert talk.get_about_kind_display() == "an experiment"
    page = as_ada.get(f"/experiments/{tried.pk}/").content.decode()
    assert f'href="/conversations/{talk.pk}/"' in page
