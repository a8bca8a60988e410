"""Company facts in sections: typed values → the official request for changes, and back."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from erdkreis.balances.forms import AmountField
from erdkreis.balances.refusals import Refusal
from erdkreis.balances.texts import industry_name, say, texts
from erdkreis.calc.commongood import industries, regions
from erdkreis.web.countries import country_name
from erdkreis.web.text import LineField

Json = dict[str, Any]
SECTIONS = ("general", "suppliers", "finance", "staff", "customers")
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "general": (),
    "suppliers": ("totalPurchaseFromSuppliers",),
    "finance": (
        "turnover", "profit", "totalAssets", "financialAssetsAndCashBalance",
        "additionsToFixedAssets", "financialCosts", "incomeFromFinancialInvestments",
    ),
    "staff": ("numberOfEmployees", "totalStaffCosts", "averageJourneyToWorkForStaffInKm"),
    "customers": (),
}  # fmt: skip
FLAGS = {"staff": ("hasCanteen",), "customers": ("isB2B",)}
# Name of the list, its number, and the other fields of an entry.
LISTS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "suppliers": ("supplyFractions", "costs", ("countryCode", "industryCode")),
    "staff": ("employeesFractions", "percentage", ("countryCode",)),
    "customers": ("industrySectors", "amountOfTotalTurnover", ("industryCode", "description")),
}
ROWS_SHOWN, ROWS_SPARE, ROWS_AT_MOST = 5, 2, 300


class SectionForm(forms.Form):
    """The single values of one section."""

    def __init__(self, section: str, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.section = section
        for name in NUMBERS[section]:
            self.fields[name] = AmountField(**_words(name))
        if section == "suppliers":
            known = self.initial.get("mainOriginOfOtherSuppliers")
            self.fields["mainOriginOfOtherSuppliers"] = _countries(
                "mainOriginOfOtherSuppliers", known, is_needed=True
            )
        for name in FLAGS.get(section, ()):
            self.fields[name] = forms.BooleanField(required=False, **_words(name))

    def changes(self) -> Json:
        """Return what was typed as official company facts; an empty number is 0."""
        said = self.cleaned_data
        return {name: 0 if value is None else value for name, value in said.items()}


class EntryForm(forms.Form):
    """One entry of a list: a supplier, a place of work, an industry."""

    def __init__(self, *args: Any, section: str, **options: Any) -> None:
        super().__init__(*args, **options)
        _list, number, others = LISTS[section]
        self.fields[number] = AmountField(**_words(number))
        for name in others:
            known = self.initial.get(name)
            if name == "countryCode":
                self.fields[name] = _countries(name, known)
            elif name == "industryCode":
                self.fields[name] = _industries(name, known)
            else:
                self.fields[name] = LineField(required=False, max_length=200, **_words(name))
        self.number = number

    @property
    def is_empty(self) -> bool:
        return not any(value not in (None, "") for value in self.cleaned_data.values())

    def entry(self) -> Json:
        """Return the entry; the number may be missing, which the calculation will say."""
        said = self.cleaned_data
        return {name: value for name, value in said.items() if value not in (None, "")}


class Entries(forms.BaseFormSet[EntryForm]):
    """The list of one section. Empty rows are left out."""

    def filled(self) -> Iterator[tuple[int, EntryForm]]:
        """Yield the rows that say something, with their place on the page."""
        for at, form in enumerate(self.forms):
            if not form.is_empty:
                yield at, form


class GeneralForm(forms.Form):
    """Whose sheet it is and which time it is about."""

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for name in ("company", "contact_name", "contact_email"):
            self.fields[name] = LineField(max_length=200, **_words(name))
        for name in ("period_start", "period_end"):
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = forms.DateField(required=False, widget=widget, **_words(name))

    def clean(self) -> Json:
        cleaned: Json = super().clean() or self.cleaned_data
        start, end = cleaned.get("period_start"), cleaned.get("period_end")
        if (start is None) != (end is None) and not self.errors:
            missing = "period_start" if start is None else "period_end"
            self.add_error(missing, say(texts("refusals")["special"]["missing"]))
        return cleaned

    def document(self, before: Json | None = None) -> Json:
        """Return the official general information; a day that stays keeps its hour."""
        said = self.cleaned_data
        document: Json = {
            "company": {"name": said["company"]},
            "contactPerson": {"name": said["contact_name"], "email": said["contact_email"]},
        }
        if said["period_start"]:
            old = (before or {}).get("period", {})
            document["period"] = {
                "start": _moment(old.get("start"), str(said["period_start"]), "00:00:00"),
                "end": _moment(old.get("end"), str(said["period_end"]), "23:59:59"),
            }
        return document


def general_values(document: Json) -> Json:
    """Return general information as the form shows it."""
    period = document.get("period", {})
    return {
        "company": document["company"]["name"],
        "contact_name": document["contactPerson"]["name"],
        "contact_email": document["contactPerson"]["email"],
        "period_start": period.get("start", "")[:10],
        "period_end": period.get("end", "")[:10],
    }


def entries(section: str, data: Any, facts: Json) -> Entries | None:
    """Return the list of a section with a few rows to spare; some sections have none."""
    if section not in LISTS:
        return None
    known = facts.get(LISTS[section][0], [])
    spare = max(ROWS_SHOWN - len(known), ROWS_SPARE) if section == "suppliers" else ROWS_SPARE
    made: type[Entries] = forms.formset_factory(  # type: ignore[assignment]
        EntryForm, formset=Entries, extra=spare, max_num=ROWS_AT_MOST + ROWS_SHOWN
    )
    return made(data, initial=known, prefix="entry", form_kwargs={"section": section})


def show_refusals(
    found: list[Refusal], form: forms.Form, rows: list[tuple[int, EntryForm]]
) -> None:
    """Put every sentence where its fault stands; what has no place goes to the top."""
    forms_of_rows = [row for _at, row in rows]
    for refusal in found:
        path = [part for part in refusal.path if part not in ("companyFacts", "generalInformation")]
        target, name = form, next((str(p) for p in reversed(path) if isinstance(p, str)), "")
        at = next((part for part in path if isinstance(part, int)), None)
        if at is not None and at < len(forms_of_rows):
            target = forms_of_rows[at]
        name = {"name": "contact_name" if "contactPerson" in path else "company"}.get(name, name)
        name = "contact_email" if name == "email" else name
        target.add_error(name if name in target.fields else None, refusal.sentence)


def _moment(before: str | None, day: str, hour: str) -> str:
    return before if before and before.startswith(day) else f"{day}T{hour}.000Z"


def _words(name: str) -> Json:
    said = texts("facts")["field"][name]
    words = {"label": say(said["label"])}
    if "help" in said:
        words["help_text"] = say(said["help"])
    return words


def _countries(name: str, known: str | None, *, is_needed: bool = False) -> forms.ChoiceField:
    codes = {**dict.fromkeys(regions()), **({known: None} if known else {})}
    named = sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1])
    choices = named if is_needed else [("", "–"), *named]
    return forms.ChoiceField(choices=choices, required=is_needed, **_words(name))


def _industries(name: str, known: str | None) -> forms.ChoiceField:
    codes = {**dict.fromkeys(industries()), **({known: None} if known else {})}
    choices = [("", "–"), *((code, industry_name(code)) for code in codes)]
    return forms.ChoiceField(choices=choices, required=False, **_words(name))
