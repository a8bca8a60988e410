"""The whole directory for everybody: CSV, JSON, and JSON-LD for those who link data.

Free to use (CC0). Mail addresses and whatever else only editors see are in none of them.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from erdkreis.directory.columns import (
    CSV_COLUMNS,
    LICENCE,
    MOST_FACTS_IN_A_ROW,
    entry_values,
    fact_values,
)
from erdkreis.directory.freshness import freshness
from erdkreis.directory.models import Entry, Objection, Reply
from erdkreis.web.cells import tame
from erdkreis.web.countries import country_name

SCHEMA_VERSION = "1"


def address_of(entry: Entry) -> str:
    return str(settings.PUBLIC_URL) + reverse("directory:entry", args=[entry.slug])


def as_csv(entries: Iterable[Entry]) -> str:
    """Return one line per entry, with a byte order mark for spreadsheet programs."""
    table = io.StringIO()
    writer = csv.DictWriter(table, CSV_COLUMNS, extrasaction="raise")
    writer.writeheader()
    for entry in entries:
        writer.writerow({name: tame(_cell(value)) for name, value in _csv_row(entry).items()})
    return "\ufeff" + table.getvalue()


def as_json(entries: Iterable[Entry]) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "licence": LICENCE,
        "entries": [_json_entry(entry) for entry in entries],
    }


def as_linked_data(entries: Iterable[Entry]) -> dict[str, Any]:
    """Return schema.org's words for what an entry is."""
    return {"@context": "https://schema.org", "@graph": [linked_entry(e) for e in entries]}


def linked_entry(entry: Entry) -> dict[str, Any]:
    linked: dict[str, Any] = {
        "@type": "Organization",
        "@id": address_of(entry),
        "name": entry.name,
        "description": entry.summary,
        "url": entry.website,
        "foundingDate": str(entry.since or ""),
        "knowsLanguage": entry.languages,
        "keywords": [str(kind) for kind in entry.kind_list],
        "subjectOf": [
            {"@type": "Claim", "text": f.claim, "citation": f.source_url or f.source_name}
            for f in entry.facts.all()
        ],
    }
    if entry.place or entry.country:
        linked["location"] = _linked_place(entry)
    return {key: value for key, value in linked.items() if value}


def _linked_place(entry: Entry) -> dict[str, Any]:
    place: dict[str, Any] = {
        "@type": "Place",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": entry.place,
            "addressCountry": country_name(entry.country),
        },
    }
    if entry.latitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": entry.latitude,
            "longitude": entry.longitude,
        }
    return place


def _own(entry: Entry) -> dict[str, object]:
    return {
        "address": address_of(entry),
        "status": entry.status,
        "freshness": freshness(entry).value,
        "published_on": entry.published_on,
        "last_checked": entry.last_checked,
        "notice": entry.notice,
        "licence": LICENCE,
    }


def _csv_row(entry: Entry) -> dict[str, object]:
    facts = list(entry.facts.all())
    row = entry_values(entry) | _own(entry)
    for n, fact in enumerate(facts[:MOST_FACTS_IN_A_ROW], start=1):
        row |= {f"fact_{n}_{name}": value for name, value in fact_values(fact).items()}
    row["more_facts"] = max(0, len(facts) - MOST_FACTS_IN_A_ROW)
    return row


def _json_entry(entry: Entry) -> dict[str, Any]:
    written = entry_values(entry) | _own(entry)
    written["facts"] = [fact_values(fact) for fact in entry.facts.all()]
    replies: list[Reply] = getattr(entry, "shown_replies", [])
    objections: list[Objection] = getattr(entry, "shown_objections", [])
    written["replies"] = [{"name": r.name, "text": r.text, "on": r.on} for r in replies]
    written["objections"] = [
        {"text": o.text, "source_url": o.source_url, "on": o.on, "answer": o.answer}
        for o in objections
    ]
    return written


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
