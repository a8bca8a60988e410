"""A round beside the one it follows: what is compared, what is refused, and what stays inside."""

import re
from dataclasses import replace

import pytest

from erdkreis.calc.picture import Says, Verdict
from erdkreis.gate.services import released
from erdkreis.pictures.look_again import change_figures, look_again
from erdkreis.pictures.page import names_of
from erdkreis.pictures.services import make_picture, publish_picture
from erdkreis.questionnaires import catalogue as asked
from erdkreis.questionnaires.catalogue import catalogue
from erdkreis.rounds.models import Round, RoundGroup
from factories import circles, rounds, voices
from factories.rounds import group

pytestmark = pytest.mark.django_db

# Agree 25 %, then 65 %, of 40 people each time.
DARK = [1] * 8 + [2] * 12 + [3] * 10 + [4] * 6 + [5] * 4
BRIGHT = [1] * 2 + [2] * 6 + [3] * 6 + [4] * 16 + [5] * 10


def pictured(circle, said, *, follows=None):
    """Make a round in which each group rates the first question."""
    round_ = rounds.asking(circle)
    Round.objects.filter(pk=round_.pk).update(follows=follows)
    for code, values in said.items():
        voices.voices(group(round_, code), f"q1_work.{code}.core", values)
    make_picture(round_, "Ada")
    return Round.objects.get(pk=round_.pk)


@pytest.fixture
def pair(circle):
    first = pictured(
        circle,
        {"employees": DARK, "customers": [1, 2, 3, 4, 5, 4], "partners": [2, 2, 2, 2]},
    )
    second = pictured(
        circle,
        {"employees": BRIGHT, "customers": [1, 2, 3, 4, 5, 4], "partners": [4, 5, 4, 5, 5, 2]},
        follows=first,
    )
    return first, second


def on_work(found, code):
    (one,) = found.about("q1_work", {code})
    return one


def test_each_group_gets_one_of_the_three_sentences(pair):
    found = look_again(pair[1])

    assert on_work(found, "employees").verdict == Verdict.CLEARLY
    assert on_work(found, "customers").verdict == Verdict.NO_CLEAR_DIFFERENCE
    assert on_work(found, "partners").verdict == Verdict.TOO_FEW
    assert [one.group.code for one in found.with_verdict(Verdict.CLEARLY)] == ["employees"]


def test_without_an_earlier_picture_nothing_is_compared(circle, pair):
    alone = pictured(circle, {"employees": DARK})
    not_yet = rounds.asking(circle)
    Round.objects.filter(pk=not_yet.pk).update(follows=pair[0])

    assert look_again(alone) is None
    assert look_again(Round.objects.get(pk=not_yet.pk)) is None
    assert look_again(pair[0]) is None


def test_other_words_are_refused_and_the_same_words_of_a_newer_version_are_not(pair, monkeypatch):
    first, second = pair
    Round.objects.filter(pk=first.pk).update(item_version="2025-1")
    new = catalogue("2026-1")
    work = new.questions[0]
    changed = tuple(
        asked.Item(**(vars(i) | {"wording": asked.Wording("Es ist gut.", "It is good.")}))
        if i.code == "q1_work.employees.core"
        else i
        for i in work.items
    )
    old_work = asked.Question(**(vars(work) | {"items": changed}))
    old = asked.Catalogue(
        **{name: getattr(new, name) for name in asked.Catalogue.__dataclass_fields__}
        | {"version": "2025-1", "questions": (old_work, *new.questions[1:])}
    )
    monkeypatch.setattr(
        "erdkreis.pictures.look_again.catalogue", lambda version: {"2025-1": old}.get(version, new)
    )

    found = look_again(Round.objects.get(pk=second.pk))

    assert on_work(found, "employees").change.saying.code == Says.OTHER_WORDING
    assert on_work(found, "customers").verdict == Verdict.NO_CLEAR_DIFFERENCE


def test_a_group_that_now_speaks_as_one_is_not_compared(pair, monkeypatch):
    first, _second = pair
    let_out = released

    def speaking_as_one(round_, subject):
        table = let_out(round_, subject)
        groups = (
            replace(g, is_anonymous=False) if g.code == "employees" else g for g in table.groups
        )
        return replace(table, groups=tuple(groups)) if round_.pk == first.pk else table

    monkeypatch.setattr("erdkreis.pictures.look_again.released", speaking_as_one)
    RoundGroup.objects.filter(round=first, code="employees").update(voice_mode="collective")

    found = look_again(pair[1])

    assert on_work(found, "employees").change.saying.code == Says.OTHER_VOICE_MODE


