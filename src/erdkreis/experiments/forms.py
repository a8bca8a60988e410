import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle, Group
from erdkreis.experiments.models import (
    DEFAULT_WEEKS,
    MOST_WEEKS,
    Experiment,
    Review,
    Said,
    Touched,
)
from erdkreis.experiments.services import consent, reviewing, running, shaping
from erdkreis.experiments.services.moving import ExperimentError
from erdkreis.experiments.shape import AMENDABLE, STEPS
from erdkreis.experiments.starting_points import (
    GIVEN,
    chosen_key,
    start_choices,
    start_of_key,
)
from erdkreis.experiments.watching import Watchable, watchable
from erdkreis.rounds.forms import DateInput
from erdkreis.web.text import LineField, TextField

DATES = ("starts_on", "ends_on", "review_on")
LINES = ("title", "question", "effort_money", "time_freed_from", "owner", "helper")
# Pages of the form that hold more than fields of the experiment.
WHY, WATCH, TOUCHED = 1, 2, 3


def _fields(names: tuple[str, ...]) -> dict[str, forms.Field]:
    """Return fields that forgive what a paste brings along, under the names of the model."""
    made: dict[str, forms.Field] = {}
    for name in names:
        field: Any = Experiment._meta.get_field(name)
        about: dict[str, Any] = {
            "label": field.verbose_name,
            "help_text": field.help_text,
            "required": False,
        }
        if name in LINES:
            made[name] = LineField(max_length=field.max_length, **about)
        elif name in DATES:
            made[name] = forms.DateField(widget=DateInput(), **about)
        elif name == "effort_hours":
            made[name] = forms.IntegerField(min_value=1, max_value=40, **about)
        elif name != "owner_person":
            area = forms.Textarea(attrs={"rows": 3})
            made[name] = TextField(max_length=field.max_length, widget=area, **about)
    return made


class IdeaForm(forms.Form):
    title = LineField(
        label=_lazy("What could we try?"),
        max_length=120,
        help_text=_lazy("Begin with a verb. One line is enough for now."),
    )


class ShapeForm(forms.Form):
    """One page of the form. Whatever is written is kept; what is missing is said elsewhere."""

    def __init__(self, experiment: Experiment, step: int, data: Any = None) -> None:
        names = STEPS[step - 1]
        first = {name: getattr(experiment, name) for name in names}
        super().__init__(data, initial=first | _first_dates(experiment, step))
        self.experiment, self.step = experiment, step
        self.fields.update(_fields(names))
        if step == WHY and experiment.start_kind not in GIVEN:
            self.fields["start"] = forms.ChoiceField(
                label=_("Where does it come from?"),
                choices=start_choices(experiment.circle),
                initial=chosen_key(experiment),
                required=False,
            )
        if step == WATCH:
            self._add_watches()
        if step == TOUCHED:
            self._add_touched()
        if "owner_person" in names:
            self._add_owner()

    def clean_question(self) -> str:
        question: str = self.cleaned_data["question"]
        if question and "?" not in question:
            raise forms.ValidationError(
                _("Write it as a question: a no should be as good an answer as a yes.")
            )
        return question

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends:
            try:
                running.require_short(starts, ends)
            except ExperimentError as error:
                self.add_error("ends_on", str(error))
        review = cleaned.get("review_on")
        if ends and review and review < ends:
            self.add_error("review_on", _("The review cannot come before the last day."))
        return cleaned

    def save(self) -> Experiment:
        """Keep this page."""
        own = {n: self.cleaned_data[n] for n in STEPS[self.step - 1] if n in self.cleaned_data}
        saved = shaping.save_shape(self.experiment, own)
        if "start" in self.fields and self.cleaned_data["start"]:
            start = start_of_key(saved.circle, self.cleaned_data["start"])
            shaping.save_start(saved, start)
        if self.step == WATCH:
            shaping.save_watches(saved, self._watched())
        if self.step == TOUCHED:
            shaping.save_touched(saved, self.cleaned_data["touched"])
        return saved

    def _add_watches(self) -> None:
        self.offered: dict[str, Watchable] = {}
        if self.experiment.watch_round is None:
            return
        by_group: dict[str, list[tuple[str, str]]] = {}
        for one in watchable(self.experiment.watch_round):
            self.offered[one.key] = one
            by_group.setdefault(one.group.name, []).append((one.key, one.name))
        choices = [("", _("none")), *by_group.items()]
        chosen = [f"{w.group.code}:{w.subject}" for w in self.experiment.watches.all()]
        for number in range(shaping.MOST_WATCHED):
            self.fields[f"watch_{number}"] = forms.ChoiceField(
                label=_("Question %(n)s that is asked again") % {"n": number + 1},
                choices=choices,
                required=False,
                initial=chosen[number] if number < len(chosen) else "",
            )

    def _watched(self) -> list[tuple[str, Group]]:
        keys = [self.cleaned_data.get(f"watch_{n}", "") for n in range(shaping.MOST_WATCHED)]
        return [(self.offered[key].subject, self.offered[key].group) for key in keys if key]

    def _add_touched(self) -> None:
        self.fields["touched"] = forms.ModelMultipleChoiceField(
            label=_("Who will feel it, also as a burden?"),
            queryset=self.experiment.circle.groups.all(),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=[one.group_id for one in self.experiment.touched.all()],
        )

    def _add_owner(self) -> None:
        field: Any = Experiment._meta.get_field("owner_person")
        self.fields["owner_person"] = forms.ModelChoiceField(
            label=field.verbose_name,
            help_text=field.help_text,
            queryset=team_of(self.experiment.circle),
            required=False,
        )


