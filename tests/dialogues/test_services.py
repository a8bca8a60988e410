"""What may happen in a dialogue, and what may not."""

import pytest
from django.db import IntegrityError, transaction

from erdkreis.calc.privacy import Showing
from erdkreis.dialogues import services
from erdkreis.dialogues.models import Dialogue, Statement, Vote, Voter, VoteValue
from erdkreis.dialogues.queries import n_voters, vote_counts, voter_with, votes_of
from erdkreis.dialogues.starters import starters
from factories.at_once import at_once
from factories.dialogues import dialogue, statement, voter, voters, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(circle) -> Dialogue:
    return dialogue(circle)


def cast(receipt, talk, number=1, value=VoteValue.AGREE, *, into=None) -> bool:
    return services.cast_vote(receipt, (into or talk).slug, statement(talk, number).pk, value)


def test_a_dialogue_starts_with_starters_and_own_statements(circle):
    talk = services.start_dialogue(
        Dialogue(circle=circle, title="Über Brot", intro="–", languages="de"),
        starters()[:2],
        ["Mehr Brot."],
    )

    assert talk.slug.startswith("ueber-brot-")
    assert [s.number for s in talk.statements.all()] == [1, 2, 3]
    assert statement(talk, 1).text == starters()[0].wording.de
    assert all(s.is_seed and s.status == "accepted" for s in talk.statements.all())


def test_a_starter_is_said_in_the_language_of_the_page(circle):
    talk = services.start_dialogue(Dialogue(circle=circle, title="Talk"), starters()[:1])

    assert statement(talk).text == starters()[0].wording.de
    assert statement(talk).wording == starters()[0].wording.en


def test_a_title_without_latin_letters_gets_an_address():
    assert services.public_address("自用車載客").startswith("dialogue-")


def test_the_receipt_is_stored_only_as_a_digest(talk):
    receipt = services.begin_voter(talk)

    assert voter_with(receipt.lower().replace("-", " "), talk) == Voter.objects.get()
    assert receipt not in str(Voter.objects.values().get())


def test_numbers_of_voters_and_votes_tell_no_order(talk):
    made = [voter(talk, {1: 1})[0] for _ in range(20)]

    assert [v.pk for v in made] != sorted(v.pk for v in made)
    assert min(v.pk for v in made) > 20
    assert list(Vote.objects.order_by("pk").values_list("voter", flat=True)) != [v.pk for v in made]


def test_casting_a_vote_is_one_database_statement(talk, django_assert_num_queries):
    receipt, pk = voter(talk)[1], statement(talk).pk

    with django_assert_num_queries(1):
        assert services.cast_vote(receipt, talk.slug, pk, VoteValue.DISAGREE)
    assert Vote.objects.get().value == -1


def test_voting_again_changes_the_vote(talk):
    _made, receipt = voter(talk)
    cast(receipt, talk)

    assert cast(receipt, talk, value=VoteValue.PASS)
    assert [vote.value for vote in Vote.objects.all()] == [0]


def test_a_vote_of_nobody_is_not_taken(talk):
    assert not cast("", talk)
    assert not cast("ABCD-ABCD-ABCD-ABCD", talk)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("status", ["pending", "rejected"])
def test_a_statement_that_is_not_in_the_dialogue_takes_no_vote(talk, status):
    _made, receipt = voter(talk)
    reason = "names" if status == "rejected" else ""
    talk.statements.update(status=status, reason=reason)

    assert not cast(receipt, talk)


def test_a_voter_votes_in_no_other_dialogue(talk, circle):
    other = dialogue(circle)
    _made, receipt = voter(other)

    assert not cast(receipt, talk)
    assert not cast(receipt, talk, into=other)
    assert not Vote.objects.exists()


def test_a_closed_dialogue_takes_no_vote(talk):
    _made, receipt = voter(talk)
    Dialogue.objects.update(state="closed")

    assert not cast(receipt, talk)


def test_the_database_refuses_a_fourth_kind_of_vote(talk):
    made, _receipt = voter(talk)

    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(voter=made, statement=statement(talk), value=2)


def test_a_vote_taken_back_makes_the_statement_unseen(talk):
    made, _receipt = voter(talk, {1: 1, 2: 0})
    services.take_vote_back(made, statement(talk, 1).pk)
    services.take_vote_back(made, statement(talk, 1).pk)

    assert votes_of(made) == {statement(talk, 2).pk: VoteValue.PASS}


def test_everyone_meets_every_statement_once_in_another_order(circle):
    talk = dialogue(circle, own=[f"Statement {n}." for n in range(12)])
    everything, orders = list(talk.statements.all()), []
    for _ in range(5):
        made, receipt = voter(talk)
        order: list[int] = []
        while turn := services.statement_in_turn(made, everything, votes_of(made)):
            assert services.cast_vote(receipt, talk.slug, turn.pk, VoteValue.AGREE)
            order.append(turn.number)
        orders.append(tuple(order))

    assert len(set(orders)) == 5
    assert all(sorted(order) == list(range(1, 13)) for order in orders)


def test_a_statement_sent_twice_is_kept_once(talk):
    made, _receipt = voter(talk)

    first = services.write_statement(made, "Coffee to stay.", "en")
    assert services.write_statement(made, "Coffee to stay.", "en") == first
    assert (first.number, first.status, first.is_seed) == (4, "pending", False)


