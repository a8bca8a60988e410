"""What people enter: company facts, ratings and chosen weights.

Names follow the official JSON in snake case. Money is in one currency throughout; only the limits
of company sizes mean euros.
"""

from dataclasses import dataclass
from typing import NamedTuple

from erdkreis.calc.commongood.edition import Edition


@dataclass(frozen=True, slots=True)
class SupplyFraction:
    """One important supplier.

    Attributes
    ----------
    costs : float
        Money spent there, above 0.
    country, industry : str or None
        Codes of ``regions.csv`` and ``industries.csv``.
    """

    costs: float
    country: str | None = None
    industry: str | None = None


@dataclass(frozen=True, slots=True)
class EmployeesFraction:
    """The share of staff in one country: ``fraction`` from 0.01 to 1."""

    fraction: float
    country: str | None = None


@dataclass(frozen=True, slots=True)
class IndustrySector:
    """The share of turnover earned in one industry: ``fraction`` from 0.01 to 1."""

    fraction: float
    industry: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """The facts that decide what weighs how much.

    Attributes
    ----------
    total_purchase_from_suppliers, total_staff_costs, financial_costs, turnover, total_assets,
    financial_assets_and_cash_balance : float
        Money, 0 or more. Staff costs are gross wages without the employer's share.
    profit, income_from_financial_investments, additions_to_fixed_assets : float
        Money, may be negative.
    number_of_employees : float
        Full-time equivalents, fractions allowed.
    average_journey_to_work_for_staff_in_km : float
        Kilometres, one way.
    has_canteen, is_b2b : bool
        ``is_b2b``: customers are mainly companies.
    supply_fractions, employees_fractions, industry_sectors : tuple
        Any number; shares of staff and of turnover add up to 1 at most.
    main_origin_of_other_suppliers : str or None
        Country code for all purchases not listed; ``AWO`` is the world.
    """

    total_purchase_from_suppliers: float = 0.0
    total_staff_costs: float = 0.0
    profit: float = 0.0
    financial_costs: float = 0.0
    income_from_financial_investments: float = 0.0
    additions_to_fixed_assets: float = 0.0
    turnover: float = 0.0
    total_assets: float = 0.0
    financial_assets_and_cash_balance: float = 0.0
    number_of_employees: float = 0.0
    has_canteen: bool = False
    average_journey_to_work_for_staff_in_km: float = 0.0
    is_b2b: bool = False
    supply_fractions: tuple[SupplyFraction, ...] = ()
    employees_fractions: tuple[EmployeesFraction, ...] = ()
    industry_sectors: tuple[IndustrySector, ...] = ()
    main_origin_of_other_suppliers: str | None = "AWO"

    @property
    def other_suppliers_costs(self) -> float:
        """Money spent with suppliers that are not listed; below 0 if the list exceeds the total."""
        listed = 0.0
        for fraction in self.supply_fractions:
            listed += fraction.costs
        return self.total_purchase_from_suppliers - listed

    @property
    def are_all_zero(self) -> bool:
        """Whether nothing has been entered yet, so that every topic weighs the same.

        Codes and descriptions do not count; every entry of a list has a number above 0 and does.
        """
        return not (
            self.total_purchase_from_suppliers
            or self.total_staff_costs
            or self.profit
            or self.financial_costs
            or self.income_from_financial_investments
            or self.additions_to_fixed_assets
            or self.turnover
            or self.total_assets
            or self.financial_assets_and_cash_balance
            or self.number_of_employees
            or self.has_canteen
            or self.average_journey_to_work_for_staff_in_km
            or self.is_b2b
            or self.supply_fractions
            or self.employees_fractions
            or self.industry_sectors
        )


@dataclass(frozen=True, slots=True)
class Period:
    """The time the sheet is about, as ISO dates and times in UTC, such as 2024-01-01T00:00:00Z."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class GeneralInformation:
    """Whose sheet it is and whom to ask."""

    company_name: str
    contact_name: str
    contact_email: str
    period: Period | None = None


class Rating(NamedTuple):
    """The rating of one topic or aspect as entered.

    A named tuple, because eighty of them are made for every sheet.

    Examples
    --------
    >>> Rating("A1.1", estimation=6.0)
    Rating(code='A1.1', estimation=6.0, weight=1.0, is_weight_chosen=False)
    """

    code: str
    """A1 … E4 for a topic, A1.1 … for an aspect."""
    estimation: float = 0.0
    """0 to 10 for a positive aspect, -200 to 0 for a negative one; without effect for a topic."""
    weight: float = 1.0
    """0, 0.5, 1, 1.5 or 2. Of a topic it counts only if a person chose it."""
    is_weight_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet before calculation.

    Attributes
    ----------
    edition : Edition
        Version and kind of the matrix.
    general_information : GeneralInformation
    facts : CompanyFacts
    ratings : tuple of Rating
        One per ``edition.rating_kinds``, in the same order.
    stakeholder_weights : tuple of (str, float)
        Chosen weights of groups A to E, as given; of repeated ones the first counts.
    """

    edition: Edition
    general_information: GeneralInformation
    facts: CompanyFacts
    ratings: tuple[Rating, ...]
    stakeholder_weights: tuple[tuple[str, float], ...] = ()

    def rating(self, code: str) -> Rating:
        """Return the rating with this code; KeyError if the edition has none."""
        return self.ratings[self.edition.places[code]]
