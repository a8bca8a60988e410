"""From company facts to the quantities that decide the weights.

Each function is one paragraph of the method (docs/methods/balance.md). The order of operations is
part of the result: exchanging two factors changes last digits.
"""

from dataclasses import dataclass
from math import isnan
from typing import NamedTuple, TypeVar

from erdkreis.calc.commongood.doubles import ieee_divided
from erdkreis.calc.commongood.edition import Edition
from erdkreis.calc.commongood.refusals import Issue, Path, UnknownCode
from erdkreis.calc.commongood.sheet import CompanyFacts
from erdkreis.calc.commongood.tables import (
    FIGURES,
    Industry,
    Quantity,
    Region,
    industries,
    regions,
    size_classes,
)

T = TypeVar("T", Region, Industry)
WORLD = "AWO"


class SupplyShare(NamedTuple):
    """What one supplier (or all others together) adds to the risk of the supply chain.

    Examples
    --------
    >>> half = SupplyShare(costs=300.0, ppp=1.0, ituc=4.0, share=0.5, industry=None)
    >>> half.ituc * half.share
    2.0
    """

    costs: float
    ppp: float
    ituc: float
    share: float
    """``costs * ppp`` as a part of all; may be infinite or NaN if purchases cancel out."""
    industry: Industry | None


@dataclass(frozen=True, slots=True)
class Supply:
    """Purchases: ``risk_sum`` (money weighted by price level), chain weight, average ITUC."""

    risk_sum: float
    chain_weight: float
    ituc_average: float


@dataclass(frozen=True, slots=True)
class Finance:
    """Owners and finance: sum of money flows and two ratios to total assets."""

    sum_of_financial_aspects: float
    economic_ratio: float
    investment_ratio: float
    is_in_finance: bool


@dataclass(frozen=True, slots=True)
class Employees:
    """Staff: costs weighted by price level, size of the company, average ITUC."""

    normed_risk: float
    company_size: str
    ituc_average: float


@dataclass(frozen=True, slots=True)
class Intermediate:
    """Everything between company facts and weights.

    Attributes
    ----------
    all_zero : bool
        Nothing was entered: every topic weighs 1.
    other_suppliers_costs : float
        Money; below 0 if the listed suppliers exceed the total.
    supply, finance, employees
        See there.
    design_average : float
        Ecological risk of the products, 1 to 2 (less only with unusual shares).
    profit_share : float or None
        Profit / turnover as a fraction; None without turnover.
    is_in_mining_or_construction : bool
    """

    all_zero: bool
    other_suppliers_costs: float
    supply: Supply
    finance: Finance
    employees: Employees
    design_average: float
    profit_share: float | None
    is_in_mining_or_construction: bool


def _found(table: dict[str, T], code: str, path: Path) -> T:
    entry = table.get(code)
    if entry is None:
        what = "country" if table is regions() else "industry"
        issue = Issue(("companyFacts", *path), "not-found", f"no figures for {what} {code!r}")
        raise UnknownCode(issue)
    return entry


def region_of(code: str | None, *path: str | int) -> Region | None:
    """Return the region with this code, None without a code; raises ``UnknownCode``.

    Examples
    --------
    >>> region_of("USA").ppp, region_of(None)
    (1.0, None)
    >>> region_of("XXX", "main")
    Traceback (most recent call last):
    ...
    erdkreis.calc.commongood.refusals.UnknownCode: companyFacts.main: no figures for country 'XXX'
    """
    return None if code is None else _found(regions(), code, path)


def industry_of(code: str | None, *path: str | int) -> Industry | None:
    """Return the industry with this code, None without a code; raises ``UnknownCode``.

    Examples
    --------
    >>> industry_of("B").special, industry_of(None)
    ('mining', None)
    >>> industry_of("Z", "main")
    Traceback (most recent call last):
    ...
    erdkreis.calc.commongood.refusals.UnknownCode: companyFacts.main: no figures for industry 'Z'
    """
    return None if code is None else _found(industries(), code, path)


def _ppp(region: Region | None) -> float:
    return FIGURES.ppp_without_country if region is None else region.ppp


def _supply_ituc(region: Region | None, edition: Edition) -> float:
    if region is None or (region.code == WORLD and not edition.world_average_counts):
        return FIGURES.ituc_without_country
    return region.ituc


