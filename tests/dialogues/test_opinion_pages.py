"""What pages say of an analysis, to whom, and what never leaves the browser it belongs to."""

import re

import pytest
from django.test import Client

from erdkreis.dialogues.models import Dialogue, Statement, Vote, Voter
from erdkreis.dialogues.services import refresh_opinion
from factories.dialogues import CAMPS_SEEDS, crowd, dialogue, two_camps, voter
from factories.phones import Phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(circle) -> Dialogue:
    talk = two_camps(circle)
    for camp in (0, 1):
        crowd(talk, camp, 2, circle.groups.get(code="suppliers"), seed=3)
    refresh_opinion(talk)
    return talk


def opinion(client, talk) -> str:
    return client.get(f"/dialogues/{talk.pk}/opinion/").content.decode()


def published(talk) -> None:
    Dialogue.objects.filter(pk=talk.pk).update(
        is_public_source=True, state="closed", source="pol.is/1"
    )


def with_votes(talk, n: int) -> Phone:
    """Somebody of the first camp who voted on n statements, on a phone."""
    someone, receipt = voter(talk)
    model = crowd(talk, 0, 1, seed=9)[0]
    chosen = list(model.votes.order_by("statement__number")[:n])
    model.votes.exclude(pk__in=[vote.pk for vote in chosen]).delete()
    Vote.objects.filter(voter=model).update(voter=someone)
    model.delete()
    phone = Phone()
    phone.jar["voter", f"/d/{talk.slug}/"] = receipt
    return phone


def own(phone, talk) -> str:
    return phone.get(f"/d/{talk.slug}/picture/").content.decode()


def test_lists_come_first_with_groups_and_the_map_second(talk, as_bela):
    page = opinion(as_bela, talk)

    assert "There are 2 opinion groups" in page
    assert page.index("Common ground") < page.index("Where groups differ") < page.index("<figure")
    assert "Most agree in one group (Employees), most disagree in another (Customers)." in page
    assert "At least 80 people had voted." in page


def test_at_most_seven_at_first_sight(circle, as_bela):
    talk = two_camps(circle)  # without a handful beside, for whose sake groups are hidden
    refresh_opinion(talk)
    page = opinion(as_bela, talk)
    differ = page[page.index('id="tensions-title"') : page.index('id="groups-title"')]
    at_first, _details, below = differ.partition("<details>")

    assert (at_first.count('class="asked"'), below.count('class="asked"')) == (7, 5)
    assert "Show all 12" in differ


def test_a_small_group_is_named_as_not_heard_and_has_no_bar(talk, as_bela):
    page = opinion(as_bela, talk)

    assert "Groups that spoke: Employees, Customers." in page
    assert "Suppliers" in page[page.index("Not heard, or too few to show:") :]
    assert 'class="who">Suppliers' not in page


def test_no_exact_number_of_a_group_is_on_the_page(talk, as_bela):
    page = opinion(as_bela, talk)

    assert "(n = 40–44)" in page
    assert "n = 40)" not in page
    assert "percentage points" not in page


def test_opinion_groups_are_named_by_their_statements(talk, as_bela):
    page = opinion(as_bela, talk)

    assert "mostly agrees with “Statement of the two camps" in page
    assert "Group A" not in page


def test_before_there_is_one_the_page_says_what_is_missing(circle, as_bela):
    page = opinion(as_bela, dialogue(circle))

    assert "Too few to tell yet" in page
    assert "at least 5 people have voted" in page


def test_what_was_taken_out_since_is_no_longer_told(talk, as_bela):
    one = talk.statements.get(number=1)
    Statement.objects.filter(pk=one.pk).update(status="rejected", reason="hurts")

    assert one.text not in opinion(as_bela, talk)


def test_only_those_who_may_read_the_circle_see_it(talk, client, as_charlotte):
    assert client.get(f"/dialogues/{talk.pk}/opinion/").status_code == 302
    assert as_charlotte.get(f"/dialogues/{talk.pk}/opinion/").status_code == 403


def test_everyone_may_look_at_what_was_published_elsewhere(circle, client):
    talk = two_camps(circle)
    published(talk)
    talk.refresh_from_db()
    refresh_opinion(talk)
    page = opinion(client, talk)

    assert "80 people voted." in page
    assert "pol.is/1" in page
    assert "percentage points" in page


def test_many_statements_need_no_more_queries_than_few(
    circle, as_bela, talk, django_assert_max_num_queries
):
    few = dialogue(circle)
    for camp in (0, 1):
        crowd(few, camp, 10)
    refresh_opinion(few)
    seen = []
    for one in (few, talk):
        with django_assert_max_num_queries(20) as counted:
            opinion(as_bela, one)
        seen.append(len(counted))

    assert seen[0] == seen[1]


def test_nothing_is_calculated_in_a_request(talk, as_bela, monkeypatch):
    def never(*_args, **_named):
        pytest.fail("an analysis in a request")

    monkeypatch.setattr("erdkreis.dialogues.analysis.opinion_analysis", never)
    crowd(talk, 0, 30)

    assert "At least 80 people had voted." in opinion(as_bela, talk)
    own(with_votes(talk, 8), talk)


