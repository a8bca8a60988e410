"""Reading the official JSON format: creating a sheet, and changing one.

Every rule of the format stands here once. All faults of a document are found together, each with
its path and a code in the manner of the official service. Unknown fields are dropped silently.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from erdkreis.calc.commongood.edition import Edition, editions
from erdkreis.calc.commongood.fields import (
    Fields,
    Wrong,
    a_flag,
    a_moment,
    a_number,
    a_text,
    a_weight,
    an_email,
    costs_above_zero,
    country_code,
    filled_text,
    industry_code,
    one_of,
    within,
)
from erdkreis.calc.commongood.refusals import InvalidDocument, Issue
from erdkreis.calc.commongood.sheet import (
    EmployeesFraction,
    GeneralInformation,
    IndustrySector,
    Period,
    SupplyFraction,
)
from erdkreis.calc.commongood.tables import STAKEHOLDERS


class RatingRequest(NamedTuple):
    """A rating as sent; None for what was not sent.

    Examples
    --------
    >>> patch_request({"ratings": [{"shortName": "A1.1", "weight": 1.5}]}).ratings
    (RatingRequest(code='A1.1', estimation=None, weight=1.5),)
    """

    code: str
    estimation: float | None
    weight: float | None


@dataclass(frozen=True, slots=True)
class CreateRequest:
    """Everything needed to make a new sheet."""

    edition: Edition
    general_information: GeneralInformation
    facts: dict[str, object]
    ratings: tuple[RatingRequest, ...]
    stakeholder_weights: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class PatchRequest:
    """Changes to a sheet; None, or a field absent from ``facts``, leaves things as they are."""

    facts: dict[str, object]
    ratings: tuple[RatingRequest, ...]
    stakeholder_weights: tuple[tuple[str, float], ...] | None
    general_information: GeneralInformation | None


class NumberField(NamedTuple):
    """A number among the company facts: official name, our name, least value.

    Examples
    --------
    >>> [field.official for field in NUMBER_FIELDS if field.least is None]
    ['profit', 'incomeFromFinancialInvestments', 'additionsToFixedAssets']
    """

    official: str
    name: str
    least: float | None


NUMBER_FIELDS = (
    NumberField("totalPurchaseFromSuppliers", "total_purchase_from_suppliers", 0),
    NumberField("totalStaffCosts", "total_staff_costs", 0),
    NumberField("profit", "profit", None),
    NumberField("financialCosts", "financial_costs", 0),
    NumberField("incomeFromFinancialInvestments", "income_from_financial_investments", None),
    NumberField("additionsToFixedAssets", "additions_to_fixed_assets", None),
    NumberField("turnover", "turnover", 0),
    NumberField("totalAssets", "total_assets", 0),
    NumberField("financialAssetsAndCashBalance", "financial_assets_and_cash_balance", 0),
    NumberField("numberOfEmployees", "number_of_employees", 0),
    NumberField("averageJourneyToWorkForStaffInKm", "average_journey_to_work_for_staff_in_km", 0),
)
FLAG_FIELDS = (("hasCanteen", "has_canteen"), ("isB2B", "is_b2b"))

_amounts: dict[float | None, Callable[[object], float]] = {None: within(None), 0: within(0)}
_percentage = within(1, 100)
_estimation = within(-200, 10)
_stakeholder = one_of(STAKEHOLDERS)


def _supply_fraction(fields: Fields) -> SupplyFraction:
    country = fields.read("countryCode", country_code, None)
    industry = fields.read("industryCode", industry_code, None)
    return SupplyFraction(fields.require("costs", costs_above_zero, 0.0), country, industry)


def _employees_fraction(fields: Fields) -> EmployeesFraction:
    country = fields.read("countryCode", country_code, None)
    return EmployeesFraction(fields.require("percentage", _percentage, 0.0) / 100, country)


def _industry_sector(fields: Fields) -> IndustrySector:
    industry = fields.read("industryCode", industry_code, None)
    percentage = fields.require("amountOfTotalTurnover", _percentage, 0.0)
    description = fields.read("description", a_text, "")
    return IndustrySector(percentage / 100, industry, description)


def _note_if_above_hundred(fields: Fields, key: str, percentages_at: str) -> None:
    entries = fields.values[key]
    if not isinstance(entries, list):
        return
    total = 0.0
    for entry in entries:
        try:
            total += a_number(entry[percentages_at])
        except (Wrong, KeyError, TypeError):
            return  # noted where it stands; a sum of the rest would say nothing
    # 100.00000000000001 is what 100 may look like after adding doubles: docs/decisions/0021.
    if round(total, 9) > 100:  # noqa: PLR2004 -- per cent
        fields.note((key,), "custom", f"the shares add up to {total:.12g} %, more than 100 %")


def _facts(fields: Fields) -> dict[str, object]:
    """Read the company facts that were sent, by our names."""
    facts: dict[str, object] = {}
    for field in NUMBER_FIELDS:
        if fields.has(field.official):
            facts[field.name] = fields.require(field.official, _amounts[field.least], 0.0)
    for official, name in FLAG_FIELDS:
        if fields.has(official):
            facts[name] = fields.require(official, a_flag, instead=False)
    if fields.has("supplyFractions"):
        facts["supply_fractions"] = tuple(map(_supply_fraction, fields.entries("supplyFractions")))
    if fields.has("employeesFractions"):
        employees = map(_employees_fraction, fields.entries("employeesFractions"))
        facts["employees_fractions"] = tuple(employees)
        _note_if_above_hundred(fields, "employeesFractions", "percentage")
    if fields.has("industrySectors"):
        facts["industry_sectors"] = tuple(map(_industry_sector, fields.entries("industrySectors")))
        _note_if_above_hundred(fields, "industrySectors", "amountOfTotalTurnover")
    if fields.has("mainOriginOfOtherSuppliers"):
        facts["main_origin_of_other_suppliers"] = fields.require(
            "mainOriginOfOtherSuppliers", country_code, "AWO"
        )
    return facts


def _rating(fields: Fields) -> RatingRequest:
    return RatingRequest(
        fields.require("shortName", a_text, ""),
        fields.read("estimations", _estimation, None),
        fields.read("weight", a_weight, None),
    )


def _stakeholder_weight(fields: Fields) -> tuple[str, float]:
    code = fields.require("shortName", _stakeholder, "")
    return code, fields.require("weight", a_weight, 0.0)


def _general_information(fields: Fields) -> GeneralInformation:
    company = fields.inner("company")
    contact = fields.inner("contactPerson")
    period = None
    if fields.has("period"):
        ends = fields.inner("period")
        period = Period(ends.require("start", a_moment, ""), ends.require("end", a_moment, ""))
    return GeneralInformation(
        company.require("name", filled_text, ""),
        contact.require("name", filled_text, ""),
        contact.require("email", an_email, ""),
        period,
    )


def _edition(fields: Fields) -> Edition | None:
    known = editions()
    kinds = sorted({kind for _, kind in known}, reverse=True)
    versions = sorted({version for version, _ in known})

    kind = fields.require("type", one_of(kinds), "")
    version = fields.require("version", one_of(versions), "")
    return known.get((version, kind))


def create_request(document: object) -> CreateRequest:
    """Read the body that creates a sheet.

    Parameters
    ----------
    document : object
        What ``json.loads`` gave: ``type``, ``version``, ``generalInformation`` and, if wanted,
        ``companyFacts``, ``ratings``, ``stakeholderWeights``.

    Returns
    -------
    CreateRequest
        Percentages are already shares between 0.01 and 1.

    Raises
    ------
    InvalidDocument
        With one issue per fault: path, code, what is expected.

    Examples
    --------
    >>> create_request({"type": "Full", "version": "5.20", "generalInformation": {}})
    Traceback (most recent call last):
    ...
    erdkreis.calc.commongood.refusals.InvalidDocument: version: one of 5.06, 5.08, 5.09, 5.10 is \
