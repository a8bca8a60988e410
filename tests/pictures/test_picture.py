"""The first picture: who was heard, who is missing, and no more than may be said."""

import re

import pytest

from erdkreis.circles.models import Group
from erdkreis.gate.models import Release
from erdkreis.invitations.models import Guardian
from erdkreis.invitations.services import appoint_guardian
from erdkreis.pictures.services import make_picture
from erdkreis.questionnaires.models import Answer, Evidence, Voice
from erdkreis.questionnaires.services import begin_guardian_voice
from erdkreis.rounds.models import Round
from factories import circles, rounds, voices
from factories.rounds import group

pytestmark = pytest.mark.django_db


def pictures():
    return Release.objects.filter(subject__endswith=".picture")


def core(code, question="q1_work"):
    return f"{question}.{code}.core"


def guardian(round_, name, value, n_evidence=1):
    item = core("environment", "q3_environment")
    made = Guardian(round_group=group(round_, "environment"), name=name)
    appoint_guardian(made)
    begin_guardian_voice(made, "de")
    voice = made.voice
    Voice.objects.filter(pk=voice.pk).update(is_sent=True)
    status = "rated" if value else "dont_know"
    voice.answers.create(item=item, status=status, value=value)
    for _piece in range(n_evidence):
        Evidence.objects.create(voice=voice, item=item, kind="study", title="T", source="S")


@pytest.fixture
def full(circle):
    """Every kind of group at once."""
    circle.groups.filter(code="suppliers").update(is_on=False, off_reason="We buy nothing.")
    circle.groups.filter(code="employees").update(size=37)
    round_ = rounds.asking(circle)
    # split down the middle
    voices.voices(
        group(round_, "employees"), core("employees"), [1] * 15 + [5] * 15 + ["dont_know"] * 3
    )
    # just enough, and of several minds
    voices.voices(group(round_, "customers"), core("customers"), [1, 2, 3, 4, 5])
    # one too few: their numbers could be 2 2 2 2
    voices.voices(group(round_, "partners"), core("partners"), [2, 2, 2, 2])
    # of one mind
    voices.voices(group(round_, "community"), core("community"), [5] * 6)
    # non_customers stay silent
    voices.voice(
        group(round_, "leadership"), {core("leadership"): 5}, is_collective=True, channel="link"
    )
    guardian(round_, "Emil Erle", 2)
    guardian(round_, "Frida Fichte", 4, n_evidence=2)
    guardian(round_, "Gustav Gras", None, n_evidence=0)
    make_picture(round_, "Ada")
    return round_


@pytest.fixture
def page(full, as_ada):
    return as_ada.get(f"/rounds/{full.pk}/picture/")


def cells(page, question=0):
    return {row.group.code: row.cells[question] for row in page.context["page"].rows}


def rows_of_table(page):
    html = page.content.decode()
    return {
        re.sub(r"<.*", "", row, flags=re.DOTALL).strip(): row
        for row in html.split('<th scope="row">')[1:]
        if 'class="cell' in row
    }


def test_each_group_is_shown_as_it_may_be(page):
    kinds = {code: cell.kind for code, cell in cells(page).items()}

    assert kinds == {
        "leadership": "spoken",
        "employees": "counts",
        "customers": "dots",
        "non_customers": "not_asked",
        "partners": "too_few",
        "community": "tendency",
        "environment": "not_asked",
    }


def test_a_split_group_stays_split(page):
    shown = cells(page)["employees"].distribution

    assert (shown.steps, shown.dont_know, shown.n_from) == ((15, 0, 0, 0, 15), 3, 33)
    assert cells(page)["employees"].sentence == "n = 33"


def test_five_are_shown_and_four_are_not(page):
    assert cells(page)["customers"].sentence == "n = 5 to 9"
    assert cells(page)["partners"].sentence == "too few"
    assert cells(page)["partners"].distribution is None


def test_a_group_of_one_mind_is_told_in_words(page):
    assert cells(page)["community"].sentence == "mostly agree, n = 5 to 9"
    assert cells(page)["community"].distribution is None


def test_the_page_says_of_each_group_how_it_was_heard(page):
    said = {row.group.code: row.heard_sentence for row in page.context["page"].rows}

    assert said == {
        "leadership": "One agreed answer for all.",
        "employees": "33 of about 37 heard",
        "customers": "5–9 voices",
        "non_customers": "Asked, but nobody answered.",
        "partners": "Heard, but fewer than 5: too few for a picture.",
        "community": "5–9 voices",
        "environment": "3 people spoke by name.",
    }


