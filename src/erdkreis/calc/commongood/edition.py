"""The editions of the matrix: what is rated, and by which rules its topics are weighed."""

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from erdkreis.calc.commongood.tables import Quantity, Titles, rows, titles_of


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
        for row in rows("topic_weights.csv")
        if row["rules"] == name
    ]
    return tuple(tuple(rule for rule in rules if rule.topic == topic.code) for topic in topics)


def _rating_kinds(aspect_set: str) -> Iterator[RatingKind]:
    aspects = [row for row in rows("aspects.csv") if row["aspect_set"] == aspect_set]
    for topic in rows("topics.csv"):
        code = topic["code"]
        yield RatingKind(code, code, True, True, 1.0, "", titles_of(topic))
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
                titles_of(row),
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
    return {(row["version"], row["kind"]): _edition(row) for row in rows("versions.csv")}


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
