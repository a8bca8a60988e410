from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from erdkreis.pictures import services
from erdkreis.pictures.models import Publication, Reply
from erdkreis.rounds.models import Round
from erdkreis.web.text import LineField, TextField


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]  # django-stubs wants a parameter that Django lacks
    """What the organisation says to its picture."""

    note = TextField(
        label=_("What we say to it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Stands right after what came out: what you heard, what you will try, what you will "
            "not do and why."
        ),
    )

    class Meta:
        model = Publication
        fields = ("note",)

    def save_for(self, round_: Round) -> None:
        services.write_note(round_, self.cleaned_data["note"])


class ReplyForm(forms.ModelForm):  # type: ignore[type-arg]  # django-stubs wants a parameter that Django lacks
    """Done, planned, or no because: every request gets one of them."""

    words = TextField(
        label=_("In your words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Reply
        fields = ("kind", "words")
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Reply.Kind.choices  # type: ignore[attr-defined]  # without “---”

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Reply.Kind.NO and not cleaned.get("words"):
            self.add_error("words", _("A no needs its because: please give the reason."))
        return cleaned

    def save_by(self, by: str) -> None:
        services.reply_to_request(self.instance, by)


class RedactForm(forms.Form):
    """What is to be taken out of a text that people wrote."""

    group = forms.CharField(widget=forms.HiddenInput)
    item = forms.CharField(widget=forms.HiddenInput)
    number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    passage = LineField(required=False, max_length=2000)
    whole = forms.BooleanField(required=False)

    def __init__(self, words: dict[tuple[str, str], tuple[str, ...]], *args: Any) -> None:
        super().__init__(*args)
        self.words = words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        texts = self.words.get((cleaned.get("group", ""), cleaned.get("item", "")), ())
        number = cleaned.get("number")
        if number is None or number >= len(texts):
            raise forms.ValidationError(_("This text is not there any more. Nothing was changed."))
        passage = cleaned.get("passage", "")
        if not cleaned.get("whole") and (not passage or passage not in texts[number]):
            raise forms.ValidationError(
                _("These words do not stand in the text, so nothing was changed: %(passage)s"),
                params={"passage": passage or "–"},
            )
        return cleaned

    def save_for(self, round_: Round, by: str) -> None:
        data = self.cleaned_data
        passage = "" if data["whole"] else data["passage"]
        services.redact(round_, data["group"], data["item"], data["number"], passage, by)
