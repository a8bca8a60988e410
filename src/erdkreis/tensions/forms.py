from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Circle, Group
from erdkreis.tensions.models import Assumption, Handing, Pole, Settlement, Tension
from erdkreis.web.text import LineField, TextField


def _text(label: Any, longest: int, *, required: bool = False, help_text: Any = "") -> TextField:
    box = forms.Textarea(attrs={"rows": 2})
    return TextField(
        label=label, max_length=longest, required=required, help_text=help_text, widget=box
    )


class TensionForm(forms.ModelForm[Tension]):
    title = LineField(label=_("Title"), max_length=160)
    shared_purpose = _text(_("What do both serve?"), 500)
    who_decides = LineField(label=_("Who decides?"), max_length=200, required=False)

    class Meta:
        model = Tension
        fields = ["title", "kind", "shared_purpose", "who_decides"]


class PoleForm(forms.ModelForm[Pole]):
    """One pole. Its name must sound reasonable to those who want the other one."""

    name = LineField(
        label=_("Name of this pole"),
        max_length=120,
        help_text=_("Neutral, so that the other side could say it, too."),
    )
    good_side = _text(
        _("What is good about it?"), 500, help_text=_("Let the other side say it first.")
    )
    too_much = _text(_("What happens if there is too much of it?"), 500)
    early_sign = _text(_("How do we notice early that it becomes too much?"), 300)
    who_bears_it = LineField(label=_("Who bears it then?"), max_length=200, required=False)
    need = _text(_("Which need lies behind it?"), 300)

    class Meta:
        model = Pole
        fields = [
            "name", "group", "good_side", "too_much", "early_sign", "who_bears_it", "need",
        ]  # fmt: skip

    def __init__(
        self, circle: Circle, letter: str, data: Any = None, instance: Pole | None = None
    ) -> None:
        super().__init__(data, instance=instance, prefix=letter)
        field = self.fields["group"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        field.queryset = Group.objects.filter(circle=circle, is_on=True)
        field.label, field.required = _("Whose side is it?"), False
        field.empty_label = "–"


class AssumptionForm(forms.ModelForm[Assumption]):
    text = LineField(
        label=_("What must be true so that the two exclude each other?"), max_length=300
    )
    falls_because = LineField(label=_("It can fall, because"), max_length=300, required=False)

    class Meta:
        model = Assumption
        fields = ["text", "falls_because"]


class SettlementForm(forms.ModelForm[Settlement]):
    decision = _text(_("What is decided?"), 1000, required=True)
    reason = _text(_("Why?"), 1000, required=True)
    who_loses = _text(
        _("Who loses by it?"), 500, required=True, help_text=_("Somebody nearly always does.")
    )
    compensation = _text(_("What do they get for it?"), 500)
    minority = _text(
        _("What do some see differently?"), 1000, help_text=_("Kept beside the decision.")
    )
    decided_by = LineField(label=_("Who decided?"), max_length=200)
    look_again_on = forms.DateField(
        label=_("When do you look at it again?"), widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = Settlement
        fields = [
            "decision", "reason", "who_loses", "compensation", "minority", "decided_by",
            "look_again_on",
        ]  # fmt: skip

    def clean_look_again_on(self) -> Any:
        day = self.cleaned_data["look_again_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("This day has to lie ahead."))
        return day


class HandingForm(forms.ModelForm[Handing]):
    name = LineField(label=_("Who is responsible?"), max_length=120)
    words = _text(_("What is it about?"), 1000, required=True)

    class Meta:
        model = Handing
        fields = ["name", "address", "words"]
        labels = {"address": _("Mail address")}
