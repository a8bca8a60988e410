"""After both have decided: the summary for both, as page and PDF, and what may follow."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from erdkreis.fit import services
from erdkreis.fit.access import Seat
from erdkreis.fit.forms import AskAgainForm, LookBackForm, WillingForm
from erdkreis.fit.letters import is_time_to_look_back
from erdkreis.fit.models import Value
from erdkreis.fit.queries import open_door_for_non_customers, outcome
from erdkreis.fit.sentences import summary_of
from erdkreis.fit.steps import LAST
from erdkreis.fit.views.steps import page_context
from erdkreis.web.pdf import can_make_pdf, make_pdf


def summary(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What both wrote and decided. From here each side can still delete its own words."""
    decided = outcome(seat.conversation)
    if decided is None:
        return redirect(seat.url("step", LAST.number))
    is_seeker_of_no = not seat.is_provider and decided.result != Value.YES
    look_back = not seat.is_provider and is_time_to_look_back(seat.conversation)
    context = page_context(request, seat) | {
        "summary": summary_of(seat, decided),
        "look_back_form": LookBackForm(seat.texts) if look_back else None,
        "ask_again_form": None
        if seat.is_provider or look_back or seat.conversation.follow_up_digest
        else AskAgainForm(initial={"email": seat.conversation.follow_up_email}),
        "is_asked_for_voice": is_seeker_of_no,
    }
    return render(request, "fit/summary.html", context)


def sheet(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The summary as a sheet to be printed by the browser."""
    decided = outcome(seat.conversation)
    if decided is None:
        return redirect(seat.url("step", LAST.number))
    context = page_context(request, seat) | {"summary": summary_of(seat, decided)}
    return render(request, "fit/sheet.html", context)


def pdf(request: HttpRequest, seat: Seat) -> HttpResponse:
    decided = outcome(seat.conversation)
    if decided is None:
        return redirect(seat.url("step", LAST.number))
    if not can_make_pdf():
        context = {"instead": seat.url("sheet")}
        return render(request, "web/pdf_not_possible.html", context)
    context = page_context(request, seat) | {
        "summary": summary_of(seat, decided),
        "is_pdf": True,
        "paper_language": get_language() or "en",
    }
    response = HttpResponse(
        make_pdf(render_to_string("fit/sheet.html", context)), "application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="fit-{seat.conversation.slug}.pdf"'
    return response


def ask_again(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Leave an address for the one question after half a year, or take it back."""
    form = AskAgainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        services.wish_to_be_asked_again(seat.conversation, email, (get_language() or "en")[:2])
        return redirect(seat.url("summary") + "#again")
    if request.method != "POST":
        return redirect(seat.url("summary"))
    context = page_context(request, seat) | {"form": form}
    return render(request, "fit/ask_again.html", context, status=422)


def look_back(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Answer the one question, whether it fitted."""
    if not is_time_to_look_back(seat.conversation):
        return redirect(seat.url("here"))
    form = LookBackForm(seat.texts, request.POST if request.method == "POST" else None)
    is_done = request.method == "POST" and form.is_valid()
    if is_done:
        services.look_back(seat.conversation, **form.cleaned_data)
    context = page_context(request, seat) | {"form": form, "is_done": is_done}
    return render(request, "fit/look_back.html", context, status=422 if form.errors else 200)


def be_a_voice(request: HttpRequest, seat: Seat) -> HttpResponse:
    """With consent, be asked as somebody who does not buy. Nothing leads back to this talk."""
    decided = outcome(seat.conversation)
    if decided is None or decided.result == Value.YES:
        return redirect(seat.url("here"))
    form = WillingForm(request.POST if request.method == "POST" else None)
    is_done = request.method == "POST" and form.is_valid()
    if is_done:
        language = (get_language() or "en")[:2]
        services.be_willing(seat.conversation.circle, form.cleaned_data["email"], language)
    group = open_door_for_non_customers(seat.conversation.circle)
    context = page_context(request, seat) | {
        "form": form,
        "is_done": is_done,
        "door": reverse("questionnaires:door", args=[group.slug]) if group else "",
    }
    return render(request, "fit/voice.html", context, status=422 if form.errors else 200)
