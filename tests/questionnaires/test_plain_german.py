"""Einfache Sprache: whole, of the same meaning, and chosen once for every page of a voice."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import polib
import pytest
from django.conf import settings

from erdkreis.dialogues.starters import starters
from erdkreis.invitations import letters, lists, roll
from erdkreis.invitations.models import Invitee, Mail
from erdkreis.invitations.texts import _read
from erdkreis.questionnaires.catalogue import CURRENT_VERSION, PULSE_VERSION, catalogue
from erdkreis.questionnaires.models import Voice
from erdkreis.web.languages import EASY, bcp47, for_voices
from factories.rounds import group

MOST_WORDS = 16
# Pages that offer it and fall back to German for their own words: they speak to leadership,
# guardians and hosts, or to the two sides of a sale.
GERMAN_ALONE = {
    "fit/door.html", "questionnaires/guardian_door.html", "questionnaires/prediction.html",
    "questionnaires/trial_page.html",
}  # fmt: skip
# Forms of the subjunctive, and signs of a genitive: neither is plain.
NOT_PLAIN = re.compile(
    r"\b(würden?|wären?|hätten?|könnten?|müssten?|sollten?|dürften?|des|dessen|deren|wessen)\b",
    re.IGNORECASE,
)
PLAIN_FILE = settings.PACKAGE / "web/locale/de_Easy/LC_MESSAGES/django.po"


def wordings(version):
    texts = catalogue(version)
    yield from (i.wording for q in texts.questions for i in q.items)
    yield from (i.wording for i in (*texts.satisfaction, *texts.closing))
    yield from (w for q in texts.questions for w in (q.title, q.ask))
    yield from (step for scale in texts.scales.values() for step in scale)
    yield from texts.labels.values()
    if texts.questions:
        yield texts.explain_conflict


def plain_texts():
    for version in (CURRENT_VERSION, PULSE_VERSION):
        yield from (wording.de_easy for wording in wordings(version))
    yield from (starter.wording.de_easy for starter in starters())
    for entry in polib.pofile(str(PLAIN_FILE)):
        yield from entry.msgstr_plural.values() if entry.msgid_plural else (entry.msgstr,)
    for file in ("mails", "paper"):
        texts = _read(file, "2026-1")
        said = [t[EASY] for name, t in texts.items() if name != "sentence" and EASY in t]
        yield from (part for parts in said for part in parts.values())
        yield from (t[EASY] for t in texts["sentence"].values() if EASY in t)


@pytest.mark.parametrize("version", [CURRENT_VERSION, PULSE_VERSION])
def test_everything_that_is_asked_is_said_in_plain_german_too(version):
    assert [w.de for w in wordings(version) if not w.de_easy] == []
    assert all("{org}" in w.de_easy for w in wordings(version) if "{org}" in w.de)


@pytest.mark.parametrize("version", [CURRENT_VERSION, PULSE_VERSION])
def test_the_plain_file_says_nothing_that_is_not_asked(version):
    texts = catalogue(version)
    codes = {i.code for q in texts.questions for i in q.items}
    codes |= {i.code for i in (*texts.satisfaction, *texts.closing)}
    import tomllib
    from importlib.resources import files

    folder = files("erdkreis.questionnaires") / "items" / version.replace("-", "_")
    written = tomllib.loads((folder / "de_easy.toml").read_text(encoding="utf-8"))

    assert set(written["item"]) == codes


def test_plain_sentences_are_short_and_without_subjunctive_and_genitive():
    sentences = [
        sentence
        for text in plain_texts()
        for sentence in re.split(r"(?<=[.!?:…])\s|\n", re.sub(r"<[^>]*>", "", text))
    ]

    assert [s for s in sentences if len(s.split()) > MOST_WORDS] == []
    assert [s for s in sentences if NOT_PLAIN.search(s)] == []


def test_every_page_that_offers_it_says_its_own_words_in_it():
    path = Path(__file__).parents[2] / "scripts" / "messages.py"
    messages = module_from_spec(spec := spec_from_file_location("messages", path))
    spec.loader.exec_module(messages)
    offering = {
        str(page.relative_to(settings.PACKAGE))
        for page in settings.PACKAGE.rglob("templates/**/*.html")
        if '{% extends "web/voice.html" %}' in page.read_text(encoding="utf-8")
    }

    assert len(offering) > len(GERMAN_ALONE)
    assert {
        page.partition("/templates/")[2]
        for page in offering
        if not messages.PATH_OF_A_VOICE.fullmatch(page)
    } == GERMAN_ALONE


@pytest.fixture
def door(asking) -> str:
    return f"/e/{group(asking, 'employees').slug}/"


@pytest.mark.django_db
def test_it_is_chosen_once_and_stays_on_the_whole_path(client, door):
    chosen = client.post("/language/", {"language": EASY, "next": door}, follow=True)

    page = client.post(door, follow=True)

    assert chosen.headers["Content-Language"] == page.headers["Content-Language"] == "de-simple"
    assert '<html lang="de-simple">' in page.text
    assert "stimmt zum Teil" in page.text  # its own word of the scale
    assert "Später weitermachen" in page.text  # its own word of the interface
    assert Voice.objects.get().language == "de"  # of the same meaning, so the same data


@pytest.mark.django_db
def test_a_link_may_bring_it_along_and_the_next_choice_wins(client, door):
    page = client.get(f"{door}?language={EASY}")
    assert "Bevor Sie anfangen" in page.text
    assert f'name="next" value="{door}"' in page.text

    assert "Bevor Sie anfangen" in client.get(door).text
    client.post("/language/", {"language": "en", "next": door})
    assert "Before you start" in client.get(door).text


@pytest.mark.django_db
def test_it_is_offered_to_voices_where_german_is_spoken_and_to_nobody_else(client, asking, door):
    asked_in_german = client.get(door).text
    asking.languages = "en"
    asking.save()

    assert "Einfache Sprache" in asked_in_german
    assert "Einfache Sprache" not in client.get(door).text
    assert "Einfache Sprache" not in client.get("/").text


@pytest.mark.django_db
def test_pages_without_words_of_its_own_fall_back_to_german(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = EASY

    page = client.get("/account/login/").text

    assert "Anmelden" in page
    assert re.search(r'value="de" lang="de"\s+aria-current="true"', page)


@pytest.mark.django_db
def test_paper_and_poster_can_be_had_in_it(as_ada, asking):
    employees = group(asking, "employees")
    paper = as_ada.get(f"/rounds/{asking.pk}/paper/{employees.slug}/?language={EASY}").text
    poster = as_ada.get(f"/rounds/{asking.pk}/links/{employees.slug}/poster/?language={EASY}").text

    assert '<html lang="de-simple">' in paper
    assert "stimmt zum Teil" in paper
    assert "Ihre Meinung ist wichtig." in poster


@pytest.mark.django_db
def test_who_is_written_to_in_it_finds_the_page_in_it(client, asking):
    employees = group(asking, "employees")
    rows = [(1, ["mail", "language"]), (2, ["bela@example.org", "Einfache Sprache"])]
    roll.put_on_roll(employees, lists.understand(rows, ["de", "en"]).entries)
    invitee = Invitee.objects.get()
    mail = Mail(
        round_group=employees, kind=Mail.Kind.INVITATION, invitee=invitee, language=invitee.language
    )

    written = letters.letter(mail)

    assert "Hier geht es los" in written.body
    assert 'lang="de-simple"' in written.alternatives[0][0]
    link = re.search(r"http://testserver(/v/\S+)", written.body)[1]
    assert "Bevor Sie anfangen" in client.get(link).text


@pytest.mark.parametrize(
    ("spoken", "offered"), [(["de", "en"], ["de", EASY, "en"]), (["en"], ["en"])]
)
def test_plain_german_stands_beside_german(spoken, offered):
    assert for_voices(spoken) == for_voices(for_voices(spoken)) == offered
    assert bcp47(EASY) == "de-simple"  # “simple” is a variant registered with IANA
