"""Everyone who can be identified gets all that is stored about her, and nobody else does."""

import re

import pytest
from django.apps import apps
from django.core import mail, signing
from django.db import models
from django.test import Client

from erdkreis.accounts.models import Person
from erdkreis.conversations import token_cookie
from erdkreis.conversations.models import Contribution, Speaker, Subscription
from erdkreis.conversations.pseudonyms import WORDS
from erdkreis.directory.models import Entry
from erdkreis.fit.models import WillingVoice
from erdkreis.invitations.models import NoMail
from erdkreis.invitations.roll import stop_mail
from erdkreis.pulse.models import Member
from erdkreis.tensions.models import Handing
from erdkreis.trust import about_you
from factories import conversations, pulses, tensions
from factories.roll import listed
from factories.rounds import group

pytestmark = pytest.mark.django_db
ANNA = "anna@example.org"
OURS = [table for table in apps.get_models() if table.__module__.startswith("erdkreis.")]
# What a field is called in which a person can stand.
OF_PEOPLE = re.compile(r"(^|_)(name|by|person|owner|helper|contact|address|mail|email|editor)$")


def asked_for(client, address):
    mail.outbox.clear()
    answer = client.post("/about-you/", {"address": address})
    return answer, mail.outbox[-1].body if mail.outbox else ""


def opened(client, address):
    _answer, body = asked_for(client, address)
    return re.search(r"https?://\S+?(/about-you/\S+)", body).group(1)


@pytest.fixture
def everywhere(circle, asking):
    """Anna stands in every table that has a place for an address."""
    listed(group(asking, "employees"), "anna", "bela")
    team = pulses.running(circle).teams.first()
    Member.objects.create(pulse=team.pulse, team=team, email=ANNA, name="Anna", language="de")
    Subscription.objects.create(
        conversation=conversations.conversation(circle), address=ANNA, language="de"
    )
    Handing.objects.create(
        tension=tensions.tension(circle), name="Anna", address=ANNA, words="Look.",
        handed_by="Ada", day="2026-03-10",
    )  # fmt: skip
    WillingVoice.objects.create(circle=circle, email=ANNA, language="de", month="2026-03-01")
    Entry.objects.create(name="Mill", slug="mill", submitter_mail=ANNA, begun_on="2026-03-10")
    stop_mail(circle, [ANNA], NoMail.Reason.UNSUBSCRIBED)


def test_who_has_the_mail_sees_and_takes_along_everything(everywhere, client):
    link = opened(client, "Anna@Example.org")
    page, file = client.get(link), client.get(f"{link}erdkreis.json")

    assert page.status_code == 200
    assert {
        "invitations.invitee", "invitations.nomail", "pulse.member", "conversations.subscription",
        "tensions.handing", "fit.willingvoice", "directory.entry",
    } <= set(file.json())  # fmt: skip
    assert "bela@" not in page.content.decode()
    assert "bela@" not in file.content.decode()
    assert "seed" not in file.json()["invitations.invitee"][0]
    assert page.headers["Cache-Control"] == file.headers["Cache-Control"]
    assert "no-store" in page.headers["Cache-Control"]


def test_the_page_itself_tells_nobody_whether_an_address_is_known(everywhere, client):
    known, letter = asked_for(client, ANNA)
    unknown, other = asked_for(Client(), "nobody@example.org")

    assert without_tokens(known) == without_tokens(unknown)
    assert "/about-you/" in letter
    assert "/about-you/" not in other
    assert "Nothing is stored under this address" in " ".join(other.split())


def without_tokens(answer):
    page = re.sub(r'value="\w{64}"|[a-z]+@example.org', "", answer.content.decode())
    return answer.status_code, page


def test_nobody_is_sent_one_mail_after_another(everywhere, client):
    asked_for(client, ANNA)
    answer, body = asked_for(client, ANNA.upper())
    assert (answer.status_code, body) == (200, "")
    answers = [asked_for(client, f"p{n}@example.org")[0].status_code for n in range(21)]

    assert answers[-1] == 429


@pytest.mark.parametrize(
    "ticket", ["x", ANNA, pytest.param(signing.dumps(ANNA), id="signed for something else")]
)
def test_an_invented_link_opens_nothing(everywhere, client, ticket):
    assert client.get(f"/about-you/{ticket}/").status_code == 404
    assert client.get(f"/about-you/{ticket}/erdkreis.json").status_code == 404


def test_a_link_is_good_for_a_day(everywhere, client, monkeypatch):
    link = opened(client, ANNA)
    monkeypatch.setattr(about_you, "SECONDS", -1)

    assert client.get(link).status_code == 404


def test_without_a_mail_server_a_sentence_says_so(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1

    answer = client.post("/about-you/", {"address": ANNA})

    assert answer.status_code == 503
    assert "could not be sent just now" in answer.content.decode()


def test_what_was_said_through_an_account_is_part_of_it(circle, ada, as_ada):
    conversation = conversations.conversation(circle)
    speaker = Speaker.objects.create(
        conversation=conversation, mode="facilitator", name="Ada", person=ada
    )
    Contribution.objects.create(
        conversation=conversation, speaker=speaker, phase="heard", kind="view", language="en",
        text="Let us hear both sides.", place=1, changed=1, day="2026-03-10",
    )  # fmt: skip

    own = as_ada.get("/account/data/erdkreis.json").json()

    assert own["conversations.contribution"][0]["text"] == "Let us hear both sides."
    assert "Let us hear both sides." in as_ada.get("/account/data/").content.decode()


def test_a_speaker_finds_her_own_by_her_place_and_nothing_of_others(circle, client):
    talk = conversations.conversation(circle)
    side = conversations.side(talk, "employees")
    address = f"/t/{side.slug}/"
    client.cookies[token_cookie.NAME] = conversations.token(talk, "employees", shows_group=True)
    speaker = Speaker.objects.get()
    conversations.said(speaker, text="I said this.")
    conversations.said(conversations.voice(talk, "employees"), text="Not hers.")

    page = client.get(f"{address}data/").content.decode()
    file = client.get(f"{address}data/erdkreis.json").json()

    assert "I said this." in page
    assert "Not hers." not in page
    assert file["conversations.speaker"][0]["pseudonym"] == speaker.pseudonym
    german = client.get(f"{address}data/?language=de").content.decode()
    assert WORDS[speaker.pseudonym] in german
    assert "token" not in str(file)
    assert Client().get(f"{address}data/").status_code == 404


def test_every_table_with_a_place_for_a_person_is_found_or_says_why_not():
    """A coming table with a name or an address fails here, until it is found or explained."""
    forgotten = []
    for table in OURS:
        for field in table._meta.concrete_fields:
            is_found = isinstance(field, models.EmailField) or field.related_model is Person
            is_personal = isinstance(field, models.CharField) and OF_PEOPLE.search(field.name)
            explained = {table._meta.label, table._meta.app_label} & set(about_you.OPENLY)
            if is_personal and not is_found and not explained and not has_address(table):
                forgotten.append(f"{table._meta.label}.{field.name}")

    assert forgotten == []


def has_address(table):
    return any(isinstance(field, models.EmailField) for field in table._meta.concrete_fields)
