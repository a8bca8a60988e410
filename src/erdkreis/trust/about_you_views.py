"""One page for everyone who can be identified: what is stored about you, and how to get at it."""

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from erdkreis.conversations import speaking, token_cookie
from erdkreis.conversations.models import Side
from erdkreis.invitations.roll import address_digest
from erdkreis.trust.about_you import (
    Found,
    address_behind,
    data_of_address,
    data_of_speaker,
    ticket_for,
)
from erdkreis.trust.own_data import in_words
from erdkreis.trust.views import as_file, spoken_language
from erdkreis.web import mails
from erdkreis.web.languages import OWN_NAMES
from erdkreis.web.throttle import WINDOW_SECONDS, count_failure, is_slowed_down

LIMIT = "about-you"


class AddressForm(forms.Form):
    """Where the link is sent to."""

    address = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Send a link to an address, whatever is stored: the page itself tells nobody anything."""
    with translation.override(spoken_language(request, [*OWN_NAMES])):
        if request.method != "POST":
            return render(request, "trust/about_you.html", {"form": AddressForm()})
        form = AddressForm(request.POST)
        if not form.is_valid():
            return render(request, "trust/about_you.html", {"form": form}, status=422)
        if is_slowed_down(request, LIMIT):
            return render(
                request, "trust/about_you.html", {"form": form, "is_slow": True}, status=429
            )
        count_failure(request, LIMIT)  # each mail counts: nobody is to be sent many
        is_sent = _send_once(form.cleaned_data["address"])
        context = {"form": form, "is_sent": is_sent, "is_away": not is_sent}
        return render(request, "trust/about_you.html", context, status=200 if is_sent else 503)


@never_cache
@require_safe
def by_address(request: HttpRequest, ticket: str) -> HttpResponse:
    with translation.override(spoken_language(request, [*OWN_NAMES])):
        found = _found(request, ticket)
        context = {"tables": in_words(found), "address": address_behind(ticket)}
        return render(request, "trust/about_you_found.html", context)


@never_cache
@require_safe
def by_address_file(request: HttpRequest, ticket: str) -> HttpResponse:
    return as_file(_found(request, ticket))


@never_cache
@require_safe
def of_speaker(request: HttpRequest, slug: str) -> HttpResponse:
    found = _of_speaker(request, slug)
    with translation.override(spoken_language(request, [*OWN_NAMES])):
        return render(request, "trust/about_you_found.html", {"tables": in_words(found)})


@never_cache
@require_safe
def of_speaker_file(request: HttpRequest, slug: str) -> HttpResponse:
    return as_file(_of_speaker(request, slug))


def _found(request: HttpRequest, ticket: str) -> Found:
    if is_slowed_down(request, "code"):
        raise Http404
    address = address_behind(ticket)
    if address is None:
        count_failure(request, "code")
        raise Http404
    return data_of_address(address)


def _of_speaker(request: HttpRequest, slug: str) -> Found:
    side = get_object_or_404(Side, slug=slug)
    speaker = speaking.speaker_with(token_cookie.token_in(request), side)
    if speaker is None:
        raise Http404
    return data_of_speaker(speaker)


def _send_once(address: str) -> bool:
    """Send to one address once in a quarter of an hour, whoever asks for it."""
    place = f"about-you-{address_digest(address)}"
    if not cache.add(place, 1, WINDOW_SECONDS):
        return True
    if not _send(address):
        cache.delete(place)
        return False
    return True


def _send(address: str) -> bool:
    """Send the link, or that nothing is stored: both are mails, so that nobody else sees which."""
    link = f"{settings.PUBLIC_URL}{reverse('trust:by_address', args=[ticket_for(address)])}"
    has_something = bool(data_of_address(address))
    names = {"link": link, "has_something": has_something, "public_url": settings.PUBLIC_URL}
    texts = mails.spoken(render_to_string("trust/about_you_mail.txt", names))
    return mails.send(address, _("What is stored about you"), texts, "about stored data")
