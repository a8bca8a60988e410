from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from erdkreis.invitations.lists import Understood, from_table, understand
from erdkreis.invitations.models import Guardian
from erdkreis.invitations.tables import LARGEST_FILE, Row, TableError, read_table
from erdkreis.rounds.forms import DateInput
from erdkreis.rounds.models import RoundGroup
from erdkreis.web.languages import OWN_NAMES
from erdkreis.web.text import LineField, TextField

MOST_CODES = 300
SHOWN_LINES = 50
LARGEST_PREVIEW = 900_000  # it travels through the browser, in a form of at most a megabyte


class GuardianForm(forms.ModelForm[Guardian]):
    name = LineField(
        label=_("Name"), max_length=120, help_text=_("Open to everyone in the circle.")
    )
    affiliation = LineField(
        label=_("Club, authority or initiative"), max_length=120, required=False
    )
    interests = LineField(
        label=_("Own interests, declared"),
        max_length=300,
        help_text=_(
            "For example: buys there, is a neighbour, sits on the council. If there are none, "
            "write: none. It stands beside the name in the picture."
        ),
    )

    class Meta:
        model = Guardian
        fields = ["name", "affiliation", "is_paid_by_organisation", "interests"]


class ListForm(forms.Form):
    """A list of people, as a file or pasted."""

    file = forms.FileField(
        label=_("A file"),
        required=False,
        help_text=_("CSV, Excel (XLSX) or OpenDocument (ODS), up to 2 MB. One person per line."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.ods"}),
    )
    pasted = forms.CharField(
        label=_("Or pasted here"),
        required=False,
        help_text=_("Mail addresses, one per line. Beside them may stand a name and a language."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, languages: list[str], *data: Any) -> None:
        super().__init__(*data)
        self.languages = languages

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            understood = understand(self._rows(cleaned), self.languages)
        except TableError as error:
            raise forms.ValidationError(str(error)) from error
        if not understood.entries:
            raise forms.ValidationError(
                _(
                    "No mail address was found. Nothing was stored. Please look through the list "
                    "once more."
                )
            )
        if len(understood.as_table()) > LARGEST_PREVIEW:
            raise forms.ValidationError(_("This list is too long. Please split it."))
        return cleaned | {"understood": understood}

    @property
    def understood(self) -> Understood:
        found: Understood = self.cleaned_data["understood"]
        return found

    @staticmethod
    def _rows(cleaned: dict[str, Any]) -> list[Row]:
        file = cleaned.get("file")
        if not file:
            return read_table(cleaned["pasted"].encode())
        if file.size > LARGEST_FILE:
            raise TableError(
                gettext(
                    "This file is larger than 2 MB. Nothing was read. Please take only the list "
                    "itself."
                )
            )
        return read_table(file.read())


class TakenListForm(forms.Form):
    """The list as it was shown for looking through; it is looked through once more."""

    table = forms.CharField(widget=forms.HiddenInput, strip=False)

    def understood(self, languages: list[str]) -> Understood:
        return understand(from_table(self.cleaned_data["table"]), languages)


def preview(understood: Understood, languages: list[str]) -> dict[str, Any]:
    """Return what the page needs that shows how a list was understood, before it is taken."""
    return {
        "understood": understood,
        "first": understood.entries[:SHOWN_LINES],
        "n_more": max(len(understood.entries) - SHOWN_LINES, 0),
        "taken_form": TakenListForm(initial={"table": understood.as_table()}),
        "first_language": languages[0],
    }


class LanguageField(forms.ChoiceField):
    """One of the languages of a round, by its own name."""

    def __init__(self, group: RoundGroup) -> None:
        codes = group.round.language_codes
        super().__init__(label=_("Language"), choices=[(code, OWN_NAMES[code]) for code in codes])


class ReminderForm(forms.Form):
    is_last = forms.BooleanField(
        label=_("This is the only reminder, and the mail says so"), required=False, initial=True
    )


class UnreachableForm(forms.Form):
    """Addresses whose mails came back."""

    addresses = TextField(
        label=_("Addresses whose mails came back"),
        max_length=20_000,
        help_text=_("They get nothing more from this circle."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def found(self) -> list[str]:
        """Return every address in the text, whatever stands around it."""
        rows = read_table(self.cleaned_data["addresses"].encode())
        words = (word for _line, cells in rows for cell in cells for word in cell.split())
        return [word.strip("<>,;()[]\"'").lower() for word in words if "@" in word]


class CodesForm(forms.Form):
    number = forms.IntegerField(
        label=_("How many codes?"), min_value=1, max_value=MOST_CODES, initial=20
    )

    def __init__(self, group: RoundGroup, data: Any = None) -> None:
        super().__init__(data)
        self.fields["language"] = LanguageField(group)


class AskGuardianForm(forms.Form):
    """Ask somebody by mail whether they would speak for those who cannot."""

    email = forms.EmailField(label=_("Mail address"))
    answer_by = forms.DateField(label=_("Answer by"), widget=DateInput())

    def __init__(self, group: RoundGroup, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["language"] = LanguageField(group)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
