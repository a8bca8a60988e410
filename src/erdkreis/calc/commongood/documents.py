"""Writing the official JSON format.

There are two forms: the *request* that creates a sheet, and the *answer* with all results. Both can
be read back and lose nothing: ``requests`` reads the one, ``answers`` the other.
"""

import json
from hashlib import sha256

from erdkreis.calc.commongood.assessment import Assessment
from erdkreis.calc.commongood.doubles import PER_CENT, percentage_of, plain_number
from erdkreis.calc.commongood.edition import RatingKind
from erdkreis.calc.commongood.matrix_view import matrix
from erdkreis.calc.commongood.requests import FLAG_FIELDS, NUMBER_FIELDS
from erdkreis.calc.commongood.sheet import CompanyFacts, GeneralInformation, Rating, Sheet
from erdkreis.calc.commongood.tables import Language

Json = dict[str, object]


def _general_document(general: GeneralInformation, *, in_answer: bool) -> Json:
    document: Json = {
        "company": {"name": general.company_name},
        "contactPerson": {"name": general.contact_name, "email": general.contact_email},
    }
    if general.period is not None:
        ends = {"start": general.period.start, "end": general.period.end}
        document["period"] = (
            {end: _with_milliseconds(moment) for end, moment in ends.items()} if in_answer else ends
        )
    return document


def _with_milliseconds(moment: str) -> str:
    seconds, _, rest = moment.removesuffix("Z").partition(".")
    return f"{seconds}.{rest.ljust(3, '0')}Z"


def _coded(key: str, code: str | None) -> Json:
    return {} if code is None else {key: code}


def _facts_document(facts: CompanyFacts, *, in_answer: bool) -> Json:
    def percentage(fraction: float) -> float | int | None:
        return plain_number(fraction * PER_CENT if in_answer else percentage_of(fraction))

    numbers: Json = {
        field.official: plain_number(getattr(facts, field.name)) for field in NUMBER_FIELDS
    }
    flags: Json = {official: getattr(facts, name) for official, name in FLAG_FIELDS}
    origin = _coded("countryCode", facts.main_origin_of_other_suppliers)
    document = numbers | flags
    document["supplyFractions"] = [
        _coded("countryCode", fraction.country)
        | _coded("industryCode", fraction.industry)
        | {"costs": plain_number(fraction.costs)}
        for fraction in facts.supply_fractions
    ]
    document["employeesFractions"] = [
        _coded("countryCode", part.country) | {"percentage": percentage(part.fraction)}
        for part in facts.employees_fractions
    ]
    document["industrySectors"] = [
        _coded("industryCode", sector.industry)
        | {
            "amountOfTotalTurnover": percentage(sector.fraction),
            "description": sector.description,
        }
        for sector in facts.industry_sectors
    ]
    if in_answer:
        others = plain_number(facts.other_suppliers_costs)
        document["mainOriginOfOtherSuppliers"] = origin | {"costs": others}
    elif origin:
        document["mainOriginOfOtherSuppliers"] = origin["countryCode"]
    return document


def company_facts_document(facts: CompanyFacts) -> Json:
    """Return the company facts as an answer shows them: percentages are ``fraction * 100``.

    Examples
    --------
    >>> from erdkreis.calc.commongood.sheet import EmployeesFraction
    >>> facts = CompanyFacts(employees_fractions=(EmployeesFraction(0.5499, "DEU"),))
    >>> company_facts_document(facts)["employeesFractions"]
    [{'countryCode': 'DEU', 'percentage': 54.99000000000001}]
    """
    return _facts_document(facts, in_answer=True)


def _weights_document(sheet: Sheet) -> list[Json]:
    return [
        {"shortName": code, "weight": plain_number(weight)}
        for code, weight in sheet.stakeholder_weights
    ]


def request_document(sheet: Sheet) -> Json:
    """Write a sheet as the official request that creates it.

    Parameters
    ----------
    sheet : Sheet

    Returns
    -------
    dict
        ``new_sheet(request_document(sheet))`` gives the same figures. It gives the same sheet,
        too, but for one thing no single request can say: that an aspect which steps in for
        another (B1.2) was left at 0 without anybody choosing so. It is then sent as chosen.

    Examples
    --------
    >>> from erdkreis.calc.commongood.merging import new_sheet
    >>> sheet = new_sheet({
    ...     "type": "Full", "version": "5.10",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ...     "ratings": [{"shortName": "A1.1", "estimations": 6}],
    ... })
    >>> request_document(sheet)["ratings"], new_sheet(request_document(sheet)) == sheet
    ([{'shortName': 'A1.1', 'estimations': 6}], True)
    """
    edition = sheet.edition
    ratings = [
        entry
        for kind, rating in zip(edition.rating_kinds, sheet.ratings, strict=True)
        if len(entry := _rating_request(sheet, kind, rating)) > 1
    ]
    return {
        "type": edition.kind,
        "version": edition.version,
        "generalInformation": _general_document(sheet.general_information, in_answer=False),
        "companyFacts": _facts_document(sheet.facts, in_answer=False),
        "ratings": ratings,
        "stakeholderWeights": _weights_document(sheet),
    }


