"""Before and after: for those who read a circle, and for everyone where both are published."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.calc.picture import Verdict
from erdkreis.circles.rules import may_read
from erdkreis.pictures.files import file_of, has_png
from erdkreis.pictures.look_again import (
    BEFORE_AFTER,
    LookAgain,
    change_figures,
    change_sentence,
    look_again,
)
from erdkreis.pictures.page import names_of
from erdkreis.pictures.queries import published_at_address
from erdkreis.pictures.sentences import Names
from erdkreis.pictures.views.result import shell
from erdkreis.questionnaires.catalogue import catalogue
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import Round
from erdkreis.web.kept import kept_for_everyone
from erdkreis.web.languages import speak_one_of


@signed_in
@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a round beside the one it follows."""
    round_ = round_for(request, pk, may_read)
    return render(request, "pictures/before_after.html", _context(round_, _found(round_)))


@signed_in
@require_safe
def file(request: HttpRequest, pk: int, key: str, ending: str) -> HttpResponse:
    """Hand out one drawing as a file."""
    round_ = round_for(request, pk, may_read)
    found = _found(round_)
    return file_of(change_figures(found, _names(round_)), key, ending)


@require_safe
@kept_for_everyone
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """Show it to everyone, if both rounds are published."""
    round_, found = _published(request, slug)
    context = _context(round_, found) | {"slug": slug, "languages": round_.language_codes}
    return render(request, "pictures/public_before_after.html", context)


@require_safe
@kept_for_everyone
def public_file(request: HttpRequest, slug: str, key: str, ending: str) -> HttpResponse:
    """Hand out one drawing to everyone."""
    round_, found = _published(request, slug)
    return file_of(change_figures(found, _names(round_)), key, ending)


def _published(request: HttpRequest, slug: str) -> tuple[Round, LookAgain]:
    publication = published_at_address(slug)
    if publication is None:
        raise Http404
    found = _found(publication.round)
    if not found.may_be_public:
        raise Http404
    speak_one_of(request, publication.round.language_codes)
    return publication.round, found


def _found(round_: Round) -> LookAgain:
    if (found := look_again(round_)) is None:
        raise Http404
    return found


def _names(round_: Round) -> Names:
    return names_of(list(round_.groups.all()), catalogue(round_.item_version))


def _context(round_: Round, found: LookAgain) -> dict[str, Any]:
    names = _names(round_)
    figures = change_figures(found, names)
    return shell(round_) | {
        "found": found,
        "clear": figures.pop(BEFORE_AFTER, None),
        "figures": figures,
        "refused": [
            (names.subject(one.subject), one.group.name, change_sentence(one, names))
            for one in found.with_verdict(Verdict.REFUSED)
        ],
        "has_png": has_png(),
    }