def test_one_voter_cannot_flood_the_queue(talk):
    made, _receipt = voter(talk)
    for n in range(services.MOST_WAITING):
        services.write_statement(made, f"Statement {n}.", "en")

    with pytest.raises(services.DialogueError, match="wait to be read"):
        services.write_statement(made, "One more.", "en")
    services.accept_statement(made.statements.first())
    services.write_statement(made, "One more.", "en")


def test_nothing_is_written_into_a_closed_dialogue(talk):
    made, _receipt = voter(talk)
    services.close_dialogue(talk)

    with pytest.raises(services.DialogueError, match="closed"):
        services.write_statement(made, "Too late.", "en")
    with pytest.raises(services.DialogueError, match="closed"):
        services.add_seed(talk, "Too late.")
    with pytest.raises(services.DialogueError, match="closed"):
        services.accept_statement(statement(talk))


def test_a_rejection_needs_a_reason(talk):
    pending = written(voter(talk)[0])

    with pytest.raises(services.DialogueError, match="say why"):
        services.reject_statement(pending, "")
    with pytest.raises(services.DialogueError, match="say why"):
        services.reject_statement(pending, "other", "")
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.update(status="rejected", reason="")
    services.reject_statement(pending, "duplicate")
    pending.refresh_from_db()
    assert (pending.status, pending.reason) == ("rejected", "duplicate")


def test_withdrawing_deletes_votes_and_statements(talk):
    made, receipt = voter(talk, {1: 1, 2: -1})
    voter(talk, {1: 0})
    mine = written(made, status="accepted")
    voter(talk, {mine.number: 1})
    services.withdraw_voter(made, with_statements=True)

    assert voter_with(receipt, talk) is None
    assert not Statement.objects.filter(pk=mine.pk).exists()
    assert [vote.value for vote in Vote.objects.all()] == [0]


def test_withdrawing_can_let_statements_stay_without_an_author(talk):
    made, _receipt = voter(talk, {1: 1})
    taken_in, unread = written(made, status="accepted"), written(made, "Not read yet.")
    services.withdraw_voter(made, with_statements=False)

    taken_in.refresh_from_db()
    assert taken_in.author is None
    assert not Statement.objects.filter(pk=unread.pk).exists()
    assert not Vote.objects.exists()


def test_closing_cuts_votes_from_codes_and_statements_from_authors(talk):
    made, receipt = voter(talk, {1: 1})
    written(made)
    services.close_dialogue(talk)

    assert voter_with(receipt, talk) is None
    assert not Statement.objects.exclude(author=None).exists()
    assert Vote.objects.count() == 1


def test_counts_are_by_statement_and_passes_count(talk):
    voters(talk, 1, [1, 1, 0, -1])
    counts = vote_counts(talk)

    first = counts[statement(talk, 1).pk]
    assert (first.agree, first.passed, first.disagree, first.n) == (2, 1, 1, 4)
    assert counts[statement(talk, 2).pk].n == 0
    assert n_voters(talk) == 4


def test_counts_leave_from_five_votes_on_and_then_in_steps(talk):
    pk = statement(talk).pk
    voters(talk, 1, [1, 1, 0, -1])
    assert services.released_votes(talk)[pk].showing is Showing.TOO_FEW
    voters(talk, 1, [-1])
    first = services.released_votes(talk)[pk]
    voters(talk, 1, [-1, -1, 0, 1, 1, 1, 0, 0, -1])

    assert first.showing is Showing.DOTS
    assert services.released_votes(talk)[pk] == first
    voters(talk, 1, [-1])
    assert services.released_votes(talk)[pk].n_from == 15
    assert services.heard_so_far(talk) == 15


def test_a_round_with_a_higher_minimum_is_kept_to(circle, draft):
    draft.min_group = 8
    draft.save()
    talk = dialogue(circle, round=draft)
    voters(talk, 1, [1, 0, -1, 1, 0, -1, 1])

    assert services.released_votes(talk)[statement(talk).pk].showing is Showing.TOO_FEW
    assert services.heard_so_far(talk) == 0


def test_the_database_refuses_to_open_a_published_conversation(talk):
    with pytest.raises(IntegrityError), transaction.atomic():
        Dialogue.objects.update(is_public_source=True, source="https://example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Dialogue.objects.update(is_public_source=True, state="closed")


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_one_voter_in_sixteen_threads_has_one_vote(talk):
    _made, receipt = voter(talk)
    pk = statement(talk).pk

    taken = at_once(
        lambda n: services.cast_vote(receipt, talk.slug, pk, VoteValue(n % 3 - 1)), range(16)
    )

    assert all(taken)
    assert Vote.objects.count() == 1


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_statements_written_at_once_get_numbers_of_their_own(talk):
    people = [voter(talk)[0] for _ in range(8)]

    numbers = at_once(lambda made: services.write_statement(made, "At once.", "en").number, people)

    assert sorted(numbers) == list(range(4, 12))


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_pages_opened_at_once_release_once(talk):
    voters(talk, 1, [1, 1, 0, -1, -1])

    seen = at_once(lambda _n: services.released_votes(talk), range(8))

    assert all(one == seen[0] for one in seen)
    assert talk.circle.releases.count() == 1
