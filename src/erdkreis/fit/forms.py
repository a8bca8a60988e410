"""What each step takes in. Nothing is chosen beforehand."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from erdkreis.fit.models import FitConversation, Line, Side, Value
from erdkreis.fit.services import Written
from erdkreis.fit.steps import (
    ALTERNATIVES,
    BY_WHOM,
    EDGES,
    FIRMNESS,
    FIT_CHOICES,
    KERNEL,
    SPANS,
    Step,
)
from erdkreis.fit.wording import Wordings
from erdkreis.web.text import LineField, TextField

LONGEST_TEXT = 2000
NOTHING_CHOSEN = ("", _("please choose"))


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _words(label: Any, rows: int = 3, *, required: bool = True, help_text: Any = "") -> TextField:
    return TextField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class NewConversationForm(forms.Form):
    about = LineField(
        label=_("What is it about?"), max_length=120, help_text=_("For example: a new oven")
    )
    seeker_name = LineField(
        label=_("With whom?"),
        max_length=80,
        required=False,
        help_text=_("The name under which the other side writes. A first name is enough."),
    )
    variant = forms.ChoiceField(
        label=_("What kind of talk is it?"),
        choices=FitConversation.Variant.choices,
        widget=forms.RadioSelect,
    )


class StepForm(forms.Form):
    """What one side writes in one step, as one or several lines."""

    def __init__(self, texts: Wordings, side: Side, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.texts, self.side, self.language = texts, side, get_language() or "en"
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the version of the wording."""

    def written(self) -> list[Written]:
        raise NotImplementedError

    def choices(self, codes: tuple[str, ...]) -> list[tuple[str, Any]]:
        named = [(code, self.texts.choices[code].in_language(self.language)) for code in codes]
        return [NOTHING_CHOSEN, *named]

    def aspect(self, code: str) -> str:
        return self.texts.aspects[code].in_language(self.language)


class WordsForm(StepForm):
    text = _words(_("Your words"), rows=4)
    aspect_code = ""

    def written(self) -> list[Written]:
        return [Written(self.cleaned_data["text"], self.aspect_code)]


class MirrorForm(WordsForm):
    aspect_code = "mirror"


class AspectsForm(StepForm):
    """Some texts that each side writes once; what is empty is not kept."""

    aspects: tuple[str, ...] = ()

    def prepare(self) -> None:
        for code in self.aspects:
            self.fields[code] = _words(self.aspect(code), rows=2, required=False)

    def written(self) -> list[Written]:
        return [Written(self.cleaned_data[c], c) for c in self.aspects if self.cleaned_data[c]]


class SpansForm(AspectsForm):
    aspects = SPANS


class KernelForm(AspectsForm):
    aspects = KERNEL


class AlternativesForm(StepForm):
    """Ten alternatives, with whether each would fit and why not."""

    def prepare(self) -> None:
        for code in ALTERNATIVES:
            self.fields[code] = forms.ChoiceField(
                label=self.aspect(code), choices=self.choices(FIT_CHOICES), required=False
            )
            self.fields[f"{code}_why"] = LineField(label=_("Why?"), required=False, max_length=300)

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[code], self[f"{code}_why"]) for code in ALTERNATIVES]

    def written(self) -> list[Written]:
        said = self.cleaned_data
        return [
            Written(said[f"{code}_why"], code, said[code])
            for code in ALTERNATIVES
            if said[code] or said[f"{code}_why"]
        ]


