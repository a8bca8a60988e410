"""Why a weight is what it is: its own calculation, step by step, in names and numbers.

First the steps from facts to quantities, then the rules tried until one held.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from erdkreis.calc.commongood.assessment import Assessment
from erdkreis.calc.commongood.edition import WeightRule
from erdkreis.calc.commongood.steps import Step, group_steps, quantity_steps
from erdkreis.calc.commongood.tables import FIGURES, Quantity
from erdkreis.calc.commongood.weights import deciding_rule


@dataclass(frozen=True, slots=True)
class RuleTried:
    """One rule for a weight: its condition, whether it holds, the weight it would give."""

    when: str
    holds: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a group or topic weighs what it weighs.

    Attributes
    ----------
    code : str
        A to E for a group, A1 to E4 for a topic.
    weight : float
        In force.
    computed : float
        What follows from the facts.
    is_chosen : bool
        Whether a person chose the weight in force.
    are_facts_all_zero : bool
        Nothing was entered, so every topic weighs 1; there are no steps and rules then.
    steps : tuple of Step
        The calculation from facts to the quantities the rules look at.
    rules : tuple of RuleTried
        In order, up to and including the one that decided.
    """

    code: str
    weight: float
    computed: float
    is_chosen: bool
    are_facts_all_zero: bool
    steps: tuple[Step, ...]
    rules: tuple[RuleTried, ...]


def explanation(assessment: Assessment, code: str) -> Explanation:
    """Explain the weight of a stakeholder group or of a topic.

    Parameters
    ----------
    assessment : Assessment
    code : str
        A to E, or A1 to E4.

    Returns
    -------
    Explanation

    Raises
    ------
    KeyError
        There is no such group or topic.

    Examples
    --------
    >>> from erdkreis.calc.commongood import assess, new_sheet
    >>> sheet = new_sheet({
    ...     "type": "Full", "version": "5.10",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ...     "companyFacts": {"turnover": 480000, "profit": 9000},
    ... })
    >>> why = explanation(assess(sheet), "E2")
    >>> why.weight, why.steps[0].formula, why.steps[0].result
    (0.5, 'profit / turnover', 0.01875)
    >>> [(rule.when, rule.holds) for rule in why.rules]
    [('profit_share = missing', False), ('profit_share < 0.05', True)]
    """
    if code in assessment.stakeholder_weights:
        return _group_explanation(assessment, code)
    return _topic_explanation(assessment, code)


def _topic_explanation(assessment: Assessment, code: str) -> Explanation:
    computed = assessment.topic_weights_computed[code]
    result = assessment.rating(code)
    all_zero = assessment.intermediate.all_zero
    codes = [topic.code for topic in assessment.sheet.edition.topics]
    rules = () if all_zero else assessment.sheet.edition.weight_rules[codes.index(code)]
    quantities = dict.fromkeys(
        condition.quantity for rule in rules for condition in rule.conditions
    )
    steps = [step for name in quantities for step in quantity_steps(assessment, name)]
    return Explanation(
        code,
        result.weight,
        computed,
        result.is_weight_chosen,
        all_zero,
        tuple(steps),
        tuple(_tried(rules, assessment.quantities)),
    )


def _tried(rules: tuple[WeightRule, ...], quantities: dict[str, Quantity]) -> Iterable[RuleTried]:
    if rules:
        decides, _ = deciding_rule(rules, quantities)
        for at, rule in enumerate(rules[: decides + 1]):
            yield RuleTried(rule.when, at == decides, rule.weight)


def _group_explanation(assessment: Assessment, code: str) -> Explanation:
    steps: list[Step] = []
    rules: tuple[RuleTried, ...] = (RuleTried("always", holds=True, weight=1.0),)
    if code in assessment.flows:
        steps = group_steps(assessment, code)
        rules = tuple(_ratio_rules(assessment.flows[code].ratio))
    return Explanation(
        code,
        assessment.stakeholder_weights[code],
        assessment.stakeholder_weights_computed[code],
        any(code == chosen for chosen, _ in assessment.sheet.stakeholder_weights),
        assessment.intermediate.all_zero,
        tuple(steps),
        rules,
    )


def _ratio_rules(ratio: float) -> Iterable[RuleTried]:
    for when, holds, weight in (
        (f"ratio <= {FIGURES.ratio_lowest:g}", ratio <= FIGURES.ratio_lowest, 0.5),
        (f"ratio >= {FIGURES.ratio_highest:g}", ratio >= FIGURES.ratio_highest, 2.0),
        (f"ratio < {FIGURES.ratio_middle:g}", ratio < FIGURES.ratio_middle, 1.0),
        ("always", True, FIGURES.weight_high),
    ):
        yield RuleTried(when, holds, weight)
        if holds:
            return
