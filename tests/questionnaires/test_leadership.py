"""The leadership goes first: its view, its prediction, one agreed answer, and a seal."""

import pytest

from erdkreis.circles.models import Group
from erdkreis.questionnaires.models import Answer, Prediction, Voice
from erdkreis.questionnaires.paths import Path
from erdkreis.questionnaires.queries import voice_with
from erdkreis.questionnaires.services import AlreadyBegun, begin_voice, seal_leadership
from erdkreis.rounds.models import Round
from erdkreis.rounds.services import RoundError
from factories import rounds
from factories.at_once import at_once
from factories.phones import at, begin
from shown_forms import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def inviting(circle):
    return rounds.inviting(circle)


@pytest.fixture
def leadership(inviting):
    return rounds.group(inviting, "leadership")


def predict(phone, leadership):
    """Expect a 4 of every group about the first question."""
    page = next(page for page in Path(leadership).pages if page.is_prediction)
    data = {f"group_{target.pk}": "4" for target in page.targets}
    phone.post(at(leadership, page.number), data)
    return page


def answered_and_sent(phone, leadership):
    begin(phone, leadership)
    phone.post(at(leadership, 1), {"answer": "5", "words": "We try hard."})
    page = predict(phone, leadership)
    phone.post(at(leadership, "check"))
    return page


def test_the_leadership_answers_before_anybody_else_may(inviting, leadership, phone):
    begin(phone, leadership)

    assert Voice.objects.get().is_collective
    for group in inviting.groups.exclude(code="leadership").exclude(voice_mode="on_record"):
        assert phone.post(at(group)).status_code == 409
    assert Voice.objects.count() == 1


def test_the_leadership_predicts_each_group_that_is_asked(leadership):
    pages = [page for page in Path(leadership).pages if page.is_prediction]

    asked = {page.question.code: [t.code for t in page.targets] for page in pages}
    assert len(pages) == 6
    assert asked["q1_work"] == ["employees", "customers", "partners", "suppliers", "community"]
    assert asked["q6_real_needs"] == [
        "employees", "customers", "non_customers", "partners", "environment",
    ]  # fmt: skip
    assert sum(map(len, asked.values())) == 38 - 6


def test_nobody_predicts_a_group_that_is_not_asked(circle):
    Group.objects.filter(code="suppliers").update(is_on=False, off_reason="We buy nothing.")
    leadership = rounds.group(rounds.inviting(circle), "leadership")

    targets = {t.code for page in Path(leadership).pages for t in page.targets}
    assert "suppliers" not in targets


def test_predictions_are_stored_group_by_group(leadership, phone):
    begin(phone, leadership)

    page = predict(phone, leadership)

    stored = Prediction.objects.values_list("round_group__code", "question", "status", "value")
    assert sorted(stored) == sorted((t.code, "q1_work", "rated", 4) for t in page.targets)


def test_a_prediction_can_be_changed_before_it_is_sealed(leadership, phone):
    begin(phone, leadership)
    page = predict(phone, leadership)

    target = page.targets[0]
    phone.post(at(leadership, page.number), {f"group_{target.pk}": "dont_know"})

    changed = Prediction.objects.get(round_group=target)
    assert (changed.status, changed.value) == ("dont_know", None)
    assert Prediction.objects.count() == len(page.targets)


def test_predictions_for_other_groups_than_asked_are_ignored(leadership, phone, asking):
    begin(phone, leadership)
    foreign = rounds.group(asking, "employees")
    page = next(page for page in Path(leadership).pages if page.is_prediction)

    phone.post(at(leadership, page.number), {f"group_{foreign.pk}": "1", "group_0": "1"})

    assert not Prediction.objects.filter(round_group=foreign).exists()


@pytest.mark.parametrize("value", ["0", "6", "4.5", "-1", "yes", "\0"])
def test_predictions_outside_the_scale_are_refused(leadership, phone, value):
    begin(phone, leadership)
    page = next(page for page in Path(leadership).pages if page.is_prediction)

    answer = phone.post(at(leadership, page.number), {f"group_{page.targets[0].pk}": value})

    assert answer.status_code == 422
    assert not Prediction.objects.exists()