def team_of(circle: Circle) -> Any:
    return Person.objects.filter(roles__circle=circle).distinct().order_by("name", "pk")


def _first_dates(experiment: Experiment, step: int) -> dict[str, object]:
    """Propose six weeks from next Monday on, where nothing is written yet."""
    if "starts_on" not in STEPS[step - 1] or experiment.starts_on:
        return {}
    today = timezone.localdate()
    starts = today + timedelta(days=7 - today.weekday())
    ends = starts + timedelta(weeks=DEFAULT_WEEKS)
    return {"starts_on": starts, "ends_on": ends, "review_on": ends + timedelta(days=7)}


class AmendForm(forms.Form):
    """Change something after the start, openly."""

    reason = LineField(
        label=_lazy("Why is it changed?"),
        max_length=300,
        help_text=_lazy("The reason and the first wording stand in the review."),
    )

    def __init__(self, experiment: Experiment, data: Any = None) -> None:
        super().__init__(data, initial={n: getattr(experiment, n) for n in AMENDABLE})
        self.experiment = experiment
        self.fields = _fields(AMENDABLE) | self.fields
        self.fields["ends_on"].help_text = _("At most %(n)s weeks after the first day.") % {
            "n": MOST_WEEKS
        }

    def save(self, by: str) -> Experiment:
        changes = {n: v for n, v in self.cleaned_data.items() if n in AMENDABLE}
        return running.amend(self.experiment, by, changes, self.cleaned_data["reason"])


class ReasonForm(forms.Form):
    reason = LineField(label=_lazy("Why?"), max_length=300)


class HaltForm(forms.Form):
    words = TextField(
        label=_lazy("What happened?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class WithoutForm(forms.Form):
    without_because = LineField(
        label=_lazy("Not asked, or no answer: why does it go on?"),
        max_length=300,
        required=False,
        help_text=_lazy("Everyone who is touched reads this."),
    )


class AnswerForm(forms.Form):
    answer = TextField(
        label=_lazy("What we changed because of it, or why not"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SayForm(forms.Form):
    """What someone of a touched group says: with or without account, without a name."""

    kind = forms.ChoiceField(label=_lazy("What do you say?"), widget=forms.RadioSelect)
    words = TextField(
        label=_lazy("In your words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_lazy("Please write no names and nothing by which you could be recognised."),
    )

    def __init__(self, touched: Touched, data: Any = None, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        self.touched = touched
        now = consent.kinds_now(touched.experiment)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a choice field
            (kind, Said.Kind(kind).label) for kind in now
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        if kind and kind != Said.Kind.CONSENT and not cleaned.get("words"):
            self.add_error("words", _("Please say in a few words what it is."))
        return cleaned


class ReviewForm(forms.ModelForm[Review]):
    """The review: kept as far as it is written."""

    class Meta:
        model = Review
        fields = ["happened", "surprised", "cost", "decision", "reason", "minority", "tell"]

    def __init__(self, experiment: Experiment, touched: list[Touched], data: Any = None) -> None:
        review = Review.objects.filter(experiment=experiment).first()
        super().__init__(data, instance=review or Review(experiment=experiment))
        self.experiment, self.touched = experiment, touched
        for name, field in self.fields.items():
            model_field: Any = Review._meta.get_field(name)
            if name == "decision":
                self.fields[name] = forms.ChoiceField(
                    label=field.label, choices=Review.Decision.choices,
                    widget=forms.RadioSelect, required=False,
                )  # fmt: skip
            else:
                area = forms.Textarea(attrs={"rows": 2 if name == "cost" else 3})
                self.fields[name] = TextField(
                    label=field.label, max_length=model_field.max_length, required=False,
                    widget=area,
                )  # fmt: skip
        for one in touched:
            self.fields[f"voice_{one.pk}"] = TextField(
                label=_("What do they say? %(group)s") % {"group": one.group.name},
                help_text=_("In their own words; or that they were asked and said nothing."),
                max_length=1500,
                required=False,
                initial=one.looking_back,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        order = ["happened", "surprised", *(f"voice_{one.pk}" for one in touched), "cost"]
        self.order_fields([*order, "decision", "reason", "minority", "tell"])

    def keep(self) -> Review:
        """Save what is written so far."""
        written: Mapping[str, object] = {n: self.cleaned_data[n] for n in self.Meta.fields}
        voices = {one.pk: self.cleaned_data[f"voice_{one.pk}"] for one in self.touched}
        return reviewing.save_review(self.experiment, written, voices)


def first_sentence(words: str) -> str:
    """Return the beginning of a text as a title."""
    return re.split(r"(?<=[.!?])\s", words.strip(), maxsplit=1)[0][:120]
