"""Voices beside points: through the gate, by topic, never merged."""

import pytest

from erdkreis.balances.analysis import assessed
from erdkreis.balances.cells import matrix_rows, talks
from erdkreis.balances.differences import cells_that_differ
from erdkreis.balances.services import agree, switch_off
from erdkreis.balances.voices import voices_beside
from factories import balances, pictures, rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def pictured(circle):
    return pictures.with_picture(circle)


def cell(rows, code):
    return next(cell for row in rows for cell in row.cells if cell.code == code)


def test_each_cell_shows_the_groups_that_were_asked_about_it(circle, pictured):
    sheet = balances.bakery(circle)

    rows = matrix_rows(assessed(sheet), voices_beside(pictured))

    lines = {line.group: line for line in cell(rows, "C1").voices}
    assert "in the middle" in lines["Employees"].sentence
    assert "n = 22" in lines["Employees"].sentence
    assert cell(rows, "B2").voices == ()


def test_points_are_the_same_with_and_without_voices(circle, pictured):
    found = assessed(balances.bakery(circle))

    with_voices = matrix_rows(found, voices_beside(pictured))
    without = matrix_rows(found)

    assert [(c.points, c.max_points) for r in with_voices for c in r.cells] == [
        (c.points, c.max_points) for r in without for c in r.cells
    ]


def test_hidden_is_marked_hidden_and_gives_nothing_away(circle, pictured, as_ada):
    sheet = balances.bakery(circle)
    rows = matrix_rows(assessed(sheet), voices_beside(pictured))

    hidden = [line for row in rows for c in row.cells for line in c.voices if line.is_hidden]
    page = as_ada.get(f"/balances/{sheet.pk}/").content.decode()

    assert {line.group for line in hidden} == {"People who do not buy"}
    assert {(line.sentence, line.middle) for line in hidden} == {("hidden: too few", None)}
    assert 'class="hidden-voice"' in page


def test_nothing_is_shown_while_people_still_answer(circle, as_ada):
    sheet = balances.bakery(circle)
    asking = rounds.asking(circle)

    page = as_ada.get(f"/balances/{sheet.pk}/?round={asking.pk}").content.decode()

    assert voices_beside(asking) is None
    assert "no voices stand beside the points" in page


def test_voices_of_another_circle_never_appear(circle, charlotte, as_ada):
    elsewhere = charlotte.roles.get().circle
    other = pictures.with_picture(elsewhere)
    sheet = balances.bakery(circle)

    page = as_ada.get(f"/balances/{sheet.pk}/?round={other.pk}").content.decode()

    assert "no voices stand beside the points" in page
    assert other.title not in page


def test_cells_that_differ_much_are_worth_a_talk(circle, pictured, as_ada):
    sheet = agree(balances.bakery(circle))

    found = {c.code: c.talk for c in talks(matrix_rows(assessed(sheet), voices_beside(pictured)))}
    page = as_ada.get(f"/balances/{sheet.pk}/").content.decode()

    assert found == {
        "A2": "They see this brighter than you do: Suppliers.",
        "E3": "You see this brighter than: Customers.",
        "E4": "They see this brighter than you do: Suppliers.",
    }
    assert page.count("worth a talk?") == 3


def test_a_cell_of_a_draft_that_nobody_has_rated_differs_from_nothing(circle, pictured):
    balances.bakery(circle)

    assert [cell.topic for cell in cells_that_differ(pictured)] == ["E3"]


def test_a_differing_cell_carries_what_groups_said_and_no_points(circle, pictured):
    agree(balances.bakery(circle))
    balances.bakery(circle, "A draft begun later")

    cells = {cell.topic: cell for cell in cells_that_differ(pictured)}

    assert {code: cell.is_self_brighter for code, cell in cells.items()} == {
        "A2": False,
        "E3": True,
        "E4": False,
    }
    (customers,) = cells["E3"].voices
    assert (customers.group_code, customers.item_code) == (
        "customers",
        "q3_environment.customers.core",
    )
    assert "points" not in repr(cells)


def test_no_cell_differs_where_the_room_is_closed_or_nothing_is_let_out(circle, pictured):
    agree(balances.bakery(circle))
    asking = rounds.asking(circle)

    assert cells_that_differ(asking) == []

    switch_off(circle)

    assert cells_that_differ(pictured) == []


def test_a_rounds_sentences_stand_whole_on_the_page_of_a_topic(circle, pictured, as_ada):
    sheet = balances.bakery(circle)

    page = as_ada.get(f"/balances/{sheet.pk}/topics/C1/").content.decode()

    assert "Kornblume" in page
    assert "{org}" not in page
    assert "It changes no points." in page


def test_a_cell_without_a_sentence_of_its_own_shows_the_question_as_a_whole(
    circle, pictured, as_ada
):
    sheet = balances.bakery(circle)
    as_ada.post(f"/balances/{sheet.pk}/topics/A1/", {"A1.1-estimation": "9"})

    rows = matrix_rows(assessed(sheet), voices_beside(pictured))
    page = as_ada.get(f"/balances/{sheet.pk}/topics/A1/").content.decode()

    own = {(line.group, line.sentence) for line in cell(rows, "A2").voices}
    assert {(line.group, line.sentence) for line in cell(rows, "A1").voices} >= own
    assert all(line.is_general for line in cell(rows, "A1").voices)
    assert not any(line.is_general for line in cell(rows, "A2").voices)
    assert "what was said to “Fair dealing with other businesses” as a whole" in page


def test_what_was_said_to_a_question_as_a_whole_makes_no_candidate(circle, pictured, as_ada):
    sheet = agree(balances.bakery(circle))

    found = [cell.topic for cell in cells_that_differ(pictured)]

    assert "A2" in found  # the very answers that stand in A1 and A4 as well, where nothing is rated
    assert not {"A1", "A4"} & set(found)
    assert not sheet.ratings.filter(code__startswith="A1").exists()
