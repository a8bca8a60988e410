"""The plan of a circle meeting: what this round's picture brings into the room, and the script."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils import translation

from erdkreis.meetings.models import Meeting
from erdkreis.pictures.page import ResultPage, result_page
from erdkreis.questionnaires.catalogue import catalogue
from erdkreis.tensions.models import Tension

MOST_TENSIONS, MOST_GROUNDS, MOST_GAPS, QUOTES_PER_GROUP = 3, 3, 3, 2
CURRENT = "2026_1"


@dataclass(frozen=True)
class ScriptStep:
    """One part of the 90 minutes, with the cards that belong to it."""

    minutes: str
    title: str
    text: str
    cards: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quote:
    """What somebody of a group wrote, as far as it was let out; redacted places stay marked."""

    group: str
    text: str
    language: str


@dataclass(frozen=True)
class TensionCard:
    """Two poles, both in good words."""

    title: str
    poles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Plan:
    """Everything that lies on the table, in one language."""

    language: str
    grounds: tuple[str, ...]
    gaps: tuple[str, ...]
    tensions: tuple[TensionCard, ...]
    quotes: tuple[Quote, ...]
    empty_chairs: tuple[tuple[str, str], ...]
    questions: tuple[tuple[str, str], ...]
    script: tuple[ScriptStep, ...]
    stuck: tuple[str, ...]


def plan_of(meeting: Meeting, language: str) -> Plan:
    """Gather the plan in a language, from what was let out of the round and nothing else."""
    with translation.override(language):
        page = result_page(meeting.round) if meeting.round else None
        tensions = _tensions(meeting, page)
        grounds = tuple(block.sentence for block in page.grounds[:MOST_GROUNDS]) if page else ()
        gaps = (
            tuple(f"{g.question}, {g.group}: {g.sentence}" for g in page.gaps[:MOST_GAPS])
            if page
            else ()
        )
        cards: dict[str, tuple[str, ...]] = {
            "grounds": grounds,
            "gaps": gaps,
            "tensions": tuple(card.title for card in tensions),
        }
        guide = _guide()
        return Plan(
            language=language,
            grounds=grounds,
            gaps=gaps,
            tensions=tensions,
            quotes=_quotes(page) if page else (),
            empty_chairs=tuple((s.name, s.sentence) for s in page.missing_seats) if page else (),
            questions=() if page else _questions(language),
            script=tuple(
                _step(one, meeting, language, cards, on_paper=page is None) for one in guide["step"]
            ),
            stuck=tuple(one[language] for one in guide["stuck"]),
        )


def _step(
    one: Mapping[str, Any],
    meeting: Meeting,
    language: str,
    cards: Mapping[str, tuple[str, ...]],
    *,
    on_paper: bool,
) -> ScriptStep:
    said = one["paper"] if on_paper and "paper" in one else one["text"]
    text = said[language].replace("{org}", meeting.circle.organisation.name)
    return ScriptStep(
        one["minutes"], one["title"][language], text, cards.get(one.get("with", ""), ())
    )


def _tensions(meeting: Meeting, page: ResultPage | None) -> tuple[TensionCard, ...]:
    """Return what people have worded; where nobody has yet, what the picture offers."""
    worded = [
        tension
        for tension in Tension.objects.filter(circle=meeting.circle).prefetch_related("poles")
        if tension.is_open and not tension.is_red_line
    ]
    if worded:
        return tuple(
            TensionCard(str(one), tuple((p.name, p.good_side) for p in one.poles.all()))
            for one in worded[:MOST_TENSIONS]
        )
    return tuple(TensionCard(block.sentence) for block in (page.tensions if page else ()))


def _quotes(page: ResultPage) -> tuple[Quote, ...]:
    """Return a few of the texts of each group, in the order in which they may be shown."""
    found: dict[str, list[Quote]] = {}
    for (code, _item), texts in page.words.items():
        for text in texts:
            found.setdefault(code, []).append(Quote(page.names.group(code), text, ""))
    return tuple(quote for quotes in found.values() for quote in quotes[:QUOTES_PER_GROUP])


def _questions(language: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (q.title.in_language(language), q.ask.in_language(language)) for q in catalogue().questions
    )


@cache
def _guide() -> dict[str, Any]:
    file = files("erdkreis.meetings") / "guide" / f"{CURRENT}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
