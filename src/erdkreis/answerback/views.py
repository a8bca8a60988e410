"""The answer back: writing, looking at it as everyone will, publishing, sending, paper."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.answerback import actions, services
from erdkreis.answerback.forms import AnswerBackForm
from erdkreis.answerback.models import AnswerBack
from erdkreis.circles.journal import Action, record
from erdkreis.circles.rules import may_host, may_read
from erdkreis.experiments.queries import overdue
from erdkreis.invitations.outbox import SMALL_BATCH, n_letters_set_aside, send_due_letters
from erdkreis.pictures.models import Publication
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import Round, RoundGroup
from erdkreis.web.kept import kept_for_everyone
from erdkreis.web.languages import speak_one_of
from erdkreis.web.pdf import can_make_pdf, make_pdf


@signed_in
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the answer back; it is kept as far as it is written."""
    round_ = _with_picture(request, pk)
    answer = services.begin(round_)
    form = AnswerBackForm(answer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                form.keep()
                is_known = answer.is_published
                _record(request, round_, actions.CORRECTED if is_known else actions.WRITTEN)
        except services.AnswerBackError as error:
            form.add_error("why" if "why" in form.fields else None, str(error))
        else:
            messages.success(request, _("Saved. Look at it as everyone will see it."))
            return redirect("answerback:look", pk)
    context = _around(round_, answer) | {"form": form}
    return render(request, "answerback/write.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at it before everyone does; publish and send from here."""
    round_ = round_for(request, pk, may_read)
    answer = AnswerBack.objects.filter(round=round_).first()
    if answer is None:
        raise Http404
    context = _around(round_, answer) | {
        "n_people": len(services.people_to_tell(round_)),
        "n_aside": n_letters_set_aside(services.about(round_)),
        "may_host": may_host(round_.circle, request.user),
        "address": services.address_of(round_) if answer.is_published else "",
    }
    return render(request, "answerback/look.html", context)


@signed_in
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = round_for(request, pk, may_host)
    try:
        with transaction.atomic():
            services.publish(round_)
            _record(request, round_, actions.PUBLISHED)
    except services.AnswerBackError as error:
        messages.error(request, str(error))
        return redirect("home:round", pk)
    messages.success(request, _("Published. Everyone can read it now."))
    return redirect("answerback:look", pk)


@signed_in
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it to everyone who was invited by mail and wants mails."""
    round_ = round_for(request, pk, may_host)
    try:
        with transaction.atomic():
            n = services.send(round_)
            _record(request, round_, actions.SENT)
    except services.AnswerBackError as error:
        messages.error(request, str(error))
        return redirect("home:round", pk)
    send_due_letters(services.about(round_), SMALL_BATCH)
    said = ngettext("%(n)d mail is on its way.", "%(n)d mails are on their way.", n)
    messages.success(request, said % {"n": n})
    return redirect("answerback:look", pk)


@signed_in
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on paper, for those who were reached by paper."""
    context = _for_paper(request, pk)
    with translation.override(context["paper_language"]):
        return render(request, "answerback/sheet.html", context)


@signed_in
@require_safe
def sheet_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    context = _for_paper(request, pk) | {"is_pdf": True}
    if not can_make_pdf():
        instead = reverse("answerback:sheet", args=[pk])
        return render(request, "web/pdf_not_possible.html", {"instead": instead})
    with translation.override(context["paper_language"]):
        html = render_to_string("answerback/sheet.html", context)
    response = HttpResponse(make_pdf(html), "application/pdf")
    response["Content-Disposition"] = 'inline; filename="answer-back.pdf"'
    return response


@require_safe
def of_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead whoever answered to the answer; before it is there, say when it was promised."""
    group = get_object_or_404(
        RoundGroup.objects.select_related("round__circle__organisation"), slug=slug
    )
    round_ = group.round
    answer = AnswerBack.objects.filter(round=round_, published_at__isnull=False).first()
    publication = Publication.objects.filter(round=round_).first()
    if answer is not None and publication is not None:
        return redirect("answerback:public", publication.slug)
    if not round_.has_reached(Round.State.INVITING):
        raise Http404
    speak_one_of(request, round_.language_codes)
    context = _around(round_, None) | {
        "slug": "", "languages": round_.language_codes, "has_picture": False, "overdue": [],
    }  # fmt: skip
    return render(request, "answerback/public.html", context)


@require_safe
@kept_for_everyone
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """Show it to everyone; before it is there, say kindly when it was promised."""
    found = (
        Publication.objects.select_related("round__circle__organisation").filter(slug=slug).first()
    )
    if found is None:
        raise Http404
    round_ = found.round
    answer = AnswerBack.objects.filter(round=round_, published_at__isnull=False).first()
    if answer is None and found.published_at is None:
        raise Http404
    speak_one_of(request, round_.language_codes)
    context = _around(round_, answer) | {
        "slug": slug,
        "languages": round_.language_codes,
        "has_picture": found.published_at is not None,
        "overdue": overdue(round_.circle),
    }
    return render(request, "answerback/public.html", context)


def _record(request: HttpRequest, round_: Round, action: Action) -> None:
    record(round_.circle, person_of(request), action, round_.title, round_id=round_.pk)


def _with_picture(request: HttpRequest, pk: int) -> Round:
    round_ = round_for(request, pk)
    if not round_.has_reached(Round.State.PICTURE):
        raise Http404
    return round_


def _for_paper(request: HttpRequest, pk: int) -> dict[str, Any]:
    round_ = round_for(request, pk)
    answer = AnswerBack.objects.filter(round=round_).first()
    if answer is None:
        raise Http404
    return _around(round_, answer) | {"paper_language": answer.language, "request": request}


def _around(round_: Round, answer: AnswerBack | None) -> dict[str, Any]:
    today, promised = timezone.localdate(), round_.answer_back_on
    is_late = answer is None or not answer.is_published
    return {
        "circle": round_.circle,
        "round": round_,
        "org": round_.circle.organisation.name,
        "answer": answer,
        "corrections": list(answer.corrections.all()) if answer and answer.pk else [],
        "is_late": is_late and promised is not None and promised < today,
    }
