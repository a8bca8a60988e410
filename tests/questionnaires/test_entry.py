"""Paper forms, typed in by helpers: by piles, with a second look at a tenth."""

import pytest
from django.test import Client

from erdkreis.questionnaires.entry import EntryError, drawn, enter_form, finish, may_check
from erdkreis.questionnaires.models import Answer, EntryBatch, Voice
from erdkreis.questionnaires.parting import part_voices_from_people
from erdkreis.questionnaires.services import Given
from erdkreis.rounds.models import Round
from factories import circles, piles, rounds
from factories.rounds import group

pytestmark = pytest.mark.django_db


@pytest.fixture
def hugo(circle):
    return circles.member(circle, "hugo", "entry_helper")


@pytest.fixture
def irma(circle):
    return circles.member(circle, "irma", "entry_helper")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def as_hugo(hugo):
    return signed_in(hugo)


@pytest.fixture
def as_irma(irma):
    return signed_in(irma)


def address(round_, batch, path=""):
    return f"/rounds/{round_.pk}/entry/{batch.pk}/{path}"


def text_of(answer):
    return answer.content.decode()


def test_a_helper_begins_a_pile_and_types_form_after_form(as_hugo, asking, employees):
    begun = as_hugo.post(
        f"/rounds/{asking.pk}/entry/", {"label": "Box at the gate", "group": employees.pk}
    )
    where = begun.headers["Location"]
    assert "Write 1 on this form" in text_of(as_hugo.get(where))

    as_hugo.post(where, {"sheet": "1", "item_1": "5", "item_2": "0", "language": "de"})
    again = as_hugo.post(where, {"sheet": "2", "item_1": "2", "language": "en"}, follow=True)

    assert "Form 2 is stored." in text_of(again)
    assert "Write 3 on this form" in text_of(again)
    voices = Voice.objects.order_by("sheet")
    assert [(v.channel, v.is_sent, v.sheet, v.language) for v in voices] == [
        ("helper", True, 1, "de"),
        ("helper", True, 2, "en"),
    ]
    first = voices[0].answers.order_by("item").values_list("status", "value")
    assert sorted(first, key=str)[:2] == [("dont_know", None), ("rated", 5)]


def test_what_is_left_out_on_paper_is_left_out(as_hugo, hugo, asking, employees):
    batch = piles.pile(employees, hugo)

    as_hugo.post(address(asking, batch), {"sheet": "1", "item_1": "3", "language": "de"})

    assert Answer.objects.filter(status="rated").count() == 1
    assert set(Answer.objects.exclude(value=3).values_list("status", flat=True)) == {"skipped"}


@pytest.mark.parametrize("typed", ["6", "9", "x", "12", "-1", "٣"])
def test_only_the_digits_of_the_form_are_taken(as_hugo, hugo, asking, employees, typed):
    batch = piles.pile(employees, hugo)

    refused = as_hugo.post(
        address(asking, batch), {"sheet": "1", "item_1": typed, "language": "de"}
    )

    assert refused.status_code == 422
    assert f'value="{typed}"' in text_of(refused), "what was typed is not lost"
    assert Voice.objects.count() == 0


def test_an_empty_form_is_not_counted(as_hugo, hugo, asking, employees):
    batch = piles.pile(employees, hugo)

    refused = as_hugo.post(address(asking, batch), {"sheet": "1", "language": "de"})

    assert "An empty form is not counted" in text_of(refused)
    assert Voice.objects.count() == 0


def test_a_form_sent_twice_is_stored_once(as_hugo, hugo, asking, employees):
    batch = piles.pile(employees, hugo)
    form = {"sheet": "1", "item_1": "3", "language": "de"}

    as_hugo.post(address(asking, batch), form)
    again = as_hugo.post(address(asking, batch), form)

    assert "Form 1 is stored already" in text_of(again)
    assert Voice.objects.count() == 1


def test_the_form_typed_last_can_be_taken_back(as_hugo, hugo, asking, employees):
    batch = piles.pile(employees, hugo, 2)

    as_hugo.post(address(asking, batch, "back/"))

    assert list(Voice.objects.values_list("sheet", flat=True)) == [1]


