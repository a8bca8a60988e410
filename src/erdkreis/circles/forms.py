from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from erdkreis.circles.models import Group, Role
from erdkreis.web.text import LineField, TextField

MOST_PEOPLE = 1_000_000_000


class CircleForm(forms.Form):
    organisation = LineField(label=_("Name of the organisation"), max_length=120)
    place = LineField(label=_("Place"), max_length=120, required=False)


class GroupForm(forms.ModelForm[Group]):
    """A group of the circle. One of the eight can be left out only with a reason."""

    name_de = LineField(label=_("Name in German"), max_length=60)
    name_en = LineField(label=_("Name in English"), max_length=60)
    size = Group._meta.get_field("size").formfield(max_value=MOST_PEOPLE)
    how_reached = TextField(
        label=_("How are they reached?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    off_reason = LineField(
        label=_("Reason, if they are not asked"),
        max_length=200,
        required=False,
        help_text=_("This reason is printed in the picture."),
    )

    class Meta:
        model = Group
        fields = [
            "name_de", "name_en", "size", "how_reached", "voice_mode", "matrix_row",
            "is_on", "off_reason",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_left_out = not cleaned.get("is_on") and self.instance.kind == Group.Kind.DEFAULT
        if is_left_out and not cleaned.get("off_reason"):
            self.add_error(
                "off_reason",
                _("One of the eight groups never disappears silently. Please give the reason."),
            )
        if cleaned.get("is_on"):
            cleaned["off_reason"] = ""
        return cleaned


class WhoIsAskedForm(forms.Form):
    """All groups at once: who is asked now, and one reason for the others."""

    asked = forms.MultipleChoiceField(
        label=_("Who is asked?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = LineField(
        label=_("Why not the others?"),
        max_length=200,
        required=False,
        help_text=_(
            "For example: the first round is small. This reason is printed in the picture."
        ),
    )

    def __init__(self, groups: Sequence[Group], data: Any = None) -> None:
        super().__init__(data, initial={"asked": [one.code for one in groups if one.is_on]})
        self.groups = groups
        field = self.fields["asked"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [(one.code, one.name) for one in groups]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        left_out = [one for one in self.groups if one.code not in cleaned.get("asked", ())]
        needs_reason = any(
            one.kind == Group.Kind.DEFAULT and not one.off_reason for one in left_out
        )
        if needs_reason and not cleaned.get("reason"):
            self.add_error(
                "reason",
                _("One of the eight groups never disappears silently. Please give the reason."),
            )
        return cleaned


class RoleForm(forms.Form):
    email = forms.EmailField(label=_("Mail address"), max_length=254)
    name = LineField(label=_("Name"), max_length=100)
    kind = forms.ChoiceField(label=_("Role"), choices=Role.Kind.choices)
