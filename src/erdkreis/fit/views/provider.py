"""The provider's own pages: what she leads, what many conversations come to, a new invitation."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_prepare, require
from erdkreis.fit import services
from erdkreis.fit.access import Seat
from erdkreis.fit.analysis import statistics
from erdkreis.fit.forms import NewConversationForm
from erdkreis.fit.models import FitConversation
from erdkreis.fit.queries import conversations_of
from erdkreis.fit.sentences import statistics_rows
from erdkreis.fit.wording import wordings
from erdkreis.invitations.qr import qr_svg


@signed_in
@require_safe
def conversations(request: HttpRequest, slug: str) -> HttpResponse:
    """The conversations that this person leads, and how all of the circle ended, as counts."""
    circle = _circle(request, slug)
    context = {
        "circle": circle,
        "texts": wordings(),
        "conversations": conversations_of(circle, person_of(request)),
        "rows": statistics_rows(statistics(circle)),
    }
    return render(request, "fit/conversations.html", context)


@signed_in
@never_cache
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a conversation; then its invitation is shown, once."""
    circle = _circle(request, slug)
    form = NewConversationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        conversation, code = services.begin(circle, person_of(request), **form.cleaned_data)
        return _invitation(request, conversation, code)
    context = {"circle": circle, "form": form, "texts": wordings()}
    return render(request, "fit/new.html", context, status=422 if form.errors else 200)


def invite(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Make a new invitation, after saying what it does."""
    if request.method != "POST":
        context = {"circle": seat.conversation.circle, "back": seat.url("here")}
        return render(request, "fit/invite.html", context)
    if seat.conversation.is_settled:
        messages.error(request, _("Both sides have decided: there is nothing to invite to."))
        return redirect(seat.url("here"))
    return _invitation(request, seat.conversation, services.invite_again(seat.conversation))


def _invitation(request: HttpRequest, conversation: FitConversation, code: str) -> HttpResponse:
    link = settings.PUBLIC_URL + reverse("fit:invited", args=[code])
    context = {
        "circle": conversation.circle,
        "conversation": conversation,
        "link": link,
        "qr": qr_svg(link),
    }
    return render(request, "fit/invitation.html", context)


def _circle(request: HttpRequest, slug: str) -> Circle:
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_prepare(circle, request.user))
    return circle
