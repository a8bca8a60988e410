"""Who may do what: every role against every permission, and how roles come and go."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Role
from erdkreis.circles.rules import may_host, may_prepare, may_read
from erdkreis.circles.services import CircleError, take_role
from factories import circles
from shown_forms import read

pytestmark = pytest.mark.django_db

# Role: may host, prepare, read.
ALLOWED = {
    "host": (True, True, True),
    "facilitator": (False, True, True),
    "guardian": (False, False, True),
    "reader": (False, False, True),
    "entry_helper": (False, False, False),
}


def allowed(circle, person):
    return (may_host(circle, person), may_prepare(circle, person), may_read(circle, person))


@pytest.mark.parametrize("role", Role.Kind.values)
def test_a_role_allows_exactly_what_it_says(circle, role):
    person = circles.member(circle, "emil", role)

    assert allowed(circle, person) == ALLOWED[role]


@pytest.mark.parametrize("role", Role.Kind.values)
def test_a_role_in_one_circle_allows_nothing_in_another(circle, charlotte, role):
    elsewhere = charlotte.roles.get().circle
    person = circles.member(elsewhere, "emil", role)

    assert allowed(circle, person) == (False, False, False)


def test_nobody_who_is_not_signed_in_is_allowed_anything(circle):
    assert allowed(circle, AnonymousUser()) == (False, False, False)


def test_a_new_person_gets_a_role_and_a_mail_to_choose_a_password(circle, as_ada):
    as_ada.post(
        f"/circles/{circle.slug}/people/",
        {"email": "Emil@Example.org", "name": "Emil", "kind": "reader"},
    )

    emil = Person.objects.get(email="emil@example.org")
    assert not emil.has_usable_password()
    assert list(emil.roles.values_list("circle__slug", "kind")) == [(circle.slug, "reader")]
    (letter,) = mail.outbox
    assert letter.to == ["emil@example.org"]
    assert "http://testserver/account/password/reset/key/" in letter.body


def test_the_first_password_can_be_chosen_from_the_mail(circle, as_ada, client):
    as_ada.post(
        f"/circles/{circle.slug}/people/",
        {"email": "emil@example.org", "name": "Emil", "kind": "reader"},
    )
    (link,) = (word for word in mail.outbox[0].body.split() if "/reset/key/" in word)

    form = client.get(link, follow=True)
    client.post(
        form.redirect_chain[-1][0],
        {"password1": "kornblumenblau-7", "password2": "kornblumenblau-7"},
    )

    assert Person.objects.get(email="emil@example.org").check_password("kornblumenblau-7")


def test_a_known_person_gets_a_role_and_no_mail(circle, as_ada, charlotte):
    for _twice in range(2):
        as_ada.post(
            f"/circles/{circle.slug}/people/",
            {"email": "charlotte@example.org", "name": "Somebody else", "kind": "reader"},
        )

    charlotte.refresh_from_db()
    assert charlotte.name == "Charlotte"
    assert circle.roles.filter(person=charlotte).count() == 1
    assert mail.outbox == []


@pytest.mark.parametrize("kind", ["", "owner", "HOST", "is_staff"])
def test_a_role_that_does_not_exist_is_refused(circle, as_ada, kind):
    answer = as_ada.post(
        f"/circles/{circle.slug}/people/",
        {"email": "emil@example.org", "name": "Emil", "kind": kind, "is_staff": "on"},
    )

    assert list(answer.context["form"].errors) == ["kind"]
    assert not Person.objects.filter(email="emil@example.org").exists()


def test_giving_a_role_makes_nobody_staff(circle, as_ada):
    as_ada.post(
        f"/circles/{circle.slug}/people/",
        {"email": "emil@example.org", "name": "Emil", "kind": "host", "is_staff": "on",
         "is_superuser": "on", "circle": 1},
    )  # fmt: skip

    emil = Person.objects.get(email="emil@example.org")
    assert (emil.is_staff, emil.is_superuser) == (False, False)


def test_the_last_host_stays(circle, ada, as_ada, bela):
    role = circle.roles.get(person=ada)

    answer = as_ada.post(f"/circles/{circle.slug}/people/{role.pk}/take/", follow=True)

    assert "A circle needs at least one host" in answer.content.decode()
    assert may_host(circle, ada)


def test_one_of_two_hosts_may_go(circle, ada):
    circles.member(circle, "emil", "host")

    take_role(circle.roles.get(person=ada, kind="host"))

    assert not may_host(circle, ada)


def test_the_last_host_stays_whoever_asks(circle, ada):
    with pytest.raises(CircleError):
        take_role(circle.roles.get(person=ada))


def test_roles_of_another_circle_are_out_of_reach(circle, as_ada, charlotte):
    role = charlotte.roles.get()

    answer = as_ada.post(f"/circles/{circle.slug}/people/{role.pk}/take/")

    assert answer.status_code == 404
    assert Role.objects.filter(pk=role.pk).exists()


def test_the_page_says_when_host_and_facilitator_are_one(circle, as_ada, ada):
    page = f"/circles/{circle.slug}/people/"
    Role.objects.create(circle=circle, person=ada, kind="facilitator")

    assert "should be two people" in as_ada.get(page).content.decode()
    circles.member(circle, "bela", "facilitator")
    assert "should be two people" not in as_ada.get(page).content.decode()


def test_a_role_taken_by_mistake_comes_back_with_one_press(circle, as_ada):
    zoe = circles.member(circle, "zoe", "reader")
    people = f"/circles/{circle.slug}/people/"

    shown = as_ada.post(f"{people}{zoe.roles.get().pk}/take/", follow=True)
    forms = read(people, shown.content.decode()).forms
    (undo,) = [form for form in forms if form.data().get("email") == [zoe.email]]
    lost = not zoe.roles.exists()
    as_ada.post(undo.action, undo.data())

    assert lost
    assert zoe.roles.get().kind == "reader"
    assert mail.outbox == []
    assert "Undo" not in as_ada.get(people).content.decode()


def test_who_gives_up_the_own_role_of_host_comes_to_a_page_that_is_hers(circle, ada, as_ada):
    circles.member(circle, "dora", "host")
    own = circle.roles.get(person=ada)

    shown = as_ada.post(f"/circles/{circle.slug}/people/{own.pk}/take/", follow=True)

    assert shown.status_code == 200
    assert "The role was taken away." in shown.content.decode()
