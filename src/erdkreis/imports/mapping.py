"""What the columns and values of a file mean: guessed first, corrected by people, then applied.

A mapping is plain data, so that it can travel through a page or a file and be corrected there. Each
column is an item, the group, the language or nothing; each value is a step of the scale or one of
the kinds of no answer.
"""

import re
from collections import Counter
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from django.utils.translation import gettext as _

from erdkreis.imports.responses import NOT_SHOWN, Responses
from erdkreis.questionnaires.catalogue import Catalogue, Item, catalogue
from erdkreis.questionnaires.models import Answer, ItemSet
from erdkreis.questionnaires.paths import Path
from erdkreis.questionnaires.services import Given
from erdkreis.rounds.models import Round, RoundGroup

GROUP, LANGUAGE, NOTHING = "group", "language", ""
DONT_KNOW, LEFT_OUT, NOT_REACHED, NOT_ASKED = "dont_know", "left_out", "not_reached", "not_asked"
NO_ANSWERS = (DONT_KNOW, LEFT_OUT, NOT_REACHED, NOT_ASKED)
LEAVE_OUT_LINE = "-"
STEPS = ("1", "2", "3", "4", "5")
MOST_VALUES = 60
SKIPPED = Given(Answer.Status.SKIPPED)
MEANT = {
    DONT_KNOW: Given(Answer.Status.DONT_KNOW),
    LEFT_OUT: SKIPPED,
    NOT_REACHED: None,
    NOT_ASKED: None,
}
LONGEST_WORDS = 2000

# How other files say that nobody answered; our own codes of the SPSS file stand here, too.
_NONE = {
    "91": DONT_KNOW, "92": LEFT_OUT, "93": NOT_ASKED, "94": LEFT_OUT,
    NOT_SHOWN: NOT_ASKED, "": LEFT_OUT, "-oth-": LEFT_OUT,
    "n/a": DONT_KNOW, "na": DONT_KNOW, "k. a.": LEFT_OUT, "k.a.": LEFT_OUT,
    "keine angabe": LEFT_OUT, "no answer": LEFT_OUT, "keine antwort": LEFT_OUT,
    "weiß nicht": DONT_KNOW, "weiß ich nicht": DONT_KNOW, "weiss nicht": DONT_KNOW,
    "don't know": DONT_KNOW, "don’t know": DONT_KNOW, "i don’t know": DONT_KNOW,
    "i don't know": DONT_KNOW, "dont_know": DONT_KNOW, "skipped": LEFT_OUT, "left out": LEFT_OUT,
    "not asked": NOT_ASKED, "not reached": NOT_REACHED,
}  # fmt: skip
_CODE_OF_STEP = re.compile(r"(?:A|AO|L|SQ)?0*([1-5])(?:[.,]0+)?")


@dataclass
class Mapping:
    """What each column and each value means."""

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    # Where no column says it: the one group that all lines belong to.
    group: str = ""

    def as_data(self) -> dict[str, Any]:
        return {
            "columns": self.columns,
            "values": self.values,
            "groups": self.groups,
            "group": self.group,
        }


@dataclass(frozen=True)
class Problem:
    """Something that keeps the file out, and where it stands."""

    line: int
    sentence: str