def test_nobody_types_into_the_pile_of_another(as_irma, hugo, asking, employees):
    batch = piles.pile(employees, hugo, 1)

    for path in ("", "back/", "finish/"):
        as_irma.post(address(asking, batch, path), {"sheet": "2", "item_1": "1", "language": "de"})

    assert Voice.objects.count() == 1
    assert not EntryBatch.objects.get().is_finished


@pytest.mark.parametrize(("n_forms", "n_drawn"), [(1, 1), (10, 1), (11, 2), (25, 3)])
def test_a_tenth_is_drawn_for_a_second_look(hugo, employees, n_forms, n_drawn):
    batch = piles.finished(employees, hugo, n_forms)

    assert len(set(batch.to_check)) == n_drawn
    assert [sheet for sheet, _answers in drawn(batch)] == batch.to_check


def test_the_second_look_is_a_second_persons(hugo, irma, ada, employees):
    batch = piles.finished(employees, hugo, 3)

    assert not may_check(batch, hugo)
    assert may_check(batch, irma)


def test_the_second_person_sees_only_what_was_drawn_and_only_once(as_irma, hugo, asking, employees):
    batch = piles.finished(employees, hugo, 12)

    page = text_of(as_irma.get(address(asking, batch, "check/")))
    as_irma.post(address(asking, batch, "check/"), {"n_differences": "1"})

    shown = [n for n in range(1, 13) if f"<h2>Form {n}</h2>" in page]
    assert shown == batch.to_check
    assert as_irma.get(address(asking, batch, "check/")).status_code == 403
    assert EntryBatch.objects.get().n_differences == 1


def test_an_unfinished_pile_is_looked_through_by_nobody(as_irma, hugo, asking, employees):
    batch = piles.pile(employees, hugo, 12)

    assert as_irma.get(address(asking, batch, "check/")).status_code == 403


def test_a_finished_pile_stays_as_it_is(hugo, employees):
    batch = piles.finished(employees, hugo, 2)

    with pytest.raises(EntryError, match="finished"):
        enter_form(batch, 3, "de", {piles.first_item(employees): Given("rated", 1)})
    with pytest.raises(EntryError, match="finished"):
        finish(batch)


def test_nothing_is_typed_in_before_or_after_the_round(hugo, employees):
    batch = piles.pile(employees, hugo)
    Round.objects.update(state="picture")

    with pytest.raises(EntryError, match="cannot answer now"):
        enter_form(batch, 1, "de", {piles.first_item(employees): Given("rated", 1)})


def test_a_pile_of_another_round_is_not_found(as_hugo, hugo, circle, asking, employees):
    batch = piles.pile(employees, hugo)
    other = rounds.asking(circle)

    assert as_hugo.get(address(other, batch)).status_code == 404


@pytest.mark.parametrize("code", ["leadership", "environment"])
def test_groups_that_are_not_anonymous_are_not_typed_in(as_hugo, asking, code):
    given = {"label": "x", "group": group(asking, code).pk}

    as_hugo.post(f"/rounds/{asking.pk}/entry/", given)

    assert EntryBatch.objects.count() == 0


def test_at_the_end_voices_leave_their_pile(hugo, asking, employees):
    piles.finished(employees, hugo, 6)

    part_voices_from_people(asking)

    assert set(Voice.objects.values_list("batch", "sheet")) == {(None, None)}
    assert set(Voice.objects.values_list("channel", flat=True)) == {"helper"}
    assert EntryBatch.objects.get().n_forms == 6


def test_at_the_end_no_pile_tells_how_few_there_were(hugo, asking, employees):
    piles.finished(employees, hugo, 3)

    part_voices_from_people(asking)

    assert not EntryBatch.objects.exists()


def test_a_helper_finds_the_way_from_the_circles(as_hugo, as_bela, asking):
    assert "/entry/" in text_of(as_hugo.get("/circles/"))
    assert f"/rounds/{asking.pk}/entry/" in text_of(as_hugo.get("/entry/"))
    assert "/entry/" not in text_of(as_bela.get("/circles/"))
