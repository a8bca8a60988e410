"""A test run: every group’s way, in every language, before anybody is invited; nothing is kept."""

import re

import pytest
from django.apps import apps

from erdkreis.questionnaires.paths import Path
from erdkreis.rounds.models import RoundGroup
from factories import rounds

pytestmark = pytest.mark.django_db

TABLES = ("questionnaires", "rounds", "invitations", "gate")


def n_rows() -> dict[str, int]:
    tables = [model for name in TABLES for model in apps.get_app_config(name).get_models()]
    return {table.__name__: table.objects.count() for table in tables}


def test_every_group_is_walked_to_the_end_before_there_are_links(as_ada, circle):
    round_ = rounds.promised(circle)
    before = n_rows()
    start = as_ada.get(f"/rounds/{round_.pk}/try/").content.decode()
    ways = re.findall(rf'/rounds/{round_.pk}/try/(\w+)/0/\?language=en"', start)

    pages = dict.fromkeys(ways, 0)
    for way in ways:
        address = f"/rounds/{round_.pk}/try/{way}/0/?language=en"
        while address:
            page = as_ada.get(address).content.decode()
            onward = re.search(r'class="button forward" href="([^"]+)"', page)[1]
            address = onward if f"/{way}/" in onward else ""
            pages[way] += 1

    assert len(ways) == circle.groups.filter(is_on=True).count()
    assert all(n > 5 for n in pages.values())
    assert n_rows() == before


def test_it_asks_what_the_group_is_asked_then(as_ada, circle):
    round_ = rounds.asking(circle)
    group = rounds.group(round_, "employees")
    asked = [page.item for page in Path(group).pages if page.item]

    page = as_ada.get(f"/rounds/{round_.pk}/try/employees/1/?language=de").content.decode()

    assert asked[0].wording.in_language("de", org="Kornblume") in page
    assert f"1 von {len(asked)}" in page
    assert as_ada.get(f"/rounds/{round_.pk}/try/employees/{len(asked) + 1}/").status_code == 404
    assert as_ada.get(f"/rounds/{round_.pk}/try/nobody/1/").status_code == 404


def way(client, round_, code: str) -> list[str]:
    """Walk the questions of a group, and return their pages."""
    walked, number = [], 1
    while True:
        address = f"/rounds/{round_.pk}/try/{code}/{number}/?language=en"
        answer = client.get(address)
        if answer.status_code == 404:
            return walked
        walked.append(answer.content.decode())
        number += 1


def test_the_leadership_predicts_and_a_guardian_shows_evidence_before_there_are_links(
    as_ada, circle
):
    round_ = rounds.promised(circle)
    asks = "What do you think the others will say?"
    predictions = [page for page in way(as_ada, round_, "leadership") if asks in page]

    assert "group_employees" in predictions[0]
    assert any('id="evidence-title"' in page for page in way(as_ada, round_, "environment"))
    assert not any(
        asks in page or 'id="evidence-title"' in page for page in way(as_ada, round_, "employees")
    )


def test_it_takes_nothing(as_ada, circle):
    round_ = rounds.promised(circle)

    assert as_ada.post(f"/rounds/{round_.pk}/try/employees/1/", {"answer": "4"}).status_code == 405
    assert not RoundGroup.objects.exists()