def supply_shares(facts: CompanyFacts, edition: Edition) -> tuple[float, tuple[SupplyShare, ...]]:
    """Weigh every supplier by what it costs and by the price level of its country.

    Parameters
    ----------
    facts : CompanyFacts
    edition : Edition

    Returns
    -------
    risk_sum : float
        Money weighted by price level, the other suppliers included.
    shares : tuple of SupplyShare
        The listed suppliers in order, then all others together. Industries are looked up only
        where the chain weight needs them, up to the first supplier without one.

    Raises
    ------
    UnknownCode
        A country, or an industry that is needed, is not in the tables.

    Examples
    --------
    >>> from erdkreis.calc.commongood.sheet import SupplyFraction
    >>> from erdkreis.calc.commongood.edition import editions
    >>> facts = CompanyFacts(
    ...     total_purchase_from_suppliers=100.0,
    ...     supply_fractions=(SupplyFraction(60.0, "USA"),),
    ...     main_origin_of_other_suppliers="USA",
    ... )
    >>> risk_sum, shares = supply_shares(facts, editions()["5.10", "Full"])
    >>> risk_sum, [supplier.share for supplier in shares]
    (100.0, [0.6, 0.4])
    """
    fractions = facts.supply_fractions
    places = [
        region_of(fraction.country, "supplyFractions", at, "countryCode")
        for at, fraction in enumerate(fractions)
    ]
    places.append(region_of(facts.main_origin_of_other_suppliers, "mainOriginOfOtherSuppliers"))
    costs = [fraction.costs for fraction in fractions]
    costs.append(facts.other_suppliers_costs)
    risks = [cost * _ppp(place) for cost, place in zip(costs, places, strict=True)]
    risk_sum = 0.0
    for risk in risks:
        risk_sum += risk
    branches = [*_supply_industries(facts), None]
    shares = [
        SupplyShare(
            cost, _ppp(place), _supply_ituc(place, edition), ieee_divided(risk, risk_sum), branch
        )
        for cost, place, risk, branch in zip(costs, places, risks, branches, strict=True)
    ]
    return risk_sum, tuple(shares)


def _supply_industries(facts: CompanyFacts) -> list[Industry | None]:
    found: list[Industry | None] = [None] * len(facts.supply_fractions)
    if len(found) < FIGURES.suppliers_for_chain_weight:
        return found
    for at, fraction in enumerate(facts.supply_fractions):
        found[at] = industry_of(fraction.industry, "supplyFractions", at, "industryCode")
        if found[at] is None:
            break
    return found


def _chain_weight(listed: tuple[SupplyShare, ...]) -> float:
    """Average the factor of the listed suppliers; the others play no part."""
    if len(listed) < FIGURES.suppliers_for_chain_weight:
        return 1.0
    shares = 0.0
    weighted = 0.0
    for supplier in listed:
        if supplier.industry is None:
            return 1.0
        shares += supplier.share
        weighted += supplier.share * supplier.industry.supply_chain_factor
    average = ieee_divided(weighted, shares)
    return 1.0 if isnan(average) else average


def supply(facts: CompanyFacts, edition: Edition) -> Supply:
    """Return what the purchases say: risk sum, chain weight and average ITUC.

    ``chain_weight`` is 1 with fewer than five suppliers, or if one of them (up to the first such)
    has no industry; ``ituc_average`` is 0 where nothing was bought. Raises ``UnknownCode``.

    Examples
    --------
    >>> from erdkreis.calc.commongood.sheet import SupplyFraction
    >>> from erdkreis.calc.commongood.edition import editions
    >>> facts = CompanyFacts(
    ...     total_purchase_from_suppliers=100.0,
    ...     supply_fractions=(SupplyFraction(60.0, "USA"),),
    ...     main_origin_of_other_suppliers="USA",
    ... )
    >>> supply(facts, editions()["5.10", "Full"])
    Supply(risk_sum=100.0, chain_weight=1.0, ituc_average=4.0)
    """
    risk_sum, shares = supply_shares(facts, edition)
    ituc_average = 0.0
    for supplier in shares:
        ituc_average += supplier.ituc * supplier.share
    if isnan(ituc_average):
        ituc_average = 0.0
    return Supply(risk_sum, _chain_weight(shares[:-1]), ituc_average)


def finance(facts: CompanyFacts) -> Finance:
    """Return what owners' and lenders' money says: sum of flows, ratios, finance industry.

    Examples
    --------
    >>> found = finance(CompanyFacts(profit=9_000, turnover=480_000, total_assets=200_000))
    >>> found.sum_of_financial_aspects, found.economic_ratio, found.is_in_finance
    (9000.0, 2.4, False)
    """
    flows = (
        facts.profit
        + facts.financial_costs
        + facts.income_from_financial_investments
        + facts.additions_to_fixed_assets
    )
    if facts.total_assets == 0:
        economic_ratio = FIGURES.economic_ratio_without_assets
        investment_ratio = FIGURES.investment_ratio_without_assets
    else:
        economic_ratio = facts.turnover / facts.total_assets
        invested = facts.additions_to_fixed_assets + facts.financial_assets_and_cash_balance
        investment_ratio = invested / facts.total_assets
    return Finance(flows, economic_ratio, investment_ratio, _is_in(facts, "finance"))


def _is_in(facts: CompanyFacts, *specials: str) -> bool:
    """Tell whether any sector, whatever its share, is one of these special industries."""
    for at, sector in enumerate(facts.industry_sectors):
        industry = industry_of(sector.industry, "industrySectors", at, "industryCode")
        if industry is not None and industry.special in specials:
            return True
    return False