def test_a_group_that_was_not_asked_is_an_empty_chair_with_its_reason(page):
    chairs = {chair.name: chair for chair in page.context["page"].seats}

    assert "suppliers" not in {row.group.code for row in page.context["page"].rows}
    assert not chairs["Suppliers"].is_asked
    assert chairs["Suppliers"].sentence == "Not asked, because: We buy nothing."
    assert "We buy nothing." in page.content.decode()


def test_silent_asked_and_not_asked_look_different(page):
    silent = cells(page, question=2)["non_customers"]
    not_asked = cells(page)["non_customers"]

    assert (silent.kind, silent.sentence) == ("silent", "no answer")
    assert (not_asked.kind, not_asked.sentence) == ("not_asked", "not asked")


def test_guardians_stand_side_by_side_with_their_evidence(page):
    spoken = cells(page, question=2)["environment"].spoken

    assert [(s.who, s.value, s.status, s.n_evidence) for s in spoken] == [
        ("Emil Erle", 2, "rated", 1),
        ("Frida Fichte", 4, "rated", 2),
        ("Gustav Gras", None, "dont_know", 0),
    ]
    (rated,) = page.context["page"].advocacies[0].rated
    assert [len(position.pieces) for position in rated.positions] == [1, 2, 0]
    assert rated.do_differ
    words = page.content.decode()
    assert "Both stand here; there is no mean." in words
    assert "no evidence, so no rating" in words
    assert "Environment" not in rows_of_table(page)


def test_a_group_that_speaks_openly_and_says_nothing_is_not_left_blank(page):
    cell = cells(page, question=4)["environment"]

    assert (cell.kind, cell.sentence) == ("silent", "no answer")


def test_an_agreed_answer_is_shown_as_it_is(page):
    assert [s.value for s in cells(page)["leadership"].spoken] == [5]


def test_observers_are_marked(page):
    observers = {code for code, cell in cells(page).items() if cell.is_observer}

    assert observers == {"customers", "partners", "community"}


def test_voices_by_open_link_are_marked(circle, as_ada):
    round_ = rounds.asking(circle)
    voices.voice(group(round_, "employees"), {core("employees"): 3}, channel="link")
    voices.voices(group(round_, "customers"), core("customers"), [3] * 6)
    make_picture(round_, "Ada")

    page = as_ada.get(f"/rounds/{round_.pk}/picture/")

    by_link = {row.group.code for row in page.context["page"].rows if row.is_open_link}
    assert by_link == {"employees"}


def test_invited_and_open_link_stand_apart_where_both_are_many(circle, as_ada):
    round_ = rounds.asking(circle)
    employees = group(round_, "employees")
    voices.voices(employees, core("employees"), [1, 2, 3, 4, 5] * 5)
    for said in [1, 5, 3, 2] * 5:
        voices.voice(employees, {core("employees"): said}, channel="link")
    make_picture(round_, "Ada")

    page = as_ada.get(f"/rounds/{round_.pk}/picture/")

    mine = [row for row in page.context["page"].rows if row.group.code == "employees"]
    assert [(row.way, row.is_open_link) for row in mine] == [
        ("by invitation", False),
        ("by open link: not representative", True),
    ]
    assert [row.cells[0].distribution.steps for row in mine] == [(5, 5, 5, 5, 5), (5, 5, 5, 0, 5)]
    assert "45 voices" in page.content.decode()


def test_the_row_of_a_small_group_carries_no_number_of_its_people(page):
    """Four partners said 2. The row may say “fewer than 5”, and nothing else that counts."""
    row = rows_of_table(page)["Business partners"]
    seen = re.sub(r"<[^>]*>", " ", row)

    assert re.findall(r"\d+", seen) == ["5"]
    assert "<svg" not in row


def test_the_total_gives_nobody_away(page):
    """33 exact, two bands of five to nine, four hidden: “at least 43”, never 48."""
    words = re.sub(r"<[^>]*>", " ", page.content.decode())

    assert "At least 43 voices" in words
    assert not re.search(r"\b48\b", words)


def test_hidden_numbers_make_no_difference_to_the_page(circle, as_ada):
    """Two rounds alike but for the hidden group: their pages are the same, letter by letter."""
    pages = []
    for said in ([1], [5, 5, 5, 5]):
        round_ = rounds.asking(circle)
        slugs = {g.slug for g in round_.groups.all()}
        voices.voices(group(round_, "employees"), core("employees"), [1, 5] * 12)
        voices.voices(group(round_, "partners"), core("partners"), said)
        make_picture(round_, "Ada")
        html = as_ada.get(f"/rounds/{round_.pk}/picture/").content.decode()
        html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)
        for slug in slugs:
            html = html.replace(slug, "address")
        # Ways on from a difference name their round in the address.
        html = re.sub(rf"\b(where|round)={round_.pk}\b", r"\1=N", html)
        pages.append(html.replace(f"/rounds/{round_.pk}/", "/rounds/N/"))

    assert pages[0] == pages[1]


