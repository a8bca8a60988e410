"""A sheet calculated: points of every topic and aspect, and the total.

The result is an organisation's own assessment along the matrix, not audited.
"""

from dataclasses import dataclass
from functools import cached_property, partial
from math import isnan
from typing import NamedTuple

from erdkreis.calc.commongood.doubles import ieee_divided
from erdkreis.calc.commongood.edition import Edition, TopicPlace
from erdkreis.calc.commongood.intermediate import Intermediate, intermediate, rule_quantities
from erdkreis.calc.commongood.refusals import Issue, NothingWeighs
from erdkreis.calc.commongood.sheet import Rating, Sheet
from erdkreis.calc.commongood.tables import FIGURES, STAKEHOLDERS, Quantity
from erdkreis.calc.commongood.weights import (
    Flow,
    computed_stakeholder_weights,
    computed_topic_weights,
    stakeholder_flows,
    stakeholder_weights,
    topic_weights,
)


class RatingResult(NamedTuple):
    """The rating of one topic or aspect after calculation.

    Examples
    --------
    >>> result = RatingResult("A1.1", True, 1.0, False, 6.0, 30.0, 50.0)
    >>> result.points / result.max_points
    0.6
    """

    code: str
    is_positive: bool
    weight: float
    is_weight_chosen: bool
    estimation: float
    """Of a topic: its points as a part of its maximum."""
    points: float
    max_points: float
    """Of a negative aspect: the points it can cost, below 0."""


# The class itself goes through a function written in Python, which takes twice the time.
_row = partial(tuple.__new__, RatingResult)


class Points(NamedTuple):
    """Points reached and points to be reached.

    Examples
    --------
    >>> suppliers = Points(30.0, 200.0)
    >>> suppliers.points / suppliers.max_points
    0.15
    """

    points: float
    max_points: float


@dataclass(frozen=True)
class Assessment:
    """An own assessment along the matrix, not audited.

    Attributes
    ----------
    sheet : Sheet
        What was entered.
    intermediate : Intermediate
    quantities : dict
        What the rules for topic weights look at, by name.
    flows_total : float
    flows : dict
        Groups A, B, C before their ratios are held between 60 and 300.
    stakeholder_weights_computed, stakeholder_weights : dict
        By group; the second with those that people chose.
    topic_weights_computed, topic_weights : dict
        By topic; the second with those that people chose.
    points, max_points : tuple of float
        Of every topic and aspect in the order of the matrix; ``ratings`` are the same as rows.
    total_points : float
        -3600 to 1000 (up to the last digits).
    """

    sheet: Sheet
    intermediate: Intermediate
    quantities: dict[str, Quantity]
    flows_total: float
    flows: dict[str, Flow]
    stakeholder_weights_computed: dict[str, float]
    stakeholder_weights: dict[str, float]
    topic_weights_computed: dict[str, float]
    topic_weights: dict[str, float]
    points: tuple[float, ...]
    max_points: tuple[float, ...]
    total_points: float

    @cached_property
    def ratings(self) -> tuple[RatingResult, ...]:
        """Every topic and aspect in the order of the matrix.

        Made when somebody looks: who only compares totals need not wait for eighty rows.
        """
        rows: list[RatingResult] = []
        kinds = self.sheet.edition.rating_kinds
        for kind, entered, reached, reachable in zip(
            kinds, self.sheet.ratings, self.points, self.max_points, strict=True
        ):
            rating = self._of_topic(entered, reached, reachable) if kind.is_topic else entered
            code, estimation, weight, is_chosen = rating
            row = (code, kind.is_positive, weight, is_chosen, estimation, reached, reachable)
            rows.append(_row(row))
        return tuple(rows)

    def _of_topic(self, entered: Rating, points: float, max_points: float) -> Rating:
        """Return a topic with the weight in force and the share it reached."""
        share = points / max_points if max_points > 0 else 0.0
        code = entered.code
        return Rating(code, share, self.topic_weights[code], entered.is_weight_chosen)

    @cached_property
    def stakeholders(self) -> dict[str, Points]:
        """Points of each group: its topics added up in order."""
        reached = dict.fromkeys(STAKEHOLDERS, 0.0)
        reachable = reached.copy()
        for topic in self.sheet.edition.topics:
            reached[topic.stakeholder] += self.points[topic.at]
            reachable[topic.stakeholder] += self.max_points[topic.at]
        return {code: Points(reached[code], reachable[code]) for code in STAKEHOLDERS}

    def rating(self, code: str) -> RatingResult:
        """Return the result of this topic or aspect; KeyError if the edition has none."""
        return self.ratings[self.sheet.edition.places[code]]

    @property
    def topics(self) -> tuple[RatingResult, ...]:
        """The twenty topics in order."""
        return tuple(self.ratings[topic.at] for topic in self.sheet.edition.topics)