def company_size(facts: CompanyFacts) -> str:
    """Return micro, small, middle or large: few people, and little turnover or few assets.

    Examples
    --------
    >>> company_size(CompanyFacts(number_of_employees=12, turnover=480_000))
    'small'
    """
    for size in size_classes():
        if facts.number_of_employees < size.employees_below and (
            facts.turnover <= size.turnover_up_to_eur or facts.total_assets <= size.assets_up_to_eur
        ):
            return size.size
    return "large"


def employees(facts: CompanyFacts) -> Employees:
    """Return what the staff says: costs by price level, company size, average ITUC.

    The share of staff in no named country counts with the world's price level, and adds nothing
    to the ITUC average. Raises ``UnknownCode``.

    Examples
    --------
    >>> from erdkreis.calc.commongood.sheet import EmployeesFraction
    >>> everybody = (EmployeesFraction(0.5, "USA"), EmployeesFraction(0.5, "DEU"))
    >>> staff = employees(CompanyFacts(number_of_employees=60, employees_fractions=everybody))
    >>> staff.company_size, staff.ituc_average
    ('middle', 0.5)
    """
    normed_risk = 0.0
    covered = 0.0
    ituc_average = 0.0
    for at, part in enumerate(facts.employees_fractions):
        place = region_of(part.country, "employeesFractions", at, "countryCode")
        normed_risk += facts.total_staff_costs * part.fraction * _ppp(place)
        covered += part.fraction
        ituc_average += part.fraction * (0.0 if place is None else place.ituc_for_staff)
    normed_risk += (1 - covered) * FIGURES.ppp_without_country * facts.total_staff_costs
    return Employees(normed_risk, company_size(facts), ituc_average)


def design_average(facts: CompanyFacts) -> float:
    """Return the ecological risk of the products, averaged over turnover; the rest counts 1.

    Raises ``UnknownCode``.

    Examples
    --------
    >>> from erdkreis.calc.commongood.sheet import IndustrySector
    >>> industry_of("Ch").design_factor
    1.5
    >>> design_average(CompanyFacts(industry_sectors=(IndustrySector(0.5, "Ch"),)))
    1.25
    """
    average = 0.0
    covered = 0.0
    for at, sector in enumerate(facts.industry_sectors):
        industry = industry_of(sector.industry, "industrySectors", at, "industryCode")
        factor = 1.0 if industry is None else industry.design_factor
        average += factor * sector.fraction
        covered += sector.fraction
    return average + (1 - covered)


def intermediate(facts: CompanyFacts, edition: Edition) -> Intermediate:
    """Work out every quantity the weights depend on.

    Parameters
    ----------
    facts : CompanyFacts
    edition : Edition
        Decides whether the world average counts for suppliers (from 5.09 on).

    Returns
    -------
    Intermediate

    Raises
    ------
    UnknownCode
        A country or industry code has no figures.

    Examples
    --------
    >>> from erdkreis.calc.commongood.edition import editions
    >>> bakery = CompanyFacts(turnover=480_000, profit=9_000, number_of_employees=7.5)
    >>> result = intermediate(bakery, editions()["5.10", "Full"])
    >>> result.profit_share, result.employees.company_size
    (0.01875, 'micro')
    """
    return Intermediate(
        all_zero=facts.are_all_zero,
        other_suppliers_costs=facts.other_suppliers_costs,
        supply=supply(facts, edition),
        finance=finance(facts),
        employees=employees(facts),
        design_average=design_average(facts),
        profit_share=None if facts.turnover == 0 else facts.profit / facts.turnover,
        is_in_mining_or_construction=_is_in(facts, "mining", "construction"),
    )


def rule_quantities(facts: CompanyFacts, result: Intermediate) -> dict[str, Quantity]:
    """Return every quantity by the name that ``topic_weights.csv`` uses.

    Examples
    --------
    >>> from erdkreis.calc.commongood.edition import editions
    >>> bakery = CompanyFacts(turnover=480_000, profit=9_000, has_canteen=True)
    >>> quantities = rule_quantities(bakery, intermediate(bakery, editions()["5.10", "Full"]))
    >>> quantities["profit_share"], quantities["has_canteen"], quantities["company_size"]
    (0.01875, True, 'micro')
    """
    return {
        "supply_chain_weight": result.supply.chain_weight,
        "supply_ituc_average": result.supply.ituc_average,
        "is_in_finance": result.finance.is_in_finance,
        "economic_ratio": result.finance.economic_ratio,
        "investment_ratio": result.finance.investment_ratio,
        "profit_share": result.profit_share,
        "company_size": result.employees.company_size,
        "journey_km": facts.average_journey_to_work_for_staff_in_km,
        "has_canteen": facts.has_canteen,
        "n_employees": facts.number_of_employees,
        "staff_ituc_average": result.employees.ituc_average,
        "design_average": result.design_average,
        "is_b2b": facts.is_b2b,
        "is_in_mining_or_construction": result.is_in_mining_or_construction,
    }