def test_a_group_of_the_same_name_is_still_another_group(circle, pair):
    _first, second = pair
    row = group(second, "employees")
    other = circle.groups.create(code="temps", name_de="Mitarbeitende", name_en="Employees")
    RoundGroup.objects.filter(pk=row.pk).update(group=other)

    found = look_again(second)

    assert found.about("q1_work", {"employees"}) == ()
    told = {(p.before, p.after) for p in found.people if p.name == "Employees"}
    assert told == {("40 voices", "not asked"), ("not asked", "40 voices")}


def test_who_spoke_stands_beside_and_a_new_name_is_told(pair):
    first, second = pair
    RoundGroup.objects.filter(round=first, code="employees").update(name_en="Staff")

    people = {p.name: (p.before, p.after) for p in look_again(second).people}

    assert people["Employees, in the earlier round: Staff"] == ("40 voices", "40 voices")
    assert people["Customers"] == ("5–9 voices", "5–9 voices")


def test_the_worst_of_the_first_time_is_told_to_drift(pair):
    found = look_again(pair[1], chosen_as_worst={("q1_work", "employees")})

    drift = [
        one.group.code
        for one in found.changes
        if any(said.code == Says.DRIFT_TO_THE_MIDDLE for said in one.change.beneath)
    ]
    assert drift == ["employees"]


def test_the_leadership_and_guardians_are_not_counted(pair):
    codes = {one.group.code for one in look_again(pair[1]).changes}

    assert not codes & {"leadership", "environment"}


def test_nothing_of_a_hidden_group_is_drawn(pair):
    """Four partners said 2 before: neither the drawing nor its table may say so."""
    second = pair[1]
    found = look_again(second)
    figures = change_figures(found, names_of(list(second.groups.all()), catalogue("2026-1")))

    rows = [row for row in figures["before-after-q1_work"].rows if row[1] == "Business partners"]
    (row,) = [row for row in rows if row[2] == "Before"]
    assert row[3:10] == ("", "–", "–", "–", "–", "–", "–")
    assert "Too few to tell." in row


def test_the_page_says_what_differs_and_never_why(pair, as_ada):
    page = as_ada.get(f"/rounds/{pair[1].pk}/before-after/").content.decode()
    words = re.sub(r"<[^>]*>", " ", page)

    assert "Clearly different." in words
    assert "not why" in words
    assert not re.search(r"caused|proved|effect of|thanks to", words)
    assert 'href="before-after.svg"' in page
    answer = as_ada.get(f"/rounds/{pair[1].pk}/before-after/before-after.csv")
    assert "Employees" in answer.content.decode()


def test_it_is_public_only_where_both_rounds_are(pair, client):
    first, second = pair
    publish_picture(second, "Ada")
    address = f"/p/{second.publication.slug}/"
    alone = client.get(address).content.decode()
    hidden = client.get(f"{address}before-after/").status_code

    publish_picture(first, "Ada")

    assert hidden == 404
    assert "before-after" not in alone
    assert client.get(f"{address}before-after/").status_code == 200
    assert client.get(f"{address}before-after/before-after.svg").status_code == 200
    assert "before-after" in client.get(address).content.decode()


def test_it_costs_the_same_for_few_and_for_many(circle, as_ada, django_assert_max_num_queries):
    costs = []
    for n in (1, 3):
        first = pictured(circle, {"employees": DARK[::-1] * n})
        second = pictured(circle, {"employees": BRIGHT * n, "customers": DARK[:n]}, follows=first)
        with django_assert_max_num_queries(25) as captured:
            as_ada.get(f"/rounds/{second.pk}/before-after/")
        costs.append(len(captured))

    assert costs[0] == costs[1]


@pytest.mark.parametrize(("role", "status"), [("reader", 200), ("entry_helper", 403)])
def test_who_may_look_again(pair, circle, client, role, status):
    client.force_login(circles.member(circle, "hanna", role))

    assert client.get(f"/rounds/{pair[1].pk}/before-after/").status_code == status
