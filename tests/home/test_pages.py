"""Start page, circles, a circle, a round: what stands there, for whom, at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import circles, rounds, voices
from factories.rounds import group

pytestmark = pytest.mark.django_db


def n_queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_start_page_is_open_to_everyone_and_asks_the_database_nothing(
    client, language, django_assert_num_queries
):
    with django_assert_num_queries(0):
        page = client.get("/", headers={"accept-language": language})

    assert f'<html lang="{language}">' in page.content.decode()
    assert "/account/login/" in page.content.decode()


def test_everybody_sees_her_own_circles(as_ada, circle, charlotte):
    page = as_ada.get("/circles/")

    assert [c.name for c in page.context["circles"]] == ["Kornblume"]


def test_a_person_with_two_roles_sees_her_circle_once(as_ada, ada, circle):
    circle.roles.create(person=ada, kind="reader")

    assert len(as_ada.get("/circles/").context["circles"]) == 1


def test_the_list_of_circles_costs_the_same_for_one_and_three(as_ada, ada, circle):
    one = n_queries(as_ada, "/circles/")
    for name in ("Distel", "Mohn"):
        circles.circle(ada, name)

    assert n_queries(as_ada, "/circles/") == one


def test_of_many_rounds_the_last_ones_are_shown_and_all_can_be_opened(as_ada, circle):
    for number in range(10):
        rounds.draft(circle, title=f"Round {number}")

    page = as_ada.get(f"/circles/{circle.slug}/").content.decode()

    first, _details, folded = page.partition("<details>")
    assert [f"Round {number}" for number in range(10) if f">Round {number}<" in first] == [
        f"Round {number}" for number in range(3, 10)
    ]
    assert all(f">Round {number}<" in folded.partition("</details>")[0] for number in range(3))
    assert "Show all 10" in page


def test_a_circle_costs_the_same_for_one_round_and_three(as_ada, circle):
    rounds.draft(circle)
    one = n_queries(as_ada, f"/circles/{circle.slug}/")
    rounds.draft(circle)
    rounds.draft(circle)
    circles.member(circle, "bela", "facilitator")
    circles.member(circle, "emil", "reader")

    assert n_queries(as_ada, f"/circles/{circle.slug}/") == one


def test_the_list_of_people_costs_the_same_for_one_and_three(as_ada, circle):
    one = n_queries(as_ada, f"/circles/{circle.slug}/people/")
    circles.member(circle, "bela", "facilitator")
    circles.member(circle, "emil", "reader")

    assert n_queries(as_ada, f"/circles/{circle.slug}/people/") == one


def test_a_round_costs_the_same_for_one_voice_and_many(as_ada, asking):
    employees = group(asking, "employees")
    voices.voice(employees)
    one = n_queries(as_ada, f"/rounds/{asking.pk}/")
    for _more in range(12):
        voices.voice(employees)
        voices.voice(group(asking, "customers"))
    n_queries(as_ada, f"/rounds/{asking.pk}/")  # lets out what is due

    assert n_queries(as_ada, f"/rounds/{asking.pk}/") == one


def test_the_list_of_links_costs_the_same_for_one_group_and_eight(as_ada, asking):
    eight = n_queries(as_ada, f"/rounds/{asking.pk}/links/")
    asking.groups.exclude(code="employees").update(is_asked=False)

    assert n_queries(as_ada, f"/rounds/{asking.pk}/links/") == eight


def test_guardians_cost_the_same_for_one_and_three(as_ada, asking):
    from erdkreis.invitations.models import Guardian
    from erdkreis.invitations.services import appoint_guardian

    environment = group(asking, "environment")
    page = f"/rounds/{asking.pk}/guardians/{environment.slug}/"
    appoint_guardian(Guardian(round_group=environment, name="Emil"))
    one = n_queries(as_ada, page)
    for name in ("Frida", "Gustav"):
        appoint_guardian(Guardian(round_group=environment, name=name))

    assert n_queries(as_ada, page) == one


def test_while_people_answer_numbers_are_coarse(as_ada, asking):
    for code, n in (("employees", 4), ("customers", 9)):
        for _voice in range(n):
            voices.voice(group(asking, code))

    heard = {g.code: n for g, n in as_ada.get(f"/rounds/{asking.pk}/").context["heard"]}

    assert (heard["employees"], heard["customers"], heard["community"]) == (0, 5, 0)


def test_one_more_voice_usually_changes_nothing_on_the_page(as_ada, asking):
    for _voice in range(6):
        voices.voice(group(asking, "employees"))
    before = as_ada.get(f"/rounds/{asking.pk}/").context["heard"]

    voices.voice(group(asking, "employees"))

    assert as_ada.get(f"/rounds/{asking.pk}/").context["heard"] == before


def test_a_left_out_group_stands_on_the_page_of_the_circle(as_ada, circle):
    circle.groups.filter(code="suppliers").update(is_on=False, off_reason="We buy nothing.")

    assert "We buy nothing." in as_ada.get(f"/circles/{circle.slug}/").content.decode()


def test_a_reason_that_left_out_groups_share_is_said_once(as_ada, circle):
    few = circle.groups.filter(code__in=["suppliers", "community", "partners"])
    few.update(is_on=False, off_reason="The first round is small.")
    circle.groups.filter(code="environment").update(is_on=False, off_reason="Next year.")

    page = as_ada.get(f"/circles/{circle.slug}/").content.decode()

    assert page.count("The first round is small.") == 1
    assert "Business partners; Suppliers; Community are not asked" in page
    assert "Environment are not asked, because: Next year." in page
    assert "The groups are chosen. Begin the first round." in page


def test_names_with_markup_stay_text(as_ada, ada):
    nasty = '<img src=x onerror=alert(1)>"{{ 7 }}'
    circle = circles.circle(ada, nasty)
    round_ = rounds.draft(circle, purpose=nasty, named_person=nasty)

    for page in ("/circles/", f"/circles/{circle.slug}/", f"/rounds/{round_.pk}/",
                 f"/rounds/{round_.pk}/promise/"):  # fmt: skip
        html = as_ada.get(page).content.decode()
        assert "<img src=x" not in html
        assert "&lt;img src=x onerror=alert(1)&gt;" in html or page.endswith("/promise/")


def test_readers_see_no_buttons(circle, client, asking):
    client.force_login(circles.member(circle, "emil", "reader"))

    page = client.get(f"/rounds/{asking.pk}/").content.decode()

    assert f"/rounds/{asking.pk}/promise/" not in page
    assert f"/rounds/{asking.pk}/picture/make/" not in page
