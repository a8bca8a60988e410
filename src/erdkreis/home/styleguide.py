"""Every component on one page, for whoever builds pages; it answers only while developing."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from erdkreis.drawing.rundbild import CellKind, RingCell, Sector, rundbild_svg
from erdkreis.drawing.strip import strip_svg

STEPS = {
    "1": "not true at all",
    "2": "rather not",
    "3": "partly",
    "4": "rather",
    "5": "completely true",
    "dont_know": "I can’t know that",
}


class Example(forms.Form):
    """Each kind of field the house uses; one of them is wrong, to show how that looks."""

    name = forms.CharField(help_text="As people call it, not as it stands in the register.")
    why = forms.CharField(label="Purpose", widget=forms.Textarea(attrs={"rows": 3}))
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    size = forms.ChoiceField(choices=[("1", "1 to 9 people"), ("2", "10 to 49 people")])
    way = forms.ChoiceField(
        choices=[("mail", "by mail"), ("paper", "on paper")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="I have read this")

    def clean_name(self) -> str:
        """Refuse whatever comes."""
        raise forms.ValidationError("There is a circle of this name. Add the place, please.")


class Question(forms.Form):
    """A question with its scale, as somebody sees it who answers."""

    value = forms.ChoiceField(choices=[*STEPS.items()], widget=forms.RadioSelect, required=False)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component, with errors where there can be errors."""
    if not settings.DEBUG:
        raise Http404
    example = Example({"name": "Kornblume", "why": "", "day": "2026-03-01", "size": "2"})
    return render(request, "home/styleguide.html", _shown() | {"form": example})


def _shown() -> dict[str, Any]:
    return {
        "question": Question({"value": "4"}),
        "colours": [
            "paper", "sheet", "ink", "quiet", "line", "edge", "forest", "forest-tint",
            "clay", "clay-tint",
        ],
        "steps": "12345",
        "undo": {"says": "Zoe no longer has the role “reader”.", "action": "#messages"},
        "votes": [(1, "agree"), (-1, "disagree"), (0, "pass")],
        "strip": strip_svg([1, 0, 3, 5, 2], 1, title="11 of 12 can see it; 3, 4 and 5 most often"),
        "rundbild": _rundbild(),
    }  # fmt: skip


def _rundbild() -> str:
    """Draw one cell of each kind, so that no two of them can be taken for each other."""
    rings = ["Work", "Partners", "Environment"]
    kinds = [
        RingCell(CellKind.VALUE, step, str(step), f"Example: {step}") for step in (1, 2, 3, 4, 5)
    ]
    others = [
        RingCell(kind, sentence=f"Example: {kind}") for kind in CellKind if kind != CellKind.VALUE
    ]
    cells = [*kinds, *others]
    sectors = [
        Sector(f"Group {1 + first // 3}", "n = 12", tuple((cells * 2)[first : first + 3]))
        for first in range(0, len(cells), 3)
    ]
    return rundbild_svg(
        sectors, rings, middle=("12", "voices"), legend=(), title="Every kind of cell",
        description="An invented picture with each kind of cell once.",
    )  # fmt: skip
