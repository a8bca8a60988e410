from typing import Any

from django import forms
from django.utils.translation import gettext as _

from erdkreis.answerback.models import AnswerBack
from erdkreis.answerback.services import WORDS, write
from erdkreis.rounds.forms import DateInput
from erdkreis.web.languages import OWN_NAMES
from erdkreis.web.text import LineField, TextField


class AnswerBackForm(forms.Form):
    """Written in one place: for the page, the mail and the sheet of paper."""

    def __init__(self, answer: AnswerBack, data: Any = None) -> None:
        names = (*WORDS, "look_again_on", "language")
        super().__init__(data, initial={name: getattr(answer, name) for name in names})
        self.answer = answer
        for name in WORDS:
            field: Any = AnswerBack._meta.get_field(name)
            self.fields[name] = TextField(
                label=field.verbose_name, max_length=field.max_length, required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )  # fmt: skip
        self.fields["not_doing"].help_text = _("Nothing builds trust like a no with its reason.")
        self.fields["look_again_on"] = forms.DateField(
            label=_("When we look again"), widget=DateInput(), required=False
        )
        codes = answer.round.language_codes
        self.fields["language"] = forms.ChoiceField(
            label=_("In which language do you write?"),
            choices=[(code, OWN_NAMES[code]) for code in codes],
        )
        if answer.is_published:
            self.fields["why"] = LineField(
                label=_("What is changed, and why?"),
                max_length=300,
                required=False,
                help_text=_("Everyone reads this, and the earlier words."),
            )

    def keep(self) -> AnswerBack:
        given = self.cleaned_data
        written = {name: given[name] for name in (*WORDS, "look_again_on")}
        return write(self.answer.round, written, given["language"], given.get("why", ""))
