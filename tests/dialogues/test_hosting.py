"""Preparing, reading, deciding, looking; and who may not."""

import re

import pytest
from django.test import Client

from erdkreis.dialogues.models import Dialogue, Statement, VoteValue
from factories.circles import member
from factories.dialogues import dialogue, statement, voter, voters, written

pytestmark = pytest.mark.django_db

NEW = {
    "title": "Before the door",
    "intro": "What should change?",
    "what_is_open": "Everything but the rent.",
    "languages": "de,en",
    "starters": ["2026-1.s01", "2026-1.s17"],
    "own": "A bench before the door.\r\n\r\n  Fewer   bags. \r\nFewer bags.",
}


@pytest.fixture
def talk(circle) -> Dialogue:
    return dialogue(circle)


def decide(client, talk, one, **said):
    return client.post(f"/dialogues/{talk.pk}/moderation/", {"statement": one.pk, **said})


def test_a_host_opens_a_dialogue_with_chosen_and_own_statements(circle, as_ada):
    answer = as_ada.post(f"/circles/{circle.slug}/dialogues/new/", NEW)
    talk = Dialogue.objects.get()

    assert answer.headers["Location"] == f"/dialogues/{talk.pk}/"
    assert [s.text for s in talk.statements.all()][2:] == [
        "A bench before the door.",
        "Fewer bags.",
    ]
    page = as_ada.get(f"/dialogues/{talk.pk}/").content.decode()
    assert f"http://testserver/d/{talk.slug}/" in page
    assert "We should say more often: You don’t need this." in page


@pytest.mark.parametrize("missing", ["title", "intro", "what_is_open", "languages"])
def test_a_dialogue_needs_its_frame(circle, as_ada, missing):
    answer = as_ada.post(f"/circles/{circle.slug}/dialogues/new/", NEW | {missing: ""})

    assert answer.status_code == 422
    assert "A bench before the door." in answer.content.decode()
    assert not Dialogue.objects.exists()


def test_a_dialogue_needs_a_statement(circle, as_ada):
    answer = as_ada.post(
        f"/circles/{circle.slug}/dialogues/new/", NEW | {"starters": [], "own": " \n"}
    )

    assert "at least one statement" in answer.content.decode()


def test_a_long_line_is_named_and_comes_back_whole(circle, as_ada):
    own = "Short.\n" + "long " * 40
    answer = as_ada.post(f"/circles/{circle.slug}/dialogues/new/", NEW | {"own": own})

    assert "Too long for one statement: line 2." in answer.content.decode()
    assert own.strip() in answer.content.decode()


def test_a_statement_of_ours_is_in_at_once(talk, as_bela):
    as_bela.post(f"/dialogues/{talk.pk}/", {"text": "Coffee to stay."})

    assert statement(talk, 4).status == "accepted"
    assert as_bela.post(f"/dialogues/{talk.pk}/", {"text": "x" * 141}).status_code == 422


def test_what_people_wrote_is_taken_in(talk, as_bela):
    one = written(voter(talk)[0])
    assert b"Coffee to stay." in as_bela.get(f"/dialogues/{talk.pk}/moderation/").content
    decide(as_bela, talk, one, accept="1")

    one.refresh_from_db()
    assert one.status == "accepted"


def test_what_is_not_taken_in_needs_a_reason_and_keeps_the_note(talk, as_ada):
    one, other = written(voter(talk)[0]), written(voter(talk)[0], "Another one.")
    answer = decide(as_ada, talk, one, reject="1", note="Please say it without a name.")

    assert answer.status_code == 422
    assert b"Please say why" in answer.content
    assert answer.content.count(b"Please say it without a name.") == 1
    decide(as_ada, talk, one, reject="1", reason="names", note="Please say it without a name.")
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.status, one.reason) == ("rejected", "names")
    assert other.status == "pending"


def test_a_decision_can_be_made_anew(talk, as_ada):
    one = statement(talk)
    decide(as_ada, talk, one, reject="1", reason="unclear")
    decide(as_ada, talk, one, accept="1")

    one.refresh_from_db()
    assert (one.status, one.reason) == ("accepted", "")


def test_a_statement_of_another_dialogue_is_not_decided_here(talk, as_ada, charlotte):
    theirs = statement(dialogue(charlotte.roles.get().circle))

    assert decide(as_ada, talk, theirs, reject="1", reason="names").status_code == 404
    theirs.refresh_from_db()
    assert theirs.status == "accepted"


def test_results_show_no_number_below_five(talk, as_ada):
    voters(talk, 1, [1, 1, 0, -1])
    page = as_ada.get(f"/dialogues/{talk.pk}/results/").content.decode()

    assert page.count("fewer than 5 votes") == 3
    assert "Fewer than 5 people have voted." in page


def test_results_show_what_was_released(talk, as_ada):
    voters(talk, 1, [1] * 12 + [0] * 4 + [-1] * 6)
    voters(talk, 2, [1] * 5)
    voters(talk, 3, [1, 1, 0, -1, -1, -1])
    page = as_ada.get(f"/dialogues/{talk.pk}/results/")

    rows = [(row.n, row.agree, row.passed, row.disagree) for row in page.context["rows"]]
    assert rows[:2] == [("22", "12", "4", "6"), ("5–9", "", "", "")]
    # Where rounding begins is secret; that it makes five dots of six votes is not.
    assert rows[2][0] == "5–9"
    assert sum(int(re.fullmatch(r"about (\d) in 5", part)[1]) for part in rows[2][1:]) == 5
    assert "mostly agree" in page.content.decode()
    assert "At least 30 people" in page.content.decode()


