"""When the picture is made, the last threads between voices and people are cut."""

from itertools import pairwise

import pytest

from erdkreis.pictures.services import make_picture
from erdkreis.questionnaires.models import Answer, OwnWords, Voice
from factories import voices
from factories.phones import at, begin, sent
from factories.rounds import group

pytestmark = pytest.mark.django_db

CORE = "q1_work.employees.core"


@pytest.fixture
def parted(asking, employees, phone):
    """A round with one voice that wrote everywhere, four that wrote once, one that never sent."""
    sent(phone, employees, answer="2", words="Too early in the morning.")
    phone.post(at(employees, 11), {"words": "More sleep."})
    phone.post(at(employees, 12), {"words": ""})
    for said in (1, 2, 3, 4):
        voice = voices.voice(employees, {CORE: said})
        Answer.objects.filter(voice=voice).update(words=f"I say {said}.")
    voices.voices(employees, CORE, [5])
    unsent = voices.voice(employees, {CORE: 1}, is_sent=False)
    Answer.objects.filter(voice=unsent).update(words="Not meant to be sent.")
    make_picture(asking, "Ada")
    return asking


def test_receipt_codes_are_forgotten(parted, employees, phone):
    assert set(Voice.objects.values_list("receipt_digest", flat=True)) == {None}
    assert phone.get(at(employees, "check")).context["typed"] == []


def test_own_words_are_cut_from_their_voice(parted):
    assert set(Answer.objects.values_list("words", flat=True)) == {""}
    assert sorted(OwnWords.objects.values_list("item", "text")) == [
        ("closing.better", "More sleep."),
        *[(CORE, f"I say {said}.") for said in (1, 2, 3, 4)],
        (CORE, "Too early in the morning."),
    ]


def test_no_column_joins_own_words_to_a_voice():
    of_words = {field.name for field in OwnWords._meta.fields}

    assert of_words == {"id", "round_group", "item", "text", "language"}


def test_not_even_that_an_open_question_was_answered_is_kept(parted):
    """One person wrote about it: a row that says so beside her ratings would name her text."""
    assert set(Answer.objects.values_list("item", "status")) == {(CORE, "rated")}


def test_no_number_joins_own_words_to_an_answer(parted):
    keys = set(Answer.objects.values_list("pk", flat=True))
    keys |= set(Voice.objects.values_list("pk", flat=True))

    assert keys & set(OwnWords.objects.values_list("pk", flat=True)) == set()


def test_texts_of_one_person_do_not_stand_together(asking, employees):
    """Twenty people write two texts each; stored order must not keep pairs side by side."""
    for i in range(20):
        voice = voices.voice(employees, {CORE: 3, "closing.better": "words"})
        Answer.objects.filter(voice=voice).update(words=f"person {i}")

    make_picture(asking, "Ada")

    stored = list(OwnWords.objects.order_by().values_list("pk", "text"))
    assert stored == sorted(stored), "in the order of random numbers"
    by_person = [text for _pk, text in stored]
    side_by_side = sum(a == b for a, b in pairwise(by_person))
    assert side_by_side < 15


def test_what_was_never_sent_is_gone(parted):
    assert Voice.objects.count() == 6
    assert not OwnWords.objects.filter(text="Not meant to be sent.").exists()


def test_guardians_keep_their_words_because_they_speak_by_name(asking):
    from erdkreis.invitations.models import Guardian
    from erdkreis.invitations.services import appoint_guardian
    from erdkreis.questionnaires.services import begin_guardian_voice

    guardian = Guardian(round_group=group(asking, "environment"), name="Emil Erle")
    appoint_guardian(guardian)
    begin_guardian_voice(guardian, "de")
    guardian.voice.answers.create(item="q3_environment.environment.core", status="dont_know",
                                  words="Nobody measured.")  # fmt: skip
    Voice.objects.update(is_sent=True)

    make_picture(asking, "Ada")

    assert Answer.objects.get().words == "Nobody measured."
    assert not OwnWords.objects.exists()


def test_another_round_keeps_its_voices(circle, parted, other_phone):
    from factories import rounds

    other = group(rounds.asking(circle), "employees")
    receipt = begin(other_phone, other)

    assert other.voices.get().receipt_digest is not None
    assert other_phone.receipt(other) == receipt


def test_a_voice_that_withdraws_a_moment_too_late_stays_in_the_picture(asking, employees):
    from erdkreis.questionnaires.services import send_voice, withdraw_voice

    voice, *_others = voices.voices(employees, CORE, [3] * 5)
    make_picture(asking, "Ada")

    assert (withdraw_voice(voice), send_voice(voice)) == (False, False)
    assert Voice.objects.count() == 5


def test_ratings_of_too_few_are_not_kept(asking, employees):
    """Nobody will ever see them. Of a single voice, the roll would say whose it is."""
    voices.voices(employees, CORE, [1, 2, 3, 4])
    voices.voices(group(asking, "customers"), "x", [1] * 5)
    leaders = voices.voice(group(asking, "leadership"), {CORE: 4}, is_collective=True)

    make_picture(asking, "Ada")

    assert not employees.voices.exists()
    assert Voice.objects.filter(round_group__code="customers").count() == 5
    assert Voice.objects.filter(pk=leaders.pk).exists(), "they speak openly"


def test_texts_of_too_few_writers_are_not_kept(asking, employees):
    """Four of nine wrote, one of them twice: they may bring it into the talk themselves."""
    for i in range(9):
        voice = voices.voice(employees, {CORE: 3, "q3_environment.employees.core": 2})
        if i < 4:
            wrote = voice.answers.all() if i == 0 else voice.answers.filter(item=CORE)
            wrote.update(words="Something.")

    make_picture(asking, "Ada")

    assert not OwnWords.objects.exists()
    assert set(Answer.objects.values_list("words", flat=True)) == {""}
    assert employees.voices.count() == 9


def test_own_words_are_let_out_by_key_in_a_new_order(parted, employees):
    from erdkreis.gate.services import words_let_out
    from erdkreis.pictures.analysis import WORDS

    told = words_let_out(parted, WORDS)

    assert set(told.pop("employees")) == set(OwnWords.objects.values_list("pk", flat=True))
    assert all(keys == [] for keys in told.values())


def test_on_which_day_somebody_came_is_forgotten(asking, employees):
    made = voices.voices(employees, CORE, [1] * 5)
    Voice.objects.filter(pk=made[0].pk).update(day="2020-01-01")

    make_picture(asking, "Ada")

    assert employees.voices.values("day").distinct().count() == 1


@pytest.mark.parametrize(
    ("spoken", "kept"),
    [
        (["de"] * 6, ["de"] * 6),
        (["de"] * 5 + ["en"] * 5, ["de"] * 5 + ["en"] * 5),
        # One English text would name the one English voice; forgetting only hers would, too.
        (["de"] * 6 + ["en"], [""] * 7),
        (["de"] * 3 + ["en"] * 3, [""] * 6),
        (["en"] * 5, ["en"] * 5),
    ],
)
def test_a_rare_language_does_not_lead_from_a_text_to_its_voice(asking, employees, spoken, kept):
    for language in spoken:
        voice = voices.voice(employees, {CORE: 3})
        Voice.objects.filter(pk=voice.pk).update(language=language)
    customer, *_others = voices.voices(group(asking, "customers"), CORE, [1] * 5)

    make_picture(asking, "Ada")

    assert sorted(employees.voices.values_list("language", flat=True)) == sorted(kept)
    assert Voice.objects.get(pk=customer.pk).language == "de"
