from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from erdkreis.questionnaires.catalogue import Catalogue, Item, catalogue
from erdkreis.questionnaires.models import Answer, Evidence, Prediction
from erdkreis.questionnaires.services import Given
from erdkreis.rounds.models import RoundGroup
from erdkreis.web.text import LineField, TextField, clean_text

LONGEST_WORDS = 2000
STEPS = range(1, 6)


def scale_choices(texts: Catalogue, scale: str, dont_know: str) -> list[tuple[str, str]]:
    """Return the five steps, then “don't know” and “rather not say”, in the page's language."""
    language = get_language() or "en"
    steps = zip(STEPS, texts.scales[scale], strict=True)
    return [
        *((str(step), wording.in_language(language)) for step, wording in steps),
        (Answer.Status.DONT_KNOW.value, texts.labels[dont_know].in_language(language)),
        (Answer.Status.SKIPPED.value, texts.labels["skip"].in_language(language)),
    ]


def as_given(choice: str, words: str = "") -> Given:
    """Read a choice of the form. Nothing chosen means left out: nobody must answer."""
    if choice.isdigit():
        return Given(Answer.Status.RATED, int(choice), words)
    return Given(choice or Answer.Status.SKIPPED, None, words)


CHOICES = frozenset(
    {"", *map(str, STEPS), Answer.Status.DONT_KNOW.value, Answer.Status.SKIPPED.value}
)


def read_at_once(item: Item, data: Mapping[str, str]) -> Given | None:
    """Read an answer that is fine as it stands; nothing where the form has something to say.

    Making the form takes longer than all else that happens with an answer. It says the same.
    """
    words = clean_text(data.get("words", ""))
    choice = data.get("answer", "")
    if len(words) > LONGEST_WORDS or choice not in CHOICES:
        return None
    return as_given(choice, words) if item.is_rated else in_words(words)


def in_words(words: str) -> Given:
    return Given(Answer.Status.WORDS if words else Answer.Status.SKIPPED, None, words)


def as_choice(answer: Answer | Prediction | None) -> str:
    if answer is None:
        return ""
    return str(answer.value) if answer.value else answer.status


class WordsForm(forms.Form):
    """An open question."""

    words = TextField(
        label=_("Your own words"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, item: Item, answer: Answer | None, data: Any = None) -> None:
        self.item = item
        super().__init__(data, initial={"words": answer.words if answer else ""})

    def given(self) -> Given:
        return in_words(self.cleaned_data["words"])


class RatingForm(WordsForm):
    """One item on its scale, with room to say why."""

    answer = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    words = TextField(
        label=_("Would you like to say why?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, item: Item, answer: Answer | None, data: Any = None) -> None:
        super().__init__(item, answer, data)
        self.initial["answer"] = as_choice(answer)
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        guardian = "dont_know_guardian" if item.view == "guardian" else "dont_know"
        field.choices = scale_choices(catalogue(item.version), item.scale, guardian)

    def given(self) -> Given:
        return as_given(self.cleaned_data["answer"], self.cleaned_data["words"])


class EvidenceForm(forms.ModelForm[Evidence]):
    """A source behind a rating. Empty as a whole is fine; begun, it must be complete."""

    title = LineField(label=_("Title"), max_length=150)
    source = LineField(label=_("Source or link"), max_length=300)
    period = LineField(label=_("Date or period"), max_length=60)
    scope = LineField(
        label=_("What does it cover?"), max_length=120, help_text=_("Site, product or chain.")
    )
    what_it_shows = TextField(
        label=_("What does it show?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    limits = TextField(
        label=_("What does it not show?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Evidence
        fields = [
            "kind", "title", "source", "period", "scope", "what_it_shows", "limits", "strength",
        ]  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(
            data, prefix="evidence", empty_permitted=True, use_required_attribute=False
        )
        for name, choices in (
            ("kind", Evidence.Kind.choices),
            ("strength", Evidence.Strength.choices),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = [("", _("Please choose")), *choices]


class PredictionForm(forms.Form):
    """What do you think the others will say? One row per group that is asked."""

    def __init__(
        self,
        targets: Iterable[RoundGroup],
        known: Mapping[int, Prediction],
        data: Any = None,
        *,
        scale: str = "agree",
    ) -> None:
        super().__init__(data)
        for target in targets:
            texts = catalogue(target.round.item_version)
            self.fields[f"group_{target.pk or target.code}"] = forms.ChoiceField(
                label=target.name,
                choices=scale_choices(texts, scale, "dont_know"),
                required=False,
                widget=forms.RadioSelect,
                initial=as_choice(known.get(target.pk)),
            )

    def given(self) -> dict[int, Given]:
        return {
            int(name.removeprefix("group_")): as_given(choice)
            for name, choice in self.cleaned_data.items()
        }


class ReceiptForm(forms.Form):
    receipt = LineField(
        label=_("Your receipt code"),
        max_length=40,
        help_text=_("Four groups of four, for example ABCD-1234-EFGH-5678."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