def test_results_stand_still_while_single_votes_come_in(talk, as_ada):
    voters(talk, 1, [1] * 12 + [0] * 4 + [-1] * 6)
    address = f"/dialogues/{talk.pk}/results/"
    before = as_ada.get(address).context
    for _ in range(2):
        voters(talk, 1, [-1])
        now = as_ada.get(address).context

        assert (now["rows"], now["heard"]) == (before["rows"], before["heard"])


def test_a_published_conversation_is_open_to_everyone_with_its_source(circle):
    talk = dialogue(
        circle, state="closed", is_public_source=True, source="https://pol.is/abc", licence="CC BY"
    )
    voters(talk, 1, [1, -1])
    page = Client().get(f"/dialogues/{talk.pk}/results/")
    first = page.context["rows"][0]

    assert (first.n, first.agree, first.passed, first.disagree) == ("2", "1", "0", "1")
    assert "https://pol.is/abc" in page.content.decode()
    assert f"/dialogues/{talk.pk}/results/" in Client().get(f"/d/{talk.slug}/").content.decode()


def test_closing_asks_first(talk, as_ada):
    assert b"Close the dialogue?" in as_ada.get(f"/dialogues/{talk.pk}/close/").content
    talk.refresh_from_db()
    assert talk.is_open
    as_ada.post(f"/dialogues/{talk.pk}/close/")

    talk.refresh_from_db()
    assert not talk.is_open
    assert as_ada.get(f"/dialogues/{talk.pk}/moderation/").status_code == 200


def test_the_way_in_is_drawn(talk, as_ada):
    assert as_ada.get(f"/dialogues/{talk.pk}/qr.svg").headers["Content-Type"] == "image/svg+xml"
    assert as_ada.get(f"/dialogues/{talk.pk}/qr.png").content.startswith(b"\x89PNG")
    assert as_ada.get(f"/dialogues/{talk.pk}/qr.gif").status_code == 404


def addresses(talk) -> list[str]:
    inside = [f"/dialogues/{talk.pk}/{page}" for page in ("", "moderation/", "results/", "close/")]
    around = [
        f"/circles/{talk.circle.slug}/dialogues/",
        f"/circles/{talk.circle.slug}/dialogues/new/",
    ]
    return [*inside, *around, f"/dialogues/{talk.pk}/qr.svg"]


def test_charlotte_sees_and_changes_nothing(talk, as_charlotte):
    for address in addresses(talk):
        assert as_charlotte.get(address).status_code == 403
    pending = written(voter(talk)[0])
    decide(as_charlotte, talk, pending, accept="1")
    as_charlotte.post(f"/dialogues/{talk.pk}/close/")
    as_charlotte.post(f"/dialogues/{talk.pk}/", {"text": "Mine."})
    as_charlotte.post(f"/circles/{talk.circle.slug}/dialogues/new/", NEW)

    assert Dialogue.objects.get().is_open
    assert Statement.objects.count() == 4
    assert Statement.objects.get(pk=pending.pk).status == "pending"


def test_whoever_is_not_signed_in_is_asked_to(talk):
    for address in addresses(talk):
        answer = Client().get(address)
        assert (answer.status_code, answer.headers["Location"][:15]) == (302, "/account/login/")


def test_a_reader_reads_and_changes_nothing(talk, circle):
    reader = Client()
    reader.force_login(member(circle, "rita", "reader"))
    assert reader.get(f"/dialogues/{talk.pk}/results/").status_code == 200
    page = reader.get(f"/dialogues/{talk.pk}/").content.decode()

    assert "Close the dialogue" not in page
    for address in ("moderation/", "close/"):
        assert reader.get(f"/dialogues/{talk.pk}/{address}").status_code == 403
    assert reader.post(f"/dialogues/{talk.pk}/", {"text": "Mine."}).status_code == 403


def test_the_page_of_the_circle_leads_to_its_dialogues(talk, circle, as_ada):
    written(voter(talk)[0])
    page = as_ada.get(f"/circles/{circle.slug}/").content.decode()

    assert f'href="/dialogues/{talk.pk}/"' in page
    assert "1 statement waits to be read" in page


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize(
    ("page", "n_queries"),
    [("circle", 6), ("dialogue", 9), ("moderation", 6), ("results", 10)],
)
def test_lists_need_the_same_queries_for_one_and_three_rows(
    circle, as_ada, page, n_queries, n, django_assert_num_queries
):
    talks = [dialogue(circle, own=[f"Statement {i}." for i in range(n)]) for _ in range(n)]
    talk = talks[0]
    for number in range(1, n + 1):
        voters(talk, number, [VoteValue.AGREE, 0, -1, 1, -1])
        written(voter(talk)[0], f"Mine {number}.")
    as_ada.get(f"/dialogues/{talk.pk}/results/")
    address = {
        "circle": f"/circles/{circle.slug}/dialogues/",
        "dialogue": f"/dialogues/{talk.pk}/",
    }.get(page, f"/dialogues/{talk.pk}/{page}/")

    with django_assert_num_queries(n_queries):
        as_ada.get(address)


def test_of_many_statements_that_wait_so_many_are_shown_as_one_reads(talk, as_ada):
    someone, _receipt = voter(talk)
    for number in range(22):
        written(someone, text=f"Thought {number} about the door.")
    page = as_ada.get(f"/dialogues/{talk.pk}/moderation/").content.decode()

    assert page.count("about the door.") == 20
    assert "2 more wait." in page
    assert "Thought 0 " in page
