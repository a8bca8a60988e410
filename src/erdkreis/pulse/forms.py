"""What a host sets for a pulse, before it begins."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from erdkreis.pulse.models import Pulse
from erdkreis.rounds.forms import DateInput
from erdkreis.web.text import LineField, TextField

MOST_TEAMS, LONGEST_NAME = 40, 60
YEARS_AHEAD = 2


class PulseForm(forms.ModelForm[Pulse]):
    """Everything people are told before they answer, and the teams they are shown in."""

    purpose = TextField(
        label=_("Why do you ask?"),
        max_length=300,
        help_text=_("One or two sentences. They stand in each mail."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    who_decides = TextField(
        label=_("Who decides what happens with the results?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    named_person = LineField(
        label=_("Who is responsible for it?"), max_length=120, help_text=_("One name.")
    )
    contact = LineField(
        label=_("How can this person be reached?"),
        max_length=200,
        help_text=_("Telephone, mail or a door."),
    )
    teams = TextField(
        label=_("Teams"),
        required=False,
        max_length=MOST_TEAMS * (LONGEST_NAME + 1),
        help_text=_(
            "One per line, or empty: then all are shown as one. A team is shown only where enough "
            "of it answered; a team of fewer than five never is. It is better to join two small "
            "ones. Teams are fixed once the pulse begins."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Pulse
        fields = [
            "whom", "every_weeks", "first_on", "purpose", "who_decides", "named_person", "contact",
            "teams", "works_council", "languages", "min_group", "retention_months",
        ]  # fmt: skip
        widgets = {"first_on": DateInput(), "whom": forms.RadioSelect()}
        labels = {"whom": _("Who is asked?")}
        help_texts = {
            "whom": _("Both can be asked, each in a pulse of its own: they are never compared."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        whom, rhythm = self.fields["whom"], self.fields["every_weeks"]
        assert isinstance(whom, forms.ChoiceField)  # noqa: S101 - tells the type checker
        assert isinstance(rhythm, forms.ChoiceField)  # noqa: S101 - tells the type checker
        whom.choices, rhythm.choices = Pulse.Whom.choices, Pulse.Rhythm.choices
        if self.instance.pk:
            self.initial["teams"] = "\n".join(str(team) for team in self.instance.teams.all())
        else:
            self.initial.setdefault("first_on", timezone.localdate() + timedelta(days=7))
            self.initial.setdefault("whom", Pulse.Whom.EMPLOYEES)

    def clean_first_on(self) -> Any:
        day = self.cleaned_data["first_on"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("The first date lies in the past."))
        if day > today.replace(year=today.year + YEARS_AHEAD, day=1):
            raise forms.ValidationError(_("The first date lies more than two years ahead."))
        return day

    def clean_teams(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["teams"].split("\n"))
        names = list(dict.fromkeys(line for line in lines if line))
        if too_long := [name for name in names if len(name) > LONGEST_NAME]:
            raise forms.ValidationError(
                _("This name is too long: %(name)s") % {"name": f"{too_long[0][:40]}…"}
            )
        if len(names) > MOST_TEAMS:
            raise forms.ValidationError(_("At most 40 teams."))
        return names
