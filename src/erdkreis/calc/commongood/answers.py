"""Reading an official answer back.

An answer is no valid request: the main origin is an object, and topic estimations may lie outside
every range. So it has its own way here, which loses nothing.
"""

from dataclasses import replace

from erdkreis.calc.commongood.documents import Json
from erdkreis.calc.commongood.doubles import percentage_before
from erdkreis.calc.commongood.merging import check_ratings, new_sheet
from erdkreis.calc.commongood.refusals import InvalidDocument, Issue
from erdkreis.calc.commongood.sheet import Sheet
from erdkreis.calc.commongood.tables import WEIGHTS


def is_answer(document: object) -> bool:
    """Tell an answer from a request: its ratings say whether a weight was chosen.

    Examples
    --------
    >>> is_answer({"ratings": [{"shortName": "A1.1", "isWeightSelectedByUser": False}]})
    True
    >>> is_answer({"ratings": [{"shortName": "A1.1", "estimations": 6}]})
    False
    """
    ratings = document.get("ratings") if isinstance(document, dict) else None
    return isinstance(ratings, list) and any(
        isinstance(rating, dict) and "isWeightSelectedByUser" in rating for rating in ratings
    )


def sheet_from_answer(document: object) -> Sheet:
    """Read an official answer back into the sheet it came from.

    Parameters
    ----------
    document : object
        What ``json.loads`` gave. Points and maxima are not read: they are calculated.

    Returns
    -------
    Sheet
        Percentages are those entered (54.99, where the answer shows 54.99000000000001). An
        estimation that was sent for a topic, which has no effect, is not in an answer.

    Raises
    ------
    InvalidDocument, InvalidRating
        As for ``new_sheet``.

    Examples
    --------
    >>> from erdkreis.calc.commongood.assessment import assess
    >>> from erdkreis.calc.commongood.documents import answer_document
    >>> sheet = new_sheet({
    ...     "type": "Full", "version": "5.10",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ...     "companyFacts": {"employeesFractions": [{"countryCode": "DEU", "percentage": 54.99}]},
    ... })
    >>> sheet_from_answer(answer_document(assess(sheet))) == sheet
    True
    """
    if not isinstance(document, dict):
        raise InvalidDocument(Issue((), "invalid_type", "an object is expected"))
    rows = document.get("ratings", [])
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    request = dict(document)
    request["ratings"] = [_requested_rating(row) for row in rows]
    if "companyFacts" in document:
        request["companyFacts"] = _requested_facts(document["companyFacts"])
    return _with_weights(new_sheet(request), rows)


def _requested_rating(row: Json) -> Json:
    request: Json = {"shortName": row.get("shortName")}
    if row.get("isWeightSelectedByUser") is True:
        request["weight"] = row.get("weight")
    if row.get("type") != "topic" and "estimations" in row:
        request["estimations"] = row["estimations"]
    return request


def _requested_facts(facts: object) -> object:
    if not isinstance(facts, dict):
        return facts
    request = dict(facts)
    origin = facts.get("mainOriginOfOtherSuppliers")
    if isinstance(origin, dict):
        request["mainOriginOfOtherSuppliers"] = origin.get("countryCode", "AWO")
    for key, field in (
        ("employeesFractions", "percentage"),
        ("industrySectors", "amountOfTotalTurnover"),
    ):
        if isinstance(facts.get(key), list):
            request[key] = [_with_percentage_before(entry, field) for entry in facts[key]]
    return request


def _with_percentage_before(entry: object, field: str) -> object:
    if not isinstance(entry, dict):
        return entry
    shown = entry.get(field)
    if isinstance(shown, bool) or not isinstance(shown, int | float):
        return entry
    return entry | {field: percentage_before(shown)}


def _with_weights(sheet: Sheet, rows: list[Json]) -> Sheet:
    """Take over weights nobody chose: an aspect may have stepped in for another, or not."""
    shown = {row.get("shortName"): row.get("weight") for row in reversed(rows)}
    ratings = tuple(
        rating._replace(weight=float(weight))
        if kind.excludes
        and not rating.is_weight_chosen
        and isinstance(weight := shown.get(rating.code), int | float)
        and weight in WEIGHTS
        else rating
        for kind, rating in zip(sheet.edition.rating_kinds, sheet.ratings, strict=True)
    )
    check_ratings(sheet.edition, ratings)
    return replace(sheet, ratings=ratings)
