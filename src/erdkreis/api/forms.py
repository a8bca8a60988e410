from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from erdkreis.api.scopes import Event, Scope
from erdkreis.api.services import LONGEST
from erdkreis.rounds.forms import DateInput
from erdkreis.web.text import LineField

FIRST_SCOPES = [Scope.READ_STRUCTURE.value, Scope.READ_RESULTS.value]


class TokenForm(forms.Form):
    """A token: what for, what it may do, until when."""

    name = LineField(
        label=_("What for?"),
        max_length=60,
        help_text=_("So that you recognise it later, for example: results for our website"),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=Scope.choices,
        initial=FIRST_SCOPES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As little as it needs."),
    )
    expires_on = forms.DateField(
        label=_("Last day"), widget=DateInput(), help_text=_("A year from now at the latest.")
    )

    def clean_expires_on(self) -> date:
        day: date = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST:
            raise forms.ValidationError(
                _("Please choose a day from today on, and a year from now at the latest.")
            )
        return day


class WebhookForm(forms.Form):
    """An address of others, and what it is told of."""

    url = forms.URLField(
        label=_("Address"),
        max_length=300,
        assume_scheme="https",
        help_text=_("It begins with https:// and is reachable from the internet."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    events = forms.MultipleChoiceField(
        label=_("What is it told of?"),
        choices=Event.choices,
        initial=Event.values,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        parts = urlsplit(url)
        is_ours_to_reach = parts.netloc in settings.WEBHOOK_INSIDE
        if parts.scheme != "https" and not is_ours_to_reach:
            raise forms.ValidationError(_("The address has to begin with https://."))
        if parts.username is not None or parts.fragment:
            raise forms.ValidationError(
                _("Please leave out user names and whatever stands behind a #.")
            )
        return url


def token_form(data: Any = None) -> TokenForm:
    """Return the form with a last day in half a year, or with what was sent."""
    half_a_year = timezone.localdate() + LONGEST / 2
    return TokenForm(data, initial={"expires_on": half_a_year, "scopes": FIRST_SCOPES})
