"""What is typed about a sheet. What is allowed is decided by the calculation, not here."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from erdkreis.balances.analysis import Assessed
from erdkreis.balances.figures import number_read, number_shown, number_typed
from erdkreis.balances.models import Sheet
from erdkreis.balances.texts import say, texts, titled
from erdkreis.calc.commongood import WEIGHTS, editions, level_of
from erdkreis.web.text import LineField, TextField

FACTS_TO_TRY = (
    "totalPurchaseFromSuppliers", "totalStaffCosts", "profit", "financialCosts",
    "incomeFromFinancialInvestments", "additionsToFixedAssets", "turnover", "totalAssets",
    "financialAssetsAndCashBalance", "numberOfEmployees", "averageJourneyToWorkForStaffInKm",
)  # fmt: skip


LONGEST_NUMBER = 40


class AmountField(forms.CharField):
    """A number, written as people write numbers: 120.000 or 120,000, 7,5 or 7.5."""

    default_error_messages = {
        "invalid": _("“%(value)s” is not a number. It stands here as you typed it."),
    }

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        defaults: dict[str, Any] = {"required": False, "widget": widget}
        super().__init__(**(defaults | options))

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            number = number_read(text) if len(text) <= LONGEST_NUMBER else None
        except ValueError:
            number = None
        if number is None:
            said = Truncator(text).chars(LONGEST_NUMBER)
            raise ValidationError(self.error_messages["invalid"], "invalid", {"value": said})
        return number

    def prepare_value(self, value: Any) -> Any:
        return number_typed(value) if isinstance(value, int | float) else value


class WeightField(forms.TypedChoiceField):
    """One of the five weights, or the one that follows by itself."""

    def __init__(self, *, by_itself: Any, **options: Any) -> None:
        choices = [("", by_itself), *((str(w), number_shown(w)) for w in WEIGHTS)]
        defaults: dict[str, Any] = {"choices": choices, "coerce": float, "empty_value": None}
        super().__init__(**({"required": False} | defaults | options))


class LevelField(forms.TypedChoiceField):
    """A rating from 0 to 10 by the names of its levels; one in between is kept as it is."""

    def __init__(self, known: float | None = None, **options: Any) -> None:
        steps = sorted({*range(11), *([known] if known else [])})
        choices = [
            (number_typed(step), f"{number_shown(step)} · {titled(level_of(step).titles)}")
            for step in steps
        ]
        defaults: dict[str, Any] = {"choices": choices, "coerce": number_read, "empty_value": None}
        super().__init__(**({"required": False} | defaults | options))

    def prepare_value(self, value: Any) -> Any:
        return number_typed(value) if isinstance(value, int | float) else value


class SheetForm(forms.Form):
    """A new sheet: which edition, and about whom and which time."""

    title = LineField(label=_("Title"), max_length=120)
    edition = forms.ChoiceField(
        label=_("Edition of the matrix"),
        help_text=_(
            "5.10 is the newest that can be calculated exactly. Its compact form is the full one."
        ),
    )

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["edition"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        kinds = dict(Sheet.Kind.choices)
        field.choices = [
            (f"{version} {kind}", f"{version} · {kinds[kind]}")
            for version, kind in sorted(editions(), reverse=True)
        ]


class UploadForm(forms.Form):
    """A sheet in the official JSON format."""

    title = LineField(label=_("Title"), max_length=120)
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "The request that creates a sheet, or an answer of the official calculator. "
            "One megabyte at most."
        ),
    )


class NewVersionForm(forms.Form):
    title = LineField(label=_("Title of the new version"), max_length=120)


class AspectForm(forms.Form):
    """One aspect: level, weight, why, and what shows it."""

    reason = TextField(
        label=_("Why do we see it like this?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence = TextField(
        label=_("What shows it?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence_link = forms.URLField(
        label=_("Link to it"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, data: Any = None, *, is_positive: bool, **options: Any) -> None:
        super().__init__(data, **options)
        rated: dict[str, forms.Field] = {"estimation": AmountField(label=_("Harm from 0 to −200"))}
        if is_positive:
            rated["estimation"] = LevelField(self.initial.get("estimation"), label=_("Level"))
            rated["weight"] = WeightField(
                label=_("Weight inside the topic"), by_itself=_("by itself")
            )
        self.fields = rated | self.fields

    def request(self, code: str) -> dict[str, object]:
        """Return what was typed as the official request has it."""
        said = self.cleaned_data
        typed: dict[str, object] = {"shortName": code, "estimations": said["estimation"] or 0}
        if said.get("weight") is not None:
            typed["weight"] = said["weight"]
        return typed

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("reason", "evidence", "evidence_link")}


class ViewForm(forms.Form):
    """How one person sees an aspect."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=8)
    estimation = AmountField(label=_("My rating"), required=True)
    reason = TextField(
        label=_("Because"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ChosenWeightForm(forms.Form):
    """A weight that people choose instead of the computed one, with the reason."""

    weight = WeightField(label=_("Weight"), by_itself=_("as computed"))
    reason = TextField(
        label=_("Reason, if you choose another weight"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever leaves a topic out says why; the reason is printed."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("weight") == 0 and not cleaned.get("reason"):
            self.add_error("reason", _("Nothing is left out silently. Please give the reason."))
        return cleaned


class WhatIfForm(forms.Form):
    """Facts and ratings to play with. Nothing of it is stored."""

    def __init__(self, found: Assessed, data: Any = None) -> None:
        super().__init__(data)
        self.found = found
        facts = texts("facts")["field"]
        for name in FACTS_TO_TRY:
            label = say(facts[name]["label"])
            initial = found.sheet.company_facts.get(name, 0)
            self.fields[name] = AmountField(label=label, initial=initial)
        for kind, rating in zip(
            found.assessment.sheet.edition.rating_kinds,
            found.assessment.sheet.ratings,
            strict=True,
        ):
            if not kind.is_topic:
                label = f"{kind.code} {titled(kind.titles)}"
                self.fields[kind.code] = AmountField(label=label, initial=rating.estimation)

    def changes(self) -> tuple[dict[str, float], dict[str, float]]:
        """Return the facts and the ratings that differ from those stored."""
        said = self.cleaned_data
        differing = {
            name: said[name]
            for name in self.fields
            if said[name] is not None and said[name] != self.fields[name].initial
        }
        facts = {name: value for name, value in differing.items() if name in FACTS_TO_TRY}
        return facts, {name: value for name, value in differing.items() if name not in facts}
