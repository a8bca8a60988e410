"""The figures and rules of the matrix, read once from ``tables/*.csv``.

A new edition of the matrix is new rows in those files. What each column means, its unit and its
source stand in ``tables/README.md``.
"""

import csv
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple

Language = Literal["de", "en"]
Quantity = float | str | bool | None

TABLES = files(__package__) / "tables"
STAKEHOLDERS = ("A", "B", "C", "D", "E")
WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Figures:
    """The single figures of the method; unit and meaning stand in ``constants.csv``."""

    ppp_without_country: float
    ituc_without_country: float
    suppliers_for_chain_weight: float
    economic_ratio_without_assets: float
    investment_ratio_without_assets: float
    share_scale: float
    supplier_factor: float
    finance_factor: float
    staff_factor: float
    ratio_without_flows: float
    ratio_lowest: float
    ratio_middle: float
    ratio_highest: float
    weight_lowest: float
    weight_high: float
    weight_highest: float
    points_total: float
    estimation_highest: float
    estimation_lowest: float
    topic_points_even: float
    total_lowest: float


class Titles(NamedTuple):
    """A short title of our own, in both languages.

    Examples
    --------
    >>> Titles("Staff", "Mitarbeitende").in_language("de")
    'Mitarbeitende'
    """

    en: str
    de: str

    def in_language(self, language: Language) -> str:
        """Return the title in German (``"de"``) or English (``"en"``)."""
        return self.de if language == "de" else self.en


class Term(NamedTuple):
    """A word used when a weight is explained.

    Examples
    --------
    >>> terms()["costs"]
    Term(unit='money', titles=Titles(en='Money spent there', de='Dort ausgegebenes Geld'))
    """

    unit: str
    titles: Titles


class Region(NamedTuple):
    """A country, or the average of a continent or of the world.

    Examples
    --------
    >>> regions()["USA"]
    Region(code='USA', ppp=1.0, ituc=4.0, ituc_for_staff=0.0)
    """

    code: str
    ppp: float
    """Price index, USA = 1; higher where a dollar buys more."""
    ituc: float
    """Workers' rights, 1 best to 6 worst."""
    ituc_for_staff: float
    """The same, or 0 where the official calculator leaves it out for staff."""


class Industry(NamedTuple):
    """An industry and the ecological risk of buying from it and of its products.

    Examples
    --------
    >>> mining = industries()["B"]
    >>> mining.supply_chain_factor, mining.special, mining.titles.de
    (2.0, 'mining', 'Bergbau')
    """

    code: str
    supply_chain_factor: float
    design_factor: float
    special: str
    """``finance``, ``mining``, ``construction`` or empty."""
    titles: Titles


class SizeClass(NamedTuple):
    """A size of company: few people, and little turnover or few assets.

    Examples
    --------
    >>> micro = size_classes()[0]
    >>> micro.size, micro.employees_below, micro.turnover_up_to_eur
    ('micro', 10.0, 2000000.0)
    """

    size: str
    employees_below: float
    turnover_up_to_eur: float
    assets_up_to_eur: float


