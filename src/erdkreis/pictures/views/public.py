"""The published picture: no account, no cookie, the same for everyone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from erdkreis.pictures.files import file_of
from erdkreis.pictures.group_page import group_page
from erdkreis.pictures.look_again import look_again
from erdkreis.pictures.page import ResultPage, result_page
from erdkreis.pictures.queries import published_at_address
from erdkreis.pictures.views.result import around, shell
from erdkreis.rounds.models import Round
from erdkreis.web.kept import kept_for_everyone
from erdkreis.web.languages import speak_one_of


@require_safe
@kept_for_everyone
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole picture to everyone."""
    round_, page = _published(request, slug)
    found = look_again(round_)
    context = around(round_, page) | {
        "slug": slug,
        "languages": round_.language_codes,
        "look_again": found if found and found.may_be_public else None,
    }
    return render(request, "pictures/public.html", context)


@require_safe
@kept_for_everyone
def group(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Answer “what did people like me say?”."""
    round_, page = _published(request, slug)
    shown = group_page(page, code, request.GET.get("page", ""))
    if shown is None:
        raise Http404
    context = shell(round_) | {
        "page": page, "mine": shown, "slug": slug, "languages": round_.language_codes,
    }  # fmt: skip
    return render(request, "pictures/public_group.html", context)


@require_safe
@kept_for_everyone
def file(request: HttpRequest, slug: str, key: str, ending: str) -> HttpResponse:
    """Hand out one drawing as a file."""
    _round, page = _published(request, slug)
    return file_of(dict(page.figures), key, ending)


def _published(request: HttpRequest, slug: str) -> tuple[Round, ResultPage]:
    publication = published_at_address(slug)
    if publication is None:
        raise Http404
    round_ = publication.round
    speak_one_of(request, round_.language_codes)
    page = result_page(round_)
    if page is None:
        raise Http404
    return round_, page
