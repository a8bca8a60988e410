"""The sliders of the model. Their address holds every value, so a curve can be passed on."""

from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from erdkreis.calc.workload import Rework, Station
from erdkreis.pulse.curve import Model


class Slider(forms.NumberInput):
    input_type = "range"


def _short(number: float) -> str:
    return str(number_format(int(number) if number == int(number) else number))


_short_lazy = lazy(_short, str)


def _slider(label: Any, usual: float, low: float, high: float, step: float) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        initial=usual,
        min_value=low,
        max_value=high,
        help_text=format_lazy("{low} – {high}", low=_short_lazy(low), high=_short_lazy(high)),
        widget=Slider(attrs={"min": low, "max": high, "step": step}),
    )


class CurveForm(forms.Form):
    """Six sliders; the usual values are those of the simplest case."""

    load = _slider(_("Planned load, in per cent"), 80, 50, 98, 1)
    growth = _slider(_("How fast mistakes grow with load"), 0.5, 0, 1, 0.05)
    people = _slider(_("People who can stand in for each other"), 1, 1, 12, 1)
    days = _slider(_("Time for one task, in days"), 1, 0.25, 10, 0.25)
    arrivals = _slider(_("How irregularly work arrives"), 1, 0, 2, 0.1)
    tasks = _slider(_("How much tasks differ in length"), 1, 0, 2, 0.1)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_%s")
        for name, field in self.fields.items():
            # A value that was left out of the address is the usual one.
            field.required = False
            field.widget.attrs["aria-describedby"] = f"id_{name}_helptext"

    @property
    def shown(self) -> list[tuple[forms.BoundField, str]]:
        """Return each slider with the value it stands at."""
        return [(self[name], _short(self._value(name))) for name in self.fields]

    def model(self) -> Model:
        return Model(
            load=self._value("load") / 100,
            rework=Rework(growth=self._value("growth")),
            station=Station(
                task_days=self._value("days"),
                spread_arrivals=self._value("arrivals"),
                spread_tasks=self._value("tasks"),
                people=int(self._value("people")),
            ),
        )

    def _value(self, name: str) -> float:
        given = self.cleaned_data.get(name) if self.is_bound and self.is_valid() else None
        return float(self.fields[name].initial if given is None else given)