def test_what_was_released_stays_whatever_happens_to_the_rows(full, as_ada):
    before = as_ada.get(f"/rounds/{full.pk}/picture/").context["page"].rows

    Answer.objects.update(value=None, status="dont_know")
    Voice.objects.filter(round_group__code="customers").delete()
    voices.voices(group(full, "partners"), core("partners"), [1, 2, 3, 4, 5])
    Group.objects.filter(code="employees").update(name_en="Staff")

    assert as_ada.get(f"/rounds/{full.pk}/picture/").context["page"].rows == before
    assert pictures().count() == 1


def test_a_release_holds_no_raw_count_of_a_hidden_group(full):
    content = pictures().get().content

    partners = next(g for g in content["groups"] if g["code"] == "partners")
    hidden = {"showing": "too_few", "n_from": 0, "n_to": 0, "steps": [], "dont_know": 0,
              "tendency": None}  # fmt: skip
    assert partners["cells"] == {core("partners"): hidden}
    assert partners["heard"] == {"is_heard": True, "is_enough": False, "n_from": 0, "n_to": 0}


def test_a_raised_minimum_is_kept(circle, as_ada):
    round_ = rounds.asking(circle, min_group=8)
    voices.voices(group(round_, "customers"), core("customers"), [1, 2, 3, 4, 5, 1, 2])
    make_picture(round_, "Ada")

    page = as_ada.get(f"/rounds/{round_.pk}/picture/")

    assert cells(page)["customers"].kind == "too_few"
    assert "fewer than 8" in page.content.decode()


def test_unsent_voices_are_in_no_picture(circle, as_ada):
    round_ = rounds.asking(circle)
    voices.voices(group(round_, "customers"), core("customers"), [1, 2, 4, 5])
    voices.voice(group(round_, "customers"), {core("customers"): 3}, is_sent=False)
    make_picture(round_, "Ada")

    page = as_ada.get(f"/rounds/{round_.pk}/picture/")

    assert cells(page)["customers"].kind == "too_few"


def test_before_it_is_made_nobody_sees_anything(asking, as_ada):
    voices.voices(group(asking, "employees"), core("employees"), [1, 5] * 12)

    page = as_ada.get(f"/rounds/{asking.pk}/picture/").content.decode()

    assert "nobody sees results" in page
    assert "24" not in re.sub(r"<[^>]*>|The last day to answer is [^.]*\.", " ", page)


def test_making_it_twice_makes_it_once(asking, as_ada):
    as_ada.post(f"/rounds/{asking.pk}/picture/make/")
    again = as_ada.post(f"/rounds/{asking.pk}/picture/make/", follow=True)

    assert "has gone on in the meantime" in again.content.decode()
    assert pictures().count() == 1


def test_a_picture_of_nobody_is_a_picture(asking, as_ada):
    page = as_ada.post(f"/rounds/{asking.pk}/picture/make/", follow=True)

    assert page.status_code == 200
    assert {cell.kind for row in page.context["page"].rows for cell in row.cells} == {
        "silent",
        "not_asked",
    }


def test_a_picture_costs_the_same_for_one_voice_and_for_many(
    circle, as_ada, django_assert_max_num_queries
):
    costs = []
    for n in (1, 3):
        round_ = rounds.asking(circle)
        voices.voices(group(round_, "employees"), core("employees"), [3] * n * 6)
        make_picture(round_, "Ada")
        with django_assert_max_num_queries(20) as captured:
            as_ada.get(f"/rounds/{round_.pk}/picture/")
        costs.append(len(captured))

    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("host", 200),
        ("facilitator", 200),
        ("guardian", 200),
        ("reader", 200),
        ("entry_helper", 403),
    ],
)
def test_who_may_look_at_the_picture(full, circle, client, role, status):
    client.force_login(circles.member(circle, "hanna", role))

    assert client.get(f"/rounds/{full.pk}/picture/").status_code == status


def test_others_do_not_see_the_picture(full, as_charlotte, client):
    assert as_charlotte.get(f"/rounds/{full.pk}/picture/").status_code == 403
    assert client.get(f"/rounds/{full.pk}/picture/").status_code == 302


def test_only_a_host_makes_the_picture(asking, as_bela):
    assert as_bela.post(f"/rounds/{asking.pk}/picture/make/").status_code == 403
    assert Round.objects.get(pk=asking.pk).state == "asking"
