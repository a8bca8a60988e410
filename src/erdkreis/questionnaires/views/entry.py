"""For helpers: type paper forms in by the keyboard, and compare a tenth of another's pile."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.rules import may_enter, require
from erdkreis.questionnaires import entry
from erdkreis.questionnaires.entry_forms import BatchForm, CheckForm, PaperForm
from erdkreis.questionnaires.models import Answer, EntryBatch
from erdkreis.questionnaires.paths import Path
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import RoundGroup

UNPROCESSABLE = 422


@signed_in
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The rounds somebody may type forms in for."""
    context = {"rounds": entry.rounds_to_enter(person_of(request))}
    return render(request, "questionnaires/entry_start.html", context)


@signed_in
def batches(request: HttpRequest, pk: int) -> HttpResponse:
    """The piles of a round: begin one, go on with one's own, look through another's."""
    round_ = round_for(request, pk, may_enter)
    person, form = person_of(request), BatchForm(round_, request.POST or None)
    if request.method == "POST" and form.is_valid():
        batch = entry.open_batch(form.group, form.cleaned_data["label"], person)
        return redirect("questionnaires:entry_form", pk, batch.pk)
    known = EntryBatch.objects.filter(round_group__round=round_).select_related("round_group")
    context = {
        "circle": round_.circle,
        "round": round_,
        "form": form,
        "own": [b for b in known if b.typed_by_id == person.pk],
        "to_check": [b for b in known if entry.may_check(b, person)],
    }
    return render(request, "questionnaires/entry_batches.html", context)


@signed_in
@never_cache
def form(request: HttpRequest, pk: int, batch_pk: int) -> HttpResponse:
    """Type one form in; the next one follows at once."""
    batch = _batch(request, pk, batch_pk)
    require(allowed=batch.typed_by_id == person_of(request).pk and not batch.is_finished)
    group = _group(batch)
    typed = PaperForm(group, entry.next_sheet(batch), request.POST or None)
    if request.method == "POST" and typed.is_valid():
        given = typed.cleaned_data
        try:
            entry.enter_form(batch, given["sheet"], given["language"], typed.given(group))
        except entry.EntryError as error:
            typed.add_error(None, str(error))
        else:
            messages.success(request, _("Form %(n)d is stored.") % {"n": given["sheet"]})
            return redirect("questionnaires:entry_form", pk, batch_pk)
    sheet = entry.next_sheet(batch)
    context = _around(batch, group) | {"form": typed, "sheet": sheet, "n_forms": sheet - 1}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "questionnaires/entry_form.html", context, status=status)


@signed_in
@require_POST
def take_back(request: HttpRequest, pk: int, batch_pk: int) -> HttpResponse:
    """Take back the form typed last."""
    batch = _batch(request, pk, batch_pk)
    require(allowed=batch.typed_by_id == person_of(request).pk)
    try:
        sheet = entry.take_back_last(batch)
    except entry.EntryError as error:
        messages.error(request, str(error))
        return redirect("questionnaires:entry", pk)
    messages.success(request, _("Form %(n)d is deleted. Please type it anew.") % {"n": sheet})
    return redirect("questionnaires:entry_form", pk, batch_pk)


@signed_in
@require_POST
def finish(request: HttpRequest, pk: int, batch_pk: int) -> HttpResponse:
    batch = _batch(request, pk, batch_pk)
    require(allowed=batch.typed_by_id == person_of(request).pk)
    try:
        entry.finish(batch)
    except entry.EntryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The pile is finished. Please hand it to a second person."))
    return redirect("questionnaires:entry", pk)


@signed_in
@never_cache
def check(request: HttpRequest, pk: int, batch_pk: int) -> HttpResponse:
    """Compare the drawn forms of a pile with the paper: a second person, once."""
    batch = _batch(request, pk, batch_pk)
    person = person_of(request)
    group = _group(batch)
    require(allowed=entry.may_check(batch, person) and group.is_open)
    noted = CheckForm(request.POST or None)
    if request.method == "POST" and noted.is_valid():
        entry.note_check(batch, person, noted.cleaned_data["n_differences"])
        messages.success(request, _("Thank you. The pile is looked through."))
        return redirect("questionnaires:entry", pk)
    context = _around(batch, group) | {"form": noted, "drawn": _as_typed(batch, group)}
    return render(request, "questionnaires/entry_check.html", context)


def _batch(request: HttpRequest, pk: int, batch_pk: int) -> EntryBatch:
    round_ = round_for(request, pk, may_enter)
    return get_object_or_404(EntryBatch, pk=batch_pk, round_group__round=round_)


def _group(batch: EntryBatch) -> RoundGroup:
    return RoundGroup.objects.select_related("round__circle__organisation").get(
        pk=batch.round_group_id
    )


def _around(batch: EntryBatch, group: RoundGroup) -> dict[str, Any]:
    return {"circle": group.round.circle, "round": group.round, "group": group, "batch": batch}


def _as_typed(batch: EntryBatch, group: RoundGroup) -> list[tuple[int, list[tuple[int, str]]]]:
    """Return the drawn forms as they were typed: number of the item, and what stands there."""
    pages = [(page.number, page.item.code) for page in Path(group).pages if page.item]
    return [
        (sheet, [(number, _typed(answers.get(code))) for number, code in pages])
        for sheet, answers in entry.drawn(batch)
    ]


def _typed(answer: Answer | None) -> str:
    if answer is None or answer.status == Answer.Status.SKIPPED:
        return "–"
    if answer.status == Answer.Status.DONT_KNOW:
        return "0"
    return answer.words or str(answer.value)
