"""Stored sheets → ``calc.commongood`` → an assessment; and the way back. No formula of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from erdkreis.balances.models import Sheet, SheetRating
from erdkreis.balances.queries import ratings_of
from erdkreis.calc import commongood
from erdkreis.calc.commongood import Assessment, Rating
from erdkreis.calc.commongood.edition import RatingKind


@dataclass(frozen=True)
class Assessed:
    """A stored sheet, what was agreed on its aspects, and what follows from both."""

    sheet: Sheet
    rows: Mapping[str, SheetRating]
    assessment: Assessment

    def aspects(self, topic: str) -> list[RatingKind]:
        """Return the aspects of a topic in their order."""
        kinds = self.assessment.sheet.edition.rating_kinds
        return [kind for kind in kinds if kind.topic == topic and not kind.is_topic]

    def is_rated(self, topic: str) -> bool:
        """Say whether somebody has looked at a topic yet; what is agreed has been looked at."""
        return self.sheet.is_agreed or any(kind.code in self.rows for kind in self.aspects(topic))


def assessed(sheet: Sheet) -> Assessed:
    """Calculate a stored sheet. One query, for the ratings."""
    rows = ratings_of(sheet)
    return Assessed(sheet, rows, commongood.assess(entered(sheet, rows)))


def entered(sheet: Sheet, rows: Mapping[str, SheetRating]) -> commongood.Sheet:
    """Return what was entered as the calculation knows it."""
    bare = commongood.new_sheet(
        {
            "type": sheet.kind,
            "version": sheet.version,
            "generalInformation": sheet.general_information,
            "companyFacts": sheet.company_facts,
            "stakeholderWeights": sheet.stakeholder_weights,
        }
    )
    # Not through the request: it cannot say of a weight that nobody chose that it differs from
    # its default, as B1.2 does when it steps in for B1.1.
    ratings = tuple(_rating(rows, rating) for rating in bare.ratings)
    return commongood.rerated_sheet(replace(bare, ratings=ratings), {})


def stored_fields(sheet: commongood.Sheet) -> dict[str, Any]:
    """Return the fields of a sheet that hold what the official request holds."""
    document = commongood.request_document(sheet)
    return {
        "version": document["version"],
        "kind": document["type"],
        "general_information": document["generalInformation"],
        "company_facts": document["companyFacts"],
        "stakeholder_weights": document["stakeholderWeights"],
    }


def changed_ratings(before: commongood.Sheet, after: commongood.Sheet) -> list[commongood.Rating]:
    """Return the ratings that differ between two sheets of one edition."""
    pairs = zip(before.ratings, after.ratings, strict=True)
    return [new for old, new in pairs if old != new]


def default_sheet(sheet: commongood.Sheet) -> commongood.Sheet:
    """Return the empty sheet of the same edition."""
    document = commongood.request_document(sheet)
    kept = ("type", "version", "generalInformation")
    return commongood.new_sheet({key: document[key] for key in kept})


def _rating(rows: Mapping[str, SheetRating], default: Rating) -> Rating:
    row = rows.get(default.code)
    if row is None:
        return default
    return Rating(default.code, row.estimation, row.weight, row.is_weight_chosen)
