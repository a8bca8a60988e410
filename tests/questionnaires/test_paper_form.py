"""The questionnaire on paper: every group, every language, nothing from elsewhere."""

import re

import pytest

from erdkreis.questionnaires.paths import Path
from erdkreis.questionnaires.views.paper import printed_items
from erdkreis.web.pdf import can_make_pdf
from factories import rounds
from factories.rounds import group

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not can_make_pdf(), reason="this machine lacks Pango")


def paper(client, round_, code, language="en", kind="/"):
    slug = group(round_, code).slug
    return client.get(f"/rounds/{round_.pk}/paper/{slug}{kind}?language={language}")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("code", ["employees", "non_customers", "community", "leadership"])
@pytest.mark.parametrize("form", ["short", "long"])
def test_paper_asks_what_the_screen_asks(circle, code, language, form):
    asked = group(rounds.asking(circle, form=form), code)

    items = printed_items(asked, language)

    assert [i.number for i in items] == [p.number for p in Path(asked).pages if p.item]
    assert [i.sentence for i in items if "{" in i.sentence] == []
    assert {len(i.boxes) for i in items} <= {0, 6}


def test_the_sheet_says_what_is_promised(as_bela, asking):
    page = paper(as_bela, asking, "employees").content.decode()

    assert "Your view of Kornblume" in page
    assert "at least 5 people of your group" in page
    assert "Dora Dorn, dora@example.org" in page
    assert re.findall(r'(?:src|href)="https?://', page) == []


def test_a_group_that_speaks_as_one_is_not_told_it_is_anonymous(as_bela, asking):
    page = paper(as_bela, asking, "leadership").content.decode()

    assert "one shared answer" in page
    assert "Numbers are shown only" not in page


@needs_pango
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_sheet_is_a_pdf_too(as_bela, asking, language):
    made = paper(as_bela, asking, "employees", language, ".pdf")

    assert made.headers["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF-")


def test_without_the_system_library_the_link_says_what_to_install(as_bela, asking, monkeypatch):
    monkeypatch.setattr("erdkreis.questionnaires.views.paper.can_make_pdf", lambda: False)

    assert "libpango" in paper(as_bela, asking, "employees", kind=".pdf").content.decode()


def test_guardians_answer_with_evidence_and_not_on_this_form(as_bela, asking):
    assert paper(as_bela, asking, "environment").status_code == 403
