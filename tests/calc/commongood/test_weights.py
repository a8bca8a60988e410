import pytest

from erdkreis.calc.commongood import assess, changed_sheet
from erdkreis.calc.commongood.edition import editions
from erdkreis.calc.commongood.weights import deciding_rule, weight_of_ratio
from factories.commongood import assessed, sheet

# Quantities that no rule but the one under test reacts to.
USUAL = {
    "supply_chain_weight": 1.0,
    "supply_ituc_average": 2.0,
    "is_in_finance": False,
    "economic_ratio": 0.3,
    "investment_ratio": 0.2,
    "profit_share": 0.05,
    "company_size": "large",
    "journey_km": 15.0,
    "has_canteen": True,
    "n_employees": 300.0,
    "staff_ituc_average": 0.0,
    "design_average": 1.0,
    "is_b2b": False,
    "is_in_mining_or_construction": False,
}


def topic_weight(topic, **quantities):
    edition = editions()["5.10", "Full"]
    at = [place.code for place in edition.topics].index(topic)
    return deciding_rule(edition.weight_rules[at], USUAL | quantities)[1].weight


@pytest.mark.parametrize(
    ("ratio", "weight"),
    [
        (-1e9, 0.5),
        (60, 0.5),
        (60.00000000000001, 1),
        (179.99999999999997, 1),
        (180, 1.5),
        (299.99999999999994, 1.5),
        (300, 2),
        (float("inf"), 2),
    ],
)
def test_the_weight_of_a_group_follows_from_its_ratio(ratio, weight):
    assert weight_of_ratio(ratio) == weight


def test_without_any_flow_the_three_groups_weigh_the_same():
    weights = assessed({"numberOfEmployees": 3}).stakeholder_weights_computed

    assert weights == {"A": 1, "B": 1, "C": 1, "D": 1, "E": 1}


def test_a_loss_lowers_the_weight_of_finance():
    result = assessed({"profit": -50, "totalPurchaseFromSuppliers": 100})

    assert result.flows["B"].ratio < 0
    assert result.stakeholder_weights_computed == {"A": 2, "B": 0.5, "C": 0.5, "D": 1, "E": 1}


def test_two_negative_sums_count_high():
    assert assessed({"profit": -50}).stakeholder_weights_computed["B"] == 2


def test_chosen_group_weights_replace_computed_ones_and_the_first_counts():
    chosen = [("A", 0), ("D", 2), ("A", 2)]
    weights = [{"shortName": code, "weight": weight} for code, weight in chosen]

    result = assess(changed_sheet(sheet({"profit": 5}), {"stakeholderWeights": weights}))

    assert result.stakeholder_weights == {"A": 0, "B": 2, "C": 0.5, "D": 2, "E": 1}


@pytest.mark.parametrize("topic", ["A1", "A2", "C1", "C2", "D1", "D2", "E1"])
def test_fixed_topics_weigh_one(topic):
    assert topic_weight(topic) == 1


@pytest.mark.parametrize(
    ("topic", "quantities", "weight"),
    [
        ("A3", {"supply_chain_weight": 1.51}, 2),
        ("A3", {"supply_chain_weight": 1.5}, 1.5),
        ("A3", {"supply_chain_weight": 1.25}, 1),
        ("A3", {"supply_chain_weight": 0.75}, 1),
        ("A3", {"supply_chain_weight": 0.74}, 0.5),
        ("A3", {"supply_chain_weight": float("-inf")}, 0.5),
        ("A4", {"supply_ituc_average": 1.49}, 0.5),
        ("A4", {"supply_ituc_average": 1.5}, 1),
        ("A4", {"supply_ituc_average": 3.26}, 1.5),
        ("A4", {"supply_ituc_average": 4.5}, 2),
        ("B1", {"is_in_finance": True, "economic_ratio": 9.0}, 2),
        ("B1", {"economic_ratio": 0.09}, 1.5),
        ("B1", {"economic_ratio": 0.1}, 1),
        ("B1", {"economic_ratio": 0.5}, 1),
        ("B1", {"economic_ratio": 0.51}, 0.5),
        ("B2", {"profit_share": None}, 1),
        ("B2", {"profit_share": 0.11}, 1.5),
        ("B2", {"profit_share": 0.1}, 1),
        ("B2", {"profit_share": 0.03}, 1),
        ("B2", {"profit_share": 0.029}, 0.5),
        ("B2", {"profit_share": 0.001}, 0.5),
        ("B2", {"profit_share": 0.0}, 0),
        ("B2", {"profit_share": -1.0}, 0),
        ("B3", {"is_in_finance": True, "investment_ratio": 0.0}, 2),
        ("B3", {"investment_ratio": 0.09}, 0.5),
        ("B3", {"investment_ratio": 0.1}, 1),
        ("B3", {"investment_ratio": 0.25}, 1),
        ("B3", {"investment_ratio": 0.26}, 1.5),
        ("B4", {"company_size": "micro"}, 0.5),
        ("B4", {"company_size": "small"}, 1),
        ("C3", {"journey_km": 9.9, "has_canteen": False}, 0.5),
        ("C3", {"journey_km": 9.9, "has_canteen": True}, 1),
        ("C3", {"journey_km": 10.0, "has_canteen": False}, 1),
        ("C3", {"journey_km": 25.0}, 1),
        ("C3", {"journey_km": 25.1, "has_canteen": False}, 1.5),
        ("C4", {"n_employees": 1.0, "company_size": "micro", "staff_ituc_average": 5.0}, 0),
        ("C4", {"n_employees": 1.5, "company_size": "micro", "staff_ituc_average": 5.0}, 0.5),
        ("C4", {"staff_ituc_average": 3.26}, 1.5),
        ("C4", {"staff_ituc_average": 3.25}, 1),
        ("D3", {"design_average": 0.74}, 0.5),
        ("D3", {"design_average": 1.25}, 1.5),
        ("D3", {"design_average": 1.75}, 1.5),
        ("E3", {"design_average": 1.76}, 2),
        ("E3", {"design_average": 1.24}, 1),
        ("D4", {"is_b2b": True}, 1.5),
        ("D4", {}, 1),
        ("E2", {"profit_share": None}, 1),
        ("E2", {"profit_share": -1.0}, 0.5),
        ("E2", {"profit_share": 0.05}, 1),
        ("E2", {"profit_share": 0.1}, 1),
        ("E2", {"profit_share": 0.11}, 1.5),
        ("E4", {"is_in_mining_or_construction": True, "company_size": "micro"}, 1.5),
        ("E4", {"company_size": "micro"}, 0.5),
        ("E4", {"company_size": "small"}, 0.5),
        ("E4", {"company_size": "middle"}, 1),
    ],
)
def test_the_first_rule_that_holds_decides(topic, quantities, weight):
    assert topic_weight(topic, **quantities) == weight


def test_rules_that_do_not_end_are_a_fault_of_the_table_not_of_the_sheet():
    edition = editions()["5.10", "Full"]
    open_ended = edition.weight_rules[2][:-1]

    with pytest.raises(AssertionError, match="rules of A3 do not end"):
        deciding_rule(open_ended, USUAL)


def test_while_nothing_is_entered_every_topic_weighs_one_unless_chosen():
    result = assessed(ratings={"C4": {"weight": 2}})

    assert set(result.topic_weights_computed.values()) == {1.0}
    assert result.rating("C4").weight == 2


def test_a_canteen_nobody_mentioned_makes_a_short_journey_weigh_half():
    assert assessed({"numberOfEmployees": 60}).topic_weights_computed["C3"] == 0.5
