"""How entries are said on a page."""

from typing import Any

from django import forms, template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from erdkreis.directory.models import Change, Entry, HistoryLine, Kind, Relation
from erdkreis.web.countries import country_name

register = template.Library()

DETAILS = (
    "repair_by", "public_rating", "how_one_notices", "if_it_does_not_fit", "how_sellers_are_paid",
    "languages",
)  # fmt: skip
YEARS = ("guarantee_years", "spare_parts_years", "updates_years")


@register.filter
def words(text: str) -> list[str]:
    return text.split()


@register.simple_tag
def where(entry: Entry) -> str:
    """Say place, country and sector, as far as they are known."""
    known = [entry.place, country_name(entry.country) if entry.country else "", entry.sector]
    return " · ".join(one for one in known if one)


@register.simple_tag
def field(form: forms.BaseForm, name: str) -> SafeString:
    """Write one field as forms of the house do."""
    bound = form[name]
    kinds = " has-errors" if bound.errors else ""
    return SafeString(f'<div class="field{kinds}">{bound.as_field_group()}</div>')


@register.simple_tag
def has_any(form: forms.BaseForm, names: str) -> bool:
    """Say whether one of these fields is filled in or wrong, so that it must not be folded away."""
    return any(form[name].value() or form[name].errors for name in names.split())


@register.simple_tag
def details_of(entry: Entry) -> list[tuple[str, str]]:
    """Return what is known about lasting, repair and selling, each with its name."""
    rows = []
    for name in YEARS:
        if (years := getattr(entry, name)) is not None:
            said = ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
            rows.append((_label(name), said))
    for name in DETAILS:
        shown = getattr(entry, f"get_{name}_display", lambda n=name: getattr(entry, n))()
        if getattr(entry, name):
            rows.append((_label(name), str(shown)))
    return rows


@register.simple_tag
def changed_fields(line: HistoryLine) -> str:
    return ", ".join(_label(name) for name in line.changed)


@register.simple_tag
def history_note(line: HistoryLine) -> str:
    """Return the words that go with a line; who suggests is told by the tie to the organisation."""
    if line.what in {HistoryLine.What.SUGGESTED, HistoryLine.What.IMPORTED}:
        return str(Relation(line.note).label) if line.note in Relation.values else ""
    return line.note


@register.filter
def differences(change: Change) -> list[tuple[str, Any, Any]]:
    """Return what a change would do: field, before, after."""
    return [
        (_label(name), _said(name, getattr(change.entry, name)), _said(name, value))
        for name, value in change.wanted.items()
    ]


def _said(name: str, value: Any) -> str:
    if name == "kinds":
        return ", ".join(str(Kind(code).label) for code in str(value).split())
    return _("nothing") if value in ("", None) else str(value)


def _label(name: str) -> str:
    if name == "kinds":
        return _("kinds")
    return str(getattr(Entry._meta.get_field(name), "verbose_name", name))
