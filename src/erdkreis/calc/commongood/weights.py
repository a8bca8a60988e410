"""What weighs how much: the five stakeholder groups and the twenty topics."""

from typing import NamedTuple

from erdkreis.calc.commongood.edition import WeightRule
from erdkreis.calc.commongood.intermediate import Intermediate
from erdkreis.calc.commongood.sheet import Sheet
from erdkreis.calc.commongood.tables import FIGURES, Quantity


class Flow(NamedTuple):
    """How one of groups A, B, C compares with the three together.

    ``amount`` is its money weighted by risk, ``factor`` its scale, ``ratio`` the result before it
    is held between 60 and 300.

    Examples
    --------
    >>> Flow(amount=60.0, factor=1.0, ratio=180.0).ratio
    180.0
    """

    amount: float
    factor: float
    ratio: float


def stakeholder_flows(result: Intermediate) -> tuple[float, dict[str, Flow]]:
    """Compare supply, finance and staff with the three together.

    Parameters
    ----------
    result : Intermediate

    Returns
    -------
    total : float
        Supply + staff + finance, in this order; may be 0 or below.
    flows : dict
        ``Flow`` of groups A, B and C. Where the total is 0, every ratio is 100.

    Examples
    --------
    >>> from erdkreis.calc.commongood.intermediate import intermediate
    >>> from erdkreis.calc.commongood.sheet import CompanyFacts
    >>> from erdkreis.calc.commongood.edition import editions
    >>> facts = CompanyFacts(profit=9_000)
    >>> total, flows = stakeholder_flows(intermediate(facts, editions()["5.10", "Full"]))
    >>> total, flows["A"].amount, flows["B"].amount
    (9000.0, 0.0, 9000.0)
    """
    amounts = {
        "A": (result.supply.risk_sum, FIGURES.supplier_factor),
        "B": (result.finance.sum_of_financial_aspects, FIGURES.finance_factor),
        "C": (result.employees.normed_risk, FIGURES.staff_factor),
    }
    total = amounts["A"][0] + amounts["C"][0] + amounts["B"][0]
    scale = FIGURES.share_scale
    return total, {
        code: Flow(
            amount,
            factor,
            FIGURES.ratio_without_flows if total == 0 else (scale * amount / total) * factor,
        )
        for code, (amount, factor) in amounts.items()
    }


def weight_of_ratio(ratio: float) -> float:
    """Turn the ratio of a group into its weight.

    Examples
    --------
    >>> [weight_of_ratio(ratio) for ratio in (-5.0, 60.5, 180.0, 300.0)]
    [0.5, 1.0, 1.5, 2.0]
    """
    if ratio <= FIGURES.ratio_lowest:
        return FIGURES.weight_lowest
    if ratio >= FIGURES.ratio_highest:
        return FIGURES.weight_highest
    return 1.0 if ratio < FIGURES.ratio_middle else FIGURES.weight_high


def computed_stakeholder_weights(flows: dict[str, Flow]) -> dict[str, float]:
    """Return the weights of groups A to E that follow from the facts; D and E always weigh 1.

    Examples
    --------
    >>> computed_stakeholder_weights({"A": Flow(60.0, 1.0, 180.0), "B": Flow(0.0, 1.0, 0.0)})
    {'A': 1.5, 'B': 0.5, 'D': 1.0, 'E': 1.0}
    """
    weights = {code: weight_of_ratio(flow.ratio) for code, flow in flows.items()}
    return weights | {"D": 1.0, "E": 1.0}


def stakeholder_weights(sheet: Sheet, computed: dict[str, float]) -> dict[str, float]:
    """Return the weights in force: chosen ones before computed ones, the first of repeated.

    Examples
    --------
    >>> from erdkreis.calc.commongood.merging import new_sheet
    >>> sheet = new_sheet({
    ...     "type": "Full", "version": "5.10",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ...     "stakeholderWeights": [{"shortName": "A", "weight": 2}],
    ... })
    >>> stakeholder_weights(sheet, {"A": 0.5, "B": 1.0})
    {'A': 2.0, 'B': 1.0}
    """
    return computed | dict(reversed(sheet.stakeholder_weights))


def deciding_rule(
    rules: tuple[WeightRule, ...], quantities: dict[str, Quantity]
) -> tuple[int, WeightRule]:
    """Return the first rule that holds, and its place; the last rule of a topic always holds.

    Examples
    --------
    >>> from erdkreis.calc.commongood.edition import editions
    >>> rules = editions()["5.10", "Full"].weight_rules[2]
    >>> at, rule = deciding_rule(rules, {"supply_chain_weight": 1.2})
    >>> at, rule.when, rule.weight
    (3, 'always', 1.0)
    """
    for at, rule in enumerate(rules):
        for condition in rule.conditions:
            if not condition.holds(quantities[condition.quantity], condition.bound):
                break
        else:
            return at, rule
    raise AssertionError(f"the rules of {rules[0].topic} do not end with 'always'")


def computed_topic_weights(sheet: Sheet, quantities: dict[str, Quantity]) -> dict[str, float]:
    """Return the weights of the twenty topics that follow from the facts.

    Parameters
    ----------
    sheet : Sheet
        If its facts are all zero, every topic weighs 1.
    quantities : dict
        As ``rule_quantities`` gives them.

    Returns
    -------
    dict
        Topic code to 0, 0.5, 1, 1.5 or 2, in the order of the matrix.

    Examples
    --------
    >>> from erdkreis.calc.commongood.merging import new_sheet
    >>> sheet = new_sheet({
    ...     "type": "Full", "version": "5.10",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ... })
    >>> set(computed_topic_weights(sheet, {}).values())
    {1.0}
    """
    if sheet.facts.are_all_zero:
        return {topic.code: 1.0 for topic in sheet.edition.topics}
    return {
        topic.code: deciding_rule(rules, quantities)[1].weight
        for topic, rules in zip(sheet.edition.topics, sheet.edition.weight_rules, strict=True)
    }


def topic_weights(sheet: Sheet, computed: dict[str, float]) -> dict[str, float]:
    """Return the weights in force: chosen ones before computed ones.

    Examples
    --------
    >>> from erdkreis.calc.commongood.merging import new_sheet
    >>> sheet = new_sheet({
    ...     "type": "Full", "version": "5.10",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ...     "ratings": [{"shortName": "B4", "weight": 0}],
    ... })
    >>> topic_weights(sheet, {"B3": 1.5, "B4": 0.5})
    {'B3': 1.5, 'B4': 0.0}
    """
    weights = computed.copy()
    for topic in sheet.edition.topics:
        code, _, weight, is_chosen = sheet.ratings[topic.at]
        if is_chosen:
            weights[code] = weight
    return weights
