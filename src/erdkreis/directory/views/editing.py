"""For the editors: what waits, each entry with its sources, and everything one decides."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.models import Person
from erdkreis.accounts.queries import person_of
from erdkreis.directory import imports, queries
from erdkreis.directory.forms import EditorForm, EntryForm, FactForm, WordsForm
from erdkreis.directory.freshness import freshness
from erdkreis.directory.models import Change, Editor, Entry, Objection, Reply
from erdkreis.directory.seeds import plant_seeds
from erdkreis.directory.services import checking, entries, keeping, suggesting
from erdkreis.invitations.tables import LARGEST_FILE, TableError, read_table
from erdkreis.web.undo import offer_undo

View = Callable[..., HttpResponse]
Service = Callable[..., Any]

# What an editor can decide: the service, and whether a sentence goes with it.
DECISIONS: dict[str, tuple[Service, bool]] = {
    "approve": (checking.approve, False),
    "step_aside": (checking.step_aside, False),
    "give_back": (checking.give_back, True),
    "reject": (checking.reject, True),
    "check_again": (keeping.check_again, False),
    "mark_disputed": (keeping.mark_disputed, True),
    "settle": (keeping.settle, True),
    "archive": (keeping.archive, True),
}


def for_editors(view: View) -> View:
    """Let in the editors of the directory, and nobody else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **captured: Any) -> HttpResponse:
        if not queries.is_editor(request.user):
            raise PermissionDenied(_("Only editors of the directory can do this."))
        return view(request, *args, **captured)

    return signed_in(never_cache(guarded))


@for_editors
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits for an editor."""
    return _desk(request)


@signed_in
@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """Who runs the installation names the editors."""
    if not queries.may_appoint(request.user):
        raise PermissionDenied(_("Those who run this installation name the editors."))
    form = EditorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        person = Person.objects.filter(email=email).first()
        if "take" in request.POST:
            Editor.objects.filter(person__email=email).delete()
            says = _("%(email)s is no editor any more; what was found stays.") % {"email": email}
            offer_undo(request, says, reverse("directory:people"), {"email": email})
            return redirect("directory:people")
        if person is None:
            form.add_error("email", _("Nobody has an account with this address yet."))
        else:
            Editor.objects.get_or_create(person=person)
            return redirect("directory:people")
    editors = Editor.objects.select_related("person").order_by("person__email")
    context = {"form": form, "editors": editors}
    status = 422 if request.method == "POST" else 200
    return render(request, "directory/people.html", context, status=status)


@for_editors
@require_POST
def seeds(request: HttpRequest) -> HttpResponse:
    n = len(plant_seeds())
    messages.success(request, _("%(n)d entries to begin with wait to be checked.") % {"n": n})
    return redirect("directory:desk")


@for_editors
@require_POST
def look_through(request: HttpRequest) -> HttpResponse:
    """Show what a list would bring. Nothing is stored yet."""
    try:
        table, understood = _read_list(request)
    except TableError as error:
        return _desk(request, list_error=str(error), status=422)
    context = {"understood": understood, "table": table}
    status = 200 if understood.is_usable else 422
    return render(request, "directory/list.html", context, status=status)


@for_editors
@require_POST
def take_list(request: HttpRequest) -> HttpResponse:
    """Take a list in that was looked through: whole, or not at all."""
    try:
        table, understood = _read_list(request)
    except TableError as error:
        return _desk(request, list_error=str(error), status=422)
    if not understood.is_usable:
        context = {"understood": understood, "table": table}
        return render(request, "directory/list.html", context, status=422)
    without = {int(n) for n in request.POST.getlist("without") if n.isdecimal() and len(n) < 10}  # noqa: PLR2004 - no list is that long
    made = imports.take_list(understood, person_of(request), without)
    messages.success(
        request,
        ngettext("%(n)d entry waits to be checked.", "%(n)d entries wait to be checked.", len(made))
        % {"n": len(made)},
    )
    return redirect("directory:desk")


@for_editors
def work_on(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry, as an editor sees it; mending it is saved or proposed."""
    entry = get_object_or_404(Entry, slug=slug)
    form = EntryForm(request.POST or None, instance=Entry.objects.get(pk=entry.pk))
    reason = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (not entry.is_public or reason.is_valid()):
        editor, values = person_of(request), form.values()
        try:
            if entry.is_public:
                keeping.propose_change(entry, editor, values, reason.cleaned_data["words"])
                messages.success(request, _("Proposed. Another editor lets it in."))
            else:
                checking.edit_waiting(entry, editor, values)
                messages.success(request, _("Saved."))
        except entries.DirectoryError as error:
            messages.error(request, str(error))
        return redirect("directory:work_on", slug)
    return _work_page(request, entry, form, reason, 422 if request.method == "POST" else 200)


@for_editors
@require_POST
def fact(request: HttpRequest, slug: str) -> HttpResponse:
    entry, form = get_object_or_404(Entry, slug=slug), FactForm(request.POST)
    editor = person_of(request)
    if not form.is_valid():
        empty = EntryForm(instance=Entry.objects.get(pk=entry.pk))
        return _work_page(request, entry, empty, WordsForm(), 422, fact_form=form)
    return _tried(
        request, slug, lambda: suggesting.add_fact(entry, form.save(commit=False), editor)
    )


