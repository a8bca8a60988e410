"""Preparing a dialogue, reading what people wrote, and looking at how votes fell."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_prepare, may_read, require
from erdkreis.dialogues import actions, large_file, services
from erdkreis.dialogues.access import dialogue_for, dialogue_to_look_at, record_in
from erdkreis.dialogues.forms import DecisionForm, DialogueForm, StatementForm
from erdkreis.dialogues.models import Dialogue, Statement
from erdkreis.dialogues.open_data import files_of
from erdkreis.dialogues.opinion_rows import page_of
from erdkreis.dialogues.queries import (
    counted_statements,
    decided_statements,
    listed_dialogues,
    statements_to_read,
)
from erdkreis.dialogues.rows import result_rows
from erdkreis.invitations.qr import qr_png, qr_svg
from erdkreis.web.caching import known_again, tag_of
from erdkreis.web.csv_lines import CSV

# Each has a form of its own: more of them make a page that nobody reads to its end.
READ_AT_ONCE = 20
PICTURES = {"svg": (qr_svg, "image/svg+xml"), "png": (qr_png, "image/png")}


@login_required
@require_safe
def dialogues(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the dialogues of a circle."""
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_read(circle, request.user))
    context = {
        "circle": circle,
        "listed": listed_dialogues(circle),
        "may_prepare": may_prepare(circle, request.user),
    }
    return render(request, "dialogues/dialogues.html", context)


@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare a dialogue; with its first statements it is open at once."""
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_prepare(circle, request.user))
    form = DialogueForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        dialogue = form.save(commit=False)
        dialogue.circle = circle
        with transaction.atomic():
            services.start_dialogue(dialogue, form.chosen(), form.cleaned_data["own"])
            record_in(dialogue, request, actions.BEGUN)
        return redirect("dialogues:dialogue", dialogue.pk)
    status = 422 if form.errors else 200
    return render(request, "dialogues/new.html", {"circle": circle, "form": form}, status=status)


@login_required
def dialogue(request: HttpRequest, pk: int) -> HttpResponse:
    """A dialogue from inside: its way in, its statements, what waits, and adding a statement."""
    shown = dialogue_for(request, pk, may_read)
    is_preparing = may_prepare(shown.circle, request.user)
    form = StatementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(allowed=is_preparing)
        if form.is_valid() and _added(request, form, shown):
            messages.success(request, _("The statement is in the dialogue."))
            return redirect("dialogues:dialogue", pk)
    context = _context(shown) | {
        "form": form,
        "way_in": settings.PUBLIC_URL + reverse("dialogues:door", args=[shown.slug]),
        "heard": services.heard_so_far(shown),
        "n_waiting": len(statements_to_read(shown)),
        "decided": decided_statements(shown),
        "may_prepare": is_preparing,
    }
    status = 422 if form.errors else 200
    return render(request, "dialogues/dialogue.html", context, status=status)


@login_required
def moderation(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what people wrote; take it in, or say why not."""
    shown = dialogue_for(request, pk, may_prepare)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _decided(request, form, shown):
        return redirect("dialogues:moderation", pk)
    waiting, decided = statements_to_read(shown), decided_statements(shown)
    open_form = form.data.get("statement", "") if form.is_bound else ""
    context = _context(shown) | {
        "waiting": [(s, _form_for(s, form, open_form)) for s in waiting[:READ_AT_ONCE]],
        "n_later": max(len(waiting) - READ_AT_ONCE, 0),
        "decided": [(s, _form_for(s, form, open_form)) for s in decided],
    }
    status = 422 if form.errors else 200
    return render(request, "dialogues/moderation.html", context, status=status)


@require_safe
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """How votes fell. Of a published conversation everyone may read it; its source is named."""
    shown = dialogue_to_look_at(request, pk)
    if shown is None:
        return redirect_to_login(request.get_full_path())
    cells = services.released_votes(shown)
    context = _context(shown) | {
        "rows": result_rows(counted_statements(shown), cells, shown.min_group),
        "heard": services.heard_so_far(shown),
        "files": list(files_of(shown)),
        "may_read": not shown.is_public_source or may_read(shown.circle, request.user),
    }
    return render(request, "dialogues/results.html", context)


