"""Company facts as a list to read."""

from collections.abc import Iterator
from dataclasses import dataclass

from erdkreis.balances.analysis import Assessed
from erdkreis.balances.fact_forms import LISTS
from erdkreis.balances.figures import quantity_shown
from erdkreis.balances.texts import industry_name, say, texts
from erdkreis.web.countries import country_name

_NAMES = {"countryCode": country_name, "industryCode": industry_name}


@dataclass(frozen=True)
class FactRow:
    """One fact: its official name, what it is, and its value as stored and as shown."""

    name: str
    label: str
    value: float | str | bool
    shown: str


def fact_rows(found: Assessed) -> Iterator[FactRow]:
    """Yield every fact; entries of lists one by one."""
    words = texts("facts")["field"]
    numbers = {name: number for name, number, _others in LISTS.values()}
    for name, value in found.sheet.company_facts.items():
        label = say(words[name]["label"])
        if name == "mainOriginOfOtherSuppliers":
            yield FactRow(name, label, country_name(value), country_name(value))
        elif name not in numbers:
            yield FactRow(name, label, value, quantity_shown(value))
        else:
            for entry in value:
                amount = entry[numbers[name]]
                what = [_said(k, v) for k, v in entry.items() if k != numbers[name] and v]
                told = f"{label}: {', '.join(what)}" if what else label
                yield FactRow(name, told, amount, quantity_shown(amount))


def _said(key: str, part: object) -> str:
    return _NAMES[key](str(part)) if key in _NAMES else str(part)
