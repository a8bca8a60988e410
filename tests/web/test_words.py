"""Rules for words that a machine can see, over all that is said on a page, in a mail, on paper.

What is right by these may still be badly said: they are the part that nobody has to read twice.
"""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
import pytest
from django.conf import settings

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
THEIRS = ("web/third_party_words.py", "")  # English of the libraries: only the German is ours
GERMAN, ENGLISH = "de", "en"
LANGUAGE = {"de": GERMAN, "de_easy": GERMAN, "de-easy": GERMAN, "en": ENGLISH}
# Lists of words that are looked for, not said; and names as an authority has them.
NOT_SAID = {"praise.toml", "countries.toml"}


class Said(NamedTuple):
    """One text in one language, and where it stands."""

    language: str
    where: str
    text: str


class Rule(NamedTuple):
    """What may not stand in a text, with a text it has to catch and texts it lets pass."""

    language: str
    pattern: str
    wrong: str
    allowed: tuple[str, ...] = ()


RULES = {
    "straight quotation marks": Rule("", r"""(?<!=)"|(?<=\w)'|'(?=\w)""", 'Say "yes"'),
    "two spaces": Rule("", r"\S  +\S", "two  spaces"),
    "three dots": Rule("", r"\.\.\.", "and so on..."),
    "a hyphen for a dash": Rule("", r"\s-\s|\w--\w|\s--\s", "this - or that"),
    "an entity": Rule("", r"&(#\d+|\w+);", "this &amp; that"),
    "a full stop after a space": Rule("", r"\w [.,;!?](?:\s|$)", "So it ends ."),
    "quotation marks of English in German": Rule(
        GERMAN, r"”|(?<![„\w.!?…%)\]}>°–’‚])“(?=\w)|«|»", "Er sagt “ja”."
    ),
    "quotation marks of German in English": Rule(ENGLISH, r"„|‚|«|»", "He says „yes“."),
    "English in German": Rule(
        GERMAN,
        r"\b(?:(?:the|and|or|of|with|your|you|this|that|from|are|not|have|please)|(?i:users?|"
        r"accounts?|login|feedback|dashboard|downloads?|uploads?|meetings?|tokens?))\b",
        "Hier ist the Antwort.",
        ("import answers",),
    ),
    "signs inside words": Rule(
        GERMAN, r"\w[*_:·](?:in|innen|r|n|e)\b|\w/-?in(?:nen)?\b|\w\(in(?:nen)?\)|[a-zäöüß]Innen\b",
        "Alle Kund*innen",
    ),
    "you as a friend": Rule(
        GERMAN, r"\b(?:[Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir|[Ee]uch|[Ee]uer\w*)\b", "Was denkst du?",
        ("„Was siehst du, das ich nicht sehe?", "Die Arbeit soll dich bewegen."),
    ),
    "words of marketing and offices in German": Rule(
        GERMAN,
        r"(?i)\bbitte beachten|\b(?:zielgruppe|score|ranking|performance|stakeholder|impact|"
        r"compliance|signifikan\w+|verursach\w+|gewinner|verlierer)\w*\b|\bKunden? im Mittelpunkt",
        "Bitte beachten Sie die Zielgruppe.",
    ),
    "words of marketing and offices in English": Rule(
        ENGLISH,
        # alone, “ranking” is a kind of question in LimeSurvey
        r"(?i)\bplease note\b|(?!\Aranking\Z)\b(?:scores?|rankings?|performance|"
        r"stakeholders?|impacts?|compliance|significant\w*|caused|causes|proved|proves|proven)\b",
        "This caused a significant impact.",
        ("there is no score", "No ranking", "no ranking", "It proves nothing", "it proves nothing",
         "traffic caused by {org}",
         "Absolute impact and strategy", "Impact compared with the sector"),
    ),
    "spelling of America": Rule(
        ENGLISH,
        r"(?i)\b(?:color|center|labor|behavior|favor|honor|neighbor|gray|catalog|fulfill|enroll|"
        r"cancel(?:ed|ing)|label(?:ed|ing)|model(?:ed|ing)|percent(?!ag)|e-?mails?|log ?in|"
        r"(?:organ|recogn|real|anonym|apolog|minim|maxim|custom|analy)[iy]z\w*)s?\b",
        "We organize the labor by e-mail.",
        # a claim of a protocol, as it is written there
        ("“email”",),
    ),
    # One thing, one word: what stands on the left of each was said beside what the glossary has.
    "a second word for one thing in German": Rule(
        GERMAN,
        r"\b(?:Rückmeldung\w*|QR-Bild\w*|E-Mail\w*|Mailserver|Mailadress\w*|Internetadress\w*|"
        r"Prüfsumme\w*|[Gg]astgebende\w*|[Jj]emand anderes|Meinungslandkarte|Zugangscode\w*|"
        r"Feedback|Webseite\w*|zurückgelegt)\b",
        "Eine Rückmeldung per E-Mail.",
    ),
    "a second word for one thing in English": Rule(
        ENGLISH, r"\b(?:QR picture|not even we|web ?page|sign up|let out)s?\b",
        "A QR picture for all.", ("rules above let out",),
    ),
}  # fmt: skip

