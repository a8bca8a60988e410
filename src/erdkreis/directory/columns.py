"""The columns of a list of entries: written by the export, read by the import, documented once."""

from erdkreis.directory.models import Entry, Fact

ENTRY = (
    "name", "kinds", "place", "country", "latitude", "longitude", "sector", "size_band", "since",
    "website", "languages", "summary", "what_makes_it_easy", "what_makes_it_hard",
    "own_experience", "relation", "guarantee_years", "spare_parts_years", "updates_years",
    "repair_by", "public_rating", "how_one_notices", "if_it_does_not_fit", "how_sellers_are_paid",
)  # fmt: skip
# Made by the directory; the import leaves them aside.
OWN = ("address", "status", "freshness", "published_on", "last_checked", "notice", "licence")
FACT = ("claim", "source_url", "source_name", "source_kind", "source_date", "checked_on")
MOST_FACTS_IN_A_ROW = 3

CSV_COLUMNS = (
    *ENTRY,
    *(f"fact_{n}_{part}" for n in range(1, MOST_FACTS_IN_A_ROW + 1) for part in FACT),
    "more_facts",
    *OWN,
)
LICENCE = "CC0-1.0"


def entry_values(entry: Entry) -> dict[str, object]:
    """Return the public fields of an entry; kinds as a list, nothing as nothing."""
    values: dict[str, object] = {name: getattr(entry, name) for name in ENTRY}
    values["kinds"] = [str(kind) for kind in entry.kind_list]
    return values


def fact_values(fact: Fact) -> dict[str, object]:
    return {name: getattr(fact, name) for name in FACT}
