"""What everybody may see: the list with its map, one entry, everything as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from erdkreis.directory import exports, queries
from erdkreis.directory.atlas import map_of
from erdkreis.directory.forms import FindForm, ObjectionForm
from erdkreis.directory.freshness import findable, freshness
from erdkreis.directory.models import Entry
from erdkreis.directory.services import keeping
from erdkreis.web.countries import country_choices
from erdkreis.web.filled_in import filled_in_for_visitors
from erdkreis.web.kept import kept_for_everyone
from erdkreis.web.throttle import count_failure, is_slowed_down

OBJECTING = "directory-objection"


@require_safe
@filled_in_for_visitors
def entries(request: HttpRequest) -> HttpResponse:
    """List and map in step. The list comes first and needs no map."""
    known = queries.countries()
    countries = [(code, name) for code, name in country_choices() if code in known]
    form = FindForm(request.GET, countries=countries, sectors=queries.sectors())
    form.is_valid()
    found = queries.found(_wanted(form.cleaned_data))
    context = {
        "form": form,
        "entries": [(entry, freshness(entry)) for entry in found],
        "map": map_of(found),
        "places": queries.places(),
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "is_editor": queries.is_editor(request.user),
        "may_appoint": queries.may_appoint(request.user),
    }
    return render(request, "directory/entries.html", context)


@require_safe
@filled_in_for_visitors
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/about.html")


@require_safe
@filled_in_for_visitors
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(queries.with_everything(Entry.objects.all()), slug=slug)
    if not (found.is_public or found.status == Entry.Status.ARCHIVED):
        raise Http404
    return _page(request, found, ObjectionForm())


def object_to(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that something is wrong. An editor looks, and the entry is to be checked."""
    found = get_object_or_404(
        queries.with_everything(Entry.objects.filter(status__in=Entry.PUBLIC)), slug=slug
    )
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_slowed_down(request, OBJECTING):
            form.add_error(None, _("Many objections came from here just now. Please wait a while."))
        else:
            count_failure(request, OBJECTING)
            keeping.object_to(found, form.save(commit=False))
            return render(request, "directory/objected.html", {"entry": found})
    return _page(request, found, form, status=422 if request.method == "POST" else 200)


@require_safe
@kept_for_everyone
def file(_request: HttpRequest, ending: str) -> HttpResponse:
    """Everything that is published, in one file."""
    published = queries.with_everything(findable(Entry.objects.all()).order_by("name", "pk"))
    answer: HttpResponse
    if ending == "csv":
        answer = HttpResponse(exports.as_csv(published), content_type="text/csv; charset=utf-8")
    elif ending == "json":
        answer = JsonResponse(exports.as_json(published), json_dumps_params={"ensure_ascii": False})
    elif ending == "jsonld":
        answer = JsonResponse(
            exports.as_linked_data(published),
            json_dumps_params={"ensure_ascii": False},
            content_type="application/ld+json",
        )
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="erdkreis-directory.{ending}"'
    return answer


def _wanted(typed: dict[str, Any]) -> queries.Wanted:
    """Take what could be read; anything odd in an address narrows nothing."""
    return queries.Wanted(
        words=typed.get("q", ""),
        kind=typed.get("kind", ""),
        country=typed.get("country", ""),
        place=typed.get("place", ""),
        sector=typed.get("sector", ""),
        order=typed.get("order") or "name",
        also_old=typed.get("old", False),
    )


def _page(
    request: HttpRequest, entry: Entry, form: ObjectionForm, status: int = 200
) -> HttpResponse:
    context = {
        "entry": entry,
        "freshness": freshness(entry),
        "history": entry.history.all(),
        "linked": exports.linked_entry(entry),
        "objection_form": form,
        "address": exports.address_of(entry),
        "is_editor": queries.is_editor(request.user),
    }
    return render(request, "directory/entry.html", context, status=status)