def test_a_voter_sees_where_she_stands(talk):
    page = own(with_votes(talk, 8), talk)

    assert "opinion-map__own" in page
    assert "People who voted most like you are in the group marked" in page
    assert "no-store" in Client().get(f"/d/{talk.slug}/picture/").headers["Cache-Control"]


def test_with_fewer_than_seven_votes_nobody_is_placed(talk):
    page = own(with_votes(talk, 5), talk)

    assert "2 more votes are needed" in page
    assert "<figure" not in page


def test_with_too_few_people_that_is_the_answer(circle):
    talk = dialogue(circle, own=[f"Statement {n}." for n in range(8)])
    crowd(talk, 0, 6)
    refresh_opinion(talk)

    assert "Too few people have voted so far to tell." in own(with_votes(talk, 7), talk)


def test_the_own_place_is_in_no_answer_for_anybody_else(talk, as_ada, as_bela):
    """The map of the host has the same marks; the ring is on no page but the voter's."""
    phone, other = with_votes(talk, 16), with_votes(talk, 8)
    assert "opinion-map__own" in own(phone, talk)

    addresses = [
        f"/dialogues/{talk.pk}/opinion/", f"/dialogues/{talk.pk}/results/",
        f"/dialogues/{talk.pk}/", f"/circles/{talk.circle.slug}/", f"/d/{talk.slug}/picture/",
    ]  # fmt: skip
    for client in (as_ada, as_bela, Client()):
        for address in addresses:
            assert b"opinion-map__own" not in client.get(address).content
    assert ring(own(phone, talk)) != ring(own(other, talk))


def test_looking_stores_nothing(talk):
    phone = with_votes(talk, 8)
    before = list(talk.voters.values().order_by("pk")), list(talk.circle.releases.values())
    own(phone, talk)

    assert (list(talk.voters.values().order_by("pk")), list(talk.circle.releases.values())) == (
        before
    )


def ring(page: str) -> str:
    return page[page.index("opinion-map__own") :].split(">", maxsplit=1)[0]


def test_weighted_figures_stand_beside_the_plain_ones_with_their_own_n(talk, as_bela, circle):
    page = opinion(as_bela, talk)
    assert "gives each group one voice, however many of it voted" in page

    circle.groups.filter(code="employees").update(size=300)
    circle.groups.filter(code="customers").update(size=100)
    page = opinion(as_bela, talk)

    assert "counts each group by the number of people in it" in page
    # 40 votes each, weights 3 to 1: (60 + 20)² / (40 · 1.5² + 40 · 0.5²) = 64
    assert "(as sure as n = 64)" in page


def test_without_groups_beside_each_other_nothing_is_weighted(circle, as_bela):
    talk = dialogue(circle, own=[f"Statement {n}." for n in range(8)])
    crowd(talk, 0, 30)
    refresh_opinion(talk)

    assert "weighted" not in opinion(as_bela, talk)


def test_a_share_that_the_chance_of_being_shown_changes_is_told(talk, as_bela):
    """Of statement 1 those who agree were shown it four times as often."""
    Vote.objects.filter(voter__dialogue=talk).update(chance=0.0625)
    one = talk.statements.get(number=1)
    Vote.objects.filter(statement=one, value=-1).update(chance=0.0156)
    # Somebody who was shown everything weighs the same on everything.
    last = talk.statements.get(number=16)
    Vote.objects.filter(statement=last).delete()
    crowd(talk, 0, 6)
    refresh_opinion(talk)
    page = opinion(as_bela, talk)

    assert "Weighted by the chance of being shown: of 10 about" in page
    # Of all 15 but those whose next total could tell something: they wait for it.
    told = re.search(r"That can be told of (\d+) statements; of 1 the share of agreement", page)
    assert told
    assert 10 <= int(told[1]) <= 15


def test_an_older_release_without_chances_is_still_read(talk, as_bela):
    release = talk.circle.releases.get(subject=f"opinion:{talk.pk}")
    content = {key: told for key, told in release.content.items() if key != "by_chance"}
    # As if it had been let out so: a newer one, because none can be changed.
    type(release).objects.create(
        circle=talk.circle, subject=release.subject, number=release.number + 1, content=content
    )

    assert "Where groups differ" in opinion(as_bela, talk)


def test_what_the_rule_calls_opposite_but_chance_could_do_is_open(circle, as_bela):
    """Of twelve in each group two thirds agree here and disagree there."""
    talk = dialogue(circle, own=CAMPS_SEEDS)
    for code, n_agree in (("employees", 8), ("customers", 4)):
        group = circle.groups.get(code=code)
        for at in range(12):
            made, _receipt = voter(talk, {n: 1 if (at * n) % 3 else -1 for n in range(2, 17)})
            Voter.objects.filter(pk=made.pk).update(group=group)
            Vote.objects.create(
                voter=made,
                statement=talk.statements.get(number=1),
                value=1 if at < n_agree else -1,
            )
    refresh_opinion(talk)

    page = opinion(as_bela, talk)

    assert "Open: Employees and Customers pull in opposite directions, but chance" in page
    assert "Most agree in one group" not in page
