"""All groups on one page: who is asked now, with one reason for the others."""

import pytest

pytestmark = pytest.mark.django_db

ADDRESS = "/circles/kornblume/groups/"


def asked(circle) -> set[str]:
    return set(circle.groups.filter(is_on=True).values_list("code", flat=True))


def test_three_groups_are_asked_and_the_others_keep_the_reason(as_ada, circle):
    three = {"leadership", "employees", "customers"}

    as_ada.post(ADDRESS, {"asked": [*three], "reason": "We begin small."})

    assert asked(circle) == three
    assert circle.groups.get(code="suppliers").off_reason == "We begin small."


def test_without_a_reason_nothing_changes(as_ada, circle):
    before = asked(circle)

    page = as_ada.post(ADDRESS, {"asked": ["employees"], "reason": ""})

    assert "never disappears silently" in page.content.decode()
    assert asked(circle) == before


def test_an_earlier_reason_stays_and_who_comes_back_has_none(as_ada, circle):
    suppliers = circle.groups.get(code="suppliers")
    suppliers.is_on, suppliers.off_reason = False, "We have none."
    suppliers.save()
    before = asked(circle)

    as_ada.post(ADDRESS, {"asked": [*(before - {"partners"})], "reason": "Later."})
    assert circle.groups.get(code="suppliers").off_reason == "We have none."
    as_ada.post(ADDRESS, {"asked": [*before, "suppliers"]})
    assert circle.groups.get(code="suppliers").off_reason == ""


def test_a_reader_may_not(as_charlotte, circle):
    assert as_charlotte.post(ADDRESS, {"asked": ["employees"], "reason": "x"}).status_code == 403
    assert len(asked(circle)) > 1
