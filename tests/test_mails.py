"""What every mail has in common, whichever room writes it: text and page, greeting, language."""

import re
from html import unescape

import pytest
from django.core.mail import EmailMultiAlternatives

from erdkreis.web.mails import LINE, folded, paragraphs
from factories.every_mail import every_mail

HELLO = {"de": "Guten Tag", "en": ("Hello,", "Dear ")}
# Nobody asked in which language somebody reads who has not come for years.
IN_TWO = "Ihr Konto wird gelöscht / Your account will be deleted"
# So common that no paragraph of a language is without one, and no word of the other.
TELLING = {
    "de": "der die das ist sind und nicht wir Sie ein eine",
    "en": "the is are and you we of",
}
LONGEST_SUBJECT = 78


def words_of_page(page: str) -> list[str]:
    body = re.sub(r"</?a\b[^>]*>", "", page[page.index("<body") :])
    return unescape(re.sub(r"<[^>]+>", " ", body)).split()


def faults(sent: EmailMultiAlternatives, language: str) -> list[str]:
    text, ((page, kind),) = sent.body, sent.alternatives
    found = []
    if kind != "text/html" or words_of_page(page) != re.sub(r"-- |=====*|---", "", text).split():
        found.append("text and page differ")
    if not text.startswith(HELLO["de" if sent.subject == IN_TWO else language]):
        found.append("no greeting")
    if len(sent.subject) > LONGEST_SUBJECT or not sent.subject.strip():
        found.append(f"subject: {sent.subject}")
    if re.search(r"&(#\d+|\w+);", text) or "\n\n\n" in text or re.search(r"<p[^>]*>\s*</p>", page):
        found.append("an entity, or an empty paragraph")
    if long := [one for one in text.splitlines() if len(one) > LINE and " " in one.strip()]:
        found.append(f"long lines: {long}")
    return found


def foreign(text: str, language: str) -> list[str]:
    """Return words of the other language, and of templates that nobody filled in."""
    (other,) = TELLING.keys() - {language}
    text = re.sub(r"https?://\S+", "", text)
    only = set(TELLING[other].split()) - set(TELLING[language].split())
    return [
        word for word in re.findall(r"[\w{}%]+", text) if word in only or re.search(r"[{}%]", word)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_mail_is_whole(circle, at_noon, language):
    mails = every_mail(circle, language)

    found = {name: what for name, sent in mails.items() if (what := faults(sent, language))}
    assert len(mails) == 24
    assert found == {}
    del mails[IN_TWO]
    others = {n: foreign(sent.subject + sent.body, language) for n, sent in mails.items()}
    assert {name: said for name, said in others.items() if said} == {}


def test_an_address_stays_whole_and_words_are_folded():
    link = "https://example.org/" + "x" * 100

    assert folded(f"Read here: {link}") == f"Read here:\n{link}"
    assert folded("word " * 20).splitlines() == [("word " * 15).strip(), ("word " * 5).strip()]
    assert folded("short\n\n-- \nfoot") == "short\n\n-- \nfoot"


def test_an_underlined_line_is_a_heading_and_empty_lines_are_no_paragraphs():
    (heading, text) = paragraphs("Mondays\n=======\n\n\n \nWe stand up.\n= not one =\n")

    assert (heading.text, heading.is_heading) == ("Mondays", True)
    assert (text.text, text.is_heading) == ("We stand up.\n= not one =", False)
