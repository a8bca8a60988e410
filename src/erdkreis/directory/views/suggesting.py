"""For those who suggest an entry, without an account, and for the organisation that replies."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from erdkreis.accounts.models import Person
from erdkreis.directory.duplicates import Candidate, possible_duplicates
from erdkreis.directory.forms import FactForm, ReplyForm, SuggestForm
from erdkreis.directory.freshness import findable
from erdkreis.directory.models import Entry
from erdkreis.directory.services import entries, keeping, suggesting
from erdkreis.web.throttle import count_failure, is_slowed_down

SUGGESTING, GUESSING = "directory-suggestion", "directory-code"


def suggest(request: HttpRequest) -> HttpResponse:
    """Begin an entry. What looks like one we have, or like mere praise, is asked about once."""
    form = SuggestForm(request.POST or None)
    similar: list[Entry] = []
    if request.method == "POST" and form.is_valid():
        similar = possible_duplicates(_candidate(form), findable(Entry.objects.all()))
        if is_slowed_down(request, SUGGESTING):
            form.add_error(
                None, _("Many suggestions came from here just now. Please wait a while.")
            )
        elif "is_meant" in request.POST or not (similar or form.praise):
            count_failure(request, SUGGESTING)
            by = request.user if isinstance(request.user, Person) else None
            _entry, code = suggesting.begin_entry(form.values(), by)
            return redirect("directory:mine", code)
    context = {"form": form, "similar": similar, "asks": form.is_bound and form.is_valid()}
    status = 422 if request.method == "POST" else 200
    return render(request, "directory/suggest.html", context, status=status)


@never_cache
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """One's own suggestion: go on writing, add facts, hand in, see what became of it."""
    entry = _own(request, code)
    is_open = entry.status in Entry.WITH_THE_SUBMITTER
    form = SuggestForm(request.POST or None, instance=entry)
    if request.method == "POST" and is_open and form.is_valid():
        suggesting.write_entry(_own(request, code), form.values())
        messages.success(request, _("Saved."))
        return redirect("directory:mine", code)
    status = 422 if request.method == "POST" and is_open else 200
    return _own_page(request, code, form, FactForm(), status)


@never_cache
@require_POST
def fact(request: HttpRequest, code: str) -> HttpResponse:
    entry, form = _own(request, code), FactForm(request.POST)
    if not form.is_valid():
        return _own_page(request, code, SuggestForm(instance=entry), form, 422)
    return _tried(request, code, lambda: suggesting.add_fact(entry, form.save(commit=False)))


@never_cache
@require_POST
def drop_fact(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    entry = _own(request, code)
    return _tried(request, code, lambda: suggesting.drop_fact(entry, pk))


@never_cache
@require_POST
def hand_in(request: HttpRequest, code: str) -> HttpResponse:
    entry = _own(request, code)
    return _tried(request, code, lambda: suggesting.hand_in(entry))


@never_cache
@require_POST
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    try:
        suggesting.take_back(_own(request, code))
    except entries.DirectoryError as error:
        messages.error(request, str(error))
        return redirect("directory:mine", code)
    messages.success(request, _("Your suggestion is deleted."))
    return redirect("directory:entries")


@never_cache
def reply(request: HttpRequest, code: str) -> HttpResponse:
    """The organisation answers under its own name. It does not change the entry."""
    _slow_down(request)
    entry = keeping.entry_to_reply_to(code)
    if entry is None:
        count_failure(request, GUESSING)
        raise Http404
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keeping.reply_to(entry, form.save(commit=False))
        return render(request, "directory/replied.html", {"entry": entry})
    status = 422 if request.method == "POST" else 200
    return render(request, "directory/reply.html", {"entry": entry, "form": form}, status=status)


def _candidate(form: SuggestForm) -> Candidate:
    typed = form.cleaned_data
    return Candidate(typed["name"], typed["website"], typed["latitude"], typed["longitude"])


def _own(request: HttpRequest, code: str) -> Entry:
    _slow_down(request)
    entry = suggesting.entry_of(code)
    if entry is None:
        count_failure(request, GUESSING)
        raise Http404
    return entry


def _slow_down(request: HttpRequest) -> None:
    if is_slowed_down(request, GUESSING):
        raise Http404


def _tried(request: HttpRequest, code: str, do: object) -> HttpResponse:
    try:
        do()  # type: ignore[operator]
    except entries.DirectoryError as error:
        messages.error(request, str(error))
    return redirect("directory:mine", code)


def _own_page(
    request: HttpRequest, code: str, form: SuggestForm, fact_form: FactForm, status: int
) -> HttpResponse:
    entry = _own(request, code)
    context = {
        "entry": entry,
        "code": code,
        "form": form,
        "fact_form": fact_form,
        "facts": entry.facts.all(),
        "is_open": entry.status in Entry.WITH_THE_SUBMITTER,
        "may_take_back": entry.status in (*Entry.WITH_THE_SUBMITTER, *Entry.WITH_THE_EDITORS),
        "here": request.build_absolute_uri(request.path.split("/fact")[0]),
    }
    return render(request, "directory/mine.html", context, status=status)
