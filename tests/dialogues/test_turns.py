"""What comes up next: drawn by what would teach most, with a chance for every one, written down."""

from collections import Counter

import pytest
from django.db import connection

from erdkreis.dialogues import services
from erdkreis.dialogues.models import Statement, Turn, Vote, Voter
from erdkreis.dialogues.queries import accepted_statements
from factories.dialogues import crowd, dialogue, two_camps, voter
from factories.phones import Phone

pytestmark = pytest.mark.django_db


def in_turn(one: Voter) -> Statement | None:
    seen = one.votes.values_list("statement", flat=True)
    return services.statement_in_turn(one, list(accepted_statements(one.dialogue)), seen)


def say(one: Voter, receipt: str, statement: Statement, value: int = 1) -> None:
    assert services.cast_vote(receipt, one.dialogue.slug, statement.pk, value)


def go_through(talk, group=None) -> list[float]:
    """Vote on everything that comes up; return the chances in order."""
    one, receipt = voter(talk)
    Voter.objects.filter(pk=one.pk).update(group=group)
    one.refresh_from_db()
    chances = []
    while statement := in_turn(one):
        say(one, receipt, statement)
        chances.append(Vote.objects.get(voter=one, statement=statement).chance)
    return chances


def test_before_anything_is_known_every_statement_has_the_same_chance_and_no_order_shows(circle):
    talk = dialogue(circle, own=[f"Statement {n}." for n in range(6)])

    assert go_through(talk) == pytest.approx([0.17] * 6)


def test_a_reload_shows_the_same_and_draws_nothing(circle, django_assert_num_queries):
    one, _receipt = voter(dialogue(circle))
    first = in_turn(one)
    before = Turn.objects.values().get()

    assert {in_turn(one) for _ in range(5)} == {first}
    assert Turn.objects.values().get() == before


def test_people_see_different_statements_first(circle):
    talk = dialogue(circle, own=[f"Statement {n}." for n in range(6)])
    firsts = Counter(in_turn(voter(talk)[0]).number for _ in range(60))

    assert len(firsts) == 6
    assert max(firsts.values()) < 25


def test_a_statement_nobody_of_the_group_has_seen_comes_sooner(circle, monkeypatch):
    """Employees voted on everything, customers on all but the last: it tells most about them."""
    evenly = iter([n / 20 for n in range(20)] * 2)
    monkeypatch.setattr("erdkreis.dialogues.turns._dice", lambda: next(evenly))
    talk = two_camps(circle)
    last = talk.statements.order_by("number").last()
    Vote.objects.filter(statement=last, voter__group__code="customers").delete()
    services.refresh_opinion(talk)

    firsts = {}
    for code in ("customers", "employees"):
        group = circle.groups.get(code=code)
        people = [voter(talk)[0] for _ in range(20)]
        Voter.objects.filter(pk__in=[one.pk for one in people]).update(group=group)
        people = Voter.objects.filter(pk__in=[one.pk for one in people]).select_related("group")
        firsts[code] = sum(in_turn(one) == last for one in people)
    assert firsts["customers"] >= 6
    assert firsts["employees"] <= 2


def test_every_statement_keeps_a_chance_above_the_floor(circle):
    talk = two_camps(circle)
    services.refresh_opinion(talk)
    n = talk.statements.count()
    firsts = []
    for _ in range(30):
        one, _receipt = voter(talk)
        in_turn(one)
        firsts.append(one.turn.chance)

    assert min(firsts) >= 0.2 / n * 0.95


def test_what_is_chosen_from_the_list_has_no_chance_and_a_change_keeps_it(circle):
    talk = dialogue(circle)
    one, receipt = voter(talk)
    shown = in_turn(one)
    other = talk.statements.exclude(pk=shown.pk).first()
    say(one, receipt, other)
    say(one, receipt, shown)
    say(one, receipt, shown, -1)

    told = dict(one.votes.values_list("statement", "chance"))
    assert told[other.pk] is None
    assert told[shown.pk] == pytest.approx(0.33)
    assert one.votes.get(statement=shown).value == -1


def test_a_statement_taken_out_while_it_lies_before_somebody_makes_room(circle):
    talk = dialogue(circle)
    one, _receipt = voter(talk)
    shown = in_turn(one)
    Statement.objects.filter(pk=shown.pk).update(status="rejected", reason="hurts")

    assert in_turn(one) not in (shown, None)


def test_a_statement_written_later_comes_up(circle):
    talk = dialogue(circle, own=["One."])
    one, receipt = voter(talk)
    say(one, receipt, in_turn(one))
    assert in_turn(one) is None
    added = services.add_seed(talk, "Two.")

    assert in_turn(one) == added


def test_two_tabs_draw_once(circle, monkeypatch):
    """The slower tab shows what the quicker one drew."""
    from erdkreis.dialogues import turns

    talk = dialogue(circle, own=[f"Statement {n}." for n in range(30)])
    one, receipt = voter(talk)
    say(one, receipt, in_turn(one))
    draw, quicker = turns.next_turn, []

    def meanwhile(*args):
        monkeypatch.setattr(turns, "next_turn", draw)
        quicker.append(in_turn(Voter.objects.get(pk=one.pk)))
        return draw(*args)

    monkeypatch.setattr(turns, "next_turn", meanwhile)

    assert in_turn(one) == quicker[0]


def test_closing_forgets_what_lay_before_whom(circle):
    talk = dialogue(circle)
    in_turn(voter(talk)[0])
    services.close_dialogue(talk)

    assert not Turn.objects.exists()


def test_withdrawing_takes_it_along(circle):
    one, _receipt = voter(dialogue(circle))
    in_turn(one)
    services.withdraw_voter(one, with_statements=True)

    assert not Turn.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the hidden number is one of SQLite")
def test_no_hidden_number_tells_who_came_first(circle):
    talk = dialogue(circle)
    for _ in range(3):
        in_turn(voter(talk)[0])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid, id FROM {Turn._meta.db_table}")
        assert all(rowid == key for rowid, key in cursor.fetchall())


def test_a_phone_stores_the_chance_with_the_vote(circle):
    talk = dialogue(circle)
    phone = Phone()
    phone.post(f"/d/{talk.slug}/", {"group": ""})
    phone.get(f"/d/{talk.slug}/vote/")
    shown = Turn.objects.get().statement
    phone.post(f"/d/{talk.slug}/vote/", {"statement": shown.pk, "vote": 1})

    assert Vote.objects.get().chance == pytest.approx(0.33)


def test_what_comes_up_tells_nothing_that_was_not_let_out(circle):
    """Votes that came since the last release change no chance."""
    talk = two_camps(circle)
    services.refresh_opinion(talk)
    statements = list(accepted_statements(talk))
    from erdkreis.dialogues.turns import _known

    before = _known(statements, "employees", services.last_opinion(talk))
    crowd(talk, 1, 40, circle.groups.get(code="employees"), seed=8)
    after = _known(statements, "employees", services.last_opinion(talk))

    assert (before.agree == after.agree).all()
    assert (before.seen == after.seen).all()