@dataclass
class Ballots:
    """Answers as they will be stored: by group, each with its language; still in order."""

    by_group: dict[str, list[tuple[str, dict[str, Given]]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    n_empty: int = 0
    n_left_out: int = 0

    @property
    def n(self) -> int:
        return sum(map(len, self.by_group.values()))


@dataclass(frozen=True)
class Asked:
    """What a round asks: groups that answer without a name, and all that somebody can answer."""

    round: Round
    groups: dict[str, RoundGroup]
    items: dict[str, Item]
    by_group: dict[str, frozenset[str]]
    texts: Catalogue
    # Of questions from LimeSurvey: for each scale, what its codes mean in words.
    codes: Table[str, Table[str, str]]


def asked_in(round_: Round) -> Asked:
    """Return what a file for this round can hold. The same question has one name for all groups."""
    groups = {
        group.code: group
        for group in round_.groups.filter(is_asked=True).select_related(
            "round__circle__organisation"
        )
        if group.voice_mode == "anonymous" and not group.is_leadership
    }
    items: dict[str, Item] = {}
    by_group = {}
    for code, group in groups.items():
        own = {page.item.code: page.item for page in Path(group).pages if page.item}
        by_group[code] = frozenset(own)
        items |= own
    brought = _own(round_)
    codes = brought["codes"] if brought else {}
    return Asked(round_, groups, items, by_group, catalogue(round_.item_version), codes)


def _own(round_: Round) -> dict[str, Any] | None:
    found = ItemSet.objects.filter(version=round_.item_version).first()
    return found.content if found else None


def guess(responses: Responses, asked: Asked, known: Table[str, str]) -> Mapping:
    """Guess what a file means. ``known`` tells items by the names that LimeSurvey gave them."""
    mapping = Mapping()
    by_words = {_key(text): item.subject_name for item in _named(asked) for text in item.texts}
    for at, name in enumerate(responses.header):
        words = responses.words[at] if at < len(responses.words) else ""
        mapping.columns[name] = _column(name, words, by_words, known, asked)
    values = used_values(responses, mapping, asked)
    steps = {_key(w): s for item in _rated(mapping, asked) for w, s in item.items()}
    for value in values:
        mapping.values[value] = _value(value, steps)
    if (place := _place_of(GROUP, responses, mapping)) is not None:
        names = {_key(text): code for code, g in asked.groups.items() for text in _names_of(g)}
        for value in dict.fromkeys(responses.column(place)):
            mapping.groups[value] = names.get(_key(value), "")
    elif len(asked.groups) == 1:
        mapping.group = next(iter(asked.groups))
    return mapping


def corrected(
    mapping: Mapping, responses: Responses, asked: Asked, said: Table[str, str]
) -> Mapping:
    """Return the mapping with what people chose in a form; what they were not asked is guessed."""
    for at, name in enumerate(responses.header):
        chosen = said.get(f"column_{at}")
        if chosen is not None and (
            chosen in subjects(asked) or chosen in (GROUP, LANGUAGE, NOTHING)
        ):
            mapping.columns[name] = chosen
    before = mapping.values
    steps = {_key(w): s for item in _rated(mapping, asked) for w, s in item.items()}
    mapping.values = {}
    for number, value in enumerate(used_values(responses, mapping, asked)):
        guessed = before.get(value) or _value(value, steps)
        chosen = said.get(f"value_{number}_{sign(value)}", guessed)
        mapping.values[value] = chosen if chosen in (*STEPS, *NO_ANSWERS) else ""
    known_groups, mapping.groups = mapping.groups, {}
    if (place := _place_of(GROUP, responses, mapping)) is not None:
        names = {_key(text): code for code, g in asked.groups.items() for text in _names_of(g)}
        for number, value in enumerate(dict.fromkeys(responses.column(place))):
            guessed = known_groups.get(value) or names.get(_key(value), "")
            chosen = said.get(f"group_{number}_{sign(value)}", guessed)
            mapping.groups[value] = chosen if chosen in (*asked.groups, LEAVE_OUT_LINE) else ""
    chosen = said.get("group", mapping.group)
    mapping.group = chosen if chosen in asked.groups else ""
    return mapping


def known_columns(asked: Asked) -> dict[str, str]:
    """Return what LimeSurvey called the questions of this round, if they come from there."""
    own = _own(asked.round)
    return dict(own["columns"]) if own else {}


def ballots(responses: Responses, mapping: Mapping, asked: Asked) -> Ballots:
    """Return the answers of a file as they will be stored, and everything that keeps it out."""
    made = Ballots()
    if not any(target in subjects(asked) for target in mapping.columns.values()):
        made.problems.append(Problem(1, _("No column is a question yet.")))
    made.problems += _two_for_one(mapping)
    places = {
        target: responses.header.index(name) for name, target in mapping.columns.items() if target
    }
    if GROUP not in places and not mapping.group:
        made.problems.append(Problem(1, _("Nobody said yet to which group these people belong.")))
    if made.problems:
        return made
    for line, cells in responses.rows:
        _take_line(made, line, cells, places, mapping, asked)
    return made


def _take_line(
    made: Ballots,
    line: int,
    cells: list[str],
    places: dict[str, int],
    mapping: Mapping,
    asked: Asked,
) -> None:
    def cell(target: str) -> str:
        at = places[target]
        return cells[at] if at < len(cells) else ""

    group = mapping.groups.get(cell(GROUP), "") if GROUP in places else mapping.group
    if group == LEAVE_OUT_LINE:
        made.n_left_out += 1
        return
    if not group:
        made.problems.append(
            Problem(line, _("“%s” is no group of this round yet.") % cell(GROUP)[:60])
        )
        return
    given: dict[str, Given] = {}
    for subject in places:
        if (item := item_for(subject, group, asked)) is None:
            continue
        answer = _given(in_words(cell(subject), item, asked), item, mapping)
        if isinstance(answer, str):
            made.problems.append(Problem(line, answer))
        elif answer is not None:
            given[item.code] = answer
    if all(one.status == Answer.Status.SKIPPED for one in given.values()):
        made.n_empty += 1
        return
    language = cell(LANGUAGE)[:2].lower() if LANGUAGE in places else ""
    codes = asked.round.language_codes
    made.by_group.setdefault(group, []).append((language if language in codes else codes[0], given))


def _given(cell: str, item: Item, mapping: Mapping) -> Given | str | None:
    """Return an answer, nothing where nobody was asked, or a sentence about what is wrong."""
    if not item.is_rated:
        words = cell[:LONGEST_WORDS]
        answered = Given(Answer.Status.WORDS, None, words) if words else SKIPPED
        return None if cell == NOT_SHOWN else answered
    meant = mapping.values.get(cell) or ("" if cell else LEFT_OUT)
    if meant in STEPS:
        return Given(Answer.Status.RATED, int(meant))
    if meant in MEANT:
        return MEANT[meant]
    return _("“%s” is no step of the scale yet.") % cell[:60]


def subjects(asked: Asked) -> dict[str, Item]:
    """Return what a column can be: one name for what all groups are asked, with one sentence."""
    found: dict[str, Item] = {}
    for item in asked.items.values():
        found.setdefault(_name_of(item), item)
    return found


def item_for(subject: str, group: str, asked: Asked) -> Item | None:
    """Return the sentence that stands for a subject in a group, or none if it is not asked it."""
    for code in asked.by_group.get(group, ()):
        item = asked.items[code]
        if _name_of(item) == subject:
            return item
    return None


def value_choices() -> list[tuple[str, str]]:
    """Return what a value can mean, in words."""
    return [
        ("", "–"),
        *((step, step) for step in STEPS),
        (DONT_KNOW, _("don’t know")),
        (LEFT_OUT, _("left out")),
        (NOT_REACHED, _("not reached")),
        (NOT_ASKED, _("not asked")),
    ]


@dataclass(frozen=True)
class _Named:
    subject_name: str
    texts: tuple[str, ...]


def _named(asked: Asked) -> list[_Named]:
    organisation = asked.round.circle.organisation.name
    return [
        _Named(
            _name_of(item),
            (
                item.code,
                item.subject,
                item.wording.in_language("de", org=organisation),
                item.wording.in_language("en", org=organisation),
            ),
        )
        for item in asked.items.values()
    ]


def _name_of(item: Item) -> str:
    """Return the name of an item without its group: own wordings of one question are one column."""
    return item.subject if item.kind in ("core", "satisfaction") and item.is_rated else item.code


def _column(
    name: str, words: str, by_words: Table[str, str], known: Table[str, str], asked: Asked
) -> str:
    if (code := known.get(_brackets(name)) or known.get(name)) and code in subjects(asked):
        return code
    for text in (name, words):
        if found := by_words.get(_key(text)):
            return found
    if _key(name) in ("group", "gruppe", "stakeholder", "stakeholdergroup", "anspruchsgruppe"):
        return GROUP
    if _key(name) in ("language", "sprache", "startlanguage", "startlanguagestartsprache"):
        return LANGUAGE
    return NOTHING


def _brackets(name: str) -> str:
    """Return a code of a VV file as the CSV export writes it: Q1_SQ001 is Q1[SQ001]."""
    head, under, tail = name.partition("_")
    return f"{head}[{tail}]" if under else name


def used_values(responses: Responses, mapping: Mapping, asked: Asked) -> list[str]:
    """Return the values of all columns that are rated, the most frequent first."""
    counted: Counter[str] = Counter()
    known = subjects(asked)
    for at, name in enumerate(responses.header):
        item = known.get(mapping.columns.get(name, ""))
        if item is not None and item.is_rated:
            counted.update(in_words(cell, item, asked) for cell in responses.column(at))
    return [value for value, _n in counted.most_common(MOST_VALUES)]


def _rated(mapping: Mapping, asked: Asked) -> list[dict[str, str]]:
    """Return the words of the scales that the chosen columns are rated on, each with its step."""
    known, found = subjects(asked), []
    for scale in {
        known[t].scale for t in mapping.columns.values() if t in known and known[t].scale
    }:
        for step, wording in enumerate(asked.texts.scales[scale], start=1):
            found.append({wording.de: str(step), wording.en: str(step)})
    return found


def _value(value: str, steps: Table[str, str]) -> str:
    low = value.strip().lower()
    if low in _NONE:
        return _NONE[low]
    if found := steps.get(_key(value)):
        return found
    number = _CODE_OF_STEP.fullmatch(value.strip().upper())
    return number[1] if number else ""


def _place_of(target: str, responses: Responses, mapping: Mapping) -> int | None:
    for at, name in enumerate(responses.header):
        if mapping.columns.get(name) == target:
            return at
    return None


def _two_for_one(mapping: Mapping) -> list[Problem]:
    taken = Counter(target for target in mapping.columns.values() if target)
    return [
        Problem(1, _("Two columns are the same: %s. Please choose one.") % target)
        for target, n in taken.items()
        if n > 1
    ]


def _names_of(group: RoundGroup) -> tuple[str, ...]:
    return (group.code, group.name_de, group.name_en, group.slug)


def _key(text: str) -> str:
    """Return a text without what differs between programs: case, spaces, signs."""
    return re.sub(r"[\W_]+", "", text.lower())


def in_words(cell: str, item: Item, asked: Asked) -> str:
    """Return what a code stands for. The same code can mean another step on another scale."""
    return asked.codes.get(item.scale, {}).get(cell, cell)


def sign(value: str) -> str:
    """Return a short mark of a value, so that a form never means another than was shown."""
    return f"{crc32(value.encode()):08x}"
