"""Voting and writing, as a phone without JavaScript sees it; and everything that can go wrong."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from erdkreis.dialogues.forms import Press, StatementForm
from erdkreis.dialogues.models import Dialogue, Statement, Vote, Voter
from erdkreis.dialogues.services import close_dialogue
from factories.dialogues import dialogue, statement, voter, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(circle) -> Dialogue:
    return dialogue(circle)


@pytest.fixture
def phone() -> Client:
    return Client(headers={"accept-language": "en"})


def begin(phone, talk, **chosen) -> None:
    phone.post(f"/d/{talk.slug}/", chosen)


def vote(phone, talk, number=1, value="1", **more):
    sent = {"statement": statement(talk, number).pk, "vote": value, **more}
    return phone.post(f"/d/{talk.slug}/vote/", sent)


def test_a_voter_goes_from_the_door_through_every_statement(talk, phone):
    assert b"What should change?" in phone.get(f"/d/{talk.slug}/").content
    assert phone.post(f"/d/{talk.slug}/").headers["Location"] == f"/d/{talk.slug}/vote/"
    for left in (3, 2, 1):
        page = phone.get(f"/d/{talk.slug}/vote/")
        assert f"{left} statement" in page.content.decode()
        shown = page.context["statement"]
        answer = phone.post(f"/d/{talk.slug}/vote/", {"statement": shown.pk, "vote": "0"})
        assert answer.headers["Location"] == f"/d/{talk.slug}/vote/?after={shown.pk}"

    last = phone.get(answer.headers["Location"])
    assert "You have seen every statement" in last.content.decode()
    assert f"statement {shown.number} is saved" in last.content.decode()
    assert Vote.objects.filter(value=0).count() == 3


def test_no_page_of_a_voter_makes_a_session(talk, phone):
    begin(phone, talk)
    for page in ("vote", "statements", "write", "withdraw", "resume"):
        assert phone.get(f"/d/{talk.slug}/{page}/").status_code == 200

    vote(phone, talk)
    assert "sessionid" not in phone.cookies


def test_the_receipt_in_the_cookie_is_for_this_dialogue_alone(talk, phone):
    begin(phone, talk)
    cookie = phone.cookies["voter"]

    assert (cookie["path"], cookie["httponly"]) == (f"/d/{talk.slug}/", True)


def test_saying_where_one_comes_from_is_a_choice(talk, phone, circle):
    begin(phone, talk)
    assert Voter.objects.get().group is None
    Voter.objects.all().delete()
    customers = circle.groups.get(code="customers")
    Client().post(f"/d/{talk.slug}/", {"group": customers.pk})

    assert Voter.objects.get().group == customers


@pytest.mark.parametrize("code", ["environment", "owners"])
def test_nobody_comes_as_a_group_that_speaks_by_name_or_is_not_asked(talk, phone, circle, code):
    answer = phone.post(f"/d/{talk.slug}/", {"group": circle.groups.get(code=code).pk})

    assert answer.status_code == 422
    assert not Voter.objects.exists()


def test_beginning_twice_on_a_device_stays_one_voter(talk, phone):
    begin(phone, talk)
    begin(phone, talk)

    assert Voter.objects.count() == 1
    assert b"You have begun on this device" in phone.get(f"/d/{talk.slug}/").content


def test_a_vote_is_changed_in_the_list_and_taken_back(talk, phone):
    begin(phone, talk)
    pk = statement(talk).pk
    answer = vote(phone, talk, value="-1", list="1")
    assert answer.headers["Location"] == f"/d/{talk.slug}/statements/#s{pk}"
    assert b"Your vote: disagree." in phone.get(f"/d/{talk.slug}/statements/").content

    phone.post(f"/d/{talk.slug}/statements/{pk}/undo/", {"list": "2"})
    assert b"Your vote:" not in phone.get(f"/d/{talk.slug}/statements/").content
    assert not Vote.objects.exists()


def test_pressing_twice_and_in_two_tabs_is_one_vote(talk, phone):
    begin(phone, talk)
    for value in ("1", "1", "0"):
        assert vote(phone, talk, value=value).status_code == 302

    assert Vote.objects.get().value == 0


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"vote": "1"},
        {"statement": "1"},
        {"statement": "x", "vote": "1"},
        {"statement": "1", "vote": "2"},
        {"statement": "1", "vote": ""},
        {"statement": "1", "vote": "agree"},
        {"statement": "-1", "vote": "1"},
        {"statement": "9" * 40, "vote": "1"},
        {"statement": ["1", "x"], "vote": ["1", "7"]},
    ],
)
def test_what_is_no_vote_is_refused_kindly(talk, phone, sent):
    begin(phone, talk)
    answer = phone.post(f"/d/{talk.slug}/vote/", sent)

    assert answer.status_code == 422
    assert b"No vote arrived" in answer.content
    assert not Vote.objects.exists()


def test_a_statement_taken_out_meanwhile_is_told(talk, phone):
    begin(phone, talk)
    talk.statements.filter(number=1).update(status="rejected", reason="names")
    answer = vote(phone, talk)

    assert answer.status_code == 409
    assert b"no longer in the dialogue" in answer.content
    assert answer.headers["HX-Retarget"] == "#main"


def test_a_statement_of_another_dialogue_takes_no_vote(talk, phone, circle):
    begin(phone, talk)
    other = statement(dialogue(circle))
    answer = phone.post(f"/d/{talk.slug}/vote/", {"statement": other.pk, "vote": "1"})

    assert answer.status_code == 409
    assert not Vote.objects.exists()


def test_an_unknown_device_is_told_and_gets_its_text_back(talk, phone):
    answer = phone.post(f"/d/{talk.slug}/write/", {"text": "A bench in the sun, please."})

    assert answer.status_code == 409
    assert b"do not find your votes" in answer.content
    assert b"A bench in the sun, please." in answer.content
    assert vote(phone, talk).status_code == 409


def test_after_closing_the_text_comes_back_and_nothing_is_saved(talk, phone):
    begin(phone, talk)
    close_dialogue(talk)
    answer = phone.post(f"/d/{talk.slug}/write/", {"text": "A bench in the sun, please."})

    assert answer.status_code == 409
    assert b"This dialogue is closed." in answer.content
    assert b"A bench in the sun, please." in answer.content
    assert vote(phone, talk).status_code == 409
    for page in ("", "vote/", "statements/", "write/", "withdraw/", "resume/"):
        assert b"This dialogue is closed." in phone.get(f"/d/{talk.slug}/{page}").content


def test_an_own_statement_waits_and_its_author_sees_what_became_of_it(talk, phone):
    begin(phone, talk)
    phone.post(f"/d/{talk.slug}/write/", {"text": "Coffee\r\nto stay.\x07"})
    mine = Statement.objects.get(number=4)

    assert (mine.text, mine.language, mine.status) == ("Coffee to stay.", "en", "pending")
    assert b"Waiting to be read" in phone.get(f"/d/{talk.slug}/write/").content
    assert b"Coffee to stay." not in phone.get(f"/d/{talk.slug}/statements/").content
    Statement.objects.filter(pk=mine.pk).update(
        status="rejected", reason="duplicate", note="See 3."
    )
    page = phone.get(f"/d/{talk.slug}/write/").content.decode()
    assert "Not taken in: It says the same as another statement." in page
    assert "See 3." in page


def test_an_author_sees_only_own_statements(talk, phone):
    begin(phone, talk)
    written(voter(talk)[0], "From somebody else.")

    assert b"From somebody else." not in phone.get(f"/d/{talk.slug}/write/").content


def test_a_statement_that_is_too_long_comes_back_whole(talk, phone):
    begin(phone, talk)
    text = "word " * 40
    answer = phone.post(f"/d/{talk.slug}/write/", {"text": text})

    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()
    assert "140 characters fit, this is 199." in answer.content.decode()
    assert talk.statements.count() == 3


@pytest.mark.parametrize("text", ["", "   ", "\x00\x07\n", "\u202e"])
def test_an_empty_statement_is_refused(talk, phone, text):
    begin(phone, talk)

    assert phone.post(f"/d/{talk.slug}/write/", {"text": text}).status_code == 422
    assert talk.statements.count() == 3


def test_a_huge_paste_is_refused_with_a_sentence(talk, phone):
    begin(phone, talk)
    answer = phone.post(f"/d/{talk.slug}/write/", {"text": "x" * 10_000_000})

    assert answer.status_code == 413
    assert talk.statements.count() == 3


def test_markup_in_a_statement_is_shown_as_text(talk, phone):
    begin(phone, talk)
    phone.post(f"/d/{talk.slug}/write/", {"text": "<img src=x onerror=alert(1)>"})

    page = phone.get(f"/d/{talk.slug}/write/").content.decode()
    assert "<img" not in page
    assert "&lt;img src=x" in page


def test_the_receipt_opens_the_votes_on_another_device(talk, phone):
    _made, receipt = voter(talk, {1: 1})
    typed = receipt.lower().replace("-", "")
    answer = phone.post(f"/d/{talk.slug}/resume/", {"receipt": typed})

    assert answer.headers["Location"] == f"/d/{talk.slug}/vote/"
    assert b"Your vote: agree." in phone.get(f"/d/{talk.slug}/statements/").content


def test_a_receipt_of_another_dialogue_opens_nothing(talk, phone, circle):
    _made, receipt = voter(dialogue(circle))

    answer = phone.post(f"/d/{talk.slug}/resume/", {"receipt": receipt})
    assert b"We know no votes with this code" in answer.content


def test_guessing_codes_is_slowed_down(talk, phone):
    for _ in range(20):
        phone.post(f"/d/{talk.slug}/resume/", {"receipt": "ABCD-ABCD-ABCD-ABCD"})

    assert phone.post(f"/d/{talk.slug}/resume/", {"receipt": "x"}).status_code == 429


def test_withdrawing_asks_first_and_then_forgets(talk, phone):
    begin(phone, talk)
    vote(phone, talk)
    assert b"Take everything back?" in phone.get(f"/d/{talk.slug}/withdraw/").content
    assert Vote.objects.count() == 1
    answer = phone.post(f"/d/{talk.slug}/withdraw/", {"statements": "go"})

    assert b"Your votes are deleted." in answer.content
    assert not Voter.objects.exists()
    assert not phone.cookies["voter"].value


def test_a_statement_of_mine_can_stay_when_i_go(talk, phone):
    begin(phone, talk)
    mine = written(Voter.objects.get(), status="accepted")
    assert b"let the statements stay" in phone.get(f"/d/{talk.slug}/withdraw/").content
    phone.post(f"/d/{talk.slug}/withdraw/", {"statements": "stay"})

    mine.refresh_from_db()
    assert mine.author is None


def test_a_shared_device_forgets_the_voter_but_not_the_votes(talk, phone):
    begin(phone, talk)
    vote(phone, talk)
    phone.post(f"/d/{talk.slug}/forget/")

    assert phone.get(f"/d/{talk.slug}/vote/").context["typed"] == []
    assert Vote.objects.count() == 1


def test_an_unknown_address_is_not_found(phone, db):
    assert phone.get("/d/nothing-here/").status_code == 404
    assert phone.get("/d/nothing-here").status_code == 301


def test_the_page_speaks_a_language_of_the_dialogue(circle, phone):
    talk = dialogue(circle, languages="de")

    assert b'<html lang="de">' in phone.get(f"/d/{talk.slug}/").content


@pytest.mark.parametrize("n_statements", [1, 3])
@pytest.mark.parametrize("page", ["vote", "statements", "write"])
def test_pages_need_the_same_queries_for_one_and_three_statements(
    circle, phone, page, n_statements, django_assert_num_queries
):
    talk = dialogue(circle, own=[f"Statement {n}." for n in range(n_statements)])
    begin(phone, talk)
    for n in range(n_statements):
        written(Voter.objects.get(), f"Mine {n}.")

    with django_assert_num_queries({"vote": 8, "statements": 5, "write": 3}[page]):
        phone.get(f"/d/{talk.slug}/{page}/")


def test_a_vote_over_the_web_is_one_write(talk, phone, django_assert_num_queries):
    begin(phone, talk)

    with django_assert_num_queries(2):  # the other finds the statement for the test
        vote(phone, talk)


def test_a_long_list_comes_in_pages(circle, phone):
    talk = dialogue(circle, own=[f"Statement {n}." for n in range(60)])
    begin(phone, talk)
    second = phone.get(f"/d/{talk.slug}/statements/?page=2").content.decode()

    assert "Statement 59." in second
    assert "Page 2 of 2" in second
    answer = vote(phone, talk, 60, list="2")
    assert answer.headers["Location"].startswith(f"/d/{talk.slug}/statements/?page=2#s")
    assert phone.get(f"/d/{talk.slug}/statements/?page=x").status_code == 200


@given(st.text(max_size=400))
def test_whatever_is_typed_a_statement_is_one_line_that_fits(text):
    form = StatementForm({"text": text})

    if form.is_valid():
        clean = form.cleaned_data["text"]
        assert 0 < len(clean) <= 140
        assert clean == " ".join(clean.split())


@given(
    st.text(max_size=30) | st.integers().map(str), st.text(max_size=5) | st.integers(-3, 3).map(str)
)
def test_only_one_of_three_values_is_a_vote(statement_id, value):
    press = Press.read_from({"statement": statement_id, "vote": value})

    makes_sense = value in {"-1", "0", "1"} and statement_id.isdecimal()
    if makes_sense and 0 < int(statement_id) < 2**63 and len(statement_id) < 20:
        assert press == Press(int(statement_id), int(value))
    else:
        assert press is None