class Level(NamedTuple):
    """A level of one rating; for display only.

    Examples
    --------
    >>> level = levels()[2]
    >>> level.points_from, level.points_to, level.titles.en
    (2, 3, 'Advanced')
    """

    rank: int
    points_from: int
    points_to: int
    titles: Titles


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison in a rule, such as ``economic_ratio < 0.1``.

    Examples
    --------
    >>> low = Condition("economic_ratio", "<", 0.1, operator.lt)
    >>> low.holds(0.05, low.bound)
    True
    """

    quantity: str
    comparison: str
    bound: Quantity
    holds: Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class WeightRule:
    """One rule for the weight of a topic; it holds if all its conditions hold.

    Examples
    --------
    >>> rules = editions()["5.10", "Full"].weight_rules[2]
    >>> rules[0].topic, rules[0].when, rules[0].weight
    ('A3', 'supply_chain_weight > 1.5', 2.0)
    >>> rules[-1].when, rules[-1].weight
    ('always', 1.0)
    """

    topic: str
    when: str
    conditions: tuple[Condition, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class RatingKind:
    """What can be rated: a topic (A1) or an aspect (A1.1).

    Examples
    --------
    >>> kind = editions()["5.10", "Full"].rating_kind("B1.2")
    >>> kind.topic, kind.is_topic, kind.excludes
    ('B1', False, 'B1.1')
    """

    code: str
    topic: str
    is_topic: bool
    is_positive: bool
    default_weight: float
    excludes: str
    """The aspect that must weigh 0 if this one weighs more; empty for all but two."""
    titles: Titles


@dataclass(frozen=True, slots=True)
class TopicPlace:
    """Where a topic and its aspects stand in the order of the matrix.

    Examples
    --------
    >>> editions()["5.10", "Full"].topics[0]
    TopicPlace(code='A1', stakeholder='A', at=0, positive_at=(1,), negative_at=(2,))
    """

    code: str
    stakeholder: str
    at: int
    positive_at: tuple[int, ...]
    negative_at: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Edition:
    """One version and kind of the matrix with everything that depends on it.

    There is one object per edition and process; it travels to other processes by its name.

    Attributes
    ----------
    version, kind : str
        For example ``"5.10"`` and ``"Full"`` (the official JSON calls the kind ``type``).
    rating_kinds : tuple of RatingKind
        Topics and aspects in the order of the matrix: A1, its aspects, A2, …
    places : dict
        Code to position in ``rating_kinds``.
    topics : tuple of TopicPlace, length 20
    weight_rules : tuple of tuple of WeightRule, length 20
        Per topic, in order; the first rule that holds decides.
    world_average_counts : bool
        Whether suppliers "from the world" carry the world's own ITUC figure.
    percentage_decimals : int
        Digits of the share reached in the matrix view.
    """

    version: str
    kind: str
    rating_kinds: tuple[RatingKind, ...]
    places: dict[str, int]
    topics: tuple[TopicPlace, ...]
    weight_rules: tuple[tuple[WeightRule, ...], ...]
    world_average_counts: bool
    percentage_decimals: int

    def __reduce__(self) -> tuple[Callable[[str, str], "Edition"], tuple[str, str]]:
        return _edition_named, (self.version, self.kind)

    def rating_kind(self, code: str) -> RatingKind:
        """Return the topic or aspect with this code; KeyError if the edition has none."""
        return self.rating_kinds[self.places[code]]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with TABLES.joinpath(name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _titles(row: dict[str, str]) -> Titles:
    return Titles(row["title_en"], row["title_de"])


@cache
def regions() -> dict[str, Region]:
    """Return all countries and averages by code (ISO 3166-1 alpha-3; averages start with A).

    Examples
    --------
    >>> regions()["AWO"].ppp == FIGURES.ppp_without_country
    True
    """
    return {
        row["code"]: Region(
            row["code"],
            float(row["ppp_index"]),
            float(row["ituc_index"]),
            float(row["ituc_index"]) if row["ituc_counts_for_staff"] == "yes" else 0.0,
        )
        for row in _rows("regions.csv")
    }


@cache
def industries() -> dict[str, Industry]:
    """Return all industries by code (NACE section, or C with a small letter).

    Examples
    --------
    >>> industries()["Ca"].titles.en
    'Food, drink, tobacco'
    """
    return {
        row["code"]: Industry(
            row["code"],
            float(row["supply_chain_factor"]),
            float(row["design_factor"]),
            row["special"],
            _titles(row),
        )
        for row in _rows("industries.csv")
    }


def _figures() -> Figures:
    values = {row["name"]: float(row["value"]) for row in _rows("constants.csv")}
    return Figures(**{field.name: values[field.name] for field in fields(Figures)})


FIGURES: Final = _figures()


@cache
def size_classes() -> tuple[SizeClass, ...]:
    """Return the sizes of company from small to middle; what fits none is large.

    Examples
    --------
    >>> [size.size for size in size_classes()]
    ['micro', 'small', 'middle']
    """
    return tuple(
        SizeClass(
            row["size"],
            float(row["employees_below"]),
            float(row["turnover_up_to_eur"]),
            float(row["assets_up_to_eur"]),
        )
        for row in _rows("size_classes.csv")
    )


@cache
def levels() -> tuple[Level, ...]:
    """Return the five levels of a positive rating, baseline first.

    Examples
    --------
    >>> [level.points_from for level in levels()]
    [0, 1, 2, 4, 7]
    """
    return tuple(
        Level(int(row["rank"]), int(row["points_from"]), int(row["points_to"]), _titles(row))
        for row in _rows("levels.csv")
    )


def level_of(estimation: float) -> Level:
    """Return the level that a positive rating of 0 to 10 has reached.

    Examples
    --------
    >>> level_of(3.5).titles.de
    'Fortgeschritten'
    """
    return [level for level in levels() if level.points_from <= estimation][-1]


@cache
def terms() -> dict[str, Term]:
    """Return the words used when a weight is explained, by name of the quantity.

    Examples
    --------
    >>> terms()["country"].titles.de
    'Land'
    """
    return {row["name"]: Term(row["unit"], _titles(row)) for row in _rows("terms.csv")}


@cache
def stakeholder_titles() -> dict[str, Titles]:
    """Return the titles of the five rows of the matrix.

    Examples
    --------
    >>> stakeholder_titles()["C"].en
    'Staff'
    """
    return {row["code"]: _titles(row) for row in _rows("stakeholders.csv")}


@cache
def value_titles() -> dict[str, Titles]:
    """Return the titles of the four columns of the matrix.

    Examples
    --------
    >>> value_titles()["1"].en
    'Human dignity'
    """
    return {row["code"]: _titles(row) for row in _rows("values.csv")}


@cache
def topic_titles() -> dict[str, Titles]:
    """Return the titles of the twenty topics, row by row.

    Examples
    --------
    >>> list(topic_titles())[:2], len(topic_titles())
    (['A1', 'A2'], 20)
    """
    return {row["code"]: _titles(row) for row in _rows("topics.csv")}


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
_WORDS: dict[str, Quantity] = {"yes": True, "no": False, "missing": None}


def _bound(text: str) -> Quantity:
    if text in _WORDS:
        return _WORDS[text]
    return float(text) if text[0].isdigit() else text


def _conditions(when: str) -> tuple[Condition, ...]:
    if when == "always":
        return ()
    return tuple(
        Condition(quantity, comparison, _bound(bound), _COMPARISONS[comparison])
        for quantity, comparison, bound in (part.split() for part in when.split(" and "))
    )


def _weight_rules(name: str, topics: tuple[TopicPlace, ...]) -> tuple[tuple[WeightRule, ...], ...]:
    rules = [
        WeightRule(row["topic"], row["when"], _conditions(row["when"]), float(row["weight"]))
        for row in _rows("topic_weights.csv")
        if row["rules"] == name
    ]
    return tuple(tuple(rule for rule in rules if rule.topic == topic.code) for topic in topics)


def _rating_kinds(aspect_set: str) -> Iterator[RatingKind]:
    aspects = [row for row in _rows("aspects.csv") if row["aspect_set"] == aspect_set]
    for topic in _rows("topics.csv"):
        code = topic["code"]
        yield RatingKind(code, code, True, True, 1.0, "", _titles(topic))
        own = [row for row in aspects if row["topic"] == code]
        # Positive ones first, wherever a new version has its rows.
        for row in sorted(own, key=lambda row: row["sign"] != "positive"):
            yield RatingKind(
                row["code"],
                code,
                False,
                row["sign"] == "positive",
                float(row["default_weight"]),
                row["excludes"],
                _titles(row),
            )


def _topic_places(kinds: tuple[RatingKind, ...]) -> Iterator[TopicPlace]:
    for at, kind in enumerate(kinds):
        if kind.is_topic:
            aspects = [
                (position, other.is_positive)
                for position, other in enumerate(kinds)
                if other.topic == kind.code and not other.is_topic
            ]
            yield TopicPlace(
                kind.code,
                kind.code[0],
                at,
                tuple(position for position, is_positive in aspects if is_positive),
                tuple(position for position, is_positive in aspects if not is_positive),
            )


@cache
def editions() -> dict[tuple[str, str], Edition]:
    """Return every edition this library can calculate, by version and kind.

    Examples
    --------
    >>> len(editions()), len(editions()["5.10", "Full"].rating_kinds)
    (8, 81)
    """
    return {(row["version"], row["kind"]): _edition(row) for row in _rows("versions.csv")}


def _edition_named(version: str, kind: str) -> Edition:
    return editions()[version, kind]


def _edition(row: dict[str, str]) -> Edition:
    kinds = tuple(_rating_kinds(row["aspect_set"]))
    topics = tuple(_topic_places(kinds))
    return Edition(
        version=row["version"],
        kind=row["kind"],
        rating_kinds=kinds,
        places={kind.code: at for at, kind in enumerate(kinds)},
        topics=topics,
        weight_rules=_weight_rules(row["topic_weight_rules"], topics),
        world_average_counts=row["world_average_counts_for_supply_ituc"] == "yes",
        percentage_decimals=int(row["matrix_percentage_decimals"]),
    )
