"""Making a sheet, and changing one: the rules of what stays and what goes back to its default.

Making is changing a sheet of defaults. The rule with a trap: a rating that is listed *without* a
weight loses the weight chosen before, but keeps its estimation.
"""

from dataclasses import replace
from typing import Any

from erdkreis.calc.commongood.edition import Edition, RatingKind
from erdkreis.calc.commongood.refusals import InvalidRating, Issue
from erdkreis.calc.commongood.requests import (
    CreateRequest,
    PatchRequest,
    RatingRequest,
    create_request,
    patch_request,
)
from erdkreis.calc.commongood.sheet import CompanyFacts, Rating, Sheet
from erdkreis.calc.commongood.tables import FIGURES


def new_sheet(document: object) -> Sheet:
    """Make a sheet from the official body that creates one.

    Parameters
    ----------
    document : object
        What ``json.loads`` gave.

    Returns
    -------
    Sheet
        With one rating per topic and aspect of its edition; what was not sent has its default.

    Raises
    ------
    InvalidDocument
        The document is not in the format.
    InvalidRating
        An estimation does not fit its aspect, or two aspects that exclude each other both weigh.

    Examples
    --------
    >>> sheet = new_sheet({
    ...     "type": "Full", "version": "5.10",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ...     "ratings": [{"shortName": "A1.1", "estimations": 6, "weight": 1.5}],
    ... })
    >>> sheet.rating("A1.1")
    Rating(code='A1.1', estimation=6.0, weight=1.5, is_weight_chosen=True)
    """
    return _sheet_of(create_request(document))


def _sheet_of(request: CreateRequest) -> Sheet:
    """Make a sheet from a request that has been read; raises ``InvalidRating``."""
    edition = request.edition
    defaults = tuple(Rating(kind.code, weight=kind.default_weight) for kind in edition.rating_kinds)
    return Sheet(
        edition,
        request.general_information,
        _changed_facts(CompanyFacts(), request.facts),
        _merged(edition, defaults, request.ratings),
        request.stakeholder_weights,
    )


def changed_sheet(sheet: Sheet, document: object) -> Sheet:
    """Change a sheet by the official body for changes.

    Parameters
    ----------
    sheet : Sheet
        Stays as it is; a new one is returned.
    document : object
        What ``json.loads`` gave: ``companyFacts``, ``ratings``, ``stakeholderWeights``,
        ``generalInformation``, all optional.

    Returns
    -------
    Sheet
        Facts that were sent replace the old ones, lists as a whole. A listed rating without
        ``weight`` loses its chosen weight, without ``estimations`` it keeps its estimation.

    Raises
    ------
    InvalidDocument, InvalidRating
        As for ``new_sheet``.

    Examples
    --------
    >>> sheet = new_sheet({
    ...     "type": "Full", "version": "5.10",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ...     "ratings": [{"shortName": "A1.1", "estimations": 6, "weight": 1.5}],
    ... })
    >>> changed_sheet(sheet, {"ratings": [{"shortName": "A1.1"}]}).rating("A1.1")
    Rating(code='A1.1', estimation=6.0, weight=1.0, is_weight_chosen=False)
    """
    return _patched_sheet(sheet, patch_request(document))


def _patched_sheet(sheet: Sheet, request: PatchRequest) -> Sheet:
    """Change a sheet by a request that has been read; raises ``InvalidRating``."""
    return replace(
        sheet,
        facts=_changed_facts(sheet.facts, request.facts),
        ratings=_merged(sheet.edition, sheet.ratings, request.ratings),
        stakeholder_weights=(
            sheet.stakeholder_weights
            if request.stakeholder_weights is None
            else request.stakeholder_weights
        ),
        general_information=request.general_information or sheet.general_information,
    )


def _changed_facts(facts: CompanyFacts, changes: dict[str, object]) -> CompanyFacts:
    fields: dict[str, Any] = changes
    return replace(facts, **fields) if fields else facts


def _merged(
    edition: Edition, ratings: tuple[Rating, ...], requests: tuple[RatingRequest, ...]
) -> tuple[Rating, ...]:
    if not requests:
        return ratings
    asked: dict[str, RatingRequest] = {}
    for request in requests:
        asked.setdefault(request.code, request)  # of repeated codes the first counts
    merged = tuple(
        _merged_rating(edition, kind, rating, asked) if kind.code in asked else rating
        for kind, rating in zip(edition.rating_kinds, ratings, strict=True)
    )
    check_ratings(edition, merged)
    return merged


def _merged_rating(
    edition: Edition, kind: RatingKind, rating: Rating, asked: dict[str, RatingRequest]
) -> Rating:
    request = asked[kind.code]
    estimation = rating.estimation if request.estimation is None else request.estimation
    # The weight of a negative aspect is fixed; one that is sent is ignored.
    if kind.is_positive and request.weight is not None:
        return Rating(kind.code, estimation, request.weight, is_weight_chosen=True)
    return Rating(kind.code, estimation, _default_weight(edition, kind, asked))


def _default_weight(edition: Edition, kind: RatingKind, asked: dict[str, RatingRequest]) -> float:
    """Return the default; of two that exclude each other the second steps in for the first."""
    if kind.default_weight == 0 and kind.excludes:
        other = asked.get(kind.excludes)
        if other is not None and other.weight == 0:
            return edition.rating_kind(kind.excludes).default_weight
    return kind.default_weight


def check_ratings(edition: Edition, ratings: tuple[Rating, ...]) -> None:
    """Refuse estimations that do not fit, and two aspects that exclude each other.

    Parameters
    ----------
    edition : Edition
    ratings : tuple of Rating
        In the order of ``edition.rating_kinds``. Estimations of topics are not looked at.

    Raises
    ------
    InvalidRating
        With one issue per fault.

    Examples
    --------
    >>> from erdkreis.calc.commongood.edition import editions
    >>> edition = editions()["5.08", "Full"]
    >>> check_ratings(edition, tuple(Rating(kind.code) for kind in edition.rating_kinds))
    """
    issues: list[Issue] = []
    lowest = FIGURES.estimation_lowest
    highest = FIGURES.estimation_highest
    for kind, rating in zip(edition.rating_kinds, ratings, strict=True):
        if kind.is_topic:
            continue
        low, high = (0.0, highest) if kind.is_positive else (lowest, 0.0)
        if not low <= rating.estimation <= high:
            message = f"{rating.estimation:g} is not between {low:g} and {high:g}"
            issues.append(Issue(("ratings", kind.code, "estimations"), "value", message))
        if kind.excludes and kind.code < kind.excludes and rating.weight != 0:
            other = ratings[edition.places[kind.excludes]]
            if other.weight != 0:
                message = f"only one of {kind.code} and {kind.excludes} may weigh more than 0"
                issues.append(Issue(("ratings", kind.code, "weight"), "value", message))
    if issues:
        raise InvalidRating(*issues)
