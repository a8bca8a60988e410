"""What is asked: items as versioned data, German and English side by side.

A folder below ``items`` is one version. Answers keep the code of their item; the round keeps the
version. Changing a word makes a new folder, so an old picture always knows what was asked. A file
of its own says the same in plain German (*Einfache Sprache*): same codes, never another meaning.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from erdkreis.web.languages import EASY

CURRENT_VERSION = "2026-1"
# What is asked again and again of those who work there, in a folder of its own.
PULSE_VERSION = "pulse-2026-1"
QUESTIONS = (
    "q1_work",
    "q2_fair_partners",
    "q3_environment",
    "q4_community",
    "q5_mission",
    "q6_real_needs",
)
SATISFACTIONS = ("effects", "goals", "goal_conflicts", "image")
OBSERVER, LEADERSHIP = "observer", "leadership"
# Groups without a wording of their own are asked about satisfaction as people outside are.
SATISFACTION_OF_OTHERS = "non_customers"

# A set of questions that a circle brought along; what follows is drawn by chance and never changes.
OWN = "own-"

Kind = Literal["core", "detail", "open", "satisfaction", "closing", "money", "pulse"]
View = Literal["own", "observer", "guardian"]


@dataclass(frozen=True)
class Wording:
    """One sentence in both languages, and in plain German where that is written."""

    de: str
    en: str
    de_easy: str = ""

    def in_language(self, language: str, **names: str) -> str:
        """Return the sentence with its placeholders filled."""
        sentence = self.de if language.startswith("de") else self.en
        if language == EASY and self.de_easy:
            sentence = self.de_easy
        for placeholder, name in names.items():
            sentence = sentence.replace("{" + placeholder + "}", name)
        return sentence


@dataclass(frozen=True)
class Item:
    """One sentence a person rates or answers in own words."""

    code: str
    group: str
    kind: Kind
    wording: Wording
    scale: str = ""
    view: View = "own"
    topic: str = ""
    is_parallel: bool = True
    # Of the catalogue it stands in: its scale and its labels are read from there, too.
    version: str = CURRENT_VERSION

    @property
    def subject(self) -> str:
        """Return what it is compared by: a question, one of the four satisfactions, or the code."""
        head, _, rest = self.code.partition(".")
        if self.kind == "core":
            return head
        return rest.rpartition(".")[2] if self.kind == "satisfaction" else self.code

    @property
    def is_rated(self) -> bool:
        return bool(self.scale)


@dataclass(frozen=True)
class Question:
    """One of the six questions with everything that is asked about it."""

    code: str
    position: int
    title: Wording
    ask: Wording
    items: tuple[Item, ...]

    def core(self, group: str) -> Item | None:
        """Return the core item of a group, or nothing where the group is not asked."""
        return next((i for i in self.items if i.group == group and i.kind == "core"), None)

    def of(self, group: str, kind: Kind) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.group == group and item.kind == kind)


@dataclass(frozen=True)
class Catalogue:
    """One version of everything that is asked."""

    version: str
    questions: tuple[Question, ...]
    satisfaction: tuple[Item, ...]
    explain_conflict: Wording
    closing: tuple[Item, ...]
    scales: Mapping[str, tuple[Wording, ...]]
    labels: Mapping[str, Wording]

    @cached_property
    def open_items(self) -> frozenset[str]:
        """Return the codes of everything that is answered in own words only."""
        asked = (item for question in self.questions for item in question.items)
        everything = (*asked, *self.satisfaction, *self.closing)
        return frozenset(item.code for item in everything if not item.is_rated)

    def question(self, code: str) -> Question:
        return next(question for question in self.questions if question.code == code)

    @property
    def is_own(self) -> bool:
        """Say whether a circle brought these questions along."""
        return self.version.startswith(OWN)

    def satisfaction_of(self, group: str) -> tuple[Item, ...]:
        """Return the four satisfaction items in the wording of a group; own questions have none."""
        if not self.satisfaction:
            return ()
        own = tuple(i for i in self.satisfaction if i.group == group and i.is_rated)
        return own or self.satisfaction_of(SATISFACTION_OF_OTHERS)


@cache
def catalogue(version: str = CURRENT_VERSION) -> Catalogue:
    """Read one version from its folder."""
    if version.startswith(OWN):
        return _own(version)
    folder = files("erdkreis.questionnaires") / "items" / version.replace("-", "_")
    return _Reader(version, folder).catalogue()


def _own(version: str) -> Catalogue:
    """Read what a circle brought along. Every group is asked the same, in the same words.

    The sentence of the leadership has a code of its own: its view is laid beside the others'.
    """
    from erdkreis.questionnaires.models import ItemSet  # noqa: PLC0415 - the words of the house are read before there is a database

    content = ItemSet.objects.get(version=version).content
    ours = catalogue()
    return Catalogue(
        version=version,
        questions=tuple(
            _own_question(position, entry, version)
            for position, entry in enumerate(content["questions"], start=1)
        ),
        satisfaction=(),
        explain_conflict=Wording("", ""),
        closing=tuple(
            Item(entry["code"], "any", "closing", _own_wording(entry), version=version)
            for entry in content["open"]
        ),
        scales={**ours.scales, **_own_scales(content["scales"])},
        labels=ours.labels,
    )


def _own_question(position: int, entry: dict[str, Any], version: str) -> Question:
    code, wording = entry["code"], _own_wording(entry)
    items = tuple(
        Item(f"{code}.{group}.core", group, "core", wording, entry["scale"], version=version)
        for group in (LEADERSHIP, OBSERVER)
    )
    return Question(code, position, Wording(**entry["title"]), wording, items)


def _own_wording(entry: dict[str, Any]) -> Wording:
    return Wording(entry["de"], entry["en"], entry.get("de_easy", ""))


def _own_scales(scales: dict[str, Any]) -> dict[str, tuple[Wording, ...]]:
    return {name: tuple(Wording(**step) for step in steps) for name, steps in scales.items()}


class _Reader:
    """One folder: each file in both languages, and one that says all of it in plain German."""

    def __init__(self, version: str, folder: Traversable) -> None:
        self.version, self.folder = version, folder
        self.easy = self.read("de_easy")

    def catalogue(self) -> Catalogue:
        if self.version.startswith("pulse"):
            return self.pulse()
        satisfaction = self.read("satisfaction")
        scales = self.read("scales")
        explained = self.wording(satisfaction["explain_conflict"], "explain_conflict")
        return Catalogue(
            version=self.version,
            questions=tuple(self.question(self.read(code)) for code in QUESTIONS),
            satisfaction=self.items(satisfaction),
            explain_conflict=explained,
            closing=self.items(self.read("closing")),
            scales=self.scales(scales),
            labels=self.labels(scales),
        )

    def pulse(self) -> Catalogue:
        """Read a pool of which a few items are asked at a time: no questions, no satisfaction."""
        scales = self.read("scales")
        return Catalogue(
            version=self.version,
            questions=(),
            satisfaction=(),
            explain_conflict=Wording("", ""),
            closing=self.items(self.read("pool")),
            scales=self.scales(scales),
            labels=self.labels(scales),
        )

    def read(self, name: str) -> dict[str, Any]:
        file = self.folder / f"{name}.toml"
        return tomllib.loads(file.read_text(encoding="utf-8"))

    def wording(self, both: Mapping[str, str], *place: str) -> Wording:
        easy: Any = self.easy
        for name in place:
            easy = easy.get(name, {})
        return Wording(de=both["de"], en=both["en"], de_easy=easy or "")

    def scales(self, scales: dict[str, Any]) -> dict[str, tuple[Wording, ...]]:
        return {
            name: tuple(self.wording(steps[str(n)], "scale", name, str(n)) for n in range(1, 6))
            for name, steps in scales["scale"].items()
        }

    def labels(self, scales: dict[str, Any]) -> dict[str, Wording]:
        return {name: self.wording(both, "label", name) for name, both in scales["label"].items()}

    def question(self, data: dict[str, Any]) -> Question:
        code = data["code"]
        return Question(
            code=code,
            position=data["position"],
            title=self.wording(data["title"], "title", code),
            ask=self.wording(data["ask"], "ask", code),
            items=self.items(data),
        )

    def items(self, data: dict[str, Any]) -> tuple[Item, ...]:
        return tuple(
            Item(
                code=entry["code"],
                group=entry["group"],
                kind=entry["kind"],
                wording=self.wording(entry, "item", entry["code"]),
                scale=entry.get("scale", ""),
                view=entry.get("view", "own"),
                topic=entry.get("topic", ""),
                is_parallel=entry.get("parallel", "full") == "full",
                version=self.version,
            )
            for entry in data["item"]
        )
