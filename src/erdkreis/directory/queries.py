"""What can be found in the directory, and what waits for its editors."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Prefetch, Q, QuerySet

from erdkreis.accounts.models import Person
from erdkreis.directory.duplicates import distance_km, of_entry, possible_duplicates
from erdkreis.directory.freshness import findable, shown, to_be_checked
from erdkreis.directory.models import (
    EDITORS_NEEDED,
    Editor,
    Entry,
    Look,
    Objection,
    Reply,
)
from erdkreis.directory.search import search

ORDERS = ("name", "checked", "distance")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for."""

    words: str = ""
    kind: str = ""
    country: str = ""
    place: str = ""
    sector: str = ""
    order: str = "name"
    also_old: bool = False


def found(wanted: Wanted) -> list[Entry]:
    """Return the published entries that fit, in the order that was asked for."""
    entries = findable(Entry.objects.all()) if wanted.also_old else shown(Entry.objects.all())
    if wanted.kind:
        entries = entries.filter(kinds__contains=f" {wanted.kind} ")
    if wanted.country:
        entries = entries.filter(country=wanted.country)
    if wanted.sector:
        entries = entries.filter(sector__iexact=wanted.sector)
    if wanted.place and wanted.order != "distance":
        entries = entries.filter(place__icontains=wanted.place)
    entries = search(entries, wanted.words)
    if wanted.order == "checked":
        return list(entries.order_by("-last_checked", "name", "pk"))
    if wanted.order == "distance" and (spot := spot_of(wanted.place)):
        return _nearest_first(entries, spot)
    first = ["not_in_name"] if "not_in_name" in entries.query.annotations else []
    return list(entries.order_by(*first, "name", "pk"))


def spot_of(place: str) -> tuple[float, float] | None:
    """Return where a place lies, as far as entries know: no stranger is asked for it."""
    known = shown(Entry.objects.all()).filter(latitude__isnull=False)
    entry = known.filter(place__iexact=place).first() if place else None
    return (entry.latitude, entry.longitude) if entry else None  # type: ignore[return-value] # both or none


def places() -> list[str]:
    """Return the places of entries whose position is known."""
    known = shown(Entry.objects.all()).filter(latitude__isnull=False).exclude(place="")
    return list(known.order_by("place").values_list("place", flat=True).distinct())


def sectors() -> list[str]:
    known = shown(Entry.objects.all()).exclude(sector="")
    return list(known.order_by("sector").values_list("sector", flat=True).distinct())


def countries() -> set[str]:
    return set(shown(Entry.objects.all()).exclude(country="").values_list("country", flat=True))


def with_everything(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Fetch what the page and the exports of an entry show, in a fixed number of queries."""
    return entries.prefetch_related(
        "facts",
        Prefetch("replies", Reply.objects.filter(is_shown=True), to_attr="shown_replies"),
        Prefetch("objections", Objection.objects.filter(is_shown=True), to_attr="shown_objections"),
    )


def is_editor(person: Person | AnonymousUser) -> bool:
    return person.is_authenticated and Editor.objects.filter(person=person).exists()


def may_appoint(person: Person | AnonymousUser) -> bool:
    """Those who run the installation name its editors."""
    return person.is_authenticated and person.is_staff


def waiting_for_editors() -> QuerySet[Entry]:
    """Return what was handed in, oldest first."""
    fine = Count("looks", filter=Q(looks__verdict=Look.Verdict.FINE))
    return (
        Entry.objects.filter(status__in=Entry.WITH_THE_EDITORS)
        .annotate(n_fine=fine)
        .order_by("begun_on", "pk")
    )


def entries_to_check_again() -> QuerySet[Entry]:
    return to_be_checked(Entry.objects.all())


def looks_still_needed(entry: Entry) -> int:
    fine = entry.looks.filter(verdict=Look.Verdict.FINE).count()
    return max(0, EDITORS_NEEDED - fine)


def may_look(entry: Entry, person: Person) -> bool:
    """Whoever suggested an entry, or stepped aside, does not decide on it."""
    return (
        entry.submitter_id != person.pk
        and not entry.looks.filter(editor=person, verdict=Look.Verdict.STAKE).exists()
    )


def similar_entries(entry: Entry) -> list[Entry]:
    others = Entry.objects.exclude(pk=entry.pk).exclude(
        status__in=(Entry.Status.REJECTED, Entry.Status.DRAFT)
    )
    return possible_duplicates(of_entry(entry), others)


def _nearest_first(entries: QuerySet[Entry], spot: tuple[float, float]) -> list[Entry]:
    """Return entries by distance; those whose position nobody knows come last."""

    def distance(entry: Entry) -> tuple[bool, float, str]:
        if entry.latitude is None or entry.longitude is None:
            return (True, 0.0, entry.name)
        return (False, distance_km(spot, (entry.latitude, entry.longitude)), entry.name)

    return sorted(entries, key=distance)