@require_safe
def open_data(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """Hand out one of the files that other programs for such conversations read."""
    shown = dialogue_to_look_at(request, pk)
    if shown is None:
        return redirect_to_login(request.get_full_path())
    files = files_of(shown)
    if name not in files:
        raise Http404
    if name != large_file.MATRIX:
        text = "".join(files[name](shown))
        answer = HttpResponse(text, content_type=CSV)
        return _file(request, shown, name, answer, tag_of(answer.content))
    if not large_file.is_large(shown):
        return _file(request, shown, name, StreamingHttpResponse(files[name](shown)))
    if made := large_file.made(shown):
        content = StreamingHttpResponse(large_file.pieces(shown))
        return _file(request, shown, name, content, f"{shown.pk}-{made}")
    context = _context(shown) | {"line": large_file.ask_for(shown), "name": name}
    return render(request, "dialogues/file_is_being_made.html", context, status=202)


def _file(
    request: HttpRequest, shown: Dialogue, name: str, answer: HttpResponseBase, tag: str = ""
) -> HttpResponseBase:
    """Hand out a file; of what everybody may read, nothing comes twice."""
    answer["Content-Type"] = CSV
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    if not tag or not shown.is_public_source:
        return answer
    answer["Cache-Control"] = "private, no-cache"
    return known_again(request, answer, tag)


@require_safe
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the last analysis let out. Nothing is calculated here."""
    shown = dialogue_to_look_at(request, pk)
    if shown is None:
        return redirect_to_login(request.get_full_path())
    released = services.last_opinion(shown)
    context = _context(shown) | {
        "page": page_of(shown, released) if released else None,
        "may_read": not shown.is_public_source or may_read(shown.circle, request.user),
        "may_prepare": may_prepare(shown.circle, request.user),
    }
    return render(request, "dialogues/opinion.html", context)


@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a dialogue, after asking once."""
    shown = dialogue_for(request, pk, may_prepare)
    if request.method != "POST":
        return render(request, "dialogues/close.html", _context(shown))
    with transaction.atomic():
        services.close_dialogue(shown)
        record_in(shown, request, actions.CLOSED)
    messages.success(request, _("The dialogue is closed. Nobody can vote or write any more."))
    return redirect("dialogues:dialogue", pk)


@login_required
@require_safe
def qr(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    shown = dialogue_for(request, pk, may_read)
    draw, content_type = PICTURES[kind]
    response = HttpResponse(draw(settings.PUBLIC_URL + f"/d/{shown.slug}/"), content_type)
    response["Content-Disposition"] = f'inline; filename="{shown.slug}.{kind}"'
    return response


def _added(request: HttpRequest, form: StatementForm, dialogue: Dialogue) -> bool:
    try:
        with transaction.atomic():
            services.add_seed(dialogue, form.cleaned_data["text"])
            record_in(dialogue, request, actions.STATEMENT_ADDED)
    except services.DialogueError as error:
        form.add_error("text", str(error))
        return False
    return True


def _decided(request: HttpRequest, form: DecisionForm, dialogue: Dialogue) -> bool:
    """Do what was decided; a statement of another dialogue is not found here."""
    said = form.cleaned_data
    statement = get_object_or_404(Statement, dialogue=dialogue, pk=said["statement"])
    try:
        with transaction.atomic():
            if "accept" in request.POST:
                services.accept_statement(statement)
                record_in(dialogue, request, actions.STATEMENT_ACCEPTED)
            else:
                services.reject_statement(statement, said["reason"], said["note"])
                record_in(dialogue, request, actions.STATEMENT_REJECTED)
    except services.DialogueError as error:
        form.add_error("reason", str(error))
        return False
    return True


def _form_for(statement: Statement, sent: DecisionForm, open_form: str) -> DecisionForm:
    """Return the form below a statement; the one just sent comes back as it was."""
    if open_form == str(statement.pk):
        return sent
    return DecisionForm(
        initial={
            "statement": statement.pk, "reason": statement.reason, "note": statement.note,
        },
        auto_id=f"id_{statement.pk}_%s",
    )  # fmt: skip


def _context(dialogue: Dialogue) -> dict[str, Any]:
    return {"circle": dialogue.circle, "dialogue": dialogue}
