from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles.rules import may_host, may_prepare, may_read
from erdkreis.pictures import services
from erdkreis.pictures.files import file_of, has_png
from erdkreis.pictures.look_again import look_again
from erdkreis.pictures.page import ResultPage, result_page
from erdkreis.pictures.reveal import moments
from erdkreis.pictures.topics import column_titles
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import Round
from erdkreis.rounds.services import RoundError


@signed_in
@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole picture to those who prepare and read."""
    round_ = round_for(request, pk, may_read)
    page = result_page(round_)
    if page is None:
        return render(request, "pictures/not_yet.html", shell(round_))
    context = around(round_, page) | {
        "may_prepare": may_prepare(round_.circle, request.user),
        "may_host": may_host(round_.circle, request.user),
        "look_again": look_again(round_),
    }
    return render(request, "pictures/picture.html", context)


@signed_in
@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """End the answering and make the picture."""
    round_ = round_for(request, pk, may_host)
    try:
        services.make_picture(round_, str(person_of(request)))
    except RoundError as error:
        messages.error(request, str(error))
        return redirect("home:round", pk)
    messages.success(request, _("This is the picture. It stays as it is."))
    return redirect("pictures:picture", pk)


@signed_in
@require_safe
def file(request: HttpRequest, pk: int, key: str, ending: str) -> HttpResponse:
    """Hand out one drawing as a file."""
    page = result_page(round_for(request, pk, may_read))
    if page is None:
        raise Http404
    return file_of(dict(page.figures), key, ending)


@signed_in
@require_safe
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a room one cell at a time: first what was expected, then what was said."""
    round_ = round_for(request, pk, may_read)
    page = result_page(round_)
    if page is None:
        return render(request, "pictures/not_yet.html", shell(round_))
    context = shell(round_) | {"page": page, "moments": moments(page)}
    return render(request, "pictures/reveal.html", context)


def shell(round_: Round) -> dict[str, Any]:
    """Return what every page of a round needs."""
    organisation = round_.circle.organisation.name
    return {
        "circle": round_.circle,
        "round": round_,
        "org": organisation,
        "names": {"org": organisation},
    }


def around(round_: Round, page: ResultPage) -> dict[str, Any]:
    """Return what the result page needs, the same for everyone who sees it."""
    return shell(round_) | {"page": page, "has_png": has_png(), "columns": column_titles()}
