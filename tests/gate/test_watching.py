"""Somebody reads every page before and after colleagues answer, and learns nothing.

All addresses are walked, so that coming ones are walked, too.
"""

import re

import pytest
from django.test import Client

from erdkreis.api.v1 import operations
from erdkreis.circles.models import Role
from erdkreis.invitations.codes import digest
from erdkreis.invitations.models import Code, Invitee
from erdkreis.pictures.services import make_picture, publish_picture
from erdkreis.questionnaires.models import Answer, Voice
from erdkreis.questionnaires.queries import voice_with
from erdkreis.questionnaires.services import Given, begin_voice_with_code, give_answer, send_voice
from factories import dialogues, roll, voices
from factories.programs import ROOT, program
from factories.rounds import group
from test_access_rules import LOOKING
from test_access_rules import addresses as addresses  # noqa: PLC0414 - a fixture

pytestmark = pytest.mark.django_db

ITEM = "q1_work.employees.core"
# Made anew at each look, whoever answered: a token against forged forms, a new key of a form.
CHANGING = re.compile(rb'(csrfmiddlewaretoken" value=|"(?:X-CSRFToken|key)": )"[^"]+"|nonce-[^\']+')
# Made anew for each download by a library, with its time: of what the other pages show.
MADE_WITH_A_TIME = {
    "balances:download",
    "meetings:calendar",
    *(name for name in LOOKING if name.endswith("pdf")),
}
WALKED = [name for name in LOOKING if name not in MADE_WITH_A_TIME]
SHOWING_NUMBERS = ["home:round", "dialogues:dialogue", "dialogues:results"]


@pytest.fixture
def walk(addresses, circle, ada):
    """Read pages with the eyes of who may see most: headers that could tell something, and body."""
    client = Client()
    client.force_login(ada)
    for kind in (Role.Kind.ENTRY_HELPER, Role.Kind.FACILITATOR):
        circle.roles.get_or_create(person=ada, kind=kind)

    def read(address):
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        told = [answer.get(name) for name in ("ETag", "Last-Modified", "Content-Length")]
        return answer.status_code, told, CHANGING.sub(b"", body)

    return lambda names=WALKED: {name: read(addresses[name]) for name in names}


@pytest.fixture
def invited(asking, employees, addresses):
    """Twenty have used their codes and answered, and voted in the dialogue; others are invited."""
    roll.invited(employees, 20, 10)
    voices.voices(employees, ITEM, [1, 2, 3, 4, 5] * 4)
    talk = asking.circle.dialogues.get()
    dialogues.voters(talk, 1, [1, 0, -1, 1] * 5)
    return [employees, talk]


def colleague(employees, talk, number):
    """Use a code, answer, send; and vote in the dialogue."""
    unused = Invitee.objects.filter(round_group=employees, code__is_used=False).last().code
    Code.objects.filter(pk=unused.pk).update(digest=digest(f"colleague {number}"))
    receipt = begin_voice_with_code(f"colleague {number}", employees, "de")
    give_answer(receipt, employees.pk, ITEM, Given(Answer.Status.RATED, 5))
    send_voice(voice_with(receipt, employees))
    dialogues.voters(talk, 1, [-1])


def different(before, after):
    """Name the pages that differ, and show where."""
    return {
        name: (was[max(at - 40, 0) : at + 40], now[max(at - 40, 0) : at + 40])
        for name, page in before.items()
        if after[name] != page
        for was, now in [(repr(page), repr(after[name]))]
        for at in [next(i for i, (a, b) in enumerate(zip(was, now, strict=False)) if a != b)]
    }


def test_four_colleagues_answer_and_no_page_changes(invited, walk):
    before = walk()
    for number in range(4):
        colleague(*invited, number)

    assert different(before, walk()) == {}


def test_with_numbers_that_follow_at_once_pages_would_change(invited, walk, monkeypatch):
    """There was something to be seen: without waiting, one colleague shows on several pages."""
    monkeypatch.setattr(
        "erdkreis.gate.services.heard_may_follow", lambda now, then, *_, **__: now != then
    )
    monkeypatch.setattr("erdkreis.gate.services.heard_in_steps", lambda n, _rules: n)
    monkeypatch.setattr(
        "erdkreis.gate.services.may_follow", lambda now, then, *_, **__: now != then
    )
    before = walk(SHOWING_NUMBERS)
    colleague(*invited, 1)

    assert set(different(before, walk(SHOWING_NUMBERS))) == {*SHOWING_NUMBERS}


@pytest.fixture
def read_by_program(circle, ada, asking, settings):
    """Call every reading operation with the token of a host, headers included."""
    settings.API_PER_MINUTE = 0
    read = program(circle, person=ada)
    talk = circle.dialogues.get()
    named = {"round_id": asking.pk, "dialogue_id": talk.pk, "code": "employees"}
    addresses = [
        re.sub(r"{(\w+)}", lambda found: str(named.get(found[1], "none")), path)
        for path, methods in operations.description["paths"].items()
        if "get" in methods
    ]

    def walk():
        answers = {address: read.get(address.removeprefix(ROOT)) for address in addresses}
        return {
            address: (answer.status_code, answer.get("ETag"), answer.get("Link"), answer.content)
            for address, answer in answers.items()
        }

    return walk


def test_four_colleagues_answer_and_no_program_is_told(invited, read_by_program, circle):
    """Neither by what is read, nor by a line of the journal, from which webhooks are sent."""
    before, n_lines = read_by_program(), circle.journal.count()
    assert sum(page[0] == 200 for page in before.values()) >= 10
    for number in range(4):
        colleague(*invited, number)

    assert different(before, read_by_program()) == {}
    assert circle.journal.count() == n_lines


def test_with_numbers_that_follow_at_once_a_program_would_be_told(
    invited, read_by_program, monkeypatch
):
    monkeypatch.setattr(
        "erdkreis.gate.services.may_follow", lambda now, then, *_, **__: now != then
    )
    before = read_by_program()
    colleague(*invited, 1)

    changed = different(before, read_by_program())
    assert any(address.endswith("/statements") for address in changed)


@pytest.fixture
def published(asking, employees, addresses):
    voices.voices(employees, ITEM, [1, 2, 2, 3, 4, 4, 5, 5, 5, "dont_know"] * 3)
    customers = group(asking, "customers")
    voices.voices(customers, "q1_work.customers.core", [1, 2, 3, 4, 5, 5, 4])
    make_picture(asking, "Ada")
    publish_picture(asking, "Ada")
    return asking


def test_once_there_is_a_picture_no_page_is_made_from_single_answers(published, walk):
    """So whatever is shown, drawn, exported or handed over is made from what was let out."""
    before = walk()
    shown = [name for name, page in before.items() if page[0] == 200]
    assert {"pictures:picture", "pictures:file", "pictures:public"} <= {*shown}

    Voice.objects.filter(guardian=None).delete()
    assert not Answer.objects.exists()

    assert different(before, walk()) == {}
