"""What people type into the directory."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from erdkreis.directory.models import (
    LONGEST_SUMMARY,
    Entry,
    Fact,
    Kind,
    Objection,
    Relation,
    Reply,
)
from erdkreis.directory.praise import praise_in
from erdkreis.web.countries import country_choices
from erdkreis.web.text import LineField, TextField

MOST_KINDS = 3
only_web = URLValidator(schemes=["http", "https"])

# Texts in which words of general praise are looked for.
PRAISED = ("summary", "what_makes_it_easy", "if_it_does_not_fit", "how_one_notices")
FOR_MADE_TO_LAST = (
    "guarantee_years", "spare_parts_years", "updates_years", "repair_by", "public_rating",
)  # fmt: skip
FOR_SELLS_IF_IT_FITS = ("how_one_notices", "if_it_does_not_fit", "how_sellers_are_paid")


def _text(label: Any, length: int, help_text: Any = "", *, rows: int = 3) -> TextField:
    return TextField(
        label=label,
        max_length=length,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class WebField(forms.URLField):
    """An address on the web; “https://” may be left out."""

    default_validators = [only_web]

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=300, required=False, assume_scheme="https", **options)


class EntryForm(forms.ModelForm[Entry]):
    """An entry as it is suggested or mended."""

    name = LineField(label=_("Name"), max_length=120)
    kind_list = forms.MultipleChoiceField(
        label=_("What is it an example of?"),
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One to three."),
        error_messages={"required": _("Please choose at least one.")},
    )
    summary = TextField(
        label=_("In short"),
        max_length=LONGEST_SUMMARY,
        help_text=_("Facts, 400 characters at most: what do they do, where, for whom?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    what_makes_it_easy = _text(_("What makes it easy?"), 600, _("Empty means: not known yet."))
    what_makes_it_hard = _text(_("What makes it hard?"), 600, _("Empty means: not known yet."))
    place = LineField(label=_("Place"), max_length=120, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    sector = LineField(
        label=_("Sector"),
        max_length=60,
        required=False,
        help_text=_("For example: bakery, energy, clothing."),
    )
    website = WebField(label=_("Website"))
    languages = LineField(label=_("Languages spoken there"), max_length=60, required=False)
    public_rating = LineField(
        label=_("Public rating, with model and date"),
        max_length=200,
        required=False,
        help_text=_(
            "For example the French durability index or the class of repairability on the "
            "European energy label."
        ),
    )
    how_one_notices = _text(_("How does one notice?"), 600, rows=2)
    if_it_does_not_fit = _text(_("What do they do when it does not fit?"), 600, rows=2)
    how_sellers_are_paid = _text(_("How are those who sell paid?"), 600, rows=2)
    own_experience = _text(
        _("Your own experience"),
        1000,
        _("If you like, in the first person. It is shown as experience, not as a fact."),
    )

    class Meta:
        model = Entry
        fields = [
            "name", "summary", "place", "country", "latitude", "longitude",
            "sector", "size_band", "since", "website", "languages",
            "what_makes_it_easy", "what_makes_it_hard",
            *FOR_MADE_TO_LAST, *FOR_SELLS_IF_IT_FITS, "own_experience",
        ]  # fmt: skip

    # What belongs together on the page.
    FIRST = ("name", "kind_list", "summary", "what_makes_it_easy", "what_makes_it_hard")
    WHERE = (
        "place", "country", "latitude", "longitude", "sector", "size_band", "since", "website",
        "languages",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, instance: Entry | None = None, **options: Any) -> None:
        initial = {"kind_list": instance.kind_list if instance else []}
        super().__init__(data, instance=instance, initial=initial, **options)
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)  # noqa: S101 - tells the type checker
        country.choices = [("", lazystr("–")), *country_choices()]
        for name in ("latitude", "longitude"):
            self.fields[name].widget.attrs["step"] = "any"
        self.fields["latitude"].help_text = _("For the map, if you know it: 48.137, for example.")

    @property
    def praise(self) -> list[str]:
        """Words of general praise in what was typed."""
        return praise_in(*(str(self[name].value() or "") for name in PRAISED))

    def clean_kind_list(self) -> list[str]:
        kinds: list[str] = self.cleaned_data["kind_list"]
        if len(kinds) > MOST_KINDS:
            raise ValidationError(_("Three at most. Which ones fit best?"))
        return kinds

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        has_one = (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None)
        if has_one and not {"latitude", "longitude"} & self.errors.keys():
            self.add_error("longitude", _("The map needs both numbers, or none."))
        since = cleaned.get("since")
        if since and since > timezone.localdate().year:
            self.add_error("since", _("This year has not come yet."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return what was typed, for a service."""
        return dict(self.cleaned_data)


class SuggestForm(EntryForm):
    """The first page for those who suggest: also who they are to the one they suggest."""

    relation = forms.ChoiceField(
        label=_("What ties you to them?"),
        choices=Relation.choices,
        widget=forms.RadioSelect,
        help_text=_("Always shown, so that everyone can judge for themselves."),
    )
    submitted_by = LineField(
        label=_("Your name, if it may be shown"), max_length=100, required=False
    )
    submitter_mail = forms.EmailField(
        label=_("Your mail address, if we may ask back"),
        required=False,
        help_text=_("Only the editors see it. It is deleted a month after the decision."),
    )

    class Meta(EntryForm.Meta):
        fields = [*EntryForm.Meta.fields, "relation", "submitted_by", "submitter_mail"]

    WHO = ("relation", "submitted_by", "submitter_mail")


class FactForm(forms.ModelForm[Fact]):
    """One fact with its source."""

    claim = LineField(
        label=_("What is so?"), max_length=300, help_text=_("One checkable sentence.")
    )
    source_url = WebField(label=_("Where does it stand? (address)"))
    source_name = LineField(
        label=_("Name of the source"),
        max_length=200,
        required=False,
        help_text=_("Needed where there is no address, for example a newspaper with its date."),
    )
    source_date = forms.RegexField(
        r"^\d{4}(-\d{2}(-\d{2})?)?$",
        label=_("Date of the source"),
        required=False,
        help_text=_("A year, a month or a day: 2024, 2024-05 or 2024-05-31."),
        error_messages={"invalid": _("Please write it like 2024, 2024-05 or 2024-05-31.")},
    )

    class Meta:
        model = Fact
        fields = ["claim", "source_url", "source_name", "source_kind", "source_date"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["source_kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - tells the type checker
        kind.choices = [("", "–"), *Fact.SourceKind.choices]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (cleaned.get("source_url") or cleaned.get("source_name") or self.errors):
            self.add_error("source_url", _("A fact needs its source: an address or a name."))
        return cleaned


class ObjectionForm(forms.ModelForm[Objection]):
    text = _text(_("What is wrong?"), 1000)
    source_url = WebField(label=_("Where can one see it? (address)"))

    class Meta:
        model = Objection
        fields = ["text", "source_url"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["text"].required = True


class ReplyForm(forms.ModelForm[Reply]):
    name = LineField(label=_("Your name and role"), max_length=120)
    text = _text(_("Your reply"), 2000, _("Shown beside the entry, under this name."), rows=6)

    class Meta:
        model = Reply
        fields = ["name", "text"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["text"].required = True


class WordsForm(forms.Form):
    """A sentence that goes with a decision."""

    words = LineField(label=_("In a sentence"), max_length=300)


class EditorForm(forms.Form):
    email = forms.EmailField(label=_("Mail address of an account"))


class FindForm(forms.Form):
    """What somebody looks for. Anything odd is ignored: a search is no examination."""

    q = LineField(label=_("Search"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Example of"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    place = LineField(label=_("Place"), required=False, max_length=120)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    order = forms.ChoiceField(
        label=_("Sorted by"),
        required=False,
        choices=[
            ("name", _("name")),
            ("checked", _("last check")),
            ("distance", _("distance from the place")),
        ],
    )
    old = forms.BooleanField(label=_("also those not checked for two years"), required=False)

    def __init__(self, data: Any, *, countries: list[tuple[str, str]], sectors: list[str]) -> None:
        super().__init__(data)
        anything = ("", _("all"))
        for name, choices in (
            ("kind", [anything, *Kind.choices]),
            ("country", [anything, *countries]),
            ("sector", [anything, *((sector, sector) for sector in sectors)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = choices