def test_sealing_waits_for_view_and_prediction(inviting, leadership, phone):
    begin(phone, leadership)
    phone.post(at(leadership, 1), {"answer": "5"})
    phone.post(at(leadership, "check"))

    with pytest.raises(RoundError, match="Nothing is sealed"):
        seal_leadership(inviting, "Ada")

    assert Round.objects.get(pk=inviting.pk).leadership_sealed_at is None


def test_sealing_is_logged_with_its_time(inviting, leadership, phone, as_ada):
    answered_and_sent(phone, leadership)

    as_ada.post(f"/rounds/{inviting.pk}/seal/")

    sealed = Round.objects.get(pk=inviting.pk)
    assert sealed.leadership_sealed_at is not None
    assert list(sealed.log.filter(kind="seal").values_list("by")) == [("Ada",)]


def test_nothing_of_the_leadership_changes_after_it_is_sealed(inviting, leadership, phone):
    page = answered_and_sent(phone, leadership)
    seal_leadership(inviting, "Ada")
    before = (list(Answer.objects.values()), list(Prediction.objects.values()))

    target = page.targets[0]
    answers = [
        phone.post(at(leadership, 1), {"answer": "1", "words": "It was a mistake."}),
        phone.post(at(leadership, page.number), {f"group_{target.pk}": "1"}),
        phone.post(at(leadership, "check")),
        phone.post(at(leadership, "withdraw")),
        phone.post(at(leadership)),
    ]

    assert [answer.status_code for answer in answers] == [409] * 5
    assert "It was a mistake." in answers[0].content.decode()
    assert (list(Answer.objects.values()), list(Prediction.objects.values())) == before
    assert Voice.objects.count() == 1


def test_sealing_twice_seals_once(inviting, leadership, phone):
    answered_and_sent(phone, leadership)
    first = seal_leadership(inviting, "Ada").leadership_sealed_at

    with pytest.raises(RoundError, match="sealed already"):
        seal_leadership(inviting, "Ada")

    assert Round.objects.get(pk=inviting.pk).leadership_sealed_at == first


def test_a_group_that_speaks_as_one_begins_once(leadership, phone, other_phone):
    begin(phone, leadership)
    phone.post(at(leadership, 1), {"answer": "5"})

    second = other_phone.post(at(leadership))

    assert second.status_code == 409
    assert "has already begun its answer" in second.content.decode()
    assert Voice.objects.count() == 1
    assert phone.post(at(leadership, 2), {"answer": "5"}).status_code == 302


def test_a_door_pressed_twice_does_not_shut_the_group_out(leadership, phone, other_phone):
    """The first answer of the server is lost on the way, its cookie with it."""
    lost = begin(phone, leadership)
    phone.lose_cookies()

    second = phone.post(at(leadership))

    assert second.headers["Location"] == at(leadership, 1)
    assert phone.post(at(leadership, 1), {"answer": "5"}).status_code == 302
    gone = other_phone.post(at(leadership, "resume"), {"receipt": lost})
    assert "We know no voice with this code here" in gone.content.decode()
    assert Voice.objects.count() == 1


def test_the_receipt_code_lets_the_group_go_on_together(leadership, phone, other_phone):
    receipt = begin(phone, leadership)

    other_phone.post(at(leadership, "resume"), {"receipt": receipt})
    other_phone.post(at(leadership, 1), {"answer": "3"})

    assert Voice.objects.get().answers.count() == 1


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_many_who_begin_at_once_one_goes_on(leadership):
    begun, refused = [], []

    def press(_n):
        try:
            begun.append(begin_voice(leadership, "link", "de"))
        except AlreadyBegun:
            refused.append(1)

    at_once(press, range(8))

    assert (len(begun) + len(refused), Voice.objects.count()) == (8, 1)
    assert [voice_with(receipt, leadership) is not None for receipt in begun].count(True) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_come_after_the_first_answer_nobody_begins(leadership, phone):
    begin(phone, leadership)
    phone.post(at(leadership, 1), {"answer": "5"})

    for _late in range(3):
        with pytest.raises(AlreadyBegun):
            begin_voice(leadership, "link", "de")

    assert Voice.objects.count() == 1


def test_who_prepares_goes_on_from_the_thanks_to_the_round(leadership, phone, as_ada):
    answered_and_sent(phone, leadership)

    shown = read(at(leadership, "thanks"), phone.get(at(leadership, "thanks")).content.decode())

    here = f"/rounds/{leadership.round_id}/"
    assert here in shown.links
    assert as_ada.get(here).status_code == 200