@for_editors
@require_POST
def drop_fact(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    entry = get_object_or_404(Entry, slug=slug)
    return _tried(request, slug, lambda: suggesting.drop_fact(entry, pk, person_of(request)))


@for_editors
@require_POST
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """One decision about one entry."""
    entry, editor = get_object_or_404(Entry, slug=slug), person_of(request)
    decision = request.POST.get("decision", "")
    if decision == "invite_reply":
        return _invite_reply(request, entry, editor)
    if decision not in DECISIONS:
        messages.error(request, _("Please choose one of the buttons. Nothing was changed."))
        return redirect("directory:work_on", slug)
    service, needs_words = DECISIONS[decision]
    form = WordsForm(request.POST)
    if needs_words and not form.is_valid():
        messages.error(request, _("This needs a sentence why. Nothing was changed."))
        return redirect("directory:work_on", slug)
    words = [form.cleaned_data["words"]] if needs_words else []
    return _tried(request, slug, lambda: service(entry, editor, *words))


@for_editors
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a proposed change in, or turn it down."""
    waiting = get_object_or_404(Change.objects.select_related("entry"), pk=pk)
    service = keeping.turn_down if "turn_down" in request.POST else keeping.let_in
    return _tried(request, waiting.entry.slug, lambda: service(waiting, person_of(request)))


@for_editors
@require_POST
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an objection, or answer it."""
    raised = get_object_or_404(Objection.objects.select_related("entry"), pk=pk)
    editor, form = person_of(request), WordsForm(request.POST)
    if "show" in request.POST:
        return _tried(request, raised.entry.slug, lambda: keeping.show_objection(raised, editor))
    if not form.is_valid():
        messages.error(request, _("Please write an answer. Nothing was changed."))
        return redirect("directory:work_on", raised.entry.slug)
    words = form.cleaned_data["words"]
    return _tried(
        request, raised.entry.slug, lambda: keeping.answer_objection(raised, editor, words)
    )


@for_editors
@require_POST
def show_reply(request: HttpRequest, pk: int) -> HttpResponse:
    given = get_object_or_404(Reply.objects.select_related("entry"), pk=pk)
    return _tried(request, given.entry.slug, lambda: keeping.show_reply(given, person_of(request)))


def _tried(request: HttpRequest, slug: str, do: Callable[[], Any]) -> HttpResponse:
    try:
        do()
    except entries.DirectoryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done."))
    return redirect("directory:work_on", slug)


def _invite_reply(request: HttpRequest, entry: Entry, editor: Person) -> HttpResponse:
    """Show, once, the address at which the organisation can reply."""
    try:
        code = keeping.invite_reply(entry, editor)
    except entries.DirectoryError as error:
        messages.error(request, str(error))
        return redirect("directory:work_on", entry.slug)
    link = request.build_absolute_uri(reverse("directory:reply", args=[code]))
    return render(request, "directory/reply_link.html", {"entry": entry, "link": link})


def _read_list(request: HttpRequest) -> tuple[str, imports.Understood]:
    """Read the uploaded list, or the one that was looked through and comes back."""
    uploaded = request.FILES.get("file")
    if uploaded is not None:
        rows = read_table(uploaded.read(LARGEST_FILE + 1))
    else:
        rows = imports.from_table(request.POST.get("table", ""))
    return imports.as_table(rows), imports.understand(rows)


def _desk(request: HttpRequest, list_error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "waiting": queries.waiting_for_editors(),
        "to_check": [(e, freshness(e)) for e in queries.entries_to_check_again()],
        "changes": Change.objects.select_related("entry", "by").order_by("pk"),
        "objections": Objection.objects.filter(answered_on=None).select_related("entry"),
        "replies": Reply.objects.filter(is_shown=False).select_related("entry"),
        "is_empty": not Entry.objects.exists(),
        "list_error": list_error,
        "may_appoint": queries.may_appoint(request.user),
    }
    return render(request, "directory/desk.html", context, status=status)


def _work_page(
    request: HttpRequest,
    entry: Entry,
    form: EntryForm,
    reason: WordsForm,
    status: int,
    fact_form: FactForm | None = None,
) -> HttpResponse:
    context = {
        "entry": entry,
        "form": form,
        "reason": reason,
        "fact_form": fact_form or FactForm(),
        "facts": entry.facts.all(),
        "similar": queries.similar_entries(entry),
        "looks": entry.looks.select_related("editor"),
        "looks_still_needed": queries.looks_still_needed(entry),
        "may_look": queries.may_look(entry, person_of(request)),
        "is_waiting": entry.status in Entry.WITH_THE_EDITORS,
        "changes": entry.changes.select_related("by"),
        "objections": entry.objections.all(),
        "replies": entry.replies.all(),
        "history": entry.history.all(),
        "freshness": freshness(entry) if entry.is_public else "",
    }
    return render(request, "directory/work_on.html", context, status=status)
