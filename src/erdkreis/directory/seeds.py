"""Entries to begin with: facts only, waiting for a human who opens the links."""

import tomllib
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from erdkreis.directory.models import Entry, Fact, HistoryLine, Relation
from erdkreis.directory.services.suggesting import add_fact, begin_entry, take_in
from erdkreis.web.languages import in_one_language

VERSION = "2026_1"


@transaction.atomic
def plant_seeds() -> list[Entry]:
    """Put the starting entries that are not there yet before the editors, in their language."""
    file = files("erdkreis.directory") / "seeds" / f"{VERSION}.toml"
    known = set(Entry.objects.values_list("name", flat=True))
    seeds = tomllib.loads(file.read_text(encoding="utf-8"))["entry"]
    language = "de" if (get_language() or "").startswith("de") else "en"
    return [_plant(in_one_language(seed, language)) for seed in seeds if seed["name"] not in known]


def _plant(seed: dict[str, Any]) -> Entry:
    values = {key: value for key, value in seed.items() if key not in {"kinds", "fact"}}
    values |= {"kind_list": seed["kinds"], "relation": Relation.NONE}
    entry, _code = begin_entry(values, what=HistoryLine.What.IMPORTED)
    for fact in seed["fact"]:
        add_fact(entry, Fact(**fact))
    # Nobody holds a code for these: only editors go on with them.
    Entry.objects.filter(pk=entry.pk).update(submitter_key=None, begun_on=timezone.localdate())
    entry.refresh_from_db()
    return take_in(entry)
