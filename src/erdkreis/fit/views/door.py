"""The seeker's ways in: an invitation that works once, the own link, and the one question."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from erdkreis.fit import services
from erdkreis.fit.access import keep
from erdkreis.fit.forms import LookBackForm
from erdkreis.fit.queries import asked_again_with, invited_to, owned_with
from erdkreis.fit.wording import wordings
from erdkreis.web.errors import typed_text
from erdkreis.web.languages import OWN_NAMES
from erdkreis.web.throttle import count_failure, is_slowed_down

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(METHODS)
def invited(request: HttpRequest, code: str) -> HttpResponse:
    """Read what it is about, then come in. Only coming in uses the invitation up."""
    if is_slowed_down(request, "code"):
        return _slow_down(request)
    conversation = invited_to(code)
    if conversation is None:
        return _unknown(request)
    if request.method == "POST" and (own_code := services.take_seat(code)):
        answer = redirect("fit:seeker:here", conversation.slug)
        return keep(answer, conversation, own_code)
    context = {
        "conversation": conversation,
        "circle": conversation.circle,
        "org": conversation.circle.organisation.name,
        "languages": list(OWN_NAMES),
        "texts": wordings(conversation.wording),
    }
    return render(request, "fit/door.html", context)


@never_cache
@require_http_methods(METHODS)
def own(request: HttpRequest, code: str) -> HttpResponse:
    """Come back on any device with the private link."""
    if is_slowed_down(request, "code"):
        return _slow_down(request)
    conversation = owned_with(code)
    if conversation is None:
        return _unknown(request)
    return keep(redirect("fit:seeker:here", conversation.slug), conversation, code)


@never_cache
@require_http_methods(METHODS)
def asked_again(request: HttpRequest, code: str) -> HttpResponse:
    """The one question after half a year, from the mail. It opens nothing else."""
    if is_slowed_down(request, "code"):
        return _slow_down(request)
    conversation = asked_again_with(code)
    if conversation is None:
        return _unknown(request)
    texts = wordings(conversation.wording)
    form = LookBackForm(texts, request.POST if request.method == "POST" else None)
    is_done = request.method == "POST" and form.is_valid()
    if is_done:
        services.look_back(conversation, **form.cleaned_data)
    context = {
        "conversation": conversation,
        "circle": conversation.circle,
        "org": conversation.circle.organisation.name,
        "languages": list(OWN_NAMES),
        "base": "web/voice.html",
        "form": form,
        "is_done": is_done,
    }
    return render(request, "fit/look_back.html", context, status=422 if form.errors else 200)


def _unknown(request: HttpRequest) -> HttpResponse:
    count_failure(request, "code")
    context = {"typed": typed_text(request)}
    return render(request, "fit/unknown_device.html", context, status=404)


def _slow_down(request: HttpRequest) -> HttpResponse:
    return render(request, "questionnaires/slow_down.html", status=429)
