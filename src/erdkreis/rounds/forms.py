from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from erdkreis.rounds.models import Round
from erdkreis.web.text import LineField, TextField


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NewRoundForm(forms.Form):
    title = LineField(
        label=_("Title"), max_length=120, help_text=_("For example: How we are seen, autumn 2026")
    )


class PromiseForm(forms.ModelForm[Round]):
    """The promise: everything that people are told before they answer."""

    title = LineField(label=_("Title"), max_length=120)
    named_person = LineField(
        label=_("Who is responsible for this round?"),
        max_length=120,
        required=False,
        help_text=_("One name."),
    )
    contact = LineField(
        label=_("How can this person be reached?"),
        max_length=200,
        required=False,
        help_text=_("Telephone, mail or a door. Also for those who prefer paper."),
    )
    purpose = TextField(
        label=_("Why do you ask?"),
        max_length=300,
        required=False,
        help_text=_("One or two sentences."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    who_sees = TextField(
        label=_("Who sees the results?"),
        max_length=300,
        required=False,
        help_text=_("For example: everyone who was asked gets the same picture as the leadership."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    who_decides = TextField(
        label=_("Who decides what happens with them?"),
        max_length=300,
        required=False,
        help_text=_("For example: leadership and team together, in a circle meeting."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    what_is_open = TextField(
        label=_("What is open, and what is already decided?"),
        max_length=500,
        required=False,
        help_text=_("For example: open are hours and deliveries. Decided is: we stay here."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Round
        fields = [
            "title", "purpose", "opens_on", "closes_on", "answer_back_on", "named_person",
            "contact", "who_sees", "who_decides", "what_is_open", "works_council", "form",
            "languages", "min_group", "retention_months",
        ]  # fmt: skip
        widgets = {
            "opens_on": DateInput(),
            "closes_on": DateInput(),
            "answer_back_on": DateInput(),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        answer_back = cleaned.get("answer_back_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day lies before the first day."))
        if closes and answer_back and answer_back < closes:
            self.add_error(
                "answer_back_on", _("The answer back cannot come before the last day to answer.")
            )
        return cleaned


class ExtendForm(forms.Form):
    closes_on = forms.DateField(label=_("New last day to answer"), widget=DateInput())
    reason = LineField(
        label=_("Why?"), max_length=200, help_text=_("Everyone who is asked can read this.")
    )

    cleaned_data: dict[str, Any]

    @property
    def new_day(self) -> date:
        day: date = self.cleaned_data["closes_on"]
        return day
