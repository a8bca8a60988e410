from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from erdkreis.outside.models import CirclePage, RoundPage
from erdkreis.outside.origins import NoOrigin, origins_in
from erdkreis.web.text import TextField

HOW = _("For instance: who gets a link or a form, where, and until when. Everyone reads it.")


class RoundPageForm(forms.Form):
    """What a host says on the public page of a round."""

    how_to_take_part = TextField(
        label=_("How to take part"), max_length=1000, required=False, help_text=HOW,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, page: RoundPage, data: Any = None) -> None:
        super().__init__(data, initial={"how_to_take_part": page.how_to_take_part})


class CirclePageForm(forms.Form):
    """What a host says on the public page of a circle, and which sites may show it."""

    words = TextField(
        label=_("Who we are, and why we ask"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    how_to_take_part = TextField(
        label=_("How to take part"), max_length=1000, required=False, help_text=HOW,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    origins = TextField(
        label=_("Sites that may show these pages in a frame"), max_length=4000, required=False,
        help_text=_("One per line, such as https://www.example.org. No other site can do it."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, page: CirclePage, data: Any = None) -> None:
        names = ("words", "how_to_take_part")
        told = {name: getattr(page, name) for name in names}
        super().__init__(data, initial=told | {"origins": "\n".join(page.origins)})

    def clean_origins(self) -> list[str]:
        try:
            return origins_in(self.cleaned_data["origins"], is_https=settings.IS_HTTPS)
        except NoOrigin as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