class EdgeForm(StepForm):
    """One edge of the solution space."""

    aspect_of_edge = forms.ChoiceField(label=_("What kind of edge?"))
    text = _words(_("What must every solution respect here?"), rows=2)
    choice = forms.ChoiceField(label=_("Firm, or can it move?"))
    is_decisive = forms.BooleanField(
        label=_("For me, this decides whether it fits."), required=False
    )

    def prepare(self) -> None:
        kinds = [NOTHING_CHOSEN, *((code, self.aspect(code)) for code in EDGES)]
        for name, choices in (("aspect_of_edge", kinds), ("choice", self.choices(FIRMNESS))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = choices

    def written(self) -> list[Written]:
        said = self.cleaned_data
        return [
            Written(
                said["text"],
                said["aspect_of_edge"],
                said["choice"],
                is_decisive=said["is_decisive"],
            )
        ]


class QuestionForm(StepForm):
    """One thing to clear up first: who, by when."""

    text = _words(_("What must be cleared up?"), rows=2)
    choice = forms.ChoiceField(label=_("Who?"), required=False)
    by_day = forms.DateField(label=_("By when?"), required=False, widget=DateInput())

    def prepare(self) -> None:
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = self.choices(BY_WHOM)

    def written(self) -> list[Written]:
        said = self.cleaned_data
        return [Written(said["text"], choice=said["choice"], by_day=said["by_day"])]


FORMS: dict[str, type[StepForm]] = {
    "do_nothing": SpansForm,
    "alternatives": AlternativesForm,
    "solution_space": EdgeForm,
    "kernel": KernelForm,
    "open_questions": QuestionForm,
}


def form_for(step: Step, side: Side) -> type[StepForm]:
    """Return the form of a step. The provider repeats what the seeker needs; nothing else."""
    if step.code == "real_need" and side == Side.PROVIDER:
        return MirrorForm
    return FORMS.get(step.code, WordsForm)


def own_so_far(step: Step, lines: list[Line]) -> dict[str, Any]:
    """Return what this side wrote where each writes only once, to be changed in the same place."""
    if step.code == "alternatives":
        why = {f"{line.aspect}_why": line.text for line in lines}
        return {line.aspect: line.choice for line in lines} | why
    if step.code in {"do_nothing", "kernel"}:
        return {line.aspect: line.text for line in lines}
    return {}


class LineForm(forms.Form):
    """Other words in the place of one's own."""

    text = _words(_("Your words"), rows=4)

    def __init__(self, line: Line, texts: Wordings, data: Any = None) -> None:
        super().__init__(
            data, initial={"text": line.text, "choice": line.choice, "by_day": line.by_day}
        )
        self.line = line
        codes = {"solution_space": FIRMNESS, "open_questions": BY_WHOM}.get(line.step)
        if codes:
            language = get_language() or "en"
            named = [(code, texts.choices[code].in_language(language)) for code in codes]
            label = _("Firm, or can it move?") if line.step == "solution_space" else _("Who?")
            is_needed = line.step == "solution_space"
            self.fields["choice"] = forms.ChoiceField(
                label=label,
                choices=named if is_needed else [NOTHING_CHOSEN, *named],
                required=is_needed,
            )
        if line.step == "open_questions":
            self.fields["by_day"] = forms.DateField(
                label=_("By when?"), required=False, widget=DateInput()
            )

    def written(self) -> Written:
        said = self.cleaned_data
        return Written(
            said["text"],
            self.line.aspect,
            said.get("choice", self.line.choice),
            said.get("by_day", self.line.by_day),
        )


class NotYetForm(forms.Form):
    """Stop here for now. Neither a reason nor a day is needed."""

    why = _words(_("Would you like to say why?"), rows=2, required=False)
    meet_on = forms.DateField(
        label=_("A day to meet again"),
        required=False,
        widget=DateInput(),
        help_text=_("Leave it empty if you want to get in touch yourself."),
    )


class DecisionForm(NotYetForm):
    """One of four, none of them chosen beforehand."""

    value = forms.ChoiceField(
        label=_("What do you decide?"), choices=Value.choices, widget=forms.RadioSelect
    )
    who = LineField(
        label=_("If someone else can help better: who?"), max_length=300, required=False
    )
    field_order = ["value", "why", "who", "meet_on"]

    def __init__(self, texts: Wordings, data: Any = None) -> None:
        super().__init__(data)
        language = get_language() or "en"
        field = self.fields["value"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [
            (value.value, texts.decisions[value].in_language(language)) for value in Value
        ]
        self.fields["why"].label = texts.say["why"].in_language(language)


class AskAgainForm(forms.Form):
    email = forms.EmailField(
        label=_("Your mail address"),
        required=False,
        help_text=_("It is deleted when the question is sent. Leave it empty to take it back."),
    )


class WillingForm(forms.Form):
    email = forms.EmailField(
        label=_("Your mail address"),
        help_text=_(
            "It is kept apart from this conversation, used for one mail, and deleted then; "
            "after a year in any case."
        ),
    )


class LookBackForm(forms.Form):
    """One question."""

    choice = forms.ChoiceField(label="", widget=forms.RadioSelect)
    text = _words(_("Would you like to say more?"), required=False)

    def __init__(self, texts: Wordings, data: Any = None) -> None:
        super().__init__(data)
        language = get_language() or "en"
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.label = texts.say["follow_up"].in_language(language)
        field.choices = [
            (code, texts.choices[code].in_language(language))
            for code in ("did_fit", "did_partly", "did_not")
        ]