def assess(sheet: Sheet) -> Assessment:
    """Calculate a sheet.

    Parameters
    ----------
    sheet : Sheet

    Returns
    -------
    Assessment
        Equal in every digit to what the official calculator gives.

    Raises
    ------
    UnknownCode
        A country or industry code has no figures.
    NothingWeighs
        All weights are 0, so that there is nothing to share 1000 points among.

    References
    ----------
    docs/methods/balance.md

    Examples
    --------
    >>> from erdkreis.calc.commongood.merging import new_sheet
    >>> sheet = new_sheet({
    ...     "type": "Compact", "version": "5.08",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ...     "ratings": [{"shortName": "A1.1", "estimations": 6}],
    ... })
    >>> assess(sheet).total_points
    30.0
    """
    assessment = figures_of(sheet)
    if isnan(assessment.total_points):
        message = "every topic weighs 0; at least one topic of one group must weigh more"
        raise NothingWeighs(Issue(("ratings",), "nothing-weighs", message))
    return assessment


def figures_of(sheet: Sheet) -> Assessment:
    """Calculate a sheet, also where all weights are 0 and the points are NaN.

    Raises ``UnknownCode``. For everything people see, use ``assess``.

    Examples
    --------
    >>> from erdkreis.calc.commongood.merging import new_sheet
    >>> sheet = new_sheet({
    ...     "type": "Full", "version": "5.10",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ...     "stakeholderWeights": [{"shortName": group, "weight": 0} for group in "ABCDE"],
    ... })
    >>> figures_of(sheet).total_points
    nan
    """
    result = intermediate(sheet.facts, sheet.edition)
    quantities = rule_quantities(sheet.facts, result)
    flows_total, flows = stakeholder_flows(result)
    computed = computed_stakeholder_weights(flows)
    group_weights = stakeholder_weights(sheet, computed)
    topic_weights_computed = computed_topic_weights(sheet, quantities)
    weights = topic_weights(sheet, topic_weights_computed)
    points, max_points = _points(sheet, group_weights, weights)
    return Assessment(
        sheet,
        result,
        quantities,
        flows_total,
        flows,
        computed,
        group_weights,
        topic_weights_computed,
        weights,
        tuple(points),
        tuple(max_points),
        _total_points(sheet.edition, points),
    )


def _points(
    sheet: Sheet, group_weights: dict[str, float], weights: dict[str, float]
) -> tuple[list[float], list[float]]:
    """Return the points of every topic and aspect, and the highest that each could have."""
    topics = sheet.edition.topics
    ratings = sheet.ratings
    products = [group_weights[topic.stakeholder] * weights[topic.code] for topic in topics]
    # Plain loop: sum() compensates rounding since Python 3.12 and changes the official last digit.
    total = 0.0
    for product in products:
        total += product
    points = [0.0] * len(ratings)
    max_points = points.copy()
    for topic, product in zip(topics, products, strict=True):
        at = topic.at
        max_points[at] = maximum = ieee_divided(product, total) * FIGURES.points_total
        points[at] = _share_out(maximum, topic, ratings, points, max_points)
    return points, max_points


def _share_out(
    maximum: float,
    topic: TopicPlace,
    ratings: tuple[Rating, ...],
    points: list[float],
    max_points: list[float],
) -> float:
    """Write what the aspects of a topic reach and could reach, and return their points together."""
    together = 0.0
    weights = 0.0
    for at in topic.positive_at:
        _, _, weight, _ = ratings[at]
        weights += weight
    for at in topic.positive_at:
        _, estimation, weight, _ = ratings[at]
        max_points[at] = reachable = (maximum * weight) / weights if weights > 0 else 0.0
        points[at] = reached = (reachable * estimation) / FIGURES.estimation_highest
        together += reached
    for at in topic.negative_at:
        _, estimation, _, _ = ratings[at]
        max_points[at] = (FIGURES.estimation_lowest * maximum) / FIGURES.topic_points_even
        points[at] = lost = (estimation * maximum) / FIGURES.topic_points_even
        together += lost
    return together


def _total_points(edition: Edition, points: list[float]) -> float:
    total = 0.0
    for topic in edition.topics:
        total += points[topic.at]
    return max(total, FIGURES.total_lowest)  # in this order, a total that is NaN stays NaN