# Who is named by the male form alone. Right where the female one stands beside it.
MALE = re.compile(
    r"\b(Mitarbeiter|Teilnehmer|Nutzer|Besucher|Bürger|Moderator|Chef|Gastgeber|Kunde|Kollege|Nachbar|"
    r"Lieferant|Experte|Leser|Fürsprecher)(?:n|en|s)?\b"
)
# Counted by one: what follows a number stands in the singular. “1 Menschen” is what it would say.
COUNTED = r"%\((?:n|number|count)\w*\)[sd] "
MANY_GERMAN = re.compile(
    COUNTED + r"(?:\w+ )?(?:Menschen haben|Menschen (?:sind|stehen|wurden)|Personen|Stimmen|"
    r"Thesen|Gruppen|Fragen|Minuten|Stunden|Tagen?|Wochen|Monaten?|Jahren?|Mails|Antworten|Zeilen|"
    r"Gesprächen?|Terminen?|Bögen|Texten?|Beiträge|Einträge|Adressen|Belege|Punkten?|Sachen|Bitten)\b"
)
MANY_ENGLISH = re.compile(
    COUNTED + r"(?:\w+ )?(?:people|voices|statements|groups|questions|minutes|hours|days|weeks|"
    r"months|years|mails|answers|lines|conversations|dates|forms|texts|contributions|entries|"
    r"addresses|pieces|points|things|requests)\b"
)


@pytest.fixture(scope="module")
def catalogue() -> list[polib.POEntry]:
    locale = settings.PACKAGE / "web/locale"
    return [
        entry
        for language in ("de", "de_Easy")
        for entry in polib.pofile(str(locale / language / "LC_MESSAGES/django.po"))
    ]


@pytest.fixture(scope="module")
def said(catalogue) -> list[Said]:
    ours = [_in_our_english(), _in_files_of_words(), _in_titles(), _in_guides()]
    return [*_in(catalogue), *(one for place in ours for one in place)]


def _in(catalogue: list[polib.POEntry]) -> Iterator[Said]:
    for entry in catalogue:
        where = entry.occurrences[0][0]
        if THEIRS not in entry.occurrences:
            yield from (Said(ENGLISH, where, t) for t in (entry.msgid, entry.msgid_plural) if t)
        for text in entry.msgstr_plural.values() if entry.msgid_plural else (entry.msgstr,):
            yield Said(GERMAN, where, text)


def _in_our_english() -> Iterator[Said]:
    """Yield what the libraries say with words of ours."""
    for entry in polib.pofile(str(settings.PACKAGE / "web/locale/en/LC_MESSAGES/django.po")):
        for text in entry.msgstr_plural.values() if entry.msgid_plural else (entry.msgstr,):
            yield Said(ENGLISH, "web/third_party_words.py", text)


def _in_files_of_words() -> Iterator[Said]:
    for path in sorted(settings.PACKAGE.rglob("*.toml")):
        if path.name not in NOT_SAID:
            read = tomllib.loads(path.read_text(encoding="utf-8"))
            language = GERMAN if path.name == "de_easy.toml" else ""
            yield from _below(read, language, str(path.relative_to(settings.PACKAGE)))


def _below(value: object, language: str, where: str) -> Iterator[Said]:
    if isinstance(value, str) and language:
        yield Said(language, where, value)
    elif isinstance(value, list):
        for one in value:
            yield from _below(one, language, where)
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _below(below, LANGUAGE.get(key, language), where)


def _in_titles() -> Iterator[Said]:
    """Yield what the tables of the matrix call their rows."""
    for path in sorted(settings.PACKAGE.rglob("tables/*.csv")):
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
            for language in (GERMAN, ENGLISH):
                yield Said(language, path.name, row.get(f"title_{language}", ""))


def _in_guides() -> Iterator[Said]:
    for path in sorted(GUIDE.glob("*/*.md")):
        text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "]", path.read_text(encoding="utf-8"))
        for paragraph in re.split(r"\n\s*\n|\n(?=- |\d\. |\|)", text):
            yield Said(path.parent.name, f"guide/{path.name}", " ".join(paragraph.split()))


def plain(text: str) -> str:
    """Return a text without tags and placeholders, and without what the terminal is told."""
    without_tags = re.sub(r"<[^>]*>", "", text)
    return re.sub(r"%\(\w+\)[sd]|\{\w*\}|\berdkreis \w+(?: \w+)?|--[a-z][\w-]*", "·", without_tags)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_nothing_is_said_that_a_rule_forbids(rule, said):
    forbidden = re.compile(rule.pattern)

    def breaks(text: str) -> bool:
        for words in rule.allowed:
            text = text.replace(words, "")
        return bool(forbidden.search(plain(text)))

    assert breaks(rule.wrong)
    assert [one for one in said if rule.language in ("", one.language) and breaks(one.text)] == []


def test_what_is_quoted_ends(said):
    opens, closes = {GERMAN: "„", ENGLISH: "“"}, {GERMAN: "“", ENGLISH: "”"}

    assert [
        one
        for one in said
        if one.text.count(opens[one.language]) != one.text.count(closes[one.language])
    ] == []


def test_nobody_is_named_by_the_male_form_alone(said):
    alone = [
        one
        for one in said
        if one.language == GERMAN
        for found in MALE.finditer(one.text)
        if not re.search(rf"{found[1].rstrip('e')[:5]}\w*in(?:nen)?\b", one.text, re.IGNORECASE)
    ]

    assert MALE.search("Alle Mitarbeiter")
    assert alone == []


def test_one_of_a_thing_is_not_counted_as_many(catalogue):
    counted = [entry for entry in catalogue if entry.msgid_plural]

    assert MANY_GERMAN.search("%(n)s Personen warten")
    assert MANY_ENGLISH.search("%(n)s mails wait")
    assert [e.msgstr_plural[0] for e in counted if MANY_GERMAN.search(e.msgstr_plural[0])] == []
    assert [e.msgid for e in counted if MANY_ENGLISH.search(e.msgid)] == []
