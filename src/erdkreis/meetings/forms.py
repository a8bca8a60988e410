from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from erdkreis.circles.models import Circle
from erdkreis.meetings.models import Meeting
from erdkreis.meetings.queries import rounds_to_talk_about
from erdkreis.meetings.services import MOST_IDEAS, write_minutes
from erdkreis.rounds.forms import DateInput
from erdkreis.web.text import LineField, TextField

LONGEST_IDEA = 300


class MeetingForm(forms.ModelForm[Meeting]):
    """When and where, from which picture, and what can still be changed there."""

    title = LineField(label=_lazy("Title"), max_length=120)
    place = LineField(label=_lazy("Place"), max_length=200, required=False)
    what_is_open = TextField(
        label=_lazy("What is open?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    what_is_decided = TextField(
        label=_lazy("What is already decided?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_lazy("A talk about what is decided already is none."),
    )

    class Meta:
        model = Meeting
        fields = ["title", "round", "day", "starts_at", "place", "what_is_open", "what_is_decided"]
        widgets = {"day": DateInput(), "starts_at": forms.TimeInput(attrs={"type": "time"})}

    def __init__(self, circle: Circle, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        offered = rounds_to_talk_about(circle)
        self.fields["round"] = forms.ModelChoiceField(
            label=_("From which picture?"),
            queryset=circle.rounds.filter(pk__in=[one.pk for one in offered]).order_by("-pk"),
            required=False,
            empty_label=_("from none: with the six questions on paper"),
            help_text=_("A circle that is too small for a picture begins with paper."),
            initial=offered[0].pk if offered else None,
        )


class MinutesForm(forms.ModelForm[Meeting]):
    """One page of minutes, the same as on paper."""

    ideas = TextField(
        label=_lazy("Ideas for something small to try"),
        required=False,
        max_length=12000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_lazy("One per line."),
    )

    class Meta:
        model = Meeting
        fields = ["heard", "still_open", "agreements", "otherwise", "answer_back_on"]
        widgets = {"answer_back_on": DateInput()}

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        for name in ("heard", "still_open", "agreements", "otherwise"):
            field: Any = Meeting._meta.get_field(name)
            self.fields[name] = TextField(
                label=field.verbose_name, max_length=field.max_length, required=name == "heard",
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip
        if self.instance.pk:
            self.fields["ideas"].initial = "\n".join(i.text for i in self.instance.ideas.all())
        order = ["heard", "still_open", "ideas", "agreements", "otherwise", "answer_back_on"]
        self.order_fields(order)

    def clean_ideas(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["ideas"].splitlines()]
        ideas = [line for line in lines if line]
        if too_long := [line for line in ideas if len(line) > LONGEST_IDEA]:
            raise forms.ValidationError(
                _("An idea has at most %(n)s characters. Too long: %(text)s")
                % {"n": LONGEST_IDEA, "text": too_long[0][:60]}
            )
        if len(ideas) > MOST_IDEAS:
            raise forms.ValidationError(_("At most %(n)s ideas, please.") % {"n": MOST_IDEAS})
        return ideas

    def keep(self, by: str) -> Meeting:
        # The form has written into its own copy; the service writes into the stored one.
        written = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return write_minutes(self.instance, written, self.cleaned_data["ideas"], by)
