"""What hosts do with the public pages: write, look, open to everyone, take back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.journal import record
from erdkreis.circles.models import Circle
from erdkreis.circles.rules import may_host, require
from erdkreis.outside import actions, services
from erdkreis.outside.forms import CirclePageForm, RoundPageForm
from erdkreis.outside.queries import origins_of, page_of_circle, page_of_round
from erdkreis.outside.shown import Shown, address_of, shown_circle, shown_round
from erdkreis.outside.views.public import context_of
from erdkreis.pictures.services import prepare_publication
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import Round


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def circle_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Write on the public page of a circle, and say which sites may show it."""
    circle = _circle(request, slug)
    page = page_of_circle(circle)
    form = CirclePageForm(page, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            services.write_circle_page(circle, form.cleaned_data)
            record(circle, person_of(request), actions.CIRCLE_WRITTEN)
        messages.success(request, _("Saved. Look at it as everyone will see it."))
        return redirect("outside:circle_page", slug)
    context = _around(shown_circle(page)) | {"circle": circle, "page": page, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "outside/circle_page.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on the public page of a round."""
    round_ = round_for(request, pk, may_host)
    page = page_of_round(round_)
    form = RoundPageForm(page, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            services.write_round_page(round_, form.cleaned_data)
            _record(request, round_, actions.ROUND_WRITTEN)
        messages.success(request, _("Saved. Look at it as everyone will see it."))
        return redirect("outside:round_page", pk)
    prepare_publication(round_)
    context = _around(shown_round(page)) | {
        "circle": round_.circle, "round": round_, "page": page, "form": form,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "outside/round_page.html", context, status=status)


@signed_in
@require_safe
def circle_look(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at it before everyone does."""
    return _look(request, shown_circle(page_of_circle(_circle(request, slug))))


@signed_in
@require_safe
def round_look(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = round_for(request, pk, may_host)
    prepare_publication(round_)
    return _look(request, shown_round(page_of_round(round_)))


@signed_in
@require_POST
def circle_switch(request: HttpRequest, slug: str) -> HttpResponse:
    circle, is_shown = _circle(request, slug), request.POST.get("show") == "yes"
    with transaction.atomic():
        services.switch_circle_page(circle, is_shown=is_shown)
        done = actions.CIRCLE_SHOWN if is_shown else actions.CIRCLE_TAKEN_BACK
        record(circle, person_of(request), done)
    _say(request, is_shown=is_shown)
    return redirect("outside:circle_page", slug)


@signed_in
@require_POST
def round_switch(request: HttpRequest, pk: int) -> HttpResponse:
    round_, is_shown = round_for(request, pk, may_host), request.POST.get("show") == "yes"
    with transaction.atomic():
        services.switch_round_page(round_, is_shown=is_shown)
        _record(request, round_, actions.ROUND_SHOWN if is_shown else actions.ROUND_TAKEN_BACK)
    _say(request, is_shown=is_shown)
    return redirect("outside:round_page", pk)


def _circle(request: HttpRequest, slug: str) -> Circle:
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_host(circle, request.user))
    return circle


def _look(request: HttpRequest, shown: Shown) -> HttpResponse:
    context = context_of(shown) | {"is_look": True}
    return render(request, "outside/page.html", context)


def _around(shown: Shown) -> dict[str, Any]:
    language = (get_language() or "en")[:2]
    return {
        "shown": shown,
        "address": address_of(shown),
        "frame": f"{address_of(shown, '_embed')}?lang={language}",
        # Without the mark of a version: the snippet stays on other sites for years.
        "script": f"{settings.PUBLIC_URL}{settings.STATIC_URL}outside/embed.js",
        "origins": origins_of(shown.circle),
    }


def _record(request: HttpRequest, round_: Round, action: Any) -> None:
    record(round_.circle, person_of(request), action, round_.title, round_id=round_.pk)


def _say(request: HttpRequest, *, is_shown: bool) -> None:
    if is_shown:
        messages.success(request, _("Open to everyone now. You can take it back at any time."))
    else:
        messages.success(request, _("Taken back. Nobody finds it any more."))
