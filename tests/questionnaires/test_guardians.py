"""Guardians speak by name, and rate only what they show by evidence."""

import pytest

from erdkreis.invitations.models import Guardian
from erdkreis.invitations.services import appoint_guardian
from erdkreis.questionnaires.models import Answer, Evidence, Voice
from factories.phones import at
from factories.rounds import group

pytestmark = pytest.mark.django_db

EVIDENCE = {
    "evidence-kind": "measurement",
    "evidence-title": "Water of the Mühlbach",
    "evidence-source": "Office for water, file 12",
    "evidence-period": "2025",
    "evidence-scope": "site",
    "evidence-what_it_shows": "Less nitrate than upstream.",
    "evidence-limits": "Three samples.",
    "evidence-strength": "medium",
}


@pytest.fixture
def environment(asking):
    return group(asking, "environment")


@pytest.fixture
def code(environment):
    return appoint_guardian(Guardian(round_group=environment, name="Emil Erle"))


@pytest.fixture
def guardian(phone, environment, code):
    phone.post(f"/g/{code}/")
    return phone


def test_a_guardian_comes_in_by_name(phone, code):
    door = phone.get(f"/g/{code}/").content.decode()

    assert "Guardian: Emil Erle" in door
    assert "your answer appears with your name" in door


def test_a_guardian_may_come_again_and_again_and_stays_one_voice(phone, other_phone, code):
    phone.post(f"/g/{code}/")
    other_phone.post(f"/g/{code.lower()}/")

    assert Voice.objects.get().guardian.name == "Emil Erle"


def test_a_rating_without_evidence_is_refused_and_the_text_kept(guardian, environment):
    answer = guardian.post(at(environment, 1), {"answer": "4", "words": "The brook is clean."})

    assert answer.status_code == 422
    assert "A rating needs at least one piece of evidence" in answer.content.decode()
    assert "The brook is clean." in answer.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("value", ["dont_know", "skipped", ""])
def test_without_evidence_anything_but_a_rating_is_an_answer(guardian, environment, value):
    guardian.post(at(environment, 1), {"answer": value, "words": ""})

    assert Answer.objects.get().value is None


def test_a_rating_with_evidence_is_taken(guardian, environment):
    guardian.post(at(environment, 1), {"answer": "4", "words": ""} | EVIDENCE)

    assert Answer.objects.get().value == 4
    evidence = Evidence.objects.get()
    assert (evidence.title, evidence.strength) == ("Water of the Mühlbach", "medium")


def test_evidence_once_given_holds_for_changes(guardian, environment):
    guardian.post(at(environment, 1), {"answer": "4", "words": ""} | EVIDENCE)

    guardian.post(at(environment, 1), {"answer": "2", "words": ""})

    assert Answer.objects.get().value == 2


def test_evidence_of_one_item_does_not_carry_another(guardian, environment):
    guardian.post(at(environment, 1), {"answer": "4", "words": ""} | EVIDENCE)

    assert guardian.post(at(environment, 2), {"answer": "4"}).status_code == 422


@pytest.mark.parametrize("missing", [name for name in EVIDENCE if name != "evidence-limits"])
def test_evidence_begun_must_be_complete_and_nothing_typed_is_lost(guardian, environment, missing):
    begun = EVIDENCE | {missing: ""}

    answer = guardian.post(at(environment, 1), {"answer": "4", "words": "Clean."} | begun)

    assert answer.status_code == 422
    assert list(answer.context["evidence_form"].errors) == [missing.removeprefix("evidence-")]
    page = answer.content.decode()
    assert "Clean." in page
    assert EVIDENCE["evidence-limits"] in page
    assert not Evidence.objects.exists()
    assert not Answer.objects.exists()


def test_a_guardian_can_add_more_evidence_to_the_same_item(guardian, environment):
    stays = guardian.post(
        at(environment, 1), {"answer": "4", "words": "", "more_evidence": "1"} | EVIDENCE
    )

    assert stays.headers["Location"] == at(environment, 1)
    assert "Water of the Mühlbach" in guardian.get(at(environment, 1)).content.decode()


def test_a_guardian_withdraws_everything_evidence_too(guardian, environment):
    guardian.post(at(environment, 1), {"answer": "4", "words": ""} | EVIDENCE)

    guardian.post(at(environment, "withdraw"))

    assert (Voice.objects.count(), Answer.objects.count(), Evidence.objects.count()) == (0, 0, 0)
    assert Guardian.objects.count() == 1


def test_a_guardian_speaks_for_one_group_only(guardian, asking):
    employees = group(asking, "employees")

    assert guardian.post(at(employees, 1), {"answer": "4"}).status_code == 409


def test_a_host_sees_the_personal_link_once(as_ada, asking, environment):
    page = f"/rounds/{asking.pk}/guardians/{environment.slug}/"

    shown = as_ada.post(page, {"name": "Emil Erle", "interests": "buys there"})

    link = shown.context["link"]
    assert link.startswith("http://testserver/g/")
    assert link not in as_ada.get(page).content.decode()
    code = link.rstrip("/").rpartition("/")[2]
    assert code not in str(list(Guardian.objects.values()))


def test_nobody_is_appointed_without_a_word_on_own_interests(as_ada, asking, environment):
    page = f"/rounds/{asking.pk}/guardians/{environment.slug}/"

    asked = as_ada.post(page, {"name": "Emil Erle", "affiliation": "Club", "interests": "  "})

    assert "interests" in asked.context["form"].errors
    assert "Emil Erle" in asked.content.decode()
    assert not Guardian.objects.exists()


@pytest.mark.parametrize(
    ("paid", "balanced"),
    [([], False), ([False], False), ([True, True], False), ([True, False], True)],
)
def test_two_guardians_one_unpaid_are_asked_for(as_ada, asking, environment, paid, balanced):
    for i, is_paid in enumerate(paid):
        guardian = Guardian(round_group=environment, name=f"G{i}", is_paid_by_organisation=is_paid)
        appoint_guardian(guardian)

    page = as_ada.get(f"/rounds/{asking.pk}/guardians/{environment.slug}/")

    assert page.context["is_balanced"] is balanced


def test_groups_that_can_speak_have_no_guardians(as_ada, asking):
    employees = group(asking, "employees")

    assert as_ada.get(f"/rounds/{asking.pk}/guardians/{employees.slug}/").status_code == 403
