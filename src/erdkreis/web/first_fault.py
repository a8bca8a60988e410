"""A form that comes back with faults is shown at the first of them, and that field has the focus.

Below a long page the fault would be out of sight, and nothing would say that anything is wrong.
"""

from typing import Any

from django.forms import BoundField, Widget
from django.forms.renderers import TemplatesSetting


class FirstFault(BoundField):
    """A field of a form; the first one with a fault asks for the focus. No script is needed."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        if self.errors and not self.is_hidden and self.name == self._first():
            built["autofocus"] = True
        return built

    def _first(self) -> str:
        return next(
            (name for name in self.form.fields if name in self.form.errors and self._is_seen(name)),
            "",
        )

    def _is_seen(self, name: str) -> bool:
        return not self.form.fields[name].widget.is_hidden


class FormRenderer(TemplatesSetting):
    """Draws forms with our templates and our fields."""

    bound_field_class = FirstFault
