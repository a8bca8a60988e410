"""Pages for hosts: tokens and webhooks of their circle. And the description, for people."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.api import actions, services
from erdkreis.api.forms import WebhookForm, token_form
from erdkreis.api.models import Token, Webhook
from erdkreis.api.queries import tokens_of
from erdkreis.api.reading import chapters
from erdkreis.api.v1 import operations
from erdkreis.circles.journal import Action, record
from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_host, require

UNPROCESSABLE = 422
SHOWN_DELIVERIES = 20


@signed_in
@never_cache
def tokens(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the tokens of a circle, and make one; its secret is shown once, here."""
    circle = _circle_for(request, slug)
    form = token_form(request.POST if request.method == "POST" else None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                token, secret = services.make_token(circle, person_of(request), **form.cleaned_data)
                _record(request, circle, actions.TOKEN_MADE, token.name)
        except services.ApiError as error:
            form.add_error(None, str(error))
        else:
            form = token_form()
    context = _around(circle) | {
        "tokens": tokens_of(circle), "form": form, "secret": secret,
    }  # fmt: skip
    return render(request, "api/tokens.html", context, status=_status(form))


@signed_in
@require_POST
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    circle = _circle_for(request, slug)
    token = get_object_or_404(Token, circle=circle, pk=pk)
    with transaction.atomic():
        _record(request, circle, actions.TOKEN_REVOKED, token.name)
        services.revoke(token)
    messages.success(request, _("Revoked: nobody gets in with it any more."))
    return redirect("api:tokens", slug)


@signed_in
@never_cache
def webhooks(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who is told of what, and register an address; its secret is shown once, here."""
    circle = _circle_for(request, slug)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                webhook, secret = services.add_webhook(circle, **form.cleaned_data)
                _record(request, circle, actions.WEBHOOK_ADDED, webhook.url)
        except services.ApiError as error:
            form.add_error(None, str(error))
        else:
            form = WebhookForm()
    context = _around(circle) | {
        "webhooks": circle.webhooks.all(), "form": form, "secret": secret,
    }  # fmt: skip
    return render(request, "api/webhooks.html", context, status=_status(form))


@signed_in
@require_safe
def webhook(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one webhook, and what became of its last messages."""
    circle = _circle_for(request, slug)
    return _webhook_page(request, circle, get_object_or_404(Webhook, circle=circle, pk=pk))


@signed_in
@require_POST
@never_cache
def renew(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make a new secret, shown once, here."""
    circle = _circle_for(request, slug)
    webhook = get_object_or_404(Webhook, circle=circle, pk=pk)
    with transaction.atomic():
        secret = services.renew_secret(webhook)
        _record(request, circle, actions.WEBHOOK_RENEWED, webhook.url)
    return _webhook_page(request, circle, webhook, secret)


@signed_in
@require_POST
def try_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    circle = _circle_for(request, slug)
    webhook = get_object_or_404(Webhook, circle=circle, pk=pk)
    with transaction.atomic():
        services.try_again(webhook)
        _record(request, circle, actions.TRIED_AGAIN, webhook.url)
    messages.success(request, _("What was set aside is tried again in the next minutes."))
    return redirect("api:webhook", slug, pk)


@signed_in
@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    circle = _circle_for(request, slug)
    webhook = get_object_or_404(Webhook, circle=circle, pk=pk)
    with transaction.atomic():
        _record(request, circle, actions.WEBHOOK_REMOVED, webhook.url)
        services.remove_webhook(webhook)
    messages.success(request, _("Removed: nothing is sent there any more."))
    return redirect("api:webhooks", slug)


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Show the description of the interface to people."""
    return render(request, "api/documentation.html", {"chapters": chapters()})


@csrf_exempt
@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """Hand the description to programs."""
    return JsonResponse(operations.description)


def _webhook_page(
    request: HttpRequest, circle: Circle, webhook: Webhook, secret: str = ""
) -> HttpResponse:
    deliveries = list(webhook.deliveries.all()[:SHOWN_DELIVERIES])
    context = _around(circle) | {
        "webhook": webhook,
        "secret": secret,
        "deliveries": deliveries,
        "has_set_aside": any(one.state == one.State.SET_ASIDE for one in deliveries),
    }
    return render(request, "api/webhook.html", context)


def _circle_for(request: HttpRequest, slug: str) -> Circle:
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_host(circle, request.user))
    return circle


def _around(circle: Circle) -> dict[str, Any]:
    return {"circle": circle}


def _status(form: Any) -> int:
    return UNPROCESSABLE if form.errors else 200


def _record(request: HttpRequest, circle: Circle, action: Action, subject: str) -> None:
    record(circle, person_of(request), action, subject)
