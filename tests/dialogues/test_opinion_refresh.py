"""Analysing beside the requests: when it is due, only once at a time, and what is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from erdkreis.cli.analyse import analyse_due
from erdkreis.dialogues import services
from erdkreis.dialogues.analysis import own_place
from erdkreis.dialogues.models import Dialogue, Vote
from erdkreis.gate.models import Release
from factories.dialogues import crowd, dialogue, two_camps, voters

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(circle) -> Dialogue:
    return two_camps(circle)


def releases(talk):
    return Release.objects.filter(subject=f"opinion:{talk.pk}")


def test_two_camps_are_found_with_their_groups(talk):
    assert services.refresh_opinion(talk)
    content = services.last_opinion(talk).content

    assert (content["verdict"], content["view"]) == ("stable", "stakeholders")
    assert (content["names"], content["sizes"]) == (["customers", "employees"], [40, 40])
    ground = [found["ground"] for found in content["findings"].values()]
    assert ground == ["no"] * 12 + ["yes"] * 4
    assert all(found["tension"] for found in list(content["findings"].values())[:12])


def test_the_same_votes_are_not_analysed_into_a_second_release(talk):
    services.refresh_opinion(talk)

    assert not services.refresh_opinion(talk)
    assert services.dialogues_to_analyse() == []
    assert releases(talk).count() == 1


def test_it_is_due_again_after_five_more_people(talk):
    services.refresh_opinion(talk)
    crowd(talk, 0, 4)
    assert services.dialogues_to_analyse() == []
    crowd(talk, 0, 1, seed=2)

    assert analyse_due() == [f"Analysed: Before the door (/dialogues/{talk.pk}/opinion/)"]
    assert releases(talk).count() == 2


def test_opinion_groups_keep_their_numbers(talk):
    services.refresh_opinion(talk)
    first = services.last_opinion(talk).content["telling"]
    crowd(talk, 1, 30)
    services.refresh_opinion(talk)
    second = services.last_opinion(talk).content["telling"]

    directions = [
        {agrees for other in (first, second) for key, (agrees, _cell) in other[at].items()
         if key in first[at] and key in second[at]}
        for at in (0, 1)
    ]  # fmt: skip
    assert sorted(services.last_opinion(talk).content["sizes"]) == [40, 70]
    assert first[0].keys() & second[0].keys()
    assert directions != [set(), set()]


def test_before_five_people_voted_nothing_is_made(circle):
    talk = dialogue(circle)
    voters(talk, 1, [1, 1, -1, 0])

    assert services.dialogues_to_analyse() == []
    assert services.last_opinion(talk) is None


def test_five_people_give_lists_but_no_map(circle):
    talk = dialogue(circle)
    voters(talk, 1, [1, 1, -1, 0, -1])
    assert services.refresh_opinion(talk)
    content = services.last_opinion(talk).content

    assert (content["verdict"], content["places"], content["sizes"]) == ("too few people", [], [])


def test_whoever_comes_second_goes_away_again(talk, monkeypatch):
    seen = []

    def analyse_meanwhile(dialogue):
        seen.append(services.refresh_opinion(dialogue))
        return True

    monkeypatch.setattr(services, "_analyse", analyse_meanwhile)

    assert services.refresh_opinion(talk)
    assert seen == [False]


def test_one_who_died_does_not_hold_the_lock_for_ever(talk):
    Dialogue.objects.update(analysing_until=timezone.now() + timedelta(minutes=1))
    assert not services.refresh_opinion(talk)
    Dialogue.objects.update(analysing_until=timezone.now() - timedelta(minutes=1))

    assert services.refresh_opinion(talk)


def test_a_failure_frees_the_lock_and_holds_up_nobody(talk, circle, monkeypatch, caplog):
    other = two_camps(circle, 20)
    analyse = services._analyse

    def fail_on_the_first(dialogue):
        if dialogue == talk:
            raise MemoryError
        return analyse(dialogue)

    monkeypatch.setattr(services, "_analyse", fail_on_the_first)
    analyse_due()

    talk.refresh_from_db()
    assert talk.analysing_until is None
    assert releases(other).exists()
    assert f"The analysis of dialogue {talk.pk} failed." in caplog.text


def test_looking_for_work_costs_the_same_for_many_dialogues(
    talk, circle, django_assert_num_queries
):
    services.refresh_opinion(talk)
    with django_assert_num_queries(2):
        services.dialogues_to_analyse()
    for _ in range(3):
        dialogue(circle)
    with django_assert_num_queries(2):
        services.dialogues_to_analyse()


def test_a_place_is_that_of_the_camp_one_votes_with(talk):
    services.refresh_opinion(talk)
    model = services.last_opinion(talk).content["model"]
    ada, bela = (
        dict(Vote.objects.filter(voter=one).values_list("statement", "value"))
        for one in (crowd(talk, 0, 1, seed=5)[0], crowd(talk, 1, 1, seed=5)[0])
    )

    here, there = own_place(ada, model), own_place(bela, model)
    assert {here.group, there.group} == {0, 1}
    assert min(here.probability, there.probability) > 0.9
    assert own_place(ada | {-1: 1}, model) == here
