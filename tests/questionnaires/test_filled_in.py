"""A question is made once for a whole group, and filled in with what is each person's own."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from erdkreis.invitations.models import Guardian
from erdkreis.invitations.services import appoint_guardian
from erdkreis.questionnaires import paths
from erdkreis.questionnaires.models import Answer, Voice
from erdkreis.questionnaires.views import answering
from erdkreis.rounds.models import Round
from erdkreis.web import filled_in
from factories.phones import Phone, at, begin

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")(\w{64})"')


@pytest.fixture(autouse=True)
def _no_pages_before():
    filled_in._kept.clear()
    paths._kept.clear()
    yield
    filled_in._kept.clear()
    paths._kept.clear()


@pytest.fixture
def kept(settings):
    def keep(seconds):
        settings.SECONDS_PUBLIC_PAGES_ARE_KEPT = seconds
        filled_in._kept.clear()

    keep(10)
    return keep


@pytest.fixture
def made(monkeypatch):
    """The templates that are put together."""
    names = []
    whole = answering.render

    def render(request, name, *more, **others):
        names.append(name)
        return whole(request, name, *more, **others)

    monkeypatch.setattr(answering, "render", render)
    return names


def text(response):
    return TOKEN.sub(r'\1token"', response.content.decode())


def but_for_the_clock(response):
    """The headers; that it has expired at once is said with the second in which it is said."""
    assert "Expires" in response.headers
    return {name: said for name, said in response.headers.items() if name != "Expires"}


def tokens(response):
    return {token for _before, token in TOKEN.findall(response.content.decode())}


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("length", ["short", "long"])
@pytest.mark.parametrize("language", ["de", "en", "de-easy"])
def test_every_page_is_the_one_that_would_be_made_for_this_person(
    employees, phone, kept, length, language
):
    Round.objects.filter(pk=employees.round_id).update(form=length)
    begin(phone, employees)
    phone.jar["django_language", "/"] = language
    phone.get(at(employees, 1))
    pages = [at(employees, n) for n in range(1, 30 if length == "long" else 11)]

    filled = [text(phone.get(page)) for page in pages]
    again = [text(phone.get(page)) for page in pages]
    kept(0)
    whole = [text(phone.get(page)) for page in pages]

    assert filled == again == whole
    assert phone.receipt(employees) in filled[0]


def test_the_door_is_the_one_that_would_be_made(employees, kept):
    filled, again = (Phone().get(at(employees)) for _visit in range(2))
    kept(0)

    whole = Phone().get(at(employees))

    assert text(filled) == text(again) == text(whole)
    assert but_for_the_clock(filled) == but_for_the_clock(whole)


def test_nobody_finds_anything_of_another(employees, kept, made):
    ada, bela = Phone(), Phone()
    codes = [begin(phone, employees) for phone in (ada, bela)]
    made.clear()
    first, second = (phone.get(at(employees, 2)) for phone in (ada, bela))

    assert made == ["questionnaires/question.html"]
    assert codes[0] in first.content.decode()
    assert codes[0] not in second.content.decode()
    assert codes[1] in second.content.decode()
    assert not tokens(first) & tokens(second)
    everything = b"".join(part for _until, parts in filled_in._kept.values() for part in parts)
    assert not any(code.encode() in everything for code in codes)
    assert TOKEN.search(everything.decode()) is None


def test_the_token_filled_in_is_one_that_is_taken(employees, kept):
    strict = Phone(enforce_csrf_checks=True)
    for address in (at(employees), at(employees, 1)):
        page = strict.get(address)
        (token,) = tokens(page)

        taken = strict.post(address, {"csrfmiddlewaretoken": token, "answer": "4"})

        assert taken.status_code == 302


def test_what_was_said_comes_back(employees, phone, kept):
    begin(phone, employees)
    phone.get(at(employees, 1))
    phone.post(at(employees, 1), {"answer": "5", "words": "It is quiet."})

    assert "It is quiet." in phone.get(at(employees, 1)).content.decode()


def test_a_withdrawn_voice_and_a_closed_round_are_told_at_once(employees, phone, kept):
    begin(phone, employees)
    phone.get(at(employees, 1))
    stranger = Phone()
    phone.get(at(employees))
    Round.objects.filter(pk=employees.round_id).update(state=Round.State.PICTURE)

    for page in (phone.get(at(employees, 1)), stranger.get(at(employees))):
        assert "csrfmiddlewaretoken" not in page.content.decode().partition("<main")[2]


def test_a_code_from_a_cookie_is_written_as_text(employees, phone, kept):
    """Signs that do not count in a code must not end up in the page as they are."""
    code = begin(phone, employees)
    phone.jar["voice", at(employees)] = f'{code}">'

    page = phone.get(at(employees, 1)).content.decode()

    assert f"{code}&quot;&gt;" in page
    assert f'{code}">' not in page


def test_a_question_costs_one_small_read(employees, phone, kept):
    begin(phone, employees)
    for _first_style_then_none in range(2):
        phone.get(at(employees, 1))

    with CaptureQueriesContext(connection) as asked:
        phone.get(at(employees, 1))

    assert len(asked) == 1


def test_an_answer_is_one_statement_whoever_answered_before(employees, phone, other_phone, kept):
    begin(other_phone, employees)
    other_phone.post(at(employees, 1), {"answer": "2"})
    begin(phone, employees)

    with CaptureQueriesContext(connection) as asked:
        phone.post(at(employees, 1), {"answer": "4", "words": "Good bread."})

    assert len(asked) == 1
    assert sorted(Answer.objects.values_list("value", "words")) == [(2, ""), (4, "Good bread.")]


@pytest.mark.parametrize("change", ["withdrawn", "closed", "not asked", "a guardian"])
def test_a_kept_path_lets_nobody_answer_who_may_not(employees, phone, kept, change):
    begin(phone, employees)
    phone.post(at(employees, 1), {"answer": "2"})
    if change == "withdrawn":
        Voice.objects.all().delete()
    elif change == "closed":
        Round.objects.update(state="picture")
    elif change == "not asked":
        type(employees).objects.filter(pk=employees.pk).update(is_asked=False)
    else:
        someone = Guardian(round_group=employees, name="Emil Erle")
        appoint_guardian(someone)
        Voice.objects.update(guardian=someone)

    told = phone.post(at(employees, 2), {"answer": "4", "words": "The brook is clean."})
    looked_at = phone.get(at(employees, 2)).content.decode()

    # A guardian is asked for evidence, which no answer taken at once could bring along.
    assert told.status_code == (422 if change == "a guardian" else 409)
    assert "The brook is clean." in told.content.decode()
    assert not Answer.objects.filter(words="The brook is clean.").exists()
    assert ("evidence-title" in looked_at) == (change == "a guardian")
