"""Full-text search in German and English that works alike on every database.

Each public word is stored as its stems in both languages, without accents. A word that is looked
for matches wherever its stem stands, also inside a compound: “Bäckerei” finds “Landbäckereien”.
"""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from erdkreis.directory.models import Entry

if TYPE_CHECKING:
    import snowballstemmer

LANGUAGES = ("german", "english")
MOST_WORDS = 8
SHORTEST_INSIDE = 4  # letters from which on a stem may match inside a longer word
SEARCHED = (
    "name", "place", "sector", "summary", "what_makes_it_easy", "what_makes_it_hard",
    "own_experience", "how_one_notices", "if_it_does_not_fit", "how_sellers_are_paid",
)  # fmt: skip
_WORD = re.compile(r"\w+")
# German writes umlauts also as two letters; both spellings meet in the shorter one.
_TWO_LETTERS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


def search_words_of(entry: Entry) -> str:
    """Return the stems of everything public about an entry, between spaces."""
    texts = [getattr(entry, name) for name in SEARCHED]
    texts += [fact.claim for fact in entry.facts.all()] if entry.pk else []
    found = {stem for text in texts for word in words(text) for stem in stems(word)}
    return f" {' '.join(sorted(found))} "


def search(entries: QuerySet[Entry], typed: str) -> QuerySet[Entry]:
    """Keep entries in which every word occurs; those with it in the name come first."""
    in_name = Q()
    for word in words(typed)[:MOST_WORDS]:
        entries = entries.filter(_occurs(word))
        in_name |= Q(name__icontains=word)
    if not in_name:
        return entries
    first = Case(When(in_name, then=Value(0)), default=Value(1), output_field=IntegerField())
    return entries.annotate(not_in_name=first)


def words(text: str) -> list[str]:
    """Return the words of a text in small letters.

    Examples
    --------
    >>> words("Wer repariert's? Die Mühle!")
    ['wer', 'repariert', 's', 'die', 'mühle']
    """
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def stems(word: str) -> set[str]:
    """Return what remains of a word without its endings, in each language, without accents.

    Examples
    --------
    >>> sorted(stems("bäckereien")), sorted(stems("baeckerei"))
    (['backerei', 'backereien'], ['backerei'])
    """
    return {_plain(stemmer.stemWord(word)) for stemmer in map(_stemmer, LANGUAGES)}


def _occurs(word: str) -> Q:
    """Match any of the stems, at the beginning of a stored one, or inside it where it is long."""
    occurs = Q()
    for stem in stems(word):
        before = "" if len(stem) >= SHORTEST_INSIDE else " "
        occurs |= Q(search_words__contains=f"{before}{stem}")
    return occurs


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.replace("ß", "ss"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    for two, one in _TWO_LETTERS:
        plain = plain.replace(two, one)
    return plain


@cache
def _stemmer(language: str) -> "snowballstemmer.stemmer":
    import snowballstemmer  # noqa: PLC0415 - heavy, and most processes never need it

    return snowballstemmer.stemmer(language)