expected; generalInformation.company: this field is missing; generalInformation.contactPerson: \
this field is missing
    """
    issues: list[Issue] = []
    fields = Fields(document, (), issues)
    if not fields.is_object:
        raise InvalidDocument(*issues)
    edition = _edition(fields)
    general_information = _general_information(fields.inner("generalInformation"))
    facts = _facts(fields.inner("companyFacts")) if fields.has("companyFacts") else {}
    ratings = tuple(map(_rating, fields.entries("ratings")))
    weights = tuple(map(_stakeholder_weight, fields.entries("stakeholderWeights")))
    if issues or edition is None:
        raise InvalidDocument(*issues)
    return CreateRequest(edition, general_information, facts, ratings, weights)


def patch_request(document: object) -> PatchRequest:
    """Read the body that changes a sheet; everything in it is optional.

    Parameters
    ----------
    document : object
        What ``json.loads`` gave. ``type`` and ``version`` are dropped: they cannot change.

    Returns
    -------
    PatchRequest

    Raises
    ------
    InvalidDocument
        With one issue per fault: path, code, what is expected.

    Examples
    --------
    >>> patch_request({"companyFacts": {"turnover": 480000}}).facts
    {'turnover': 480000.0}
    """
    issues: list[Issue] = []
    fields = Fields(document, (), issues)
    if not fields.is_object:
        raise InvalidDocument(*issues)
    general_information = None
    if fields.has("generalInformation"):
        general_information = _general_information(fields.inner("generalInformation"))
    facts = _facts(fields.inner("companyFacts")) if fields.has("companyFacts") else {}
    ratings = tuple(map(_rating, fields.entries("ratings")))
    weights = None
    if fields.has("stakeholderWeights"):
        weights = tuple(map(_stakeholder_weight, fields.entries("stakeholderWeights")))
    if issues:
        raise InvalidDocument(*issues)
    return PatchRequest(facts, ratings, weights, general_information)
