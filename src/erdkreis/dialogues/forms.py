from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Group
from erdkreis.dialogues.models import LONGEST_STATEMENT, Dialogue, Statement, VoteValue
from erdkreis.dialogues.queries import groups_to_come_as
from erdkreis.dialogues.starters import Starter, starters
from erdkreis.web.text import LineField, TextField

TOO_LONG = ngettext_lazy(
    "%(limit_value)d character fits, this is %(show_value)d. Nothing is lost: shorten it here.",
    "%(limit_value)d characters fit, this is %(show_value)d. Nothing is lost: shorten it here.",
    "limit_value",
)
BUTTONS = {str(value): VoteValue(value) for value in VoteValue.values}
LARGEST_KEY = 2**63 - 1
LONGEST_KEY = len(str(LARGEST_KEY))
STATEMENT_HELP = _(
    "One thought, one sentence, 140 characters at most. No names, please. "
    "Write so that others can agree or disagree."
)


class ComeAsForm(forms.Form):
    """Which hat somebody puts on; she may keep it to herself."""

    group = forms.ModelChoiceField(
        label=_("Which group do you belong to?"),
        queryset=Group.objects.none(),
        required=False,
        empty_label=_("I would rather not say"),
        help_text=_("You may choose one that fits. You can vote without choosing."),
    )

    def __init__(self, dialogue: Dialogue, data: Any = None) -> None:
        super().__init__(data, initial={"group": ""})
        field = self.fields["group"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        field.queryset = groups_to_come_as(dialogue)

    def chosen(self) -> Group | None:
        group: Group | None = self.cleaned_data["group"]
        return group


@dataclass(frozen=True)
class Press:
    """One press of one of the three buttons.

    Read without a form of Django: nothing happens more often here, and nothing of it is ever
    shown again for correcting.
    """

    statement: int
    value: VoteValue

    @classmethod
    def read_from(cls, data: Mapping[str, str]) -> "Press | None":
        """Return what was pressed, or nothing where it does not make sense."""
        typed, value = data.get("statement", ""), BUTTONS.get(data.get("vote", ""))
        statement = int(typed) if typed.isdecimal() and len(typed) <= LONGEST_KEY else 0
        return cls(statement, value) if value is not None and 0 < statement <= LARGEST_KEY else None


class StatementForm(forms.Form):
    """A statement of one's own. What is too long comes back whole."""

    text = LineField(
        label=_("Your statement"),
        max_length=LONGEST_STATEMENT,
        help_text=STATEMENT_HELP,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DialogueForm(forms.ModelForm[Dialogue]):
    """A new dialogue: what it is about, what is open, and the first statements."""

    title = LineField(label=_("Title"), max_length=120)
    intro = TextField(
        label=_("What is it about?"),
        max_length=1000,
        help_text=_("A few plain sentences. Everyone reads them first."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    what_is_open = TextField(
        label=_("What is open, and what is already decided?"),
        max_length=500,
        help_text=_("A talk about what is decided already is no talk."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    starters = forms.MultipleChoiceField(
        label=_("Statements to start with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose ten to fifteen that fit. “We” is the organisation."),
    )
    own = TextField(
        label=_("Own statements to start with"),
        required=False,
        max_length=20_000,
        help_text=_("One per line, 140 characters at most. One thought each."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = Dialogue
        fields = ["title", "intro", "what_is_open", "languages"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["starters"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker
        language = get_language() or "en"
        field.choices = [(s.code, s.wording.in_language(language)) for s in starters()]

    def clean_own(self) -> list[str]:
        """Read one statement per line; empty and doubled lines are left out."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["own"].split("\n")]
        own = list(dict.fromkeys(line for line in lines if line))
        long = [n for n, line in enumerate(lines, start=1) if len(line) > LONGEST_STATEMENT]
        if long:
            raise ValidationError(
                _("Too long for one statement: line %(lines)s. 140 characters fit."),
                params={"lines": ", ".join(map(str, long))},
            )
        return own

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned["starters"] or cleaned["own"]):
            raise ValidationError(
                _("A dialogue needs at least one statement to start with. Choose or write one.")
            )
        return cleaned

    def chosen(self) -> list[Starter]:
        return [s for s in starters() if s.code in self.cleaned_data["starters"]]


class DecisionForm(forms.Form):
    """What happens with a statement somebody wrote."""

    statement = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    reason = forms.ChoiceField(
        label=_("If not: why?"),
        required=False,
        choices=[("", "–"), *Statement.OWN_REASONS],
    )
    note = LineField(
        label=_("A word to the one who wrote it"),
        required=False,
        max_length=300,
        help_text=_("Needed for “another reason”."),
    )