def fingerprint(sheet: Sheet) -> str:
    """Name a sheet by its content: equal sheets, equal names.

    Parameters
    ----------
    sheet : Sheet

    Returns
    -------
    str
        SHA-256 of the request that creates it, 64 hexadecimal digits; for storing results under.

    Examples
    --------
    >>> from erdkreis.calc.commongood.merging import new_sheet
    >>> document = {
    ...     "type": "Full", "version": "5.10",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ... }
    >>> rated = document | {"ratings": [{"shortName": "A1.1", "estimations": 6}]}
    >>> name = fingerprint(new_sheet(document))
    >>> len(name), name == fingerprint(new_sheet(document)), name == fingerprint(new_sheet(rated))
    (64, True, False)
    """
    text = json.dumps(request_document(sheet), sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _rating_request(sheet: Sheet, kind: RatingKind, rating: Rating) -> Json:
    entry: Json = {"shortName": rating.code}
    if rating.estimation != 0:
        entry["estimations"] = plain_number(rating.estimation)
    if rating.is_weight_chosen:
        entry["weight"] = plain_number(rating.weight)
    elif kind.excludes:
        entry |= _said_of_stand_in(sheet, kind, rating)
    return entry


def _said_of_stand_in(sheet: Sheet, kind: RatingKind, rating: Rating) -> Json:
    """Return what a request must say so that a weight nobody chose comes out as it is.

    An aspect such as B1.2 steps in as soon as it is listed beside a B1.1 of weight 0.
    """
    other = sheet.rating(kind.excludes)
    steps_in = kind.default_weight == 0 and other.is_weight_chosen and other.weight == 0
    weight: Json = {"weight": plain_number(rating.weight)}
    if rating.weight == kind.default_weight:
        return weight if steps_in and rating.estimation != 0 else {}
    return {"estimations": plain_number(rating.estimation)} if steps_in else weight


def answer_document(
    assessment: Assessment, *, sheet_id: float = -1, language: Language = "en"
) -> Json:
    """Write a calculated sheet as the official answer.

    Parameters
    ----------
    assessment : Assessment
    sheet_id : float
        -1 for a sheet that is not saved, as the official service has it.
    language : {"de", "en"}
        Of the titles, which are our own.

    Returns
    -------
    dict
        Ready for ``json.dumps``; ``sheet_from_answer`` reads it back without loss.

    Examples
    --------
    >>> from erdkreis.calc.commongood.merging import new_sheet
    >>> from erdkreis.calc.commongood.assessment import assess
    >>> sheet = new_sheet({
    ...     "type": "Compact", "version": "5.08",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ...     "ratings": [{"shortName": "A1.1", "estimations": 6}],
    ... })
    >>> rating = answer_document(assess(sheet), language="de")["ratings"][0]
    >>> rating["name"], rating["points"], rating["maxPoints"]
    ('Würde in der Lieferkette', 30, 50)
    """
    sheet = assessment.sheet
    edition = sheet.edition
    return {
        "id": plain_number(float(sheet_id)),
        "type": edition.kind,
        "version": edition.version,
        "generalInformation": _general_document(sheet.general_information, in_answer=True),
        "stakeholderWeights": _weights_document(sheet),
        "companyFacts": company_facts_document(sheet.facts),
        "ratings": [
            {
                "shortName": result.code,
                "name": kind.titles.in_language(language),
                "type": "topic" if kind.is_topic else "aspect",
                "isPositive": result.is_positive,
                "estimations": plain_number(result.estimation),
                "weight": plain_number(result.weight),
                "isWeightSelectedByUser": result.is_weight_chosen,
                "points": plain_number(result.points),
                "maxPoints": plain_number(result.max_points),
            }
            for kind, result in zip(edition.rating_kinds, assessment.ratings, strict=True)
        ],
    }


def matrix_document(assessment: Assessment, *, language: Language = "en") -> Json:
    """Write the matrix view in the official format; a missing percentage is left out.

    Examples
    --------
    >>> from erdkreis.calc.commongood.merging import new_sheet
    >>> from erdkreis.calc.commongood.assessment import assess
    >>> sheet = new_sheet({
    ...     "type": "Compact", "version": "5.08",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ...     "ratings": [{"shortName": "A1.1", "estimations": 6}],
    ... })
    >>> document = matrix_document(assess(sheet))
    >>> document["totalPoints"], document["ratings"][0]["percentageReached"]
    (30, 60)
    """
    edition = assessment.sheet.edition
    cells: list[Json] = []
    for cell in matrix(assessment):
        document: Json = {
            "shortName": cell.code,
            "name": edition.rating_kind(cell.code).titles.in_language(language),
            "points": plain_number(cell.points),
            "maxPoints": plain_number(cell.max_points),
        }
        if cell.percentage_reached is not None:
            document["percentageReached"] = plain_number(cell.percentage_reached)
        cells.append(document | {"notApplicable": cell.is_not_applicable})
    return {"ratings": cells, "totalPoints": plain_number(assessment.total_points)}
